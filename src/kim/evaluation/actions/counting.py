"""The SQL of the counters: a village from its rows, what lies above from its children, and all of it from nothing."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from kim.evaluation.models import COUNTED
from kim.kernel import codes
from kim.kernel.codes import Level

ACTIVE_WITHIN = timedelta(days=30)
ABOVE = (Level.DISTRICT, Level.REGENCY, Level.PROVINCE, Level.NATION)
LOCK = 5_270_915  # one counts at a time: nobody writes over a newer count with an older one

_NAMES = ", ".join(COUNTED)
_RENEW = ", ".join(f"{name} = EXCLUDED.{name}" for name in (*COUNTED, "as_of"))
_KEPT = ", ".join(f"evaluation_figure.{name}" for name in COUNTED)
_FRESH = ", ".join(f"EXCLUDED.{name}" for name in COUNTED)
_WRITE = f"""INSERT INTO evaluation_figure (region_id, {_NAMES}, as_of) {{rows}}
ON CONFLICT (region_id) DO UPDATE SET {_RENEW} WHERE ({_KEPT}) IS DISTINCT FROM ({_FRESH})
RETURNING region_id"""

_VILLAGES = """
SELECT k.region_id, count(*) AS kims, count(*) FILTER (WHERE k.last_news_at >= %(active_since)s) AS active_kims,
  coalesce(sum(greatest(
    (SELECT count(*) FROM registry_member m WHERE m.kim_id = k.id AND m.left_on IS NULL), k.reported_members
  )), 0) AS members,
  coalesce(sum((SELECT count(*) FROM publishing_article a WHERE a.kim_id = k.id AND a.stage = 'published')), 0)
    AS articles,
  1 AS villages, 0 AS districts, 0 AS regencies, 0 AS provinces, 1 AS all_villages, %(now)s AS as_of
FROM registry_kim k WHERE k.stage = 'registered' AND k.region_id IS NOT NULL {scope}
GROUP BY k.region_id
"""
_THESE = "AND k.region_id = ANY(%(codes)s)"
_EMPTY = """DELETE FROM evaluation_figure f WHERE f.region_id = ANY(%(codes)s) AND NOT EXISTS (
  SELECT FROM registry_kim k WHERE k.region_id = f.region_id AND k.stage = 'registered') RETURNING f.region_id"""

_ABOVE = """
SELECT r.code, coalesce(sum(f.kims), 0), coalesce(sum(f.active_kims), 0), coalesce(sum(f.members), 0),
  coalesce(sum(f.articles), 0), coalesce(sum(f.villages), 0),
  {districts}, {regencies}, {provinces}, {all_villages}, %(now)s
FROM regions_region r
LEFT JOIN regions_region c ON c.parent_id = r.code AND c.valid_until IS NULL
LEFT JOIN evaluation_figure f ON f.region_id = c.code
WHERE r.level = %(level)s AND r.valid_until IS NULL AND r.code = ANY(%(codes)s)
GROUP BY r.code
"""
_PLURALS = {Level.DISTRICT: "districts", Level.REGENCY: "regencies", Level.PROVINCE: "provinces"}

# Without looking at any kept counter: another way to the same numbers than the two above.
_TRUTH = f"""
WITH village AS ({_VILLAGES.format(scope="")}),
within AS (
  SELECT a.code, left(r.code, 8) AS district, left(r.code, 5) AS regency, left(r.code, 2) AS province, v.*
  FROM regions_region r LEFT JOIN village v ON v.region_id = r.code
  CROSS JOIN LATERAL (VALUES (left(r.code, 8)), (left(r.code, 5)), (left(r.code, 2)), ('ID')) a (code)
  WHERE r.level = 'village' AND r.valid_until IS NULL)
SELECT region_id, {_NAMES}, as_of FROM village
UNION ALL
SELECT r.code, coalesce(sum(kims), 0), coalesce(sum(active_kims), 0), coalesce(sum(members), 0),
  coalesce(sum(articles), 0), coalesce(sum(villages), 0), count(DISTINCT district) FILTER (WHERE kims > 0),
  CASE WHEN r.level = 'district' THEN 0 ELSE count(DISTINCT regency) FILTER (WHERE kims > 0) END,
  CASE WHEN r.level IN ('district', 'regency') THEN 0 ELSE count(DISTINCT province) FILTER (WHERE kims > 0) END,
  count(district), %(now)s
FROM regions_region r LEFT JOIN within w ON w.code = r.code
WHERE r.level <> 'village' AND r.valid_until IS NULL GROUP BY r.code
"""

_KEPT_OR_NONE = ", ".join(f"coalesce(f.{name}, 0)::int" for name in COUNTED)
_COUNTED_OR_NONE = ", ".join(f"coalesce(t.{name}, 0)::int" for name in COUNTED)
_DIFFERING = f"""
SELECT region_id, {_KEPT_OR_NONE}, {_COUNTED_OR_NONE}
FROM evaluation_figure f FULL JOIN ({_TRUTH}) t USING (region_id)
WHERE ({_KEPT_OR_NONE}) IS DISTINCT FROM ({_COUNTED_OR_NONE}) ORDER BY region_id
"""


def take_turn() -> None:
    """Wait until nobody else writes counters; the turn ends with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def villages(chosen: Iterable[str], now: datetime) -> list[str]:
    """Count these villages; returns those whose counters changed."""
    values = {"codes": list(chosen), "now": now, "active_since": now - ACTIVE_WITHIN}
    return _ask(_EMPTY, values) + _ask(_WRITE.format(rows=_VILLAGES.format(scope=_THESE)), values)


def above(level: Level, chosen: Iterable[str], now: datetime) -> list[str]:
    """Add up the children of these regions of one level; returns those whose counters changed."""
    columns = {name: f"coalesce(sum(f.{name}), 0)" for name in (*_PLURALS.values(), "all_villages")}
    if level in _PLURALS:
        columns[_PLURALS[level]] = "least(coalesce(sum(f.villages), 0), 1)"
    if level is Level.DISTRICT:
        columns["all_villages"] = "count(c.code)"
    values = {"codes": list(chosen), "now": now, "level": level.value}
    return _ask(_WRITE.format(rows=_ABOVE.format(**columns)), values)


def differing(now: datetime) -> Iterator[tuple[str, dict[str, int], dict[str, int]]]:
    """Region code, its counters as kept and as the rows alone have them, wherever the two differ; writes nothing."""
    with connection.cursor() as cursor:
        cursor.execute(_DIFFERING, {"now": now, "active_since": now - ACTIVE_WITHIN})
        for code, *counts in cursor.fetchall():
            half = len(COUNTED)
            yield code, dict(zip(COUNTED, counts[:half], strict=True)), dict(zip(COUNTED, counts[half:], strict=True))


def everything(now: datetime) -> list[str]:
    """Write every counter; returns those that changed."""
    return _ask(_WRITE.format(rows=_TRUTH), {"now": now, "active_since": now - ACTIVE_WITHIN})


def chains(chosen: Iterable[str]) -> dict[Level, set[str]]:
    """These regions with everything above them, by level."""
    found: dict[Level, set[str]] = {level: set() for level in Level}
    for code in chosen:
        for one in codes.chain(code):
            found[codes.level(one)].add(one)
    return found


def _ask(statement: str, values: dict[str, Any]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [code for (code,) in cursor.fetchall()]
