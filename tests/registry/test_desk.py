"""The desk of a KIM: profile, members, board with its history, and the renewal of an SK."""

from datetime import date, timedelta

import pytest
from django.test import Client

from accounts.factories import actor as actor_as
from accounts.factories import mandate, person
from kim.accounts.models import Mandate, Role
from kim.kernel.results import NotAllowed, Refused
from kim.registry import actions, queries
from kim.registry.models import Kim
from kim.registry.workflow import DecreeStage
from media.factories import pdf
from registry.factories import decree, kim, plain_decree

pytestmark = pytest.mark.django_db
PIN_DOOR = "kim.accounts.backends.PhoneBackend"


def at_desk(of: Kim, role: Role = Role.BOARD) -> Client:
    who, client = person("Wati Contoh"), Client()
    mandate(who, role, of.region_id, kim_id=of.id)
    client.force_login(who, backend=PIN_DOOR)
    return client


def board_of(group: Kim):
    return actor_as(Role.BOARD, group.region_id, kim_id=group.id)


PAGES = ["", "profil/", "anggota/", "pengurus/", "sk/", "sk/perpanjang/"]
FOR_THE_BOARD = {"profil/", "sk/perpanjang/"}


@pytest.mark.parametrize("role", [Role.MEMBER, Role.EDITOR, Role.BOARD])
@pytest.mark.parametrize("page", PAGES)
def test_members_see_and_the_board_edits(role, page):
    group = kim()
    decree(group)
    status = at_desk(group, role).get(f"/kerja/kim/{page}").status_code
    assert status == (403 if page in FOR_THE_BOARD and role != Role.BOARD else 200)


def test_the_profile_is_saved_and_the_name_stays():
    group = kim(name="KIM Asli")
    sent = {"about": "Kami mencatat panen.", "public_phone": "0812 1111 2222", "focus": "farm", "ict_level": "paper"}
    sent |= {"accent": "bata", "decision_rule": "quorum", "quorum": "4", "name": "Nama Lain"}
    sent |= {"channel_count": "1", "channel_0_kind": "instagram", "channel_0_address": "@kimasli"}
    assert at_desk(group).post("/kerja/kim/profil/", sent).status_code == 302
    group.refresh_from_db()
    assert (group.name, group.accent, group.quorum, group.public_phone) == ("KIM Asli", "bata", 4, "+6281211112222")
    assert group.channels.get().link == "https://www.instagram.com/kimasli/"


def test_a_member_is_added_invited_and_leaves():
    group = kim()
    client = at_desk(group)
    sent = {"name": "Budi Contoh", "phone": "0812 3333 4444"}
    assert client.post("/kerja/kim/anggota/", sent).status_code == 302
    member = group.members.get()
    invited = client.post(f"/kerja/kim/anggota/{member.id}/undang/", {"role": "editor"})
    member.refresh_from_db()
    assert invited["Location"] == f"/akun/kode/{member.person_id}/"
    assert Mandate.objects.get(person=member.person).label == f"Redaktur {group.name}"
    assert client.get(invited["Location"]).status_code == 200
    client.post(f"/kerja/kim/anggota/{member.id}/berhenti/", {"left_on": date.today().isoformat()})
    member.refresh_from_db()
    assert member.left_on == date.today()
    assert Mandate.objects.get(person=member.person).until is not None


def test_a_member_without_a_number_gives_one_at_the_invitation():
    group = kim()
    client = at_desk(group)
    member = group.members.create(name="Budi Contoh")
    url = f"/kerja/kim/anggota/{member.id}/undang/"
    assert url in client.get("/kerja/kim/anggota/").content.decode()
    assert "Nomor HP belum diisi" in client.post(url, {"role": "member"}).content.decode()
    assert client.post(url, {"role": "member", "phone": "0812 3333 4444"}).status_code == 302
    member.refresh_from_db()
    assert member.phone == "+6281233334444"
    assert member.person is not None


def test_one_phone_number_is_one_member():
    group = kim()
    board = board_of(group)
    actions.add_member(group.id, actor=board, name="Budi Contoh", phone="+6281233334444")
    with pytest.raises(NotAllowed, match="sudah dipakai"):
        actions.add_member(group.id, actor=board, name="Budi Lain", phone="+6281233334444")
    page = at_desk(group).post("/kerja/kim/anggota/", {"name": "Budi Lain", "phone": "0812 3333 4444"})
    assert page.status_code == 200
    assert "sudah dipakai anggota lain" in page.content.decode()


def test_a_member_who_comes_in_elsewhere_already_needs_no_code():
    group = kim()
    known = person("Budi Contoh", pin="846291", phone="+6281233334444")
    member = actions.add_member(group.id, actor=board_of(group), name="Budi Contoh", phone="+6281233334444")
    went = at_desk(group).post(f"/kerja/kim/anggota/{member.id}/undang/", {"role": "member"})
    assert went["Location"] == "/kerja/kim/anggota/"
    assert known.mandates.get().kim_id == group.id


def test_another_kim_cannot_touch_members_or_seats():
    group, other = kim(), kim()
    member = actions.add_member(group.id, actor=board_of(group), name="Budi Contoh", phone="+6281233334444")
    seat = actions.open_seat(group.id, actor=board_of(group), position="chair", name="Budi Contoh", since=date.today())
    stranger = at_desk(other)
    for address in (f"anggota/{member.id}/berhenti/", f"anggota/{member.id}/undang/", f"pengurus/{seat.id}/ganti/"):
        assert stranger.get(f"/kerja/kim/{address}").status_code == 404
    with pytest.raises(Refused):
        actions.add_member(group.id, actor=board_of(other), name="Orang Lain")


def test_a_change_of_the_board_keeps_its_history():
    group = kim()
    board = board_of(group)
    begun = date.today() - timedelta(days=900)
    first = actions.open_seat(group.id, actor=board, position="chair", name="Budi Contoh", since=begun)
    client = at_desk(group)
    sent = {"on": date.today().isoformat(), "name": "Sari Contoh"}
    assert client.post(f"/kerja/kim/pengurus/{first.id}/ganti/", sent).status_code == 302
    assert [s.name for s in queries.seats_now(group)] == ["Sari Contoh"]
    assert [(s.name, s.since, s.until) for s in queries.seats_before(group)] == [("Budi Contoh", begun, date.today())]
    with pytest.raises(NotAllowed):
        actions.replace_seat(first.id, actor=board, name="Orang Ketiga", on=date.today())
    assert "Budi Contoh, ketua" in client.get("/kerja/kim/pengurus/").content.decode()


def renewal(**more) -> dict:
    sent = {
        "number": "12/SK/2025",
        "issued_on": "2025-11-01",
        "issuer_level": "village",
        "issuer_office": "Kantor Desa",
    }
    sent |= {"valid_until": (date.today() + timedelta(days=800)).isoformat(), "scan": pdf(), "seat_count": "2"}
    sent |= {"seat_0_position": "chair", "seat_0_name": "Sari Contoh"}
    sent |= {"seat_1_position": "secretary", "seat_1_name": "Dewi Contoh"}
    return sent | more


def test_a_renewal_copies_the_last_sk_is_accepted_and_keeps_history():
    group = kim()
    old = decree(
        group, days_left=-5, number="7/LAMA/2020", issued_on=date(2020, 1, 2), issuer_office="Kantor Desa Lama"
    )
    board = board_of(group)
    begun = date.today() - timedelta(days=900)
    for position, name in (("chair", "Budi Contoh"), ("secretary", "Dewi Contoh")):
        actions.open_seat(group.id, actor=board, position=position, name=name, since=begun)
    client = at_desk(group)
    page = client.get("/kerja/kim/sk/perpanjang/").content.decode()
    assert "Kantor Desa Lama" in page and "Budi Contoh" in page and old.number not in page
    assert client.post("/kerja/kim/sk/perpanjang/", renewal()).status_code == 302
    waiting = queries.renewal(group)
    assert waiting.stage == DecreeStage.SUBMITTED
    assert "Menunggu diperiksa" in client.get("/kerja/kim/sk/").content.decode()
    assert client.get("/kerja/kim/sk/perpanjang/").status_code == 302
    officer = actor_as(Role.REGENCY, "35.02")
    assert [d.id for d in queries.queue(officer)] == [waiting.id]
    actions.accept_decree(waiting.id, actor=officer)
    assert [(s.position, s.name) for s in queries.seats_now(group)] == [
        ("chair", "Sari Contoh"),
        ("secretary", "Dewi Contoh"),
    ]
    assert queries.seats_now(group)[1].since == begun
    assert [s.name for s in queries.seats_before(group)] == ["Budi Contoh"]
    assert {d.id for d in queries.decrees(group)} == {old.id, waiting.id}
    assert queries.decrees(group).first() == waiting


def test_a_returned_renewal_is_mended_without_a_new_scan():
    group = kim()
    decree(group)
    client = at_desk(group)
    client.post("/kerja/kim/sk/perpanjang/", renewal())
    actions.return_decree(queries.renewal(group).id, actor=actor_as(Role.REGENCY, "35.02"), note="Nomornya keliru.")
    assert "Nomornya keliru." in client.get("/kerja/kim/sk/perpanjang/").content.decode()
    again = renewal(number="13/SK/2025")
    again.pop("scan")
    assert client.post("/kerja/kim/sk/perpanjang/", again).status_code == 302
    sent = queries.renewal(group)
    assert (sent.number, sent.stage) == ("13/SK/2025", DecreeStage.SUBMITTED)


def test_an_unfinished_renewal_keeps_the_scan():
    group = kim()
    client = at_desk(group)
    page = client.post("/kerja/kim/sk/perpanjang/", renewal(issued_on="2190-01-01"))
    assert page.status_code == 200 and "Sudah tersimpan" in page.content.decode()
    more = client.post("/kerja/kim/sk/perpanjang/", renewal(tambah="seat")).content.decode()
    assert 'name="seat_count" value="5"' in more and "Dewi Contoh" in more


def test_the_first_sk_is_not_decided_as_a_renewal():
    group = kim(stage="submitted", registry_number=None)
    paper = decree(group, stage=DecreeStage.SUBMITTED, **plain_decree())
    with pytest.raises(NotAllowed):
        actions.accept_decree(paper.id, actor=actor_as(Role.REGENCY, "35.02"))
