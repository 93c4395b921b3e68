"""The pages of a desk: piles, one aspiration, doing things, and what stays hidden."""

import pytest

from accounts.factories import actor
from aspirations.factories import VILLAGE, agency, officer, voice
from kim.accounts.backends import PHONE, STRONG
from kim.accounts.models import OFFICIAL_ROLES, Person, Role
from kim.aspirations import actions
from kim.aspirations.models import Aspiration
from kim.aspirations.policies import Desk
from kim.kernel.ids import new_id
from media.factories import jpeg

pytestmark = pytest.mark.django_db
HOME = "/kerja/aspirasi/"


def sign_in(client, who):
    backend = STRONG if who.hat.role in OFFICIAL_ROLES else PHONE
    client.force_login(Person.objects.get(id=who.person_id), backend=backend)
    return client


@pytest.fixture
def head(client):
    return sign_in(client, actor(Role.VILLAGE))


def text(answer) -> str:
    return answer.content.decode()


def send(client, made, word, **fields):
    return client.post(f"{HOME}{made.id}/{word}/", {"kunci": str(new_id())} | fields)


def test_a_village_takes_asks_and_answers(head, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    made = voice(reporter_name="Sari Contoh")
    assert "Jalan ke pasar berlubang." in text(head.get(HOME))
    page = text(head.get(f"{HOME}{made.id}/"))
    assert "Terima dan tangani" in page and "Kirim jawaban" not in page and "Sari Contoh" in page
    assert send(head, made, "terima").url == f"{HOME}{made.id}/"
    assert "sisa" in text(head.get(f"{HOME}?tumpukan=ditangani"))
    send(head, made, "tanya", text="Sebelah mana?")
    assert "Sebelah mana?" in text(head.get(f"{HOME}{made.id}/"))
    send(head, made, "jawab", outcome="done", text="Sudah ditambal.", photos=[jpeg(), jpeg()])
    found = Aspiration.objects.get(id=made.id)
    assert found.stage == "answered" and found.attachments.count() == 2
    page = text(head.get(f"{HOME}{made.id}/"))
    file = found.attachments.first()
    assert f"{HOME}{made.id}/berkas/{file.upload_id}/" in page
    answer = head.get(f"{HOME}{made.id}/berkas/{file.upload_id}/")
    assert b"".join(answer.streaming_content).startswith(b"\xff\xd8")
    assert "Jalan ke pasar" in text(head.get(f"{HOME}?tumpukan=selesai"))


def test_what_is_missing_comes_back_on_the_page(head):
    made = voice()
    send(head, made, "terima")
    answer = send(head, made, "jawab", text="Sudah.")
    assert answer.status_code == 422 and "Pilih hasilnya." in text(answer)
    answer = send(head, made, "jawab", text="Hubungi 0812 3456 7890", outcome="done", is_public="on")
    assert answer.status_code == 422 and "data pribadi" in text(answer) and "0812 3456 7890" in text(answer)
    answer = send(head, made, "teruskan", to="64.08", reason="Salah alamat.")
    assert answer.status_code == 422
    answer = send(head, made, "tampilkan", public_text="Kata saya sendiri.")
    assert answer.status_code == 422 and "tidak diubah" in text(answer)
    assert Aspiration.objects.get(id=made.id).stage == "handled"


def test_sent_twice_it_is_done_once(head):
    made, key = voice(), str(new_id())
    for _ in range(2):
        assert head.post(f"{HOME}{made.id}/terima/", {"kunci": key}).status_code == 302
    assert send(head, made, "terima").status_code == 409


def test_it_is_handed_over_with_the_route_offered_first(head, client):
    dinas, made = agency(), voice()
    actions.route(region="35.02", category="road", agency_id=dinas.id, actor=actor(Role.REGENCY, "35.02"))
    page = text(head.get(f"{HOME}{made.id}/"))
    assert f'<option value="{dinas.id}" selected>' in page
    assert send(head, made, "teruskan", to=str(dinas.id), reason="Jalan kabupaten.").url == HOME
    page = text(head.get(f"{HOME}{made.id}/"))
    assert "sudah tidak di meja Anda" in page and "berlubang" not in page and dinas.name in page
    assert made.shown_number in text(head.get(f"{HOME}diteruskan/"))
    office = sign_in(client, officer(dinas))
    page = text(office.get(f"/kantor/aspirasi/{made.id}/"))
    assert "berlubang" in page and "Jalan kabupaten." in page and "Menu Diskominfo" in page


def test_of_a_confidential_one_a_list_shows_the_number_alone(head, client):
    made = voice(privacy="secret", category="aid", text="Bantuan dipotong.")
    page = text(head.get(HOME))
    assert made.shown_number in page and "dipotong" not in page and "Bantuan sosial · Desa" not in page
    assert "dipotong" in text(head.get(f"{HOME}{made.id}/"))
    member = sign_in(client, actor(Role.MEMBER))
    assert made.shown_number not in text(member.get(HOME))
    assert member.get(f"{HOME}{made.id}/").status_code == 404
    actions.escalate(made.id, to=Desk("35.02"), reason="Perlu diperiksa.", actor=actor(Role.BOARD))
    head = sign_in(client, actor(Role.VILLAGE))
    page = text(head.get(f"{HOME}{made.id}/"))
    assert "Perlu diperiksa" not in page and "Diteruskan, menunggu diterima" in page and "Diskominfo" not in page


def test_a_desk_filters_by_what_it_is_about(head):
    voice(category="road")
    voice(category="water", text="Air keruh.")
    page = text(head.get(f"{HOME}?tentang=water"))
    assert "Air keruh." in page and "berlubang" not in page
    assert "berlubang" in text(head.get(f"{HOME}?tentang=entah&tumpukan=entah"))


def test_marks_of_lists_may_be_damaged(head):
    voice()
    for mark in ("x", "W10", "W3sidCI6IjIwMjYifV0"):
        assert head.get(f"{HOME}?sesudah={mark}").status_code == 200
        assert head.get(f"{HOME}diteruskan/?sesudah={mark}").status_code == 200


def test_an_office_keeps_its_agencies_routes_and_free_days(client):
    office = sign_in(client, actor(Role.REGENCY, "35.02"))
    office.post("/kantor/opd/", {"kunci": str(new_id()), "name": "Dinas Contoh", "region": "35.02"})
    page = text(office.get("/kantor/opd/"))
    assert "Dinas Contoh" in page and "Belum ada petugas" in page
    dinas = agency(name="Dinas Contoh")
    office.post("/kantor/opd/rute/", {"kunci": str(new_id()), "category": "road", "agency": str(dinas.id)})
    assert text(office.get("/kantor/opd/")).count("Dinas Contoh") >= 3
    words = {"kunci": str(new_id()), "on": "2026-08-11", "name": "Hari jadi", "source": "SE 1/2026"}
    office.post("/kantor/libur/", words)
    assert "Hari jadi" in text(office.get("/kantor/libur/"))


def test_the_first_pages_say_what_waits(client):
    voice()
    head = sign_in(client, actor(Role.VILLAGE))
    assert "1 aspirasi warga menunggu diterima" in text(head.get("/kerja/desa/"))
    dinas = agency()
    actions.escalate(voice().id, to=Desk("35.02", dinas.id), reason="x", actor=actor(Role.VILLAGE, VILLAGE))
    office = sign_in(client, officer(dinas))
    page = text(office.get("/kantor/"))
    assert "<b>1</b><span>aspirasi menunggu diterima</span>" in page and "/kantor/aspirasi/" in page


def test_everybody_reads_how_the_offices_of_a_place_do(client):
    head = actor(Role.VILLAGE, VILLAGE)
    made = voice()
    actions.accept(made.id, actor=head)
    actions.answer(made.id, text="Sudah ditambal.", outcome="done", actor=head)
    actions.recount()
    told = client.get(f"/aspirasi/angka/{VILLAGE}/").content.decode()
    assert "KIM dan kepala" in told and "100 %" in told and "Sudah ditambal" not in told
    assert "Belum ada angka" in client.get("/aspirasi/angka/35.02/").content.decode()
