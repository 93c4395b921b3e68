"""Keeping the counters: a village is counted from its rows, every region above it from the counters of its children."""

from datetime import timedelta
from typing import Any

from django.db import connection, transaction

from kim.evaluation.models import COUNTED, Figure
from kim.kernel import clock, codes
from kim.ledger.models import Entry
from kim.pages import tags, touched

ACTIVE_WITHIN = timedelta(days=30)
HEARD = (
    "kim.",
    "member.",
    "board.",
    "region.",
    "article.published",
    "article.withdrawn",
    "article.retracted",
    "article.restored",
)

_NAMES = ", ".join(COUNTED)
_RENEW = ", ".join(f"{name} = EXCLUDED.{name}" for name in (*COUNTED, "as_of"))

_VILLAGES = f"""
INSERT INTO evaluation_figure (region_id, {_NAMES}, as_of)
SELECT k.region_id, count(*), count(*) FILTER (WHERE k.last_news_at >= %(active_since)s),
  coalesce(sum(greatest(
    (SELECT count(*) FROM registry_member m WHERE m.kim_id = k.id AND m.left_on IS NULL), k.reported_members
  )), 0),
  coalesce(sum((SELECT count(*) FROM publishing_article a WHERE a.kim_id = k.id AND a.stage = 'published')), 0),
  1, 0, 0, 0, 1, %(now)s
FROM registry_kim k WHERE k.stage = 'registered' AND k.region_id IS NOT NULL AND {{scope}}
GROUP BY k.region_id
ON CONFLICT (region_id) DO UPDATE SET {_RENEW}
"""

_ABOVE = f"""
INSERT INTO evaluation_figure (region_id, {_NAMES}, as_of)
SELECT r.code, coalesce(sum(f.kims), 0), coalesce(sum(f.active_kims), 0), coalesce(sum(f.members), 0),
  coalesce(sum(f.articles), 0), coalesce(sum(f.villages), 0),
  {{district}}, {{regency}}, {{province}}, {{all_villages}}, %(now)s
FROM regions_region r
LEFT JOIN regions_region c ON c.parent_id = r.code AND c.valid_until IS NULL
LEFT JOIN evaluation_figure f ON f.region_id = c.code
WHERE r.level = %(level)s AND r.valid_until IS NULL AND {{scope}}
GROUP BY r.code
ON CONFLICT (region_id) DO UPDATE SET {_RENEW}
"""

_ONE = "least(coalesce(sum(f.villages), 0), 1)"
_SUM = "coalesce(sum(f.{0}), 0)"


@transaction.atomic
def recount() -> int:
    """Every counter is counted anew from the rows; returns how many regions have one."""
    now = clock.now()
    Figure.objects.filter(region__level=codes.Level.VILLAGE).delete()
    _count_village(now=now, scope="true")
    for level in ABOVE:
        _count_above(level, now=now, scope="true")
    return Figure.objects.count()


@transaction.atomic
def recount_chain(code: str) -> None:
    """The counters of one village and of the regions above it are right again; no other region is touched."""
    now = clock.now()
    if codes.level(code) is codes.Level.VILLAGE:
        Figure.objects.filter(region_id=code).delete()
        _count_village(now=now, scope="k.region_id = %(code)s", code=code)
    for above in reversed(codes.chain(code)):
        if codes.level(above) is not codes.Level.VILLAGE:
            _count_above(codes.level(above), now=now, scope="r.code = %(code)s", code=above)


def compare() -> dict[str, tuple[dict[str, int], dict[str, int]]]:
    """Region code → (as kept, as counted now) wherever the two differ; nothing is changed."""
    kept = _snapshot()
    with transaction.atomic():
        recount()
        counted = _snapshot()
        transaction.set_rollback(True)
    nothing = dict.fromkeys(COUNTED, 0)
    regions = sorted(kept.keys() | counted.keys())
    pairs = {code: (kept.get(code, nothing), counted.get(code, nothing)) for code in regions}
    return {code: pair for code, pair in pairs.items() if pair[0] != pair[1]}


def keep(entry: Entry) -> None:
    """The reader of the ledger: what this act may have changed is counted again."""
    if not entry.verb.startswith(HEARD) or not codes.is_code(entry.region_code):
        return
    if Figure.objects.filter(region_id=codes.NATION).exists():
        recount_chain(entry.region_code)
    else:
        recount()
    touched(*(tags.region(code) for code in codes.chain(entry.region_code)))


ABOVE = (codes.Level.DISTRICT, codes.Level.REGENCY, codes.Level.PROVINCE, codes.Level.NATION)


def _count_village(*, now, scope: str, **values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_VILLAGES.format(scope=scope), {"now": now, "active_since": now - ACTIVE_WITHIN, **values})


def _count_above(level: codes.Level, *, now, scope: str, **values: Any) -> None:
    columns = {}
    for name, own in (
        ("district", codes.Level.DISTRICT),
        ("regency", codes.Level.REGENCY),
        ("province", codes.Level.PROVINCE),
    ):
        plural = {"district": "districts", "regency": "regencies", "province": "provinces"}[name]
        columns[name] = _ONE if level is own else _SUM.format(plural)
    columns["all_villages"] = "count(c.code)" if level is codes.Level.DISTRICT else _SUM.format("all_villages")
    with connection.cursor() as cursor:
        cursor.execute(_ABOVE.format(scope=scope, **columns), {"now": now, "level": level.value, **values})


def _snapshot() -> dict[str, dict[str, int]]:
    return {row.pop("region_id"): row for row in Figure.objects.values("region_id", *COUNTED)}
