"""Keeping the tallies: how far each thing came in each regency, each province and the nation.

A regency is counted from its copies and reports. What lies above is added up from its regencies, which share no KIM and
no village; only medians cannot be added, they are taken of the copies again.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from kim.kernel import clock
from kim.spreading.models import Book

COUNTS = {
    "sent": "count(a.id)", "opened": "count(a.opened_at)", "spread": "count(a.spread_at)",
    "villages": "count(DISTINCT a.region_id) FILTER (WHERE a.spread_at IS NOT NULL)",
    "villages_sent": "count(DISTINCT a.region_id)",
    "heard_low": "coalesce(sum(a.heard_low), 0)", "heard_high": "coalesce(sum(a.heard_high), 0)",
}  # fmt: skip
MAPS = ("channels", "checks", "days")
INTO = """
INSERT INTO {tallies} AS t ({thing}_id, region_id, readers, readers_sketch, villages_all, hours_median, hours_slow, as_of, {names})
SELECT %(thing)s, c.place, 0, '', {villages}, h.hours[1], h.hours[2], %(now)s, {values}
FROM ({counted}) AS c
LEFT JOIN (SELECT {place} AS place, percentile_cont(ARRAY[0.5, 0.9])
    WITHIN GROUP (ORDER BY extract(epoch FROM a.spread_at - a.arrived_at) / 3600) AS hours
  FROM {copies} a WHERE a.{thing}_id = %(thing)s AND a.spread_at IS NOT NULL AND {scope} GROUP BY 1
) h ON h.place = c.place
{maps}
ON CONFLICT ({thing}_id, region_id) DO UPDATE SET {renewed}
"""
_MAP = """
LEFT JOIN (SELECT place, jsonb_object_agg(key, n) AS found FROM ({counted}) AS one GROUP BY 1) AS {name} ON {name}.place = c.place
"""
_REPORTS = """SELECT a.regency_code AS place, {key} AS key, {number} AS n FROM {copies} a
  JOIN {reports} v ON v.{copy}_id = a.id WHERE a.{thing}_id = %(thing)s AND {scope} {more} GROUP BY 1, 2"""
_OWN = """SELECT a.regency_code AS place, {key} AS key, count(*) AS n FROM {copies} a
  WHERE a.{thing}_id = %(thing)s AND {scope} GROUP BY 1, 2"""
_DAYS = """
SELECT a.regency_code AS place, e.act || ' ' || (e.at AT TIME ZONE r.time_zone)::date AS key, count(*) AS n
FROM {copies} a JOIN regions_region r ON r.code = a.region_id
CROSS JOIN LATERAL (VALUES {acts}) AS e (act, at)
WHERE a.{thing}_id = %(thing)s AND e.at IS NOT NULL AND {scope} GROUP BY 1, 2
"""
_COPIES = """
SELECT p.place, {counts} FROM ({places}) AS p LEFT JOIN {copies} a ON a.{thing}_id = %(thing)s AND a.regency_code = p.place
WHERE {place_scope} GROUP BY 1
"""
_BELOW = """FROM {tallies} b {more} WHERE b.{thing}_id = %(thing)s AND length(b.region_id) = 5 AND {scope}"""


@transaction.atomic
def recount(book: Book, thing_id: UUID, regencies: Iterable[str] | None = None) -> None:
    """The tallies of these regencies, their provinces and the nation are right again; without a list, all of them.

    One at a time for a thing: who adds up must see what the one before has counted.
    """
    named = sorted(regencies or ())
    values: dict[str, Any] = {"thing": thing_id, "now": clock.now(), "regencies": named}
    values["provinces"] = sorted({code[:2] for code in named})
    stand_alone(thing_id)
    with connection.cursor() as cursor:
        for statement in (_regencies, _provinces, _nation):
            cursor.execute(statement(book, is_some=regencies is not None), values)


def stand_alone(thing_id: UUID) -> None:
    """Nobody else writes the tallies of this thing until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('tally:' || %s::text, 0))", [thing_id])


def _regencies(book: Book, *, is_some: bool) -> str:
    """From the copies and the reports."""
    scope = "a.regency_code = ANY(%(regencies)s)" if is_some else "true"
    counts = ", ".join(f"{how} AS {name}" for name, how in (COUNTS | dict(book.counts)).items())
    place_scope = "p.place = ANY(%(regencies)s)" if is_some else "true"
    counted = _filled(_COPIES, book, counts=counts, places=_filled(book.places, book), place_scope=place_scope)
    acts = ", ".join(f"('{act.name}', a.{act.name}_at)" for act in book.acts)
    maps = {
        "channels": _filled(_REPORTS, book, key="v.channel", number="count(DISTINCT a.id)", more="", scope=scope),
        "checks": _filled(_REPORTS, book, key="v.call_back", number="count(*)", more="AND v.call_back <> ''", scope=scope),
        "days": _filled(_DAYS, book, acts=acts, scope=scope),
        **{name: _filled(_OWN, book, key=key, scope=f"{key} <> '' AND {scope}") for name, key in book.maps.items()},
    }  # fmt: skip
    return _statement(book, counted, "a.regency_code", scope, maps)


def _provinces(book: Book, *, is_some: bool) -> str:
    scope = "a.province_code = ANY(%(provinces)s)" if is_some else "true"
    below = "left(b.region_id, 2) = ANY(%(provinces)s)" if is_some else "true"
    return _added(book, "left(b.region_id, 2)", below, "a.province_code", scope)


def _nation(book: Book, *, is_some: bool) -> str:
    return _added(book, "'ID'", "true", "'ID'", "true")


def _added(book: Book, place: str, below: str, of_copy: str, scope: str) -> str:
    """From the tallies of the regencies."""
    sums = ", ".join(f"sum(b.{name}) AS {name}" for name in COUNTS | dict(book.counts))
    counted = f"SELECT {place} AS place, {sums} {_filled(_BELOW, book, more='', scope=below)} GROUP BY 1"
    maps = {}
    for name in (*MAPS, *book.maps):
        each = f"CROSS JOIN LATERAL jsonb_each_text(b.{name}) AS m"
        rows = _filled(_BELOW, book, more=each, scope=below)
        maps[name] = f"SELECT {place} AS place, m.key, sum(m.value::int) AS n {rows} GROUP BY 1, 2"
    return _statement(book, counted, of_copy, scope, maps)


def _statement(book: Book, counted: str, of_copy: str, scope: str, maps: Mapping[str, str]) -> str:
    """The counted rows with their medians and maps, into the tallies."""
    numbers = [*COUNTS, *book.counts]
    values = [f"c.{name}" for name in numbers] + [f"coalesce({name}.found, '{{}}')" for name in maps]
    kept = (*numbers, *maps, "villages_all", "hours_median", "hours_slow", "as_of")
    joined = "".join(_MAP.format(name=name, counted=rows) for name, rows in maps.items())
    return _filled(
        INTO, book, names=", ".join([*numbers, *maps]), values=", ".join(values), counted=counted, maps=joined, place=of_copy,
        scope=scope, villages=_filled(book.villages, book, place="c.place"),
        renewed=", ".join(f"{name} = EXCLUDED.{name}" for name in kept),
    )  # fmt: skip


def _filled(statement: str, book: Book, **parts: str) -> str:
    """A statement with the names of the tables and keys, which stand in the book and come from nobody outside."""
    tables = {name: getattr(book, name)._meta.db_table for name in ("copies", "reports", "tallies")}
    return statement.format(thing=book.thing, copy=book.copy, **tables, **parts)
