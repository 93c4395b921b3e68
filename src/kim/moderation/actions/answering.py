"""The other side: a KIM says what it has put right, appeals, and is judged anew by somebody else."""

from uuid import UUID

from django.db import transaction

from kim.accounts.actor import Actor
from kim.kernel import clock
from kim.kernel.results import NotAllowed, demand
from kim.moderation import policies, queries
from kim.moderation.actions.base import locked, moved, record
from kim.moderation.actions.judging import put_back
from kim.moderation.models import Case


@transaction.atomic
def mend(case_id: UUID, *, note: str, actor: Actor) -> Case:
    """The KIM says what it changed or took down itself. The office still looks; the clock runs on."""
    case = locked(case_id)
    demand(policies.can_mend(actor, case))
    moved(case, "mend")
    case.mended_note = note.strip()[:600]
    case.save()
    record("case.mended", case, actor, note=case.mended_note)
    return case


@transaction.atomic
def appeal(case_id: UUID, *, note: str, actor: Actor) -> Case:
    """The decision goes to the level above with a reason; once for each case."""
    case = locked(case_id)
    demand(policies.can_appeal(actor, case))
    moved(case, "appeal")
    if not note.strip():
        raise NotAllowed("Tulis alasan keberatan Anda.")
    now = clock.now()
    case.appeal_text, case.appealed_at = note.strip()[:2000], now
    case.holder_id = queries.office_above(case.decided_code)
    case.due_at = queries.appeal_due_after(case.region_id, now)
    case.save()
    record("case.appealed", case, actor)
    return case


@transaction.atomic
def uphold(case_id: UUID, *, note: str, actor: Actor) -> Case:
    """The level above agrees with the decision."""
    case = locked(case_id)
    demand(policies.can_uphold(actor, case))
    moved(case, "uphold")
    _review(case, note, actor)
    record("case.upheld", case, actor, note=case.appeal_note)
    return case


@transaction.atomic
def overturn(case_id: UUID, *, note: str, actor: Actor) -> Case:
    """The level above does not agree: what was taken down is public again."""
    case = locked(case_id)
    demand(policies.can_overturn(actor, case))
    moved(case, "overturn")
    put_back(case, actor)
    _review(case, note, actor)
    record("case.overturned", case, actor, note=case.appeal_note)
    return case


def _review(case: Case, note: str, actor: Actor) -> None:
    if not note.strip():
        raise NotAllowed("Tulis alasan putusan ini.")
    case.appeal_note, case.appeal_decided_at = note.strip()[:2000], clock.now()
    case.appeal_by_id, case.appeal_code = actor.person_id, actor.region_code or ""
    case.save()
