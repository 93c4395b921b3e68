"""The fan-out: one copy for each KIM of the places named, in portions, by the worker. Cut anywhere, it goes on and ends whole.

A portion is one transaction: the copies of so many KIM in the order of their ids, the mark how far it came, and one
ledger entry that tells these KIM. A copy is unique for its packet and KIM, so places that overlap give one copy.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F

from kim.accounts.actor import SYSTEM
from kim.dissemination import queries
from kim.dissemination.actions.base import words_of
from kim.dissemination.actions.counting import recount
from kim.dissemination.models import Bulletin, Target
from kim.dissemination.workflow import Stage
from kim.kernel import clock, codes
from kim.ledger import actions as ledger

PORTION = 2000
OUT = (Stage.ISSUED, Stage.WITHDRAWN)
_SEND = """
INSERT INTO dissemination_assignment (id, bulletin_id, kim_id, region_id, arrived_at)
SELECT gen_random_uuid(), %(bulletin)s, k.id, k.region_id, %(now)s
FROM registry_kim k WHERE k.id = ANY(%(ids)s) AND k.region_id IS NOT NULL
ON CONFLICT (bulletin_id, kim_id) DO NOTHING
"""


def carry_on(portions: int = 100) -> int:
    """Send up to so many portions of what waits; returns the copies made. Several workers may do it at once."""
    made = 0
    for _ in range(portions):
        sent = _send_portion()
        if sent is None:
            break
        made += sent
    return made


@transaction.atomic
def _send_portion() -> int | None:
    waiting = Target.objects.filter(done_at=None, bulletin__stage__in=OUT).order_by("id")
    target = waiting.select_for_update(skip_locked=True, of=("self",)).select_related("bulletin").first()
    if target is None:
        return None
    bulletin, after, now = target.bulletin, target.after, clock.now()
    ids = _next_kims(target, bulletin)
    made = send(bulletin, ids, at=now) if bulletin.stage == Stage.ISSUED else 0
    if ids:
        target.after = ids[-1]
    if len(ids) < PORTION:
        target.done_at = now
    Target.objects.filter(pk=target.pk).update(after=target.after, done_at=target.done_at, made=F("made") + made)
    if bulletin.version > 1 or bulletin.stage == Stage.WITHDRAWN:
        _tell_again(bulletin, target, after)
    elif made:
        _tell(bulletin, target, at=now.isoformat())
    if target.done_at and not bulletin.targets.filter(done_at=None).exists():
        recount(bulletin.id)
    return made


def _next_kims(target: Target, bulletin: Bulletin) -> list[UUID]:
    rows = queries.inside(queries.fitting(bulletin), [target.region_id])
    rows = rows.filter(id__gt=target.after) if target.after else rows
    return list(rows.order_by("id").values_list("id", flat=True)[:PORTION])


def send(bulletin: Bulletin, ids: list[UUID], *, at: datetime) -> int:
    """A copy for each of these KIM that has none yet; returns how many were made."""
    with connection.cursor() as cursor:
        cursor.execute(_SEND, {"bulletin": bulletin.id, "ids": ids, "now": at})
        return cursor.rowcount


def go_round_again(bulletin: Bulletin) -> None:
    """Every KIM that has the packet is told again, portion by portion: of its correction, or that it is withdrawn."""
    bulletin.targets.update(after=None, done_at=None)


def _tell_again(bulletin: Bulletin, target: Target, after: UUID | None) -> None:
    """Whoever has it, as far as this portion went, and after the last one to the end: also KIM it is no longer meant for.
    A place that lies in another place of the packet is told there."""
    others = bulletin.targets.exclude(pk=target.pk).values_list("region_id", flat=True)
    if not any(codes.within(target.region_id, other) for other in others):
        _tell(bulletin, target, after=str(after or ""), upto="" if target.done_at else str(target.after))


def _tell(bulletin: Bulletin, target: Target, **portion: Any) -> None:
    ledger.record(
        "bulletin.arrived", bulletin.key, actor=SYSTEM, region=target.region_id, title=bulletin.title,
        agency=bulletin.agency, urgency=bulletin.urgency, version=bulletin.version, change=_change(bulletin),
        withdrawn=bulletin.withdrawn_reason, **portion,
    )  # fmt: skip


def _change(bulletin: Bulletin) -> str:
    return words_of(bulletin).change if bulletin.version > 1 else ""
