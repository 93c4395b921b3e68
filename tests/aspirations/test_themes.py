"""What people tell of, kept for every level; told twice, it stays right."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.factories import actor
from aspirations.factories import VILLAGE, voice
from kim.accounts.models import Role
from kim.aspirations import actions, queries
from kim.aspirations.models import Aspiration, Theme
from kim.config import tasks
from kim.kernel import clock
from kim.ledger.models import Entry
from kim.regions.models import Region

pytestmark = pytest.mark.django_db
OTHER = "35.02.17.1009"


def told(code: str, category: str) -> tuple[int, int]:
    """(voices, answered) of a place as kept."""
    line = next((line for line in queries.themes(code) if line.category == category), None)
    return (line.voices, line.answered) if line else (0, 0)


def test_every_level_tells_what_lies_below_it():
    voice()
    voice()
    voice(OTHER)
    voice(OTHER, category="water")
    tasks.carry_errands()
    assert told(VILLAGE, "road") == (2, 0)
    assert {code: told(code, "road") for code in ("35.02.17", "35.02", "35", "ID")} == dict.fromkeys(
        ("35.02.17", "35.02", "35", "ID"), (3, 0)
    )
    assert told("ID", "water") == (1, 0)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from([VILLAGE, OTHER]), st.sampled_from(["road", "water"]), st.booleans()), max_size=8
    )
)
def test_kept_along_the_way_is_the_same_as_counted_anew(acts):
    Theme.objects.all().delete()
    Aspiration.objects.all().delete()
    for code, category, is_old in acts:
        made = voice(code, category=category)
        if is_old:
            Aspiration.objects.filter(id=made.id).update(received_at=clock.now() - timedelta(days=70), stage="answered")
        actions.recount_themes({(code, clock.today().replace(day=1))})
        actions.keep_themes(list(Entry.objects.filter(key=made.key)))
    kept = sorted(Theme.objects.values_list("place_code", "month", "category", "voices", "answered"))
    actions.all_themes()
    assert kept == sorted(Theme.objects.values_list("place_code", "month", "category", "voices", "answered"))


def test_a_dismissed_one_is_told_no_more():
    made = voice()
    tasks.carry_errands()
    Aspiration.objects.filter(id=made.id).update(stage="dismissed")
    actions.all_themes()
    assert told(VILLAGE, "road") == told("ID", "road") == (0, 0)


def test_a_place_where_a_thing_is_told_three_times_is_one_that_returns():
    for _ in range(3):
        voice()
    voice(OTHER)
    tasks.carry_errands()
    assert [(one.code, one.voices) for one in queries.returning("35.02.17")] == [(VILLAGE, 3)]


def test_nobody_reads_the_themes_of_another_place():
    voice()
    assert queries.area_of(actor(Role.REGENCY, "35.02"), VILLAGE).code == VILLAGE
    for who in (actor(Role.REGENCY, "64.08"), actor(Role.VILLAGE, OTHER)):
        with pytest.raises(Region.DoesNotExist):
            queries.area_of(who, VILLAGE)


def test_the_table_for_the_meeting_has_a_row_for_each_thing(django_assert_max_num_queries):
    for category in ("road", "water", "aid"):
        voice(category=category)
    tasks.carry_errands()
    with django_assert_max_num_queries(1):
        heading, *rows = queries.theme_rows(VILLAGE)
    assert len(rows) == 3 and all(len(row) == len(heading) == 17 for row in rows)
