"""What the clock does: overdue cases pass to the level above, old words are forgotten, the levels' figures are counted."""

from datetime import timedelta
from uuid import UUID

from django.db import connection, transaction

from kim.accounts.actor import SYSTEM, Actor
from kim.kernel import clock, codes
from kim.kernel.codes import Level
from kim.kernel.results import demand
from kim.moderation import policies, queries
from kim.moderation.actions.base import TOPIC, locked, moved, record
from kim.moderation.models import Case, LevelFigure, Report, Sighting
from kim.moderation.workflow import DECIDED, TICKING, Stage
from kim.pages import tags, touched

WORDS_KEPT = timedelta(days=90)  # what reporters wrote, after the decision
SIGHTINGS_KEPT = timedelta(days=7)
_COUNT = """
SELECT CASE WHEN code = 'ID' THEN 'nation' WHEN length(code) = 2 THEN 'province' ELSE 'regency' END AS level,
  count(*) FILTER (WHERE decided_at IS NULL), count(decided_at), count(*) FILTER (WHERE is_in_time),
  count(*) FILTER (WHERE is_taken_down), count(*) FILTER (WHERE is_warned), count(appealed_at),
  count(*) FILTER (WHERE stage = 'overturned'),
  percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM decided_at - opened_at) / 60)
FROM (
  SELECT *, coalesce(nullif(decided_code, ''), holder_id) AS code, verdict = 'taken_down' AS is_taken_down,
    verdict = 'warned' AS is_warned
  FROM moderation_case
) counted GROUP BY 1
"""


def pass_up_due(limit: int = 200) -> int:
    """Every case whose clock ran out goes up, each exactly once for each level; returns how many. Several workers may do it."""
    done = 0
    while done < limit and _pass_one():
        done += 1
    return done


@transaction.atomic
def _pass_one() -> bool:
    rows = Case.objects.filter(stage__in=TICKING, due_at__lt=clock.now()).exclude(holder=codes.NATION)
    case = rows.select_for_update(skip_locked=True, of=("self",)).order_by("due_at", "id").first()
    if case is None:
        return False
    if case.stage == Stage.APPEALED:
        pass_appeal_up(case.pk, actor=SYSTEM)
    else:
        pass_up(case.pk, actor=SYSTEM)
    return True


@transaction.atomic
def pass_up(case_id: UUID, *, actor: Actor) -> Case:
    """The office above has its turn now, with a clock of its own; whoever had claimed it no longer has."""
    case = locked(case_id)
    demand(policies.can_pass_up(actor, case))
    moved(case, "pass_up")
    case.claimed_by_id, case.claimed_until = None, None
    _rise(case)
    case.due_at = queries.due_after(case.reason, case.region_id, clock.now())
    case.save()
    record("case.passed_up", case, actor)
    return case


@transaction.atomic
def pass_appeal_up(case_id: UUID, *, actor: Actor) -> Case:
    """An appeal that nobody decided goes one level further up."""
    case = locked(case_id)
    demand(policies.can_pass_appeal_up(actor, case))
    moved(case, "pass_appeal_up")
    _rise(case)
    case.due_at = queries.appeal_due_after(case.region_id, clock.now())
    case.save()
    record("case.appeal_passed_up", case, actor)
    return case


def _rise(case: Case) -> None:
    case.holder_id, case.passed_up = queries.office_above(case.holder_id), case.passed_up + 1


def recount() -> None:
    """The figures of each level are right again, and carry the hour of their counting."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT)
        rows = cursor.fetchall()
    names = ("waiting", "decided", "in_time", "taken_down", "warned", "appealed", "overturned", "median_minutes")
    now, is_changed = clock.now(), False
    for level, *counted in rows:
        values = dict(zip(names, [*counted[:-1], None if counted[-1] is None else round(counted[-1])], strict=True))
        before = LevelFigure.objects.filter(pk=Level(level)).values(*names).first()
        LevelFigure.objects.update_or_create(level=Level(level), defaults=values | {"counted_at": now})
        is_changed |= before != values
    if is_changed:
        touched(tags.topic(TOPIC))


def forget_old() -> int:
    """What reporters wrote goes ninety days after the decision, sightings after a week; returns how many rows changed."""
    now = clock.now()
    old = Report.objects.filter(case__stage__in=DECIDED, case__decided_at__lt=now - WORDS_KEPT).exclude(words="")
    seen, _ = Sighting.objects.filter(at__lt=now - SIGHTINGS_KEPT).delete()
    return old.update(words="") + seen
