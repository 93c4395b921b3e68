"""A region gets another code, is merged, or comes under another regency: voices keep desk, clock, figures and lists."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from accounts.factories import actor
from aspirations.factories import SECRET, agency, answered, let_out, officer, voice
from kim.accounts.actor import Actor
from kim.accounts.models import Person, Role
from kim.accounts.queries import actor_for
from kim.aspirations import actions, queries
from kim.aspirations.actions import moved as following
from kim.aspirations.models import Aspiration
from kim.aspirations.policies import Desk
from kim.aspirations.workflow import Stage
from kim.config import wiring
from kim.deliberation import actions as deliberation
from kim.deliberation import queries as boards
from kim.inbox.models import Delivery
from kim.kernel import clock
from kim.kernel.ids import new_id
from kim.ledger.models import Entry
from kim.regions import actions as regions
from kim.regions.data import pack
from kim.regions.data.changes import Change
from kim.regions.models import Holiday
from registry.factories import kim

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 1)
PROVINCES = {code: name for code, name in pack.read().names.items() if len(code) == 2}
OLD, NEW, BESIDE, FAR = "35.02.17.1008", "35.02.17.1001", "35.02.17.1007", "82.01.10.2001"
NAMES = PROVINCES | {
    "35.02": "Kabupaten Ponorogo", "35.02.17": "Ponorogo", OLD: "Bangunsari", BESIDE: "Kepatihan",
    "35.01": "Kabupaten Baru", "35.01.01": "Barat", "82.01": "Kabupaten Jauh", "82.01.10": "Tobelo",
}  # fmt: skip


def load(names: dict[str, str], *changes: tuple[str, str, str]) -> None:
    """The tree as it is from now on, and what the worker does with it."""
    told = [Change(kind, before, after, DAY, "Perda 1/2026") for kind, before, after in changes]
    regions.load(tree=pack.Tree(names, source=f"Kepmendagri {len(names)} {len(told)}", effective_on=DAY), changes=told)
    actions.follow_regions()


@pytest.fixture
def tree():
    load(NAMES)


def without(code: str, **more: str) -> dict[str, str]:
    return {known: name for known, name in NAMES.items() if known != code} | more


def recoded(to: str) -> None:
    load(without(OLD) | {to: "Bangunsari"}, ("recoded", OLD, to))


def again(who: Actor) -> Actor:
    """The same person on the next request."""
    return actor_for(Person.objects.get(id=who.person_id))


def on_desk(who: Actor) -> set[str]:
    return set(queries.on_desk(again(who)).values_list("number", flat=True))


def head(code: str = OLD) -> Actor:
    return actor(Role.VILLAGE, code)


@pytest.mark.usefixtures("tree")
def test_a_village_with_another_code_keeps_its_desk_its_clock_and_its_journey():
    who, made = head(), voice(OLD)
    recoded(NEW)
    moved = Aspiration.objects.get(id=made.id)
    assert (moved.region_id, moved.holder_code, moved.desk, moved.due_at) == (NEW, NEW, NEW, made.due_at)
    assert on_desk(who) == {made.number}
    actions.accept(made.id, actor=again(who))
    [stay] = queries.journey(Aspiration.objects.get(id=made.id))
    assert stay.name == "KIM dan kepala Kelurahan Bangunsari"
    assert queries.desk_of(moved) == "KIM dan kantor Kelurahan Bangunsari"
    actions.answer(made.id, text="Sudah.", outcome="done", actor=again(who))
    again_open = actions.reopen(made.id, new_id(), text="Belum.", secret=SECRET)
    assert again_open.holder_code == NEW and on_desk(who) == {made.number}


@pytest.mark.usefixtures("tree")
def test_the_former_desk_has_it_no_longer_even_where_somebody_gets_that_code():
    made = voice(OLD)
    recoded(NEW)
    load(NAMES | {OLD: "Lain", NEW: "Bangunsari"})
    stranger = head(OLD)
    assert on_desk(stranger) == set()
    with pytest.raises(Aspiration.DoesNotExist):
        queries.once_held(stranger, made.id)


@pytest.mark.usefixtures("tree")
def test_figures_lists_and_themes_are_those_of_the_new_code(client: Client):
    made = let_out(answered(voice(OLD)))
    actions.recount()
    actions.all_themes()
    before = queries.of_desk(OLD)
    assert before.received == 1
    recoded(NEW)
    assert (queries.of_desk(NEW), queries.of_desk(OLD).received) == (before, 0)
    assert [line.voices for line in queries.themes(NEW)] == [1] and queries.themes(OLD) == []
    for place in ("35.02.17", "35.02", "35", "ID"):
        assert [line.voices for line in queries.themes(place)] == [1]
    assert made.number in client.get(f"/aspirasi/wilayah/{NEW}/").content.decode()
    for page in ("wilayah", "angka"):
        assert client.get(f"/aspirasi/{page}/{OLD}/").headers["Location"] == f"/aspirasi/{page}/{NEW}/"


@pytest.mark.usefixtures("tree")
def test_a_phone_that_still_knows_the_former_code_reaches_the_village():
    recoded(NEW)
    assert queries.village(OLD).code == NEW


@pytest.mark.usefixtures("tree")
def test_registers_and_their_numbers_go_on():
    who, made = head(), voice(OLD, kind="request")
    first = actions.register_request(made.id, actor=who)
    recoded(NEW)
    assert [one.id for one in queries.register(again(who))] == [first.id]
    second = actions.register_request(voice(NEW, kind="request").id, actor=again(who))
    assert (first.sequence, second.sequence) == (1, 2)


@pytest.mark.usefixtures("tree")
def test_shared_difficulties_and_minutes_go_along_with_their_voices():
    who = actor(Role.BOARD, OLD, kim_id=kim(OLD).id)
    made = voice(OLD)
    named = deliberation.name(new_id(), fields={"title": "Jalan", "category": "road"}, voices=[made.id], actor=who)
    recoded(NEW)
    found = boards.problem_of(again(who), named.id)
    assert [words for _, words in boards.voices_of(found)] == [made.text]


@pytest.mark.usefixtures("tree")
def test_the_clock_lives_by_the_zone_and_the_free_days_of_where_the_village_is_now():
    made, friday = voice(OLD), datetime.fromisoformat("2026-12-04T03:00:00+00:00")
    recoded(FAR)  # Maluku Utara: two hours ahead
    Holiday.objects.create(region_id="82.01", on=date(2026, 12, 7), name="Hari jadi", source="SE 1")
    moved = Aspiration.objects.select_related("region").get(id=made.id)
    assert moved.region.time_zone == "Asia/Jayapura"
    due = actions.base.days_after(moved, 1, friday)
    assert clock.local(due, "Asia/Jayapura").isoformat() == "2026-12-09T00:00:00+09:00"


TO_ANOTHER_REGENCY = "35.01.01.2001"


@pytest.mark.usefixtures("tree")
@pytest.mark.parametrize("lies_with", ["regency", "agency", "kecamatan"])
def test_a_village_under_another_regency_takes_its_voices_off_the_former_ones_desks(lies_with):
    village, former, now = head(), actor(Role.REGENCY, "35.02"), actor(Role.REGENCY, "35.01")
    made, office = voice(OLD), agency("35.02.17" if lies_with == "kecamatan" else "35.02")
    if lies_with == "kecamatan":
        actions.escalate(made.id, to=Desk("35.02.17", office.id), reason="Urusan kecamatan.", actor=village)
    else:
        actions.escalate(made.id, to=Desk("35.02"), reason="Jalan kabupaten.", actor=village)
    if lies_with == "agency":
        actions.escalate(made.id, to=Desk("35.02", office.id), reason="Urusan PU.", actor=former)
    recoded(TO_ANOTHER_REGENCY)
    assert (on_desk(now), on_desk(former), on_desk(officer(office))) == ({made.number}, set(), set())
    moved = Aspiration.objects.get(id=made.id)
    assert (moved.stage, moved.holder_agency_id) == (Stage.ESCALATED, None)
    assert moved.handlings.filter(until=None).get().reason == "Desa ini pindah wilayah; aspirasinya ikut."
    wiring.tell(Entry.objects.get(verb="aspiration.moved"))
    assert {note.person_id for note in Delivery.objects.filter(text__contains="pindah wilayah")} == {now.person_id}
    actions.accept(made.id, actor=again(now))
    assert on_desk(now) == {made.number}


@pytest.mark.usefixtures("tree")
@pytest.mark.parametrize("stage", [Stage.ASKED, Stage.ANSWERED, Stage.CLOSED])
def test_what_waits_for_its_reporter_comes_back_to_the_new_regency(stage):
    village, former, now = head(), actor(Role.REGENCY, "35.02"), actor(Role.REGENCY, "35.01")
    made = voice(OLD)
    actions.escalate(made.id, to=Desk("35.02"), reason="Jalan kabupaten.", actor=village)
    actions.accept(made.id, actor=former)
    if stage == Stage.ASKED:
        actions.ask_back(made.id, text="Di mana?", actor=former)
    else:
        actions.answer(made.id, text="Sudah.", outcome="done", actor=former)
    if stage == Stage.CLOSED:
        actions.close(made.id, secret=SECRET)
    due = Aspiration.objects.get(id=made.id).due_at
    made.handlings.filter(until=None).update(due_at=clock.now() - timedelta(days=1))  # while it waits no clock runs
    recoded(TO_ANOTHER_REGENCY)
    moved = Aspiration.objects.get(id=made.id)
    assert (moved.stage, moved.due_at, moved.holder_code) == (stage, due, "35.01")
    stays = list(
        moved.handlings.filter(holder_code__in=("35.02", "35.01")).values_list("holder_code", "ending", "is_late")
    )
    if stage == Stage.ASKED:
        assert stays == [("35.02", "passed", False), ("35.01", "", False)]
        assert (
            len(set(moved.handlings.filter(holder_code__in=("35.02", "35.01")).values_list("due_at", "accepted_at")))
            == 1
        )
    else:
        assert stays == [("35.02", "answered", False)]
    assert queries.once_held(again(former), made.id).number == made.number
    verb = actions.supply if stage == Stage.ASKED else actions.reopen
    verb(made.id, new_id(), text="Masih.", secret=SECRET)
    assert (on_desk(now), on_desk(former)) == ({made.number}, set())


@pytest.mark.usefixtures("tree")
@pytest.mark.parametrize(("many", "rounds"), [(2000, [2, 1]), (2, ["all"])])
def test_themes_are_counted_anew_a_few_at_a_time_and_of_a_province_all_at_once(many, rounds, monkeypatch):
    told = []
    monkeypatch.setattr(following, "MANY", many)
    monkeypatch.setattr(following, "BATCH", 2)
    monkeypatch.setattr(following, "recount_themes", lambda cells: told.append(len(cells)))
    monkeypatch.setattr(following, "all_themes", lambda: told.append("all"))
    for days in (0, 70, 140):
        Aspiration.objects.filter(id=voice(OLD).id).update(received_at=clock.now() - timedelta(days=days))
    recoded(NEW)
    assert told == rounds


@pytest.mark.usefixtures("tree")
def test_a_merged_village_brings_its_voices_and_figures_to_the_other():
    one, other = voice(OLD), voice(BESIDE)
    actions.recount()
    actions.all_themes()
    who = head(BESIDE)
    load(without(OLD), ("merged", OLD, BESIDE))
    assert on_desk(who) == {one.number, other.number}
    assert queries.of_desk(BESIDE).received == 2
    assert [line.voices for line in queries.themes(BESIDE)] == [2] == [line.voices for line in queries.themes("35.02")]


@pytest.mark.usefixtures("tree")
def test_a_village_that_was_split_keeps_what_it_has():
    who, made = head(), voice(OLD)
    load(NAMES | {NEW: "Bangunsari Timur"}, ("split", OLD, NEW))
    assert on_desk(who) == {made.number} and on_desk(head(NEW)) == set()


@pytest.mark.usefixtures("tree")
def test_it_is_done_once_for_each_tree_and_a_broken_round_again():
    voice(OLD)
    recoded(NEW)
    rounds = Entry.objects.filter(verb="tree.followed").count()
    assert (actions.follow_regions(), Entry.objects.filter(verb="tree.followed").count()) == (0, rounds)
