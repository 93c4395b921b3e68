"""Keeping the tallies: how far each packet came in each regency, each province and the nation, in two statements a level."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from kim.kernel import clock, codes
from kim.ledger.models import Entry

HEARD = ("assignment.", "kim.informed")
NATION_ITSELF = "'ID'"
LEVELS = {
    "regency_code": 5,
    "province_code": 2,
    NATION_ITSELF: 0,
}  # how a place is read from a copy; letters of its code
KEPT = (
    "sent", "opened", "decided", "declined", "spread", "villages", "villages_sent", "villages_all", "heard_low",
    "heard_high", "hours_median", "hours_slow", "channels", "reasons", "as_of",
)  # fmt: skip
RENEWED = ", ".join(f"{name} = EXCLUDED.{name}" for name in KEPT)
_COUNT = """
INSERT INTO dissemination_tally AS t (
  bulletin_id, region_id, sent, opened, decided, declined, spread, villages, villages_sent, villages_all,
  heard_low, heard_high, hours_median, hours_slow, channels, reasons, as_of)
SELECT %(bulletin)s, {place}, count(*), count(a.opened_at), count(a.decided_at),
  count(*) FILTER (WHERE a.step = 'declined'), count(a.spread_at),
  count(DISTINCT a.region_id) FILTER (WHERE a.spread_at IS NOT NULL), count(DISTINCT a.region_id),
  (SELECT count(*) FROM regions_region r WHERE r.level = 'village' AND r.valid_until IS NULL AND r.code LIKE {below}),
  sum(a.heard_low), sum(a.heard_high),
  percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM a.spread_at - a.arrived_at) / 3600),
  percentile_cont(0.9) WITHIN GROUP (ORDER BY extract(epoch FROM a.spread_at - a.arrived_at) / 3600),
  coalesce((SELECT jsonb_object_agg(channel, n) FROM (
    SELECT c.channel, count(DISTINCT c.assignment_id) AS n FROM dissemination_coverage c
    JOIN dissemination_assignment b ON b.id = c.assignment_id
    WHERE b.bulletin_id = %(bulletin)s AND {inside} GROUP BY 1) used), '{{}}'),
  coalesce((SELECT jsonb_object_agg(decline, n) FROM (
    SELECT b.decline, count(*) AS n FROM dissemination_assignment b
    WHERE b.bulletin_id = %(bulletin)s AND b.step = 'declined' AND {inside} GROUP BY 1) said), '{{}}'),
  %(now)s
FROM dissemination_assignment a WHERE a.bulletin_id = %(bulletin)s AND {scope} GROUP BY {group}
ON CONFLICT (bulletin_id, region_id) DO UPDATE SET {renewed}
"""


def keep(entries: Sequence[Entry]) -> None:
    """The reader of the ledger: the places these acts lie in are counted again, once for all of them."""
    touched: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        if entry.verb.startswith(HEARD):
            for bulletin_id in entry.data.get("bulletins") or filter(None, [entry.data.get("bulletin")]):
                touched[bulletin_id].add(entry.region_code)
    for bulletin_id, places in touched.items():
        recount(UUID(bulletin_id), {codes.regency(code) for code in places})


@transaction.atomic
def recount(bulletin_id: UUID, regencies: set[str] | None = None) -> None:
    """The tallies of these regencies, their provinces and the nation are right again; without a list, all of them."""
    with connection.cursor() as cursor:
        for place, letters in LEVELS.items():
            named = sorted({code[:letters] for code in regencies or ()})
            is_some = bool(regencies and letters)
            values: dict[str, Any] = {"bulletin": bulletin_id, "now": clock.now(), "named": named}
            cursor.execute(_statement(place, is_some=is_some), values)


def _statement(place: str, *, is_some: bool) -> str:
    if place == NATION_ITSELF:
        parts = {"inside": "true", "scope": "true", "group": "a.bulletin_id", "below": "'%%'"}
        return _COUNT.format(place=place, renewed=RENEWED, **parts)
    column = f"a.{place}"
    scope = f"{column} = ANY(%(named)s)" if is_some else "true"
    parts = {"inside": f"b.{place} = {column}", "scope": scope, "group": column, "below": f"{column} || '.%%'"}
    return _COUNT.format(place=column, renewed=RENEWED, **parts)
