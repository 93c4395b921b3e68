"""A kept question is planned once for all values: even so it never reads a big table from end to end."""

import re
from collections.abc import Callable
from itertools import count
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from kim.evaluation import queries as evaluation
from kim.kernel import clock
from kim.publishing import queries as publishing
from kim.registry import queries as registry
from plans.conftest import BIG, heard
from plans.test_plans import DISTRICT, PROVINCE, REGENCY, VILLAGE, a_kim, a_text

pytestmark = pytest.mark.django_db
PLACES = {"nation": "ID", "province": PROVINCE, "regency": REGENCY, "district": DISTRICT, "village": VILLAGE}
LISTS: dict[str, Callable[[str], object]] = {
    "news": lambda code: publishing.newest(code),
    "topic": lambda code: publishing.newest(code, category="kesehatan"),
    "further news": lambda code: publishing.newest(code, after=publishing.newest(code, size=1).next),
    "urgent": lambda code: publishing.urgent(code, since=clock.now()),
    "KIM last heard": lambda code: registry.lately_heard(code, 6),
    "KIM by name": lambda code: registry.directory(code),
    "figure": lambda code: evaluation.place(code),
    "below": lambda code: evaluation.coverage(code),
}
KEPT: dict[str, Callable[[], object]] = {
    **{f"{name} of a {level}": lambda ask=ask, code=code: ask(code) for name, ask in LISTS.items()
       for level, code in PLACES.items()},
    "KIM": lambda: registry.by_slug("kim-7"),
    "seats": lambda: registry.seats_now(a_kim()),
    "channels": lambda: registry.channels_shown(a_kim()),
    "SK": lambda: registry.decree_that_counts(a_kim()),
    "news of a KIM": lambda: publishing.newest(VILLAGE, kim_id=uuid4()),
    "article": lambda: publishing.article_for_reading(a_text().kim.slug, "k1001"),
    "related": lambda: publishing.related(a_text()),
    "short link": lambda: publishing.by_short_code("k1001"),
    "provinces": evaluation.provinces,
}  # fmt: skip


def general_plan(sql: str) -> str:
    """The plan PostgreSQL keeps when it is to hold for every value."""
    places = count(1)
    numbered = re.sub("%s", lambda _: f"${next(places)}", sql).replace("%%", "%")
    with connection.connection.cursor() as cursor:
        cursor.execute("EXPLAIN (GENERIC_PLAN) " + numbered.replace("%", "%%"), [])
        return "\n".join(line for (line,) in cursor.fetchall())


@pytest.mark.parametrize("name", KEPT)
def test_the_plan_for_all_values_walks_an_index(name: str, country: Any) -> None:
    with heard() as asked:
        KEPT[name]()
    plan = general_plan(asked[-1][0])
    read = re.findall(r"Seq Scan on (\w+)", plan)
    assert not [table for table in read if table in BIG], plan
