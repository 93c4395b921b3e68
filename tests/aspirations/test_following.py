"""The reporter follows it: every verb at every stage, with the code and without; twice is once; nothing of the words leaks."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from accounts.factories import actor
from aspirations.factories import SECRET, VILLAGE, agency, answered, let_out, voice
from kim.accounts.models import Role
from kim.aspirations import actions, queries
from kim.aspirations.models import Aspiration, Attachment, Reply, Support
from kim.aspirations.workflow import OPEN_STAGES, WORKFLOW, Stage
from kim.kernel import clock
from kim.kernel.results import NotAllowed, Refused
from kim.ledger.models import Entry
from kim.media.models import Purpose, Upload
from media.factories import jpeg

pytestmark = pytest.mark.django_db
WORDS = "Kepala dusun Anggrek belum memperbaiki pompa."


def act(verb: str, made: Aspiration, secret: str = SECRET) -> Aspiration:
    if verb in ("supply", "reopen"):
        return getattr(actions, verb)(made.id, uuid4(), text="Masih berlubang.", secret=secret)
    return getattr(actions, verb)(made.id, secret=secret)


def at(stage: Stage) -> Aspiration:
    made = voice(text=WORDS)
    Aspiration.objects.filter(id=made.id).update(stage=stage)
    made.refresh_from_db()
    return made


@pytest.mark.parametrize("verb", ["supply", "close", "reopen"])
@pytest.mark.parametrize("stage", list(Stage))
def test_each_verb_of_the_reporter_goes_where_the_table_says_and_nowhere_else(verb, stage):
    made = at(stage)
    if not WORKFLOW.allows(verb, stage):
        with pytest.raises(NotAllowed):
            act(verb, made)
        return
    assert act(verb, made).stage == WORKFLOW[verb].to
    made.refresh_from_db()
    assert made.stage == WORKFLOW[verb].to


@pytest.mark.parametrize("verb", ["supply", "close", "reopen", "erase"])
@pytest.mark.parametrize("secret", ["", "salah12345", SECRET.upper()])
def test_without_the_code_nobody_does_any_of_it(verb, secret):
    made = at(Stage.ASKED if verb == "supply" else Stage.ANSWERED)
    with pytest.raises(Refused):
        act(verb, made, secret)
    with pytest.raises(Refused):
        actions.close(made.id, actor=actor(Role.BOARD, VILLAGE))


def test_who_sent_it_signed_in_needs_no_code():
    who = actor(Role.MEMBER)
    made = answered(voice(who=who))
    assert actions.close(made.id, actor=who).stage == Stage.CLOSED


def test_not_settled_leads_back_to_the_office_that_answered_and_its_clock_runs_anew():
    made, office = voice(), agency()
    Aspiration.objects.filter(id=made.id).update(holder_code=office.region_id, holder_agency=office)
    answered(Aspiration.objects.get(id=made.id))
    again = actions.reopen(made.id, uuid4(), text="Masih bocor.", secret=SECRET)
    assert (again.holder_agency, again.reopened, again.stage) == (office, 1, Stage.HANDLED)
    stay = again.handlings.get(until=None)
    assert stay.agency == office and stay.due_at == again.due_at > clock.now()
    assert again.replies.get().text == "Masih bocor."


@pytest.mark.parametrize("verb", ["supply", "reopen"])
def test_a_reply_sent_twice_is_one(verb):
    made, key = at(Stage.ASKED if verb == "supply" else Stage.ANSWERED), uuid4()
    for _ in range(3):
        getattr(actions, verb)(made.id, key, text="Di RT 3.", secret=SECRET)
    assert Reply.objects.count() == 1
    assert Aspiration.objects.get().reopened == (verb == "reopen")


def test_one_tap_closes_it_and_says_how_content_and_a_second_tap_changes_only_that():
    made = at(Stage.ANSWERED)
    assert actions.close(made.id, satisfaction=3, secret=SECRET).satisfaction == 3
    assert actions.close(made.id, satisfaction=1, secret=SECRET).satisfaction == 1
    assert Entry.objects.filter(verb="aspiration.closed").count() == 1
    assert actions.rate(made.id, satisfaction=2, secret=SECRET).satisfaction == 2
    with pytest.raises(NotAllowed):
        actions.rate(made.id, satisfaction=9, secret=SECRET)


def test_four_weeks_later_it_is_asked_once_whether_it_stayed_fixed():
    made = at(Stage.ANSWERED)
    actions.close(made.id, secret=SECRET)
    assert actions.ask_again() == 0
    with pytest.raises(NotAllowed):
        actions.stay(made.id, secret=SECRET)
    Aspiration.objects.update(closed_at=clock.now() - timedelta(days=29))
    assert (actions.ask_again(), actions.ask_again()) == (1, 0)
    assert actions.stay(made.id, secret=SECRET).stayed_fixed
    assert actions.reopen(made.id, uuid4(), text="Rusak lagi.", secret=SECRET).stayed_fixed is None


def test_me_too_counts_once_per_token_and_says_nothing_of_whose():
    one, other = let_out(voice()), let_out(voice())
    for _ in range(3):
        actions.support(one.number, token="token-hp-satu")
    actions.support(one.number, token="token-hp-dua")
    actions.support(other.number, token="token-hp-satu")
    assert Aspiration.objects.get(id=one.id).supporters == 2
    assert len(set(Support.objects.values_list("token", flat=True))) == 3  # the same phone, seen by nobody as the same


@pytest.mark.parametrize("spoil", [{"is_public": False}, {"stage": Stage.CLOSED}])
def test_nobody_supports_what_is_not_out_or_not_open(spoil):
    made = let_out(voice())
    Aspiration.objects.filter(id=made.id).update(**spoil)
    with pytest.raises(Refused):
        actions.support(made.number, token="t")


@pytest.mark.django_db(transaction=True)
def test_a_hundred_neighbours_at_once_are_a_hundred():
    made, crowd = let_out(voice()), 12

    def say(number: int) -> None:
        actions.support(made.number, token=f"hp-{number // 2}")
        connection.close()

    threads = [threading.Thread(target=say, args=(number,)) for number in range(crowd)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Aspiration.objects.get(id=made.id).supporters == crowd // 2


@pytest.mark.parametrize("stage", list(Stage))
def test_taken_back_the_words_are_gone_everywhere_and_the_figures_stay(stage, django_capture_on_commit_callbacks):
    made = answered(
        voice(text=WORDS, reporter_name="Sari Contoh", reporter_phone="+628120000001", place="Gang Anggrek")
    )
    upload = Upload.objects.get(id=actions.bring(jpeg(300, 200), Purpose.EVIDENCE))
    Attachment.objects.create(aspiration=made, upload=upload)
    Reply.objects.create(aspiration=made, text=WORDS)
    Aspiration.objects.filter(id=made.id).update(stage=stage, is_public=True, public_text=WORDS)
    with django_capture_on_commit_callbacks(execute=True):
        gone = actions.erase(made.id, secret=SECRET)
    row = Aspiration.objects.filter(id=made.id).values().get()
    assert "Anggrek" not in str(row) and "Sari" not in str(row) and "+6281" not in str(row)
    assert row["number"] == made.number and row["region_id"] == VILLAGE and not row["is_public"]
    assert gone.stage == (Stage.DISMISSED if stage in OPEN_STAGES else stage)
    assert not Reply.objects.exists() and not Upload.objects.exists()
    assert not upload.file.storage.exists(upload.file.name)
    assert not gone.handlings.filter(until=None).exists() or stage not in OPEN_STAGES
    assert actions.erase(made.id, secret=SECRET).erased_at == gone.erased_at


def test_the_ledger_never_holds_a_word_of_the_reporter():
    made = answered(voice(text=WORDS, reporter_name="Sari Contoh", reporter_phone="+628120000001"), outcome="")
    actions.supply(made.id, uuid4(), text=WORDS, secret=SECRET)
    Aspiration.objects.filter(id=made.id).update(stage=Stage.ANSWERED)
    actions.reopen(made.id, uuid4(), text=WORDS, secret=SECRET)
    Aspiration.objects.filter(id=made.id).update(stage=Stage.ANSWERED)
    actions.close(made.id, satisfaction=1, secret=SECRET)
    actions.erase(made.id, secret=SECRET)
    told = str(list(Entry.objects.filter(key=made.key).values()))
    assert len(Entry.objects.filter(key=made.key)) == 5
    assert not [word for word in ("Anggrek", "Sari", "+6281", SECRET) if word in told]


@pytest.mark.parametrize(("privacy", "is_named"), [("open", True), ("secret", False), ("anonymous", False)])
def test_the_ledger_names_a_signed_in_reporter_only_of_an_open_one(privacy, is_named):
    who = actor(Role.MEMBER, name="Sari Contoh")
    made = answered(voice(privacy=privacy, who=who))
    actions.close(made.id, secret=SECRET, actor=who)
    for entry in Entry.objects.filter(key=made.key):
        assert (entry.person_name == "Sari Contoh") is is_named
        assert bool(entry.person_id) is is_named


def test_the_public_reads_of_the_way_only_what_was_said_in_public():
    made = answered(voice(), text="Kepada Bu Sari: tambalan dijadwalkan.", is_public=False)
    answered(made, text="Dijadwalkan bulan depan.")
    Reply.objects.create(aspiration=made, text="Terima kasih, saya Sari.")
    made.handlings.update(reason="Menurut Sari ini jalan kabupaten.")
    in_public, own = str(queries.way_of(made)), str(queries.way_of(made, is_reporter=True))
    assert "bulan depan" in in_public and "Sari" not in in_public
    assert own.count("Sari") == 3


def test_similar_ones_are_found_by_what_they_are_about():
    near = let_out(voice(), "Jalan menuju pasar Bangunsari berlubang, motor jatuh.")
    let_out(voice(), "Lampu penerangan jalan mati di RT 3.")
    let_out(voice("35.02.17.1007"), "Jalan ke pasar berlubang.")
    voice(text="Jalan pasar berlubang")  # not let out
    found = queries.alike(VILLAGE, "Mohon jalannya ke pasar diperbaiki karena lubangnya dalam, motor sering jatuh")
    assert found == [near]
    assert queries.alike(VILLAGE, "Posyandu tutup") == []


def test_what_many_share_is_offered_before_anybody_writes_it_again(client):
    few, many = let_out(voice(), "Lampu jalan mati."), let_out(voice(), "Pompa air rusak.")
    Aspiration.objects.filter(id=many.id).update(supporters=7)
    let_out(voice("35.02.17.1007"), "Jalan desa sebelah.")
    assert queries.shared(VILLAGE) == [many, few]
    page = client.get(f"/aspirasi/?desa={VILLAGE}").content.decode()
    assert page.index("Pompa air rusak.") < page.index("Lampu jalan mati.") < page.index("Ceritakan</label>")
    assert "desa sebelah" not in page and "Saya juga" not in client.get("/aspirasi/").content.decode()
