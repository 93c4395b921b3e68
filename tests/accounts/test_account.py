"""One's own account: hats, secrets, consent, data; people in one's care; support."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from accounts.factories import mandate, official, person
from kim.accounts import actions, queries
from kim.accounts.actor import SYSTEM
from kim.accounts.backends import STRONG
from kim.accounts.models import Consent, Mandate, Person, Role, StaffSession
from kim.kernel import clock
from kim.kernel.ids import new_id
from kim.ledger.models import Entry
from regions.factories import plant

pytestmark = pytest.mark.django_db
PIN = "846291"


@pytest.fixture
def member(client):
    who = person("Sari Contoh", pin=PIN, phone="+6281234567890")
    mandate(who, Role.MEMBER, kim_id=new_id())
    client.post("/masuk/", {"phone": "081234567890", "pin": PIN})
    return who


def strong(who: Person) -> Client:
    browser = Client()
    browser.force_login(who, backend=STRONG)
    return browser


def test_the_page_masks_the_phone_and_names_the_hats(client, member):
    page = client.get("/akun/").content.decode()
    assert "0812••••890" in page
    assert "Anggota KIM 35.02.17.1008" in page


def test_switching_goes_to_ones_own_hats_only(client, member):
    other = mandate(member, Role.VILLAGE)
    assert client.post("/akun/peran/", {"hat": other.pk}).url == "/kerja/"
    assert client.session["hat"] == str(other.pk)
    stranger = mandate(person(), Role.VILLAGE)
    for forged in (stranger.pk, new_id(), "", "x' OR 1=1"):
        assert client.post("/akun/peran/", {"hat": forged}).status_code == 404
    assert client.session["hat"] == str(other.pk)


def test_an_ended_hat_cannot_be_put_on(client, member):
    old = mandate(member, Role.VILLAGE)
    Mandate.objects.filter(pk=old.pk).update(until=clock.now() - timedelta(days=1))
    assert client.post("/akun/peran/", {"hat": old.pk}).status_code == 404


def test_a_new_pin_signs_the_other_devices_out(client, member):
    other = Client()
    other.post("/masuk/", {"phone": "081234567890", "pin": PIN})
    data = {"old": PIN, "new": "739164", "again": "739164"}
    assert "tidak cocok" in client.post("/akun/pin/", data | {"old": "111111"}).content.decode()
    assert client.post("/akun/pin/", data).url == "/akun/"
    assert client.get("/akun/").status_code == 200
    assert other.get("/akun/").status_code == 302


def test_a_new_password_needs_the_old_one():
    who = official(password="kentongan di pagi hari")
    browser = strong(who)
    data = {"old": "salah sekali ini", "new": "gong di sore hari", "again": "gong di sore hari"}
    assert "tidak cocok" in browser.post("/akun/sandi/", data).content.decode()
    assert browser.post("/akun/sandi/", data | {"old": "kentongan di pagi hari"}).url == "/akun/"
    assert browser.get("/akun/").status_code == 200


def test_whoever_has_no_pin_has_no_pin_page(client, member):
    assert strong(official()).get("/akun/pin/").status_code == 404
    assert client.get("/akun/sandi/").status_code == 404


def test_every_device_can_be_signed_out(client, member):
    other = Client()
    other.post("/masuk/", {"phone": "081234567890", "pin": PIN})
    assert client.post("/akun/keluar-semua/").url == "/masuk/"
    assert other.get("/akun/").status_code == 302


def test_withdrawing_ends_hats_sessions_and_ways_in(client, member):
    Consent.objects.create(person=member, text_version="2026-11", channel="kode")
    code = actions.issue_code(member.pk, actor=SYSTEM)
    assert "Cabut persetujuan" in client.get("/akun/berhenti/").content.decode()
    assert client.post("/akun/berhenti/").headers["Clear-Site-Data"]
    assert queries.actor_for(member).hat is None
    assert Consent.objects.get().withdrawn_at
    assert client.post("/masuk/", {"phone": "081234567890", "pin": PIN}).status_code == 200
    assert "tidak dikenali" in client.get(f"/masuk/kode/?k={code}").content.decode()


def test_my_data_are_mine_alone(client, member):
    person("Orang Lain")
    answer = client.get("/akun/data.json")
    data = json.loads(answer.content)
    assert data["orang"]["hp"] == "+6281234567890"
    assert "Orang Lain" not in answer.content.decode()
    assert {entry["verb"] for entry in data["catatan"]} == {"person.signed_in"}


def test_one_can_lay_down_a_hat(client, member):
    hat = member.mandates.get()
    assert "Akhiri tugas" in client.get(f"/akun/tugas/{hat.pk}/akhiri/").content.decode()
    assert client.post(f"/akun/tugas/{hat.pk}/akhiri/").url == "/akun/"
    assert client.get(f"/akun/tugas/{mandate(person(), Role.VILLAGE).pk}/akhiri/").status_code == 404


@pytest.fixture
def head():
    who = person("Darmi Contoh")
    mandate(who, Role.VILLAGE)
    return who


def test_an_operator_shows_a_code_big_and_as_qr(head, settings):
    settings.KIM_BASE_URL = "https://kim.example"
    browser = strong(official(Role.REGENCY, "35.02"))
    assert "Buat kode masuk untuk Darmi Contoh" in browser.get(f"/akun/kode/{head.pk}/").content.decode()
    page = browser.post(f"/akun/kode/{head.pk}/").content.decode()
    assert "data:image/svg+xml" in page
    assert "kim.example/masuk/kode/" in page
    assert head.codes.get().used_at is None


def test_people_of_elsewhere_are_not_found(client, member, head):
    assert client.get(f"/akun/kode/{head.pk}/").status_code == 404
    assert strong(official(Role.REGENCY, "35.03")).post(f"/akun/kode/{head.pk}/").status_code == 404
    assert not head.codes.exists()


def test_an_office_invites_a_head_and_ends_the_hat(head):
    plant("35.02.17.1008")
    browser = strong(official(Role.REGENCY, "35.02"))
    assert "Darmi Contoh" in browser.get("/kantor/petugas/").content.decode()
    data = {"role": "village", "name": "Slamet Contoh", "region": "35.02.17.1008", "phone": "0813-1111-2222"}
    went = browser.post("/kantor/petugas/", data)
    invited = Person.objects.get(phone="+6281311112222")
    assert went.url == f"/akun/kode/{invited.pk}/?untuk=pin"
    hat = invited.mandates.get()
    assert browser.post(f"/akun/tugas/{hat.pk}/akhiri/", {"reason": "Ganti kepala desa"}).url == "/kantor/petugas/"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"region": "35.99"}, "tidak ada"),
        ({"region": "x"}, "tidak ada"),
        ({"phone": ""}, "Isi nomor HP"),
        ({"phone": "12"}, "Nomor HP"),
        ({"name": ""}, "Isi nama"),
        ({"name": "A" * 10_000}, "120"),
        ({"role": "national"}, "pilihan"),
    ],
)
def test_a_wrong_invitation_comes_back_with_a_sentence(change, said):
    plant("35.02.17.1008")
    data = {"role": "village", "name": "Slamet", "region": "35.02.17.1008", "phone": "081311112222"}
    page = strong(official(Role.REGENCY, "35.02")).post("/kantor/petugas/", data | change)
    assert page.status_code == 200
    assert said in page.content.decode()


def test_an_office_drops_a_lost_second_factor():
    lost = official(Role.REGENCY, "35.02", totp="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    assert strong(official(Role.PROVINCE, "36")).post(f"/kantor/petugas/{lost.pk}/faktor/").status_code == 404
    assert strong(official(Role.PROVINCE, "35")).post(f"/kantor/petugas/{lost.pk}/faktor/").status_code == 302
    assert not queries.has_second_factor(lost.pk)


@pytest.fixture
def helper():
    who = official(Role.SUPPORT, "35", totp="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    return who, strong(who)


def test_the_support_role_gives_nothing_by_itself(helper, head):
    _, browser = helper
    assert browser.get(f"/akun/kode/{head.pk}/").status_code == 404
    assert "Petugas dukungan 35" not in browser.get("/akun/").content.decode()


def test_a_staff_session_opens_powers_for_half_an_hour_and_writes_every_request_down(helper, head):
    _, browser = helper
    assert "Tulis alasannya" in browser.post("/akun/dukungan/", {"region": "35.02"}).content.decode()
    data = {"region": "35.02.17", "reason": "Ketua KIM lupa PIN, tiket 12"}
    assert browser.post("/akun/dukungan/", data).url == "/akun/dukungan/"
    assert browser.get(f"/akun/kode/{head.pk}/?x=1").status_code == 200
    assert "Sesi dukungan terbuka" in browser.get("/akun/").content.decode()
    written = Entry.objects.filter(verb="staff.request", data__path__icontains=str(head.pk))
    assert written.get().data == {"method": "GET", "path": f"/akun/kode/{head.pk}/?x=1"}
    assert written.get().staff_session_id == StaffSession.objects.get().pk
    with time_machine.travel(clock.now() + timedelta(minutes=31)):
        assert browser.get(f"/akun/kode/{head.pk}/").status_code == 404


def test_a_staff_session_reaches_its_region_only_and_closes_early(helper, head):
    _, browser = helper
    plant("35.03")
    data = {"region": "35.03", "reason": "Ketua KIM lupa PIN, tiket 12"}
    browser.post("/akun/dukungan/", data)
    assert browser.get(f"/akun/kode/{head.pk}/").status_code == 404
    assert browser.post("/akun/dukungan/tutup/").url == "/akun/"
    assert queries.open_staff_session(helper[0].pk, browser.session) is None


def test_support_outside_its_own_region_or_without_second_factor_is_refused(helper):
    plant("61.71.05.1001")
    _, browser = helper
    data = {"region": "61.71", "reason": "Ketua KIM lupa PIN, tiket 12"}
    assert "hanya untuk petugas dukungan" in browser.post("/akun/dukungan/", data).content.decode()
    bare = strong(official(Role.SUPPORT, "35"))
    assert "faktor kedua" in bare.post("/akun/dukungan/", data | {"region": "35"}).content.decode()
    assert strong(official(Role.REGENCY, "35.02")).get("/akun/dukungan/").status_code == 404


def test_somebody_elses_staff_session_is_no_use(helper):
    _, browser = helper
    browser.post("/akun/dukungan/", {"region": "35", "reason": "Ketua KIM lupa PIN, tiket 12"})
    thief = official(Role.SUPPORT, "35", totp="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    other = strong(thief)
    session = other.session
    session["staff"] = browser.session["staff"]
    session.save()
    assert "Buka 30 menit" in other.get("/akun/dukungan/").content.decode()


def test_a_page_for_another_of_ones_hats_offers_the_switch():
    who = official(Role.AGENCY, "35.02")
    fitting = mandate(who, Role.REGENCY, "35.02")
    browser = strong(who)
    page = browser.get("/kantor/petugas/")
    assert page.status_code == 403
    assert str(fitting.pk) in page.content.decode()
    assert browser.post("/akun/peran/", {"hat": fitting.pk, "lanjut": "/kantor/petugas/"}).url == "/kantor/petugas/"
    assert browser.get("/kantor/petugas/").status_code == 200
