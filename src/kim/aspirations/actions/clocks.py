"""What the clock does by itself: reminds, passes up what is overdue, closes where the reporter stays silent.

Each open aspiration carries the moment at which it is looked at next (`alarm_at`); the act moves or clears it in its own
transaction, so whatever rings, rings once, however many workers listen.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from kim.accounts.actor import SYSTEM, Actor
from kim.accounts.models import Agency
from kim.aspirations import policies
from kim.aspirations.actions.base import days_after, hand_to, leave_desk, locked, nobodys_turn, record
from kim.aspirations.models import Aspiration
from kim.aspirations.queries.routing import above
from kim.aspirations.workflow import DESKS_TURN, REPORTERS_TURN, WORKFLOW, Ending
from kim.kernel import clock
from kim.kernel.results import NotAllowed, demand

OVERDUE = "Lewat tenggat di meja sebelumnya."


def watch(limit: int = 500) -> int:
    """Look at up to so many whose moment has come, the longest waiting first; returns how many. Several may do it at once."""
    done = 0
    while done < limit and _look_at_one():
        done += 1
    return done


@transaction.atomic
def _look_at_one() -> bool:
    ringing = Aspiration.objects.filter(alarm_at__lte=clock.now()).order_by("alarm_at", "id")
    found = ringing.select_for_update(skip_locked=True, of=("self",)).select_related("region").first()
    if found is None:
        return False
    if found.stage in REPORTERS_TURN:
        close_silent(found.id, actor=SYSTEM)
    elif found.stage not in DESKS_TURN:
        Aspiration.objects.filter(id=found.id).update(alarm_at=None)
    elif clock.now() < patience(found):
        remind(found.id, actor=SYSTEM)
    else:
        pass_up(found.id, actor=SYSTEM)
    return True


def patience(aspiration: Aspiration) -> datetime:
    """When it really goes up: when it is due, but no desk loses what it has not had for a working day.

    A phone that was three weeks without signal brings an aspiration that is overdue when it arrives.
    """
    stay = aspiration.handlings.filter(until=None).first()
    came = max(stay.since if stay else aspiration.received_at, aspiration.received_at)
    return max(aspiration.due_at or came, days_after(aspiration, 1, came))


@transaction.atomic
def remind(aspiration_id: UUID, *, actor: Actor) -> Aspiration:
    """The desk hears that this is the last working day."""
    aspiration = locked(aspiration_id)
    demand(policies.can_remind(actor, aspiration))
    aspiration.alarm_at = patience(aspiration)
    aspiration.save()
    record("aspiration.reminded", aspiration, actor)
    return aspiration


@transaction.atomic
def pass_up(aspiration_id: UUID, *, actor: Actor) -> Aspiration:
    """What is overdue goes to the level above, marked as gone by itself; where nothing is above it stays, and says so once."""
    aspiration = locked(aspiration_id)
    demand(policies.can_pass_up(actor, aspiration))
    if clock.now() < patience(aspiration):
        raise NotAllowed("Aspirasi ini belum lewat tenggat.")
    there = above(aspiration)
    if there is None:
        return _stay_overdue(aspiration, actor)
    late = {"late_holder": aspiration.holder_code, "late_agency": str(aspiration.holder_agency_id or "")}
    aspiration.stage = WORKFLOW.after("escalate", aspiration.stage)
    agency = Agency.objects.get(id=there.agency_id) if there.agency_id else None
    hand_to(aspiration, there.code, agency, start=clock.now(), reason=OVERDUE, is_automatic=True)
    record("aspiration.passed_up", aspiration, actor, **late)
    return aspiration


def _stay_overdue(aspiration: Aspiration, actor: Actor) -> Aspiration:
    aspiration.handlings.filter(until=None).update(is_late=True)
    aspiration.alarm_at = None
    aspiration.save()
    record("aspiration.overdue", aspiration, actor)
    return aspiration


@transaction.atomic
def close_silent(aspiration_id: UUID, *, actor: Actor) -> Aspiration:
    """Nobody answered for so many working days: it is closed, and may be opened again by its reporter."""
    aspiration = locked(aspiration_id)
    demand(policies.can_close_silent(actor, aspiration))
    aspiration.stage = WORKFLOW.after("close_silent", aspiration.stage)
    if aspiration.alarm_at is None or clock.now() < aspiration.alarm_at:
        raise NotAllowed("Pelapor masih punya waktu untuk menjawab.")
    leave_desk(aspiration, Ending.SILENT)
    aspiration.closed_at = clock.now()
    nobodys_turn(aspiration)
    aspiration.save()
    record("aspiration.closed_silently", aspiration, actor)
    return aspiration
