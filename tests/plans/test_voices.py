"""What everybody reads of voices is a walk along one index at every level, however many there are."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection

from kim.aspirations import actions, queries
from kim.aspirations.models import Aspiration
from kim.kernel import clock
from kim.kernel.ids import new_id
from plans.conftest import heard
from plans.test_plans import plan

pytestmark = pytest.mark.django_db
VILLAGE = "14.03.02.2005"
PLACES = ("ID", "14", "14.03", "14.03.02", VILLAGE)


@pytest.fixture
def voices(country) -> Iterator[None]:
    """Ten thousand, a third of them let out, from forty-five villages."""
    now, codes = clock.now(), [f"14.03.0{1 + n % 5}.200{1 + n % 9}" for n in range(45)]
    stages = ("submitted", "handled", "answered", "closed")
    rows = [
        Aspiration(
            id=new_id(), number=f"{n:010}", kind="complaint", category="road", text="Jalan rusak.",
            public_text=f"Jalan nomor {n} rusak parah.",
            secret="x", region_id=codes[n % 45], holder_code=codes[n % 45], stage=stages[n % 4], is_public=n // 45 % 3 == 0,
            captured_at=now - timedelta(minutes=n), received_at=now - timedelta(minutes=n),
            closed_at=now - timedelta(minutes=n * 10) if n % 4 == 3 else None,
        )
        for n in range(10_000)
    ]  # fmt: skip
    Aspiration.objects.bulk_create(rows, batch_size=2000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE aspirations_aspiration")
    yield


def planned(ask) -> str:
    with heard() as asked:
        ask()
    sql, params = next(one for one in asked if "aspirations_aspiration" in one[0])
    return plan(sql, params)


@pytest.mark.parametrize("code", PLACES)
def test_a_list_of_any_place_walks_one_index_and_sorts_nothing(voices, code):
    first = queries.let_out(code)
    assert len(first) == 20 and first.next
    for after in ("", first.next):
        text = planned(lambda after=after: queries.let_out(code, after=after))
        assert re.search(r"Index Scan\w* using aspiration_out", text), text
        assert "Sort" not in text and "Seq Scan on aspirations_" not in text, text


def test_similar_ones_are_looked_for_among_the_newest_of_the_village_alone(voices):
    assert len(queries.alike(VILLAGE, "Jalan di sini rusak parah sekali")) == 3
    text = planned(lambda: queries.alike(VILLAGE, "Jalan rusak parah"))
    assert "aspiration_out_vill" in text and "Seq Scan on aspirations_" not in text, text


def test_what_is_to_be_asked_again_is_found_by_when_it_was_closed(voices):
    assert "aspiration_to_ask" in planned(lambda: actions.ask_again(limit=5))
