"""What the worker does after the fan-out: packets for KIM that came later, and one reminder for copies left unopened."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F

from kim.accounts.actor import SYSTEM
from kim.dissemination import queries
from kim.dissemination.actions.base import record
from kim.dissemination.actions.sending import send
from kim.dissemination.models import Assignment, Bulletin, Target
from kim.kernel import clock, codes
from kim.ledger import actions as ledger
from kim.ledger.models import Entry
from kim.registry.models import Kim
from kim.registry.queries import registered

BEGINNINGS = ("kim.approved", "kim.imported")
PORTION = 500


def catch_up(entry: Entry) -> None:
    """The reader of the ledger: a KIM that was registered after a packet went out gets what still holds, each once."""
    if entry.verb in BEGINNINGS and entry.kim_id:
        _bring_what_holds(entry.kim_id)


@transaction.atomic
def _bring_what_holds(kim_id: UUID) -> None:
    kim = registered().select_for_update(of=("self",)).filter(pk=kim_id).first()
    if kim is None:
        return
    brought = [one for one in queries.missed_by(kim) if send(one, [kim.id], at=clock.now())]
    if not brought:
        return
    for bulletin in brought:
        _count(bulletin, kim)
    known = {"bulletins": [str(one.id) for one in brought], "urgency": max(brought, key=lambda one: one.rank).urgency}
    ledger.record("kim.informed", kim.key, actor=SYSTEM, region=kim.region_id, kim_id=kim.id, **known)


def _count(bulletin: Bulletin, kim: Kim) -> None:
    """At the nearest of the places by which the packet came to it."""
    ways = Target.objects.filter(bulletin=bulletin, region_id__in=codes.chain(kim.region_id))
    nearest = max(ways, key=lambda one: codes.level(one.region_id).depth)
    Target.objects.filter(pk=nearest.pk).update(made=F("made") + 1)


def remind_due(portions: int = 100) -> int:
    """Remind of up to so many portions of copies left unopened; returns how many. Several workers may do it at once."""
    reminded = 0
    for _ in range(portions):
        some = _remind_portion()
        if not some:
            break
        reminded += some
    return reminded


@transaction.atomic
def _remind_portion() -> int:
    """Copies of one packet, marked with this moment, and the entry that tells their KIM, or nothing at all."""
    bulletin = queries.to_be_reminded().select_for_update(skip_locked=True, of=("self",)).first()
    if bulletin is None:
        return 0
    now = clock.now()
    since = now - timedelta(days=bulletin.remind_days)
    late = queries.unopened().filter(bulletin=bulletin, arrived_at__lte=since).order_by("arrived_at", "id")
    ids = [copy.id for copy in late.select_for_update(skip_locked=True, of=("self",)).only("id")[:PORTION]]
    Assignment.objects.filter(id__in=ids).update(reminded_at=now)
    if ids:
        record(
            "bulletin.reminded", bulletin, SYSTEM, at=now.isoformat(), agency=bulletin.agency, urgency=bulletin.urgency
        )
    return len(ids)
