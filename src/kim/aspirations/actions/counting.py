"""Keeping what each desk did in a month: counted again from the stays themselves, so that nothing drifts."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from kim.aspirations.models import Tally
from kim.kernel import clock
from kim.pages import tags, touched

_COUNT = """
WITH ended AS (
  SELECT desk, holder_code, agency_id, count(*) FILTER (WHERE ending = 'answered') AS answered,
    count(*) FILTER (WHERE ending = 'answered' AND NOT is_late) AS answered_in_time,
    count(*) FILTER (WHERE ending = 'passed') AS passed, count(*) FILTER (WHERE ending = 'overdue') AS passed_by_clock,
    count(*) FILTER (WHERE ending = 'dismissed') AS set_aside
  FROM aspirations_handling WHERE until >= %(start)s AND until < %(stop)s GROUP BY 1, 2, 3
), spread AS (
  SELECT desk, jsonb_object_agg(days, n) AS days FROM (
    SELECT desk, coalesce(days, 0) AS days, count(*) AS n FROM aspirations_handling
    WHERE until >= %(start)s AND until < %(stop)s AND ending = 'answered' GROUP BY 1, 2) one GROUP BY 1
), begun AS (
  SELECT h.desk, h.holder_code, h.agency_id, count(*) AS received, count(*) FILTER (WHERE EXISTS (
    SELECT 1 FROM aspirations_handling p
    WHERE p.aspiration_id = h.aspiration_id AND p.ending = 'answered' AND p.until <= h.since)) AS reopened
  FROM aspirations_handling h WHERE h.since >= %(start)s AND h.since < %(stop)s GROUP BY 1, 2, 3
)
INSERT INTO aspirations_tally (id, holder_code, agency_id, month, received, answered, answered_in_time, passed,
  passed_by_clock, set_aside, reopened, days, as_of)
SELECT gen_random_uuid(), coalesce(ended.holder_code, begun.holder_code), coalesce(ended.agency_id, begun.agency_id),
  %(month)s, coalesce(received, 0), coalesce(answered, 0), coalesce(answered_in_time, 0), coalesce(passed, 0),
  coalesce(passed_by_clock, 0), coalesce(set_aside, 0), coalesce(reopened, 0), coalesce(spread.days, '{}'), %(now)s
FROM ended FULL JOIN begun USING (desk) LEFT JOIN spread USING (desk)
"""


def recount(months: int = 2) -> None:
    """The figures of this month and those before it are right again, month by month."""
    month = clock.today().replace(day=1)
    for _ in range(months):
        recount_month(month)
        month = (month - timedelta(days=1)).replace(day=1)
    touched(tags.FIGURES)


def recount_since(moment: datetime) -> None:
    """The months of the last year that were counted before this moment, as after a change of the official tree."""
    oldest = (clock.today().replace(day=1) - timedelta(days=366)).replace(day=1)
    stale = Tally.objects.filter(month__gte=oldest, as_of__lt=moment).order_by().values_list("month", flat=True)
    for month in sorted(set(stale.distinct())):
        recount_month(month)
    touched(tags.FIGURES)


@transaction.atomic
def recount_month(month: date) -> None:
    """One month of every desk, in one statement."""
    values = {"month": month, "start": _moment(month), "stop": _moment(_next(month)), "now": clock.now()}
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM aspirations_tally WHERE month = %(month)s", values)
        cursor.execute(_COUNT, values)


def _next(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1)


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=ZoneInfo(clock.HOME_ZONE))
