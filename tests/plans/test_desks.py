"""A desk is a walk along one index, however much lies on all desks together."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection

from accounts.factories import actor
from kim.accounts.models import Role
from kim.aspirations import actions, queries
from kim.aspirations.actions import clocks
from kim.aspirations.models import Aspiration, Handling
from kim.kernel import clock
from kim.kernel.ids import new_id
from plans.conftest import heard
from plans.test_plans import plan

pytestmark = pytest.mark.django_db
VILLAGE, REGENCY = "14.03.02.2005", "14.03"
TABLES = ("aspirations_aspiration", "aspirations_handling")
STAGES = ("submitted", "escalated", "handled", "asked", "answered", "closed", "closed", "closed", "dismissed", "merged")


@pytest.fixture
def voices(country) -> Iterator[None]:
    """Ten thousand of them, a third at the Diskominfo of one regency."""
    now, codes = clock.now(), [f"14.03.0{1 + n % 5}.200{1 + n % 9}" for n in range(45)]
    rows = [
        Aspiration(
            id=new_id(), number=f"{n:010}", kind="complaint", category=("road", "water", "aid")[n % 3], text="Jalan rusak.", secret="x",
            region_id=codes[n % 45], holder_code=REGENCY if n % 3 == 0 else codes[n % 45], stage=STAGES[n % 10],
            captured_at=now - timedelta(minutes=n), received_at=now - timedelta(minutes=n),
            due_at=now + timedelta(minutes=n % 4000 - 500), alarm_at=now + timedelta(minutes=n) if n % 10 < 5 else None,
        )
        for n in range(10_000)
    ]  # fmt: skip
    Aspiration.objects.bulk_create(rows, batch_size=2000)
    Handling.objects.bulk_create(
        [Handling(aspiration=row, holder_code=VILLAGE if n % 9 == 0 else row.region_id, since=row.captured_at, until=now,
                  ending=("passed", "answered")[n % 2], days=n % 12, is_late=n % 5 == 0) for n, row in enumerate(rows)],
        batch_size=2000,
    )  # fmt: skip
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"ANALYZE {table}")
    yield


ASKED = {
    "new": lambda who: queries.pile(who, "baru"),
    "handled": lambda who: queries.pile(who, "ditangani"),
    "late": lambda who: queries.pile(who, "lewat"),
    "ended": lambda who: queries.pile(who, "selesai"),
    "one category": lambda who: queries.pile(who, "baru", category="road"),
    "further on": lambda who: queries.pile(who, "baru", after=queries.pile(who, "baru").next),
    "weights": queries.weights,
    "waiting": queries.waiting_count,
    "passed on": queries.passed_on,
}


@pytest.mark.parametrize(("role", "code"), [(Role.VILLAGE, VILLAGE), (Role.REGENCY, REGENCY)])
def test_no_question_of_a_desk_reads_a_table_from_end_to_end(voices, role, code):
    who = actor(role, code)
    for name, ask in ASKED.items():
        with heard() as asked:
            ask(who)
        sql, params = [one for one in asked if "aspirations_" in one[0]][-1]
        text = plan(sql, params)
        assert not re.search(r"Seq Scan on aspirations_", text), f"{name}:\n{text}"
        if role == Role.REGENCY and name != "passed on":
            assert re.search(r"aspiration_(desk|ended)", text), f"{name}:\n{text}"
            assert "Sort" not in text, f"{name}:\n{text}"


def test_the_clock_finds_what_rings_by_its_moment(voices):
    with heard() as asked:
        clocks._look_at_one()
    sql, params = next(one for one in asked if "alarm_at" in one[0])
    assert "aspiration_alarm" in plan(sql, params)


def test_a_page_of_a_desk_asks_the_same_number_of_questions_for_one_row_and_for_twenty(voices):
    who, numbers = actor(Role.REGENCY, REGENCY), []
    for size in (20, 1):
        with heard() as asked:
            queries.standings(queries.pile(who, "baru").items[:size])
            queries.weights(who)
        numbers.append(len(asked))
    assert numbers[0] == numbers[1] <= 4


def test_the_figures_of_a_month_are_counted_in_one_statement(voices):
    with heard() as asked:
        actions.recount(months=1)
    assert len([one for one in asked if "aspirations_" in one[0]]) == 2
    figures = queries.of_desk(VILLAGE)
    assert figures.answered and figures.median_days is not None
