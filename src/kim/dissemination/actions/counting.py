"""Keeping the tallies: how far each packet came in each regency, each province and the nation.

A regency is counted from its copies and reports. What lies above is added up from its regencies, which share no KIM and
no village; only medians cannot be added, they are taken of the copies again.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from kim.dissemination.models import MAPS
from kim.kernel import clock, codes
from kim.ledger.models import Entry

HEARD = ("assignment.", "kim.informed")
ADDED = ("sent", "opened", "decided", "declined", "spread", "villages", "villages_sent", "heard_low", "heard_high")
KEPT = (*ADDED, "villages_all", "hours_median", "hours_slow", *MAPS, "as_of")
INTO = f"""
INSERT INTO dissemination_tally AS t (bulletin_id, region_id, readers, readers_sketch, {", ".join(KEPT)})
SELECT %(bulletin)s, c.place, 0, '', {", ".join(f"c.{name}" for name in ADDED)}, {{villages}}, h.hours[1], h.hours[2],
  {", ".join(f"coalesce({name}.found, '{{{{}}}}')" for name in MAPS)}, %(now)s
"""
RENEWED = ", ".join(f"{name} = EXCLUDED.{name}" for name in KEPT)
OR_RENEW = f"ON CONFLICT (bulletin_id, region_id) DO UPDATE SET {RENEWED}"
_HOURS = """
LEFT JOIN (SELECT {place} AS place, percentile_cont(ARRAY[0.5, 0.9])
    WITHIN GROUP (ORDER BY extract(epoch FROM a.spread_at - a.arrived_at) / 3600) AS hours
  FROM dissemination_assignment a WHERE a.bulletin_id = %(bulletin)s AND a.spread_at IS NOT NULL AND {scope} GROUP BY 1
) h ON h.place = c.place
"""
# The codes below a place lie between `35.` and `35/` in the order of their letters: a walk along the primary key.
_VILLAGES = """(SELECT count(*) FROM regions_region r WHERE r.level = 'village' AND r.valid_until IS NULL
  AND r.code > {place} || '.' AND r.code < {place} || '/')"""
_ALL_VILLAGES = "(SELECT count(*) FROM regions_region r WHERE r.level = 'village' AND r.valid_until IS NULL)"
_MAP = """
LEFT JOIN (SELECT place, jsonb_object_agg(key, n) AS found FROM ({counted}) AS one GROUP BY 1) AS {name} ON {name}.place = c.place
"""
_REPORTS = """SELECT a.regency_code AS place, {key} AS key, {number} AS n FROM dissemination_assignment a
  JOIN dissemination_coverage v ON v.assignment_id = a.id WHERE a.bulletin_id = %(bulletin)s AND {scope} {more} GROUP BY 1, 2"""
_REASONS = """SELECT a.regency_code AS place, a.decline AS key, count(*) AS n FROM dissemination_assignment a
  WHERE a.bulletin_id = %(bulletin)s AND a.step = 'declined' AND {scope} GROUP BY 1, 2"""
_DAYS = """
SELECT {place} AS place, e.act || ' ' || (e.at AT TIME ZONE r.time_zone)::date AS key, count(*) AS n
FROM dissemination_assignment a JOIN regions_region r ON r.code = a.region_id
CROSS JOIN LATERAL (VALUES ('opened', a.opened_at), ('decided', a.decided_at), ('spread', a.spread_at)) AS e (act, at)
WHERE a.bulletin_id = %(bulletin)s AND e.at IS NOT NULL AND {scope} GROUP BY 1, 2
"""
_COPIES = """
FROM (SELECT a.regency_code AS place, count(*) AS sent, count(a.opened_at) AS opened, count(a.decided_at) AS decided,
    count(*) FILTER (WHERE a.step = 'declined') AS declined, count(a.spread_at) AS spread,
    count(DISTINCT a.region_id) FILTER (WHERE a.spread_at IS NOT NULL) AS villages,
    count(DISTINCT a.region_id) AS villages_sent, sum(a.heard_low) AS heard_low, sum(a.heard_high) AS heard_high
  FROM dissemination_assignment a WHERE a.bulletin_id = %(bulletin)s AND {scope} GROUP BY 1) AS c
"""
_BELOW = """FROM dissemination_tally b WHERE b.bulletin_id = %(bulletin)s AND length(b.region_id) = 5 AND {scope}"""


def keep(entries: Sequence[Entry]) -> None:
    """The reader of the ledger: the places these acts lie in are counted again, once for all of them."""
    touched: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        if entry.verb.startswith(HEARD):
            for bulletin_id in entry.data.get("bulletins") or filter(None, [entry.data.get("bulletin")]):
                touched[bulletin_id].add(entry.region_code)
    for bulletin_id, places in sorted(touched.items()):
        recount(UUID(bulletin_id), {codes.regency(code) for code in places})


@transaction.atomic
def recount(bulletin_id: UUID, regencies: set[str] | None = None) -> None:
    """The tallies of these regencies, their provinces and the nation are right again; without a list, all of them.

    One at a time for a packet: who adds up must see what the one before has counted.
    """
    named = sorted(regencies or ())
    values: dict[str, Any] = {"bulletin": bulletin_id, "now": clock.now(), "regencies": named}
    values["provinces"] = sorted({code[:2] for code in named})
    stand_alone(bulletin_id)
    with connection.cursor() as cursor:
        for statement in (_regencies, _provinces, _nation):
            cursor.execute(statement(is_some=regencies is not None), values)


def stand_alone(bulletin_id: UUID) -> None:
    """Nobody else writes the tallies of this packet until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('tally:' || %s::text, 0))", [bulletin_id])


def _regencies(*, is_some: bool) -> str:
    """From the copies and the reports."""
    scope = "a.regency_code = ANY(%(regencies)s)" if is_some else "true"
    counted = {
        "channels": _REPORTS.format(key="v.channel", number="count(DISTINCT a.id)", more="", scope=scope),
        "reasons": _REASONS.format(scope=scope),
        "checks": _REPORTS.format(key="v.call_back", number="count(*)", more="AND v.call_back <> ''", scope=scope),
        "days": _DAYS.format(place="a.regency_code", scope=scope),
    }
    return _statement(_VILLAGES.format(place="c.place"), _COPIES.format(scope=scope), "a.regency_code", scope, counted)


def _provinces(*, is_some: bool) -> str:
    scope = "a.province_code = ANY(%(provinces)s)" if is_some else "true"
    below = "left(b.region_id, 2) = ANY(%(provinces)s)" if is_some else "true"
    return _added("left(b.region_id, 2)", below, _VILLAGES.format(place="c.place"), "a.province_code", scope)


def _nation(*, is_some: bool) -> str:
    return _added("'ID'", "true", _ALL_VILLAGES, "'ID'", "true")


def _added(place: str, below: str, villages: str, of_copy: str, scope: str) -> str:
    """From the tallies of the regencies."""
    rows = _BELOW.format(scope=below)
    sums = ", ".join(f"sum(b.{name}) AS {name}" for name in ADDED)
    counted = {
        name: f"SELECT {place} AS place, m.key, sum(m.value::int) AS n "
        + rows.replace(" WHERE ", f" CROSS JOIN LATERAL jsonb_each_text(b.{name}) AS m WHERE ", 1)
        + " GROUP BY 1, 2"
        for name in MAPS
    }
    return _statement(
        villages, f"FROM (SELECT {place} AS place, {sums} {rows} GROUP BY 1) AS c", of_copy, scope, counted
    )


def _statement(villages: str, counted: str, of_copy: str, scope: str, maps: dict[str, str]) -> str:
    """The counted rows with their medians and maps, into the tallies."""
    joined = "".join(_MAP.format(name=name, counted=maps[name]) for name in MAPS)
    return INTO.format(villages=villages) + counted + _HOURS.format(place=of_copy, scope=scope) + joined + OR_RENEW
