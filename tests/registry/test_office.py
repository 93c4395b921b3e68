"""The office of Diskominfo: what it sees, what it decides, and what it may not."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.factories import actor as actor_as
from accounts.factories import mandate, person
from kim.accounts.backends import STRONG
from kim.accounts.models import Person, Role
from kim.accounts.queries import actor_for
from kim.kernel.ids import new_id
from kim.registry import actions, queries
from kim.registry.models import Review
from kim.registry.workflow import Stage
from registry.factories import decree, kim, submitted

pytestmark = pytest.mark.django_db


def wearing(role: Role, code: str = "35.02", *, kim_id=None) -> Client:
    """A browser signed in under that hat."""
    who, client = person(f"Petugas {role}"), Client()
    mandate(who, role, code, kim_id=kim_id)
    client.force_login(who, backend=STRONG)
    return client


def test_the_queue_shows_who_waits_oldest_first():
    first, second = submitted(name="KIM Pertama"), submitted("35.02.17.1009", name="KIM Kedua", phone="+6281234567891")
    page = wearing(Role.REGENCY).get("/kantor/verifikasi/").content.decode()
    assert page.index("KIM Pertama") < page.index("KIM Kedua")
    assert first.region_id != second.region_id


def test_the_queue_of_another_regency_is_empty_and_its_papers_do_not_exist():
    waiting = queries.first_decree(submitted())
    stranger = wearing(Role.REGENCY, "35.03")
    assert "KIM Teluk Contoh" not in stranger.get("/kantor/verifikasi/").content.decode()
    address = f"/kantor/verifikasi/{waiting.id}/"
    assert stranger.get(address).status_code == 404
    assert stranger.post(address, {"outcome": "approved"}).status_code == 404
    assert stranger.get(f"/kantor/kim/{waiting.kim_id}/").status_code == 404
    assert stranger.get(f"/daftar-kim/sk/{waiting.id}/").status_code == 404


def test_an_officer_sees_scan_and_data_side_by_side_and_approves():
    waiting = submitted()
    address = f"/kantor/verifikasi/{queries.first_decree(waiting).id}/"
    officer = wearing(Role.REGENCY)
    page = officer.get(address).content.decode()
    assert "141/21/SK/2025" in page and "/pratinjau/" in page and "Rahma Contoh, 0812-3456-7890" in page
    sent = {"outcome": "approved", "note": "", "kunci": new_id()}
    assert officer.post(address, sent)["Location"] == f"/kantor/kim/{waiting.id}/"
    assert officer.post(address, sent)["Location"] == f"/kantor/kim/{waiting.id}/"
    assert Review.objects.count() == 1
    page = officer.get(f"/kantor/kim/{waiting.id}/").content.decode()
    chair = Person.objects.get(phone="+6281234567890")
    assert "KIM-3502171008-01" in page and f"/akun/kode/{chair.id}/" in page
    assert officer.get(f"/akun/kode/{chair.id}/").status_code == 200


def test_the_second_officer_gets_a_page_that_says_it_changed():
    waiting = submitted()
    address = f"/kantor/verifikasi/{queries.first_decree(waiting).id}/"
    first, second = wearing(Role.REGENCY), wearing(Role.REGENCY)
    assert first.post(address, {"outcome": "returned", "note": "Scan buram."}).status_code == 302
    late = second.post(address, {"outcome": "approved"})
    assert late.status_code == 409 and "keadaannya sudah berubah" in late.content.decode()


def test_returning_without_a_note_is_asked_again():
    address = f"/kantor/verifikasi/{queries.first_decree(submitted()).id}/"
    page = wearing(Role.REGENCY).post(address, {"outcome": "refused", "note": " "}).content.decode()
    assert "Tulis catatan untuk KIM" in page and "Ada yang perlu dibetulkan" in page


@pytest.mark.parametrize(("role", "code"), [(Role.PROVINCE, "35"), (Role.NATIONAL, "ID")])
def test_the_levels_above_read_but_do_not_decide(role, code):
    waiting = submitted()
    address = f"/kantor/verifikasi/{queries.first_decree(waiting).id}/"
    client = wearing(role, code)
    page = client.get(address).content.decode()
    assert "Kirim keputusan" not in page and "Hanya Diskominfo kabupaten/kota" in page
    assert client.post(address, {"outcome": "approved"}).status_code == 403


@pytest.mark.parametrize("role", [Role.MEMBER, Role.BOARD, Role.EDITOR, Role.VILLAGE, Role.EXPERT, Role.AGENCY])
@pytest.mark.parametrize("address", ["/kantor/verifikasi/", "/kantor/kim/"])
def test_other_hats_are_told_this_is_not_for_them(role, address):
    group = kim()
    own = group.id if role in (Role.MEMBER, Role.BOARD, Role.EDITOR) else None
    code = {Role.EXPERT: "35", Role.AGENCY: "35.02"}.get(role, group.region_id)
    assert wearing(role, code, kim_id=own).get(address).status_code == 403


def test_whoever_is_not_signed_in_is_led_to_the_door():
    answer = Client().get("/kantor/verifikasi/")
    assert answer.status_code == 302 and answer["Location"].startswith("/masuk/")


def test_likely_duplicates_name_their_reasons():
    waiting = submitted()
    twin = kim(name="KIM Teluk Conto", registrant_phone="+6281234567890")
    decree(twin, number="141/21/sk/2025")
    kim("35.02.17.1009", name="KIM Lain Sama Sekali")
    found = queries.duplicates(waiting, queries.first_decree(waiting), phones=set())
    assert [d.kim for d in found] == [twin]
    assert found[0].reasons == ["Desa yang sama", "Nama mirip", "Nomor SK sama", "Nomor HP sama"]


def test_the_list_is_narrowed_by_state_activity_and_kecamatan():
    good, lapsed, none = kim(), kim("35.02.18.2003"), kim()
    decree(good)
    decree(lapsed, days_left=-3)
    officer = actor_as(Role.REGENCY, "35.02")

    def names(**filters):
        return {k.id for k in queries.office_list(officer, **filters)}

    assert names(legal="berlaku") == {good.id}
    assert names(legal="habis") == {lapsed.id}
    assert names(legal="belum") == {none.id}
    assert names(activity="belum") == {good.id, lapsed.id, none.id}
    assert names(within="35.02.18") == {lapsed.id}
    assert names(legal="ngawur", within="bukan") == {good.id, lapsed.id, none.id}
    page = wearing(Role.REGENCY).get("/kantor/kim/?sk=habis").content.decode()
    assert lapsed.name in page and good.name not in page


def test_the_end_of_a_kim_is_recorded_with_a_reason():
    group = kim()
    client = wearing(Role.REGENCY)
    assert client.post(f"/kantor/kim/{group.id}/", {"reason": "Semua anggota pindah."}).status_code == 302
    group.refresh_from_db()
    assert group.stage == Stage.DISSOLVED
    assert not queries.public().filter(pk=group.pk).exists()
    with pytest.raises(Exception, match="keadaannya sudah berubah"):
        actions.dissolve(group.id, actor=actor_as(Role.REGENCY, "35.02"), reason="Lagi")


@pytest.mark.parametrize("address", ["/kantor/verifikasi/", "/kantor/kim/"])
def test_lists_ask_few_questions_however_long_they_are(address):
    client = wearing(Role.REGENCY)
    counts = []
    for time in range(2):
        for n in range(3):
            decree(kim())
            submitted(f"35.02.17.{1001 + n}", phone=f"+6281234500{time}{n}")
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        ours = [q for q in asked.captured_queries if "django_session" not in q["sql"]]
        counts.append(len(ours))
    assert counts[0] == counts[1] <= 8, counts


def test_the_office_lets_the_chair_into_a_kim_that_nobody_can_enter():
    """A list often brings names without numbers; the office then names the number and shows the first code."""
    group = kim()
    member = group.members.create(name="Sari Contoh")
    group.seats.create(position="chair", name="Sari Contoh", member=member)
    address, sent = f"/kantor/kim/{group.id}/undang/", {"name": "Sari  contoh", "phone": "0812 7777 9999"}
    assert "Sari Contoh" in wearing(Role.REGENCY).get(address).content.decode()
    answer = wearing(Role.REGENCY).post(address, sent)
    member.refresh_from_db()
    assert answer["Location"] == f"/akun/kode/{member.person_id}/"
    assert (member.phone, group.members.count()) == ("+6281277779999", 1)
    assert actor_for(member.person).in_kim(group.id, Role.BOARD)
    assert wearing(Role.REGENCY).get(answer["Location"]).status_code == 200


@pytest.mark.parametrize(("role", "code", "status"), [(Role.REGENCY, "35.03", 404), (Role.PROVINCE, "35", 403)])
def test_no_other_office_lets_anybody_in(role, code, status):
    group = kim()
    sent = {"name": "Orang Lain", "phone": "0812 7777 9999"}
    assert wearing(role, code).post(f"/kantor/kim/{group.id}/undang/", sent).status_code == status
    assert not group.members.exists()
