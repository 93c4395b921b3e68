"""The reporter is told: on an own page, by phone where one agreed, or through the member who took it in."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from accounts.factories import actor
from aspirations.factories import SECRET, VILLAGE, answered, voice
from inbox.conftest import gateway, sms
from kim.accounts.actor import ANONYMOUS, Actor
from kim.accounts.backends import PHONE
from kim.accounts.models import Person, Role
from kim.aspirations import actions, queries
from kim.aspirations.forms.desk import AnswerForm
from kim.aspirations.forms.speaking import WhoForm
from kim.aspirations.models import Aspiration
from kim.aspirations.workflow import Stage
from kim.config import wiring
from kim.doors.models import Replay
from kim.inbox import actions as inbox
from kim.inbox.models import Delivery, Message, Way
from kim.kernel import clock
from kim.kernel.ids import new_id
from kim.kernel.results import NotAllowed, Refused
from kim.ledger.models import Entry
from regions.factories import plant
from registry.factories import kim

__all__ = ["gateway", "sms"]

pytestmark = pytest.mark.django_db
WORDS, PHONE_NUMBER = "Perangkat minta uang untuk surat pengantar.", "+628120000001"


@pytest.fixture
def member(client) -> Actor:
    who = actor(Role.MEMBER, VILLAGE, kim_id=kim().id)
    client.force_login(Person.objects.get(id=who.person_id), backend=PHONE)
    return who


def head() -> Actor:
    return actor(Role.VILLAGE, VILLAGE)


def spoken(*, who: Actor = ANONYMOUS, for_other: bool = False, tell_me: bool = False, **fields) -> Aspiration:
    plant(VILLAGE)
    words = {"kind": "complaint", "category": "road", "text": WORDS, "region": VILLAGE} | fields
    return actions.submit(
        new_id(), fields=words, secret=SECRET, for_other=for_other, tell_me=tell_me, actor=who
    )  # fmt: skip


def by_phone(**fields) -> Aspiration:
    return spoken(tell_me=True, reporter_phone=PHONE_NUMBER, **fields)


def tell(verb: str) -> list[Delivery]:
    """What the last entry of this verb makes known."""
    entry = Entry.objects.filter(verb=verb).latest("at")
    wiring.tell(entry)
    return list(Delivery.objects.filter(entry_id=entry.id))


# --- a page of one's own -----------------------------------------------------------------------------------------


def test_own_voices_stand_on_one_page_with_what_waits(client, member):
    mine, other = answered(spoken(who=member)), voice(who=actor(Role.MEMBER))
    page = client.get("/akun/suara/").content.decode()
    assert mine.shown_number in page and "Sudah beres atau belum?" in page
    assert other.shown_number not in page
    assert client.get(f"/akun/suara/{other.id}/").status_code == 404


def test_signed_in_one_reads_the_private_answer_and_says_everything_without_a_code(client, member):
    made = answered(spoken(who=member), text="Untuk Anda: uangnya dikembalikan.", is_public=False)
    at = f"/akun/suara/{made.id}/"
    page = client.get(at).content.decode()
    assert "uangnya dikembalikan" in page and WORDS in page
    for word, sent in (("belum", {"text": "Belum."}), ("beres", {"nilai": "3"}), ("nilai", {"nilai": "2"})):
        if word == "beres":
            Aspiration.objects.filter(id=made.id).update(stage=Stage.ANSWERED)
        answer = client.post(f"{at}{word}/", sent | {"kunci": str(uuid4())})
        assert answer.headers["Location"] == at
    made.refresh_from_db()
    assert (made.reopened, made.stage, made.satisfaction) == (1, Stage.CLOSED, 2)


def test_a_form_sent_twice_happens_once_and_an_empty_one_comes_back(client, member):
    made = answered(spoken(who=member))
    sent = {"text": "Masih ditagih.", "kunci": str(uuid4())}
    for _ in range(2):
        assert client.post(f"/akun/suara/{made.id}/belum/", sent).status_code == 302
    assert Aspiration.objects.get(id=made.id).reopened == 1
    Aspiration.objects.filter(id=made.id).update(stage=Stage.ASKED)
    page = client.post(f"/akun/suara/{made.id}/tambah/", {"text": "", "kunci": str(uuid4())})
    assert "belum diisi" in page.content.decode()
    assert client.post(f"/akun/suara/{made.id}/entah/", {}).status_code == 404


def test_taking_ones_words_back_wants_the_box(client, member):
    made = spoken(who=member)
    asked = client.post(f"/akun/suara/{made.id}/hapus/", {"kunci": str(uuid4())}).content.decode()
    assert "Centang dulu kotaknya" in asked and not Aspiration.objects.get(id=made.id).is_erased
    gone = client.post(f"/akun/suara/{made.id}/hapus/", {"yakin": "ya", "kunci": str(uuid4())}, follow=True)
    assert Aspiration.objects.get(id=made.id).is_erased
    assert "sudah dihapus" in gone.content.decode() and made.shown_number not in gone.content.decode()


@pytest.mark.parametrize("verb", ["aspiration.answered", "aspiration.asked_back", "aspiration.dismissed"])
def test_every_notice_leads_to_the_own_page(member, verb):
    made, desk = spoken(who=member), head()
    actions.accept(made.id, actor=desk)
    if verb == "aspiration.answered":
        actions.answer(made.id, text="Sudah.", outcome="done", actor=desk)
    elif verb == "aspiration.asked_back":
        actions.ask_back(made.id, text="Kapan?", actor=desk)
    else:
        actions.dismiss(made.id, reason="Urusan polisi.", actor=desk)
    [note] = [one for one in tell(verb) if one.person_id == member.person_id]
    assert note.url == f"/akun/suara/{made.id}/"


def test_whoever_stands_behind_a_joined_voice_hears_of_the_answer_and_can_read_it(client, member):
    one, other, desk = voice(), spoken(who=member), head()
    actions.merge(other.id, into=one.id, actor=desk)
    actions.accept(one.id, actor=desk)
    actions.ask_back(one.id, text="Di RT berapa?", actor=desk)
    assert not [told for told in tell("aspiration.asked_back") if told.person_id == member.person_id]
    assert AnswerForm(aspiration=one).fields["is_public"].initial is True
    with pytest.raises(NotAllowed, match="dibaca umum"):
        actions.answer(one.id, text="Sudah diaspal.", outcome="done", actor=desk)
    actions.answer(one.id, text="Sudah diaspal.", outcome="done", is_public=True, actor=desk)
    [note] = [told for told in tell("aspiration.answered") if told.person_id == member.person_id]
    assert other.shown_number in note.text and note.url == f"/akun/suara/{other.id}/"
    assert f"/lacak/{one.number}/" in client.get(note.url).content.decode()
    assert "Sudah diaspal." in client.get(f"/lacak/{one.number}/").content.decode()


def test_a_voice_without_a_name_is_nowhere_tied_to_the_account_it_was_sent_from(client, member):
    client.get("/kerja/aspirasi/baru/")
    before = set(_rows(str(member.person_id)))
    sent = {"id": str(uuid4()), "rahasia": SECRET, "kunci": str(uuid4()), "for_other": "saya", "kind": "complaint"}
    sent |= {"text": WORDS, "tempat": "Bangunsari", "kode": VILLAGE, "category": "road", "privacy": "anonymous"}
    sent |= {"reporter_name": "Sari Contoh", "reporter_phone": "0812 0000 001"}
    page = client.post("/kerja/aspirasi/baru/", sent).content.decode()
    made = Aspiration.objects.get(id=sent["id"])
    assert (made.reporter_id, made.taken_by_id, made.kim_id, made.reporter_name) == (None, None, None, "")
    assert "Suara saya" not in page
    assert set(_rows(str(member.person_id))) == before, "a row that names the person came with it"
    assert not [row for row in _rows(str(made.id)) if str(member.person_id) in row or str(member.kim_id) in row]
    assert made.shown_number not in client.get("/akun/suara/").content.decode()
    assert not Replay.objects.exists()


def _rows(word: str) -> list[str]:
    """Every row of every table that holds this word."""
    found = []
    with connection.cursor() as cursor:
        for table in sorted(set(connection.introspection.table_names(cursor)) - {"regions_region", "django_session"}):
            cursor.execute(f'SELECT t::text FROM "{table}" t WHERE t::text LIKE %s', [f"%{word}%"])
            found += [f"{table}: {row[0]}" for row in cursor.fetchall()]
    return found


# --- in somebody's name ------------------------------------------------------------------------------------------


def test_the_member_who_took_it_in_is_told_to_tell_and_carries_word_to_and_fro(client, member):
    made, desk = spoken(who=member, for_other=True), head()
    actions.accept(made.id, actor=desk)
    actions.ask_back(made.id, text="Di RT berapa?", actor=desk)
    [note] = [one for one in tell("aspiration.asked_back") if one.person_id == member.person_id]
    assert "Tanyakan kepada pelapornya" in note.text
    page = client.get(note.url).content.decode()
    assert "Di RT berapa?" in page and "hapus/" not in page
    client.post(f"{note.url}tambah/", {"text": "RT 3.", "kunci": str(uuid4())})
    actions.answer(made.id, text="Sudah.", outcome="done", actor=desk)
    page = client.get(note.url).content.decode()
    assert "Sampaikan kepada pelapornya" in page and "Puas" not in page and "Buka lagi" in page
    assert client.post(f"{note.url}beres/", {"nilai": "3", "kunci": str(uuid4())}).status_code == 403


def test_a_lost_slip_is_made_anew_by_whoever_took_it_in_and_the_ledger_knows(client, member):
    made = spoken(who=member, for_other=True)
    page = client.get(f"/akun/suara/{made.id}/").content.decode()
    secret = re.search(r'name="rahasia" value="([^"]+)"', page)[1]
    for _ in range(2):
        slip = client.post(f"/akun/suara/{made.id}/lembar/", {"rahasia": secret}).content.decode()
        assert queries.spaced(secret) in slip and "Lembar baru" in slip
    assert Entry.objects.filter(verb="aspiration.code_renewed", person_id=member.person_id).count() == 1
    assert queries.tracked(made.number, secret) == made
    with pytest.raises(Aspiration.DoesNotExist):
        queries.tracked(made.number, SECRET)


def test_of_a_confidential_one_the_member_reads_nothing_through_no_door_and_makes_no_code(client, member):
    made, desk = spoken(who=member, for_other=True, privacy="secret"), head()
    actions.accept(made.id, actor=desk)
    actions.answer(made.id, text="Untuk pelapor saja.", outcome="done", actor=desk)
    at = f"/akun/suara/{made.id}/"
    assert client.get(at).status_code == 404
    for word in ("tambah", "belum", "keberatan", "hapus", "lembar"):
        answer = client.post(f"{at}{word}/", {"text": "", "kunci": str(uuid4()), "rahasia": "abcdefgh23"})
        assert answer.status_code == 404 and WORDS not in answer.content.decode(), word
    assert made.shown_number not in client.get("/akun/suara/").content.decode()
    with pytest.raises(Refused):
        actions.renew(made.id, secret="abcdefgh23", actor=member)
    [note] = [one for one in tell("aspiration.answered") if one.person_id == member.person_id]
    assert note.url == f"/lacak/{made.number}/" and "kode di lembarnya" in note.text


def test_a_hand_does_not_read_what_the_reporter_wrote_with_the_own_code(client, member):
    made, desk = spoken(who=member, for_other=True), head()
    actions.accept(made.id, actor=desk)
    actions.ask_back(made.id, text="Di RT berapa?", actor=desk)
    actions.supply(made.id, uuid4(), text="Anggota KIM menagih saya.", secret=SECRET)
    actions.ask_back(made.id, text="Kapan?", actor=desk)
    actions.supply(made.id, uuid4(), text="Kemarin, katanya.", actor=member)
    page = client.get(f"/akun/suara/{made.id}/").content.decode()
    assert "Kemarin, katanya." in page and "Anggota KIM menambahkan" in page and "menagih saya" not in page
    assert [reply.is_by_hand for reply in made.replies.all()] == [False, True]


def test_a_new_slip_is_told_and_stands_in_the_way(client, member, sms):
    made = spoken(who=member, for_other=True, tell_me=True, reporter_phone=PHONE_NUMBER)
    actions.renew(made.id, secret="abcdefgh23", actor=member)
    [note] = tell("aspiration.code_renewed")
    assert note.person_id == made.id and "diganti" in note.text
    assert "Lembar baru dibuat" in client.get(f"/lacak/{made.number}/").content.decode()


def test_a_member_who_left_the_kim_is_nobodys_hand(client, member):
    made, left = spoken(who=member, for_other=True), actor(Role.MEMBER, VILLAGE, kim_id=kim(name="Lain").id)
    Aspiration.objects.filter(id=made.id).update(taken_by=left.person_id)
    made.refresh_from_db()
    client.force_login(Person.objects.get(id=left.person_id), backend=PHONE)
    assert WORDS[:20] not in client.get("/akun/suara/").content.decode()
    assert client.post(f"/akun/suara/{made.id}/tambah/", {"text": ""}).status_code == 404
    desk = head()
    actions.accept(made.id, actor=desk)
    actions.ask_back(made.id, text="Kapan?", actor=desk)
    assert left.person_id not in {note.person_id for note in tell("aspiration.asked_back")}
    for verb in ("renew", "supply"):
        with pytest.raises((Refused, NotAllowed)):
            more = {"secret": "abcdefgh23"} if verb == "renew" else {"reply_id": uuid4(), "text": "Ya."}
            getattr(actions, verb)(made.id, actor=left, **more)


# --- by phone ----------------------------------------------------------------------------------------------------


def test_without_a_gateway_nobody_is_asked_and_nothing_is_kept():
    assert "tell_me" not in WhoForm().fields
    made = by_phone()
    assert not Way.objects.exists() and queries.told_at(made) == ""
    assert not [note for note in tell("aspiration.submitted") if note.person_id == made.id]


@pytest.mark.usefixtures("sms")
def test_the_box_wants_a_number_and_says_so_where_none_is_kept():
    said = {"privacy": "open", "tell_me": "on", "reporter_phone": ""}
    assert "reporter_phone" in WhoForm(said).errors
    anonymous = WhoForm(said | {"privacy": "anonymous", "reporter_phone": "0812 3456 7890"})
    assert "tidak bisa mengabari" in str(anonymous.errors["tell_me"])
    assert WhoForm(said | {"reporter_phone": "0812 3456 7890"}).is_valid()


def carried() -> int:
    return inbox.carry(wiring.GATEWAYS, wiring.ADDRESSES)


@pytest.mark.django_db(transaction=True)
def test_the_phone_hears_number_and_stage_and_never_the_words_or_the_code(sms, monkeypatch, settings):
    settings.KIM_QUIET_HOURS = (3, 3)
    monkeypatch.setattr("kim.inbox.actions.carrying.wakes_at", lambda *_, **__: None)
    made, desk = by_phone(privacy="secret", reporter_name="Sari Contoh"), head()
    tell("aspiration.submitted")
    assert carried() == 1
    actions.accept(made.id, actor=desk)
    actions.answer(made.id, text="Uangnya dikembalikan.", outcome="done", actor=desk)
    tell("aspiration.answered")
    assert carried() == 1
    said = [one.json["text"] for one in sms.asked]
    assert [one.json["to"] for one in sms.asked] == [PHONE_NUMBER] * 2
    assert all(made.shown_number in text and len(text) <= 160 for text in said), said
    hidden = ("rahasia", SECRET, "uang", "Sari", "Jalan", "Pengaduan", "Bangunsari")
    assert not [word for word in hidden for text in said if word.lower() in text.lower()]
    path = queries.phone_path(made)
    assert all(text.endswith(path) for text in said)


@pytest.mark.usefixtures("sms")
def test_the_link_ends_it_and_a_guessed_one_does_not(client):
    made = by_phone()
    path = queries.phone_path(made)
    page = client.get(path).content.decode()
    assert made.shown_number in page and WORDS not in page and PHONE_NUMBER not in page
    assert client.post(path[:-3] + "00/").status_code == 404 and Way.objects.exists()
    by_phone()
    for _ in range(2):
        assert "tidak mengirim pesan lagi" in client.post(path).content.decode()
    assert not Way.objects.exists()
    assert Entry.objects.filter(verb="aspiration.hushed", person_id=None).count() == 1
    assert queries.told_at(by_phone()) == "", "whoever wants no messages gets none of the next voice either"


@pytest.mark.usefixtures("sms")
def test_what_is_taken_back_is_not_told_of_any_more():
    made = by_phone()
    tell("aspiration.submitted")
    actions.erase(made.id, secret=SECRET)
    assert not Way.objects.exists() and queries.phones_of([made.id]) == {}
    assert not Message.objects.exists() and not Delivery.objects.filter(person_id=made.id).exists()
    assert PHONE_NUMBER not in "".join(_rows("8120000001"))


@pytest.mark.usefixtures("sms")
def test_after_five_years_name_number_and_words_are_gone():
    made = by_phone(reporter_name="Sari Contoh")
    assert actions.forget_old() == 0
    Aspiration.objects.update(received_at=clock.now() - timedelta(days=5 * 366))
    assert (actions.forget_old(), actions.forget_old()) == (1, 0)
    made.refresh_from_db()
    assert (made.reporter_phone, made.reporter_name, made.text) == ("", "", "") and made.is_erased
    assert not Way.objects.exists()
    assert Entry.objects.get(verb="aspiration.erased").person_name == "Sistem"


@pytest.mark.usefixtures("sms")
def test_a_number_that_is_another_s_is_not_flooded():
    told = [by_phone() for _ in range(6)]
    assert [bool(queries.told_at(one)) for one in told] == [True] * 3 + [False] * 3


@pytest.mark.usefixtures("sms")
def test_a_flood_of_first_messages_takes_no_answer_from_anybody(monkeypatch):
    monkeypatch.setattr("kim.aspirations.actions.reaching.OF_ALL", 1)
    _, made = by_phone(), spoken(tell_me=True, reporter_phone="+628120000002")
    assert not [note for note in tell("aspiration.submitted") if note.person_id == made.id]
    assert queries.told_at(made)


@pytest.mark.usefixtures("sms")
def test_whoever_is_signed_in_is_told_the_ways_of_the_account(member):
    made = by_phone(who=member)
    assert not Way.objects.exists() and made.reporter_id == member.person_id


def test_own_words_are_in_the_own_data_and_those_of_others_are_not(client, member):
    spoken(who=member, text="Lampu jalan mati.")
    spoken(who=member, text="Dari tetangga.", for_other=True)
    spoken(who=member, text="Tanpa nama.", privacy="anonymous")
    told = client.get("/akun/data.json").json()["aspirasi"]
    assert [(one["text"], one["region_id"]) for one in told] == [("Lampu jalan mati.", VILLAGE)]
