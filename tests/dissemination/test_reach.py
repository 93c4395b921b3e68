"""How far a packet came: what is kept is what a full count gives, over time, with readers, people and gaps, on screen and on paper."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from itertools import pairwise

import pypdfium2
import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dissemination.factories import Country, country
from kim.accounts.backends import STRONG
from kim.accounts.models import Person
from kim.config import tasks
from kim.dissemination import actions, queries
from kim.dissemination.models import Assignment, Bulletin, Coverage, Tally
from kim.dissemination.workflow import Step
from kim.kernel import clock
from kim.ledger.models import Entry
from kim.publishing import actions as publishing
from kim.reach.models import Readers
from kim.regions import actions as regions
from kim.regions.data.heads import Count
from publishing.factories import POINTS
from reach.factories import read
from regions.factories import plant

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)


@pytest.fixture
def land() -> Country:
    return country()


def told(bulletin: Bulletin) -> dict[str, tuple]:
    """Every tally of a packet but the moment it was made at."""
    names = [one.name for one in Tally._meta.concrete_fields if one.name not in ("id", "as_of", "readers_sketch")]
    return {row[names.index("region")]: row for row in bulletin.tallies.order_by("region_id").values_list(*names)}


STEPS = st.tuples(st.integers(0, 2), st.sampled_from(Step.values), st.integers(0, 9), st.integers(0, 400))


def work(copy: Assignment, step: str, days: int, heard: int) -> None:
    """The copy as it is after a while in that step, with a report where it was spread."""
    at = NOON + timedelta(days=days, hours=heard % 20)
    copy.step, copy.decline = step, "known" if step == Step.DECLINED else ""
    copy.opened_at = None if step == Step.ARRIVED else at
    copy.decided_at = at if step in (Step.ACCEPTED, Step.DECLINED, Step.SPREAD) else None
    copy.spread_at = at if step == Step.SPREAD else None
    copy.heard_low, copy.heard_high = (heard, 2 * heard) if step == Step.SPREAD else (0, 0)
    copy.save()
    if step == Step.SPREAD:
        Coverage.objects.create(
            assignment=copy, bulletin_id=copy.bulletin_id, channel=("board", "visit")[heard % 2], held_on=at.date(),
            heard_low=heard, heard_high=heard, call_back=("", "drawn", "differs")[heard % 3],
        )  # fmt: skip


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(crowds=st.lists(st.lists(STEPS, min_size=1, max_size=4), min_size=1, max_size=5))
def test_counting_the_places_that_changed_is_the_same_as_counting_all(land, crowds):
    with transaction.atomic():
        bulletin = land.issued()
        Assignment.objects.filter(bulletin=bulletin).update(arrived_at=NOON)
        for crowd in crowds:
            places = set()
            for number, step, days, heard in crowd:
                copy = land.copy(bulletin, number)
                work(copy, step, days, heard)
                places.add(copy.regency_code)
            actions.recount(bulletin.id, places)
        kept = told(bulletin)
        Tally.objects.filter(bulletin=bulletin).delete()
        actions.recount(bulletin.id)
        assert told(bulletin) == kept and set(kept) == {"ID", "35", "35.02", "64", "64.08"}
        transaction.set_rollback(True)


def test_a_count_of_no_places_touches_no_regency_and_leaves_no_gap(land):
    bulletin = land.issued()
    before = told(bulletin)
    actions.recount(bulletin.id, set())
    assert told(bulletin) == before


def test_the_small_count_asks_as_much_whatever_the_number_of_copies(land):
    bulletin = land.issued()
    with CaptureQueriesContext(connection) as caught:
        actions.recount(bulletin.id, {"35.02"})
    assert len([one for one in caught if "INSERT" in one["sql"]]) == 3


def test_it_is_seen_day_by_day_on_the_clock_of_the_village(land):
    bulletin = land.issued()
    Bulletin.objects.filter(pk=bulletin.pk).update(issued_at=NOON)
    bulletin.refresh_from_db()
    late = datetime(2026, 3, 2, 16, 30, tzinfo=UTC)  # 23.30 in Ponorogo, half an hour into the next day in Kutai Timur
    for number in (0, 2):
        Assignment.objects.filter(pk=land.copy(bulletin, number).pk).update(step="opened", opened_at=late)
    actions.recount(bulletin.id)
    nation, east = bulletin.tallies.get(region_id="ID"), bulletin.tallies.get(region_id="64.08")
    assert nation.days == {"opened 2026-03-02": 1, "opened 2026-03-03": 1} and east.days == {"opened 2026-03-03": 1}
    found = queries.reach(bulletin, "ID")
    assert [(str(one.day), one.reached["opened"]) for one in found.changes] == [("2026-03-02", 1), ("2026-03-03", 2)]
    assert found.moments[0].day == found.changes[0].day and len(found.moments) <= 31


def test_a_long_time_is_told_in_equal_steps_that_end_with_all(land):
    bulletin = land.issued()
    Bulletin.objects.filter(pk=bulletin.pk).update(issued_at=NOON)
    bulletin.refresh_from_db()
    for number, days in ((0, 0), (1, 80), (2, 200)):
        copy = land.copy(bulletin, number)
        Assignment.objects.filter(pk=copy.pk).update(opened_at=NOON + timedelta(days=days))
    actions.recount(bulletin.id)
    found = queries.reach(bulletin, "ID").moments
    steps = {(later.day - one.day).days for one, later in pairwise(found)}
    assert len(found) <= 31 and steps == {7} and found[-1].reached["opened"] == 3


@pytest.mark.parametrize("code", ["35.02.17", "35.02.17.1008"])
def test_below_a_regency_the_same_is_counted_on_the_spot(land, code):
    bulletin = land.issued()
    land.spread(bulletin, 0)
    found = queries.reach(bulletin, code)
    assert (found.tally.sent, found.tally.spread) == (1, 1) and found.moments[-1].reached["spread"] == 1
    kept = bulletin.tallies.get(region_id="35.02").days
    assert found.tally.days == {day: 1 for day in kept}


def test_the_page_of_the_nation_asks_few_questions_however_many_copies(land):
    bulletin = land.issued()
    land.spread(bulletin, 0)
    bulletin = queries.bulletin_for(land.national, bulletin.id)
    with CaptureQueriesContext(connection) as caught:
        queries.reach(bulletin, "ID")
    assert len(caught) <= 3, [one["sql"][:80] for one in caught]


def test_villages_without_a_copy_are_named_in_a_regency_and_counted_above_it(land):
    bulletin = land.issued()
    found = queries.reach(bulletin, "35.02")
    assert [place.code for place in found.gaps] == ["35.02.17.1009"] and found.gap == 1
    whole = queries.reach(bulletin, "ID")
    assert not whole.gaps and whole.gap == 1 and {row.code: row.gap for row in whole.rows} == {"35": 1, "64": 0}


def test_people_are_told_where_the_number_is_known(land):
    bulletin = land.issued()
    assert queries.reach(bulletin, "35.02").people is None
    regions.count_people([Count("35.02", 962_000, 2024, "Dukcapil")])
    assert queries.reach(bulletin, "35.02").people.number == 962_000 and queries.reach(bulletin, "ID").people is None


# Readers


def retold(land: Country, bulletin: Bulletin, number: int = 0) -> str:
    """A KIM's own article about it is out; returns the key its readers are counted by."""
    copy, board = land.copy(bulletin, number), land.boards[number]
    actions.open_(copy.id, actor=board)
    actions.accept(copy.id, actor=board)
    article = actions.retell(copy.id, actor=board)
    publishing.discuss(article.id, actor=board)
    publishing.agree(article.id, revision=article.revision, actor=board)
    publishing.publish(article.id, points=POINTS, actor=board)
    for _ in range(2):
        tasks.carry_errands()
    return article.key


def readers_in(bulletin: Bulletin) -> dict[str, int]:
    return dict(bulletin.tallies.exclude(readers=0).values_list("region_id", "readers"))


def test_who_reads_two_articles_of_one_packet_on_a_day_is_one_reader(land):
    bulletin = land.issued()
    read(retold(land, bulletin, 0), *range(30))
    read(retold(land, bulletin, 2), *range(20, 45))
    assert actions.count_readers() == 1
    assert readers_in(bulletin) == {"ID": 45, "35": 30, "35.02": 30, "64": 25, "64.08": 25}
    assert queries.reach(bulletin, "ID").readers == "kira-kira 45 pembaca"


def test_counting_readers_again_changes_nothing_and_new_ones_are_added(land):
    bulletin = land.issued()
    key = retold(land, bulletin)
    read(key, *range(30), day=clock.today() - timedelta(days=5))
    actions.count_readers()
    first = readers_in(bulletin)
    actions.count_readers()
    assert readers_in(bulletin) == first == {"ID": 30, "35": 30, "35.02": 30}
    read(key, *range(100, 112))
    actions.count_readers()
    assert readers_in(bulletin)["ID"] == 42


def test_the_readers_of_the_packets_own_page_count_for_its_office_and_above_alone(land):
    bulletin = land.issued("35.02", by=land.regency)
    sketch = Readers(key=bulletin.key, day=clock.today(), way="halaman")
    read(retold(land, bulletin, 0), *range(30))
    sketch.sketch = Readers.objects.get().sketch
    sketch.save()
    actions.count_readers()
    assert readers_in(bulletin) == {"ID": 30, "35": 30, "35.02": 30}, "the same thirty people, once"


def test_a_new_count_of_the_copies_keeps_the_readers(land):
    bulletin = land.issued()
    read(retold(land, bulletin), *range(30))
    actions.count_readers()
    actions.recount(bulletin.id)
    actions.recount(bulletin.id, {"35.02"})
    assert readers_in(bulletin)["35.02"] == 30


def test_few_readers_are_told_as_few(land):
    bulletin = land.issued()
    read(retold(land, bulletin), 1, 2)
    actions.count_readers()
    assert queries.reach(bulletin, "ID").readers == "kurang dari 10 pembaca"


# The office's list, and paper


def test_the_list_of_packets_says_how_far_each_came_with_one_question_for_all(land):
    first, second, draft = land.issued(), land.issued(), land.draft()
    land.spread(first, 0)
    page = queries.office_list(land.national)
    with CaptureQueriesContext(connection) as caught:
        far = queries.how_far(land.national, page)
    assert len(caught) == 1 and draft.id not in far
    assert (far[first.id].sent, far[first.id].spread, far[second.id].opened) == (3, 1, 0)
    assert queries.how_far(land.head, [first])[first.id].spread == 1, "a village counts its own few copies"


def words_of(pdf: bytes) -> str:
    return " ".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(BytesIO(pdf)))


@pytest.mark.parametrize("code", ["ID", "35", "35.02", "35.02.17", "35.02.17.1008", "91"])
def test_the_paper_of_every_level_says_what_the_page_says(land, code):
    plant("91.71.01.1001")
    bulletin = land.issued(title="Imunisasi anak & <b>posyandu</b> #1 \\ $x$ 💉")
    land.spread(bulletin, 0)
    actions.decline(land.copy(bulletin, 1).id, reason="not_here", actor=land.boards[1])
    tasks.carry_errands()
    Bulletin.objects.filter(pk=bulletin.pk).update(issued_at=clock.now() - timedelta(days=3))
    said = words_of(queries.reach_paper(queries.bulletin_for(land.national, bulletin.id), code))
    assert "Imunisasi anak & <b>posyandu</b> #1" in said and "Cara menghitung" in said and "Keadaan pada" in said
    assert ("Hari demi hari" in said) == (code != "91")
    assert ("Bukan untuk desa kami" in said) == (code in ("ID", "35", "35.02"))


def test_the_paper_names_every_village_without_a_copy(land):
    bulletin = queries.bulletin_for(land.national, land.issued().id)
    assert "Kelurahan" in words_of(queries.reach_paper(bulletin, "35.02"))
    place = queries.gaps(bulletin, "35.02").get()
    assert place.title in words_of(queries.reach_paper(bulletin, "35.02"))


def test_an_officer_takes_the_paper_along_and_the_ledger_knows(land):
    bulletin, client = land.issued(), Client()
    client.force_login(Person.objects.get(pk=land.regency.person_id), backend=STRONG)
    answer = client.post(
        reverse("dissemination:office_export", args=[bulletin.id]), {"jenis": "pdf", "wilayah": "35.02"}
    )
    assert answer["Content-Type"] == "application/pdf" and answer["Cache-Control"] == "private, no-store"
    assert "Kabupaten Ponorogo" in words_of(answer.content)
    assert Entry.objects.get(verb="export.taken").data["kind"] == "pdf"
    beyond = {"jenis": "pdf", "wilayah": "64.08"}
    assert client.post(reverse("dissemination:office_export", args=[bulletin.id]), beyond).status_code == 404


@pytest.mark.parametrize("path", ["/kantor/info/", "/kantor/info/{}/jangkauan/"])
def test_the_pages_of_an_office_ask_the_same_few_questions_however_much_was_sent(land, path):
    client, bulletin = Client(), land.issued()
    client.force_login(Person.objects.get(pk=land.national.person_id), backend=STRONG)
    asked = []
    for turn in range(2):
        with CaptureQueriesContext(connection) as caught:
            page = client.get(path.format(bulletin.id))
        assert page.status_code == 200
        asked.append([one["sql"][:300] for one in caught if "SAVEPOINT" not in one["sql"]])
        for number in range(3 * (1 - turn)):
            land.spread(land.issued(), number)
            land.spread(bulletin, number)
    assert len(asked[1]) <= 8 and len(asked[1]) == len(asked[0]), asked
