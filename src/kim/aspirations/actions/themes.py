"""Keeping the themes: a village's are counted from its voices, those above it from the places right below."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import connection, transaction

from kim.aspirations.models import Aspiration
from kim.kernel import clock, codes
from kim.kernel.ids import as_id
from kim.ledger.models import Entry

HEARD = ("aspiration.",)
Cell = tuple[str, date]  # a village and a month

# One cell of a village: every category of the month at once, also those that fell to nothing.
_VILLAGE = """
DELETE FROM aspirations_theme WHERE place_code = %(place)s AND month = %(month)s;
INSERT INTO aspirations_theme (place_code, above_code, month, category, voices, supporters, answered)
SELECT %(place)s, %(above)s, %(month)s, category, count(*), sum(supporters),
  count(*) FILTER (WHERE answered_at IS NOT NULL)
FROM aspirations_aspiration
WHERE region_id = %(place)s AND received_at >= %(begin)s AND received_at < %(end)s
  AND stage NOT IN ('dismissed', 'merged')
GROUP BY category
"""
_ABOVE = """
DELETE FROM aspirations_theme WHERE place_code = %(place)s AND month = %(month)s;
INSERT INTO aspirations_theme (place_code, above_code, month, category, voices, supporters, answered)
SELECT %(place)s, %(above)s, %(month)s, category, sum(voices), sum(supporters), sum(answered)
FROM aspirations_theme WHERE above_code = %(place)s AND month = %(month)s GROUP BY category
"""
# All cells of all villages, then of one storey after the other (the length of the codes below it, what lies above these).
_EVERY_VILLAGE = """
INSERT INTO aspirations_theme (place_code, above_code, month, category, voices, supporters, answered)
SELECT region_id, district_code, date_trunc('month', received_at AT TIME ZONE %(zone)s)::date, category, count(*), sum(supporters),
  count(*) FILTER (WHERE answered_at IS NOT NULL)
FROM aspirations_aspiration WHERE stage NOT IN ('dismissed', 'merged') GROUP BY 1, 2, 3, 4
"""
_EVERY_ABOVE = """
INSERT INTO aspirations_theme (place_code, above_code, month, category, voices, supporters, answered)
SELECT above_code, {above}, month, category, sum(voices), sum(supporters), sum(answered)
FROM aspirations_theme WHERE length(place_code) = %(length)s AND above_code <> '' GROUP BY above_code, month, category
"""
_STOREYS = ((13, "left(above_code, 5)"), (8, "left(above_code, 2)"), (5, "'ID'"), (2, "''"))


def keep_themes(entries: Sequence[Entry]) -> None:
    """The reader of the ledger: the cells these acts lie in are counted again, once for all of them."""
    ids = {as_id(entry.subject_id) for entry in entries if entry.verb.startswith(HEARD)}
    rows = Aspiration.objects.filter(id__in=ids - {None}).values_list("region_id", "received_at")
    if cells := {(code, clock.local(at).date().replace(day=1)) for code, at in rows}:
        recount_themes(cells)


@transaction.atomic
def recount_themes(cells: Iterable[Cell]) -> None:
    """These villages' months are right again, and those of every place above them; told twice, they stay right."""
    layers: dict[int, set[Cell]] = defaultdict(set)
    for code, month in cells:
        for place in codes.chain(code):
            layers[codes.level(place).depth].add((place, month))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('aspirations.themes'))")  # sums of sums: one at a time
        for depth in sorted(layers, reverse=True):
            for place, month in sorted(layers[depth]):
                cursor.execute(_VILLAGE if depth == codes.Level.VILLAGE.depth else _ABOVE, _values(place, month))


def _values(place: str, month: date) -> dict[str, Any]:
    begin, end = clock.month_span(month)
    return {"place": place, "above": codes.parent(place) or "", "month": month, "begin": begin, "end": end}


@transaction.atomic
def all_themes() -> int:
    """Every cell that has voices, counted anew, storey by storey; returns how many rows there are now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('aspirations.themes'))")
        cursor.execute("DELETE FROM aspirations_theme")
        cursor.execute(_EVERY_VILLAGE, {"zone": clock.HOME_ZONE})
        number = cursor.rowcount
        for length, above in _STOREYS:
            cursor.execute(_EVERY_ABOVE.format(above=above), {"length": length})
            number += cursor.rowcount
    return number
