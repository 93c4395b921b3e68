"""An office judges: takes a case, gives it back, decides, thinks again. The words themselves are never touched."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from kim.accounts.actor import Actor
from kim.kernel import clock
from kim.kernel.results import NotAllowed, demand
from kim.moderation import policies, queries
from kim.moderation.actions.base import locked, moved, record
from kim.moderation.models import Case

CLAIMED_FOR = timedelta(hours=1)
NO_REASON = "Tulis alasannya, supaya penulisnya tahu apa yang perlu diperbaiki."
NOTHING_TO_TAKE = "Ini tidak dapat diturunkan dari sini. Beri teguran, atau teruskan ke dukungan KIM.id."


@transaction.atomic
def claim(case_id: UUID, *, actor: Actor) -> Case:
    """Look at a case alone for an hour; another claim of one's own begins the hour anew."""
    case = locked(case_id)
    demand(policies.can_claim(actor, case))
    moved(case, "claim")
    case.claimed_by_id, case.claimed_until = actor.person_id, clock.now() + CLAIMED_FOR
    case.save()
    record("case.claimed", case, actor)
    return case


@transaction.atomic
def release(case_id: UUID, *, actor: Actor) -> Case:
    """Give a case back to the office's queue; its clock ran on meanwhile."""
    case = locked(case_id)
    demand(policies.can_release(actor, case))
    moved(case, "release")
    _let_go(case)
    case.save()
    record("case.released", case, actor)
    return case


@transaction.atomic
def dismiss(case_id: UUID, *, note: str = "", actor: Actor) -> Case:
    """Nothing wrong with it."""
    case = locked(case_id)
    demand(policies.can_dismiss(actor, case))
    _decide(moved(case, "dismiss"), note, actor)
    record("case.dismissed", case, actor)
    return case


@transaction.atomic
def settle(case_id: UUID, *, note: str = "", actor: Actor) -> Case:
    """There was something, and the KIM has put it right or taken it down itself."""
    case = locked(case_id)
    demand(policies.can_settle(actor, case))
    _decide(moved(case, "settle"), note, actor)
    record("case.settled", case, actor)
    return case


@transaction.atomic
def warn(case_id: UUID, *, note: str, actor: Actor) -> Case:
    """It stays public; the author and the KIM read what has to change."""
    case = locked(case_id)
    demand(policies.can_warn(actor, case))
    _decide(moved(case, "warn"), _demanded(note), actor)
    record("case.warned", case, actor, note=case.note)
    return case


@transaction.atomic
def take_down(case_id: UUID, *, note: str, actor: Actor) -> Case:
    """It leaves the public by its own domain's action, with a reason for the author; what it was stays known by digest."""
    case = locked(case_id)
    demand(policies.can_take_down(actor, case))
    moved(case, "take_down")
    note = _demanded(note)
    thing = queries.subject_of(case)
    if thing is None or thing.put_down is None:
        raise NotAllowed(NOTHING_TO_TAKE)
    case.digest, case.revision = thing.digest, thing.revision
    thing.put_down(actor, case.reason, note)
    _decide(case, note, actor)
    record("case.taken_down", case, actor, note=note, digest=case.digest, revision=case.revision)
    return case


@transaction.atomic
def restore(case_id: UUID, *, note: str, actor: Actor) -> Case:
    """The office that took it down, or one above, thinks again: it is public as it was."""
    case = locked(case_id)
    demand(policies.can_restore(actor, case))
    moved(case, "restore")
    case.note = _demanded(note)
    put_back(case, actor)
    case.save()
    record("case.restored", case, actor, note=case.note)
    return case


def put_back(case: Case, actor: Actor) -> None:
    """What a case took down is public again; nothing for what was only warned of."""
    thing = queries.subject_of(case)
    if thing is None:
        raise NotAllowed("Ini sudah tidak ada, jadi tidak dapat dipulihkan.")
    if not thing.is_public and thing.put_back is not None:
        thing.put_back(actor)


def _decide(case: Case, note: str, actor: Actor) -> None:
    now = clock.now()
    case.note, case.verdict = note.strip()[:2000], case.stage
    case.decided_by_id, case.decided_code, case.decided_at = actor.person_id, actor.region_code or "", now
    case.is_in_time = now <= case.due_at and not case.passed_up
    _let_go(case)
    case.save()


def _let_go(case: Case) -> None:
    case.claimed_by_id, case.claimed_until = None, None


def _demanded(note: str) -> str:
    if not note.strip():
        raise NotAllowed(NO_REASON)
    return note.strip()[:2000]
