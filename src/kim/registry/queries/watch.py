"""What an office watches over: SK that lapse, KIM that fall silent. Counted in one pass, however many there are."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import OuterRef, Subquery

from kim.kernel import codes
from kim.regions.models import STOREYS
from kim.registry.models import NEWEST_DECREE, Decree, Kim
from kim.registry.queries.public import public
from kim.registry.queries.standing import RARE, SILENT, SOON
from kim.registry.workflow import DecreeStage, Stage

_COUNTS = """
SELECT count(*) FILTER (WHERE until < %(day)s),
  count(*) FILTER (WHERE until BETWEEN %(day)s AND %(month)s),
  count(*) FILTER (WHERE until > %(month)s AND until <= %(soon)s),
  count(*) FILTER (WHERE k.last_news_at < %(rare)s AND k.last_news_at >= %(silent)s),
  count(*) FILTER (WHERE coalesce(k.last_news_at, k.registered_at) < %(silent)s)
FROM registry_kim k LEFT JOIN LATERAL (
  SELECT valid_until FROM registry_decree WHERE kim_id = k.id AND stage = 'accepted'
  ORDER BY issued_on DESC NULLS LAST, id DESC LIMIT 1) decree (until) ON true
WHERE k.stage = 'registered' AND {scope}
"""
COUNTED = ("lapsed", "in_30", "in_90", "rare", "silent")
PREFIX = {codes.Level.DISTRICT: "k.region_id LIKE %(code)s || '%%'", codes.Level.NATION: "true"}


def watch_counts(region_code: str, *, day: date, now: datetime) -> dict[str, int]:
    """How many SK have lapsed, lapse in 30 and in 31 to 90 days, and how many KIM are rarely heard and silent."""
    level = codes.level(region_code)
    scope = PREFIX.get(level) or f"k.{STOREYS[level]} = %(code)s"
    values: dict[str, Any] = {
        "day": day,
        "month": day + timedelta(days=30),
        "soon": day + timedelta(days=SOON),
        "code": region_code,
    }
    values |= {"rare": now - timedelta(days=RARE), "silent": now - timedelta(days=SILENT)}
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS.format(scope=scope), values)
        return dict(zip(COUNTED, cursor.fetchone(), strict=True))


def lapsing(region_code: str, *, until: date, limit: int) -> list[Kim]:
    """The KIM whose SK ends by a day or has ended, the longest ago first: a walk along the days SK end."""
    counts = Decree.objects.filter(kim=OuterRef("kim"), stage=DecreeStage.ACCEPTED).order_by(*NEWEST_DECREE)
    there = Kim.objects.within(region_code).filter(stage=Stage.REGISTERED)
    ending = Decree.objects.filter(stage=DecreeStage.ACCEPTED, valid_until__lte=until, kim__in=there)
    ending = ending.filter(pk=Subquery(counts.values("pk")[:1])).order_by("valid_until", "kim_id")
    return list(public().filter(id__in=ending.values("kim_id")[:limit]).order_by("decree_until", "id"))
