"""What every step of a case does: hold it, move it, write the ledger; and how a case comes to be."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from kim.accounts.actor import Actor
from kim.accounts.models import OFFICES
from kim.accounts.queries import people_with
from kim.kernel import clock, codes
from kim.ledger import actions as ledger
from kim.moderation import queries
from kim.moderation.models import Case
from kim.moderation.workflow import OPEN, URGENT, WORKFLOW, Reason, Stage, Thing

TOPIC = "moderasi"  # the public pages that change with a decision (kim.pages)


def locked(case_id: UUID) -> Case:
    """The case, held until the transaction ends; raises DoesNotExist."""
    return Case.objects.select_for_update(of=("self",)).get(pk=case_id)


def moved(case: Case, verb: str) -> Case:
    """The case one step further; raises NotAllowed when the step is closed."""
    case.stage = WORKFLOW.after(verb, case.stage)
    return case


def record(verb: str, case: Case, actor: Actor, **data: Any) -> None:
    """The entry of a step, with what a notice needs to tell of it."""
    known = {
        "title": case.title, "subject": case.subject, "reason": case.reason, "urgent": case.is_urgent,
        "holder": case.holder_id, "author": str(case.author_id or ""), "topic": TOPIC,
    }  # fmt: skip
    ledger.record(verb, case.key, actor=actor, region=case.region_id, kim_id=case.kim_id, **(known | data))


def case_about(thing: Thing, reason: str, *, actor: Actor, clues: str = "") -> Case:
    """The case this belongs to, held: the open one about the thing, one that judged the same words already, or a new one.

    A graver reason makes an open case urgent. `clues` are what the watch found; without them a person reported.
    """
    case = _open_case(thing) or _judged(thing, reason)
    if case is None:
        try:
            with transaction.atomic():
                return _begun(thing, reason, actor, clues)
        except IntegrityError:  # somebody else was first
            case = _open_case(thing) or _begun(thing, reason, actor, clues)
    if case.is_open and reason in URGENT and not case.is_urgent:
        _hurry(case, reason)
    return case


def _open_case(thing: Thing) -> Case | None:
    rows = Case.objects.select_for_update(of=("self",)).filter(subject=thing.key, stage__in=OPEN)
    return rows.first()


def _judged(thing: Thing, reason: str) -> Case | None:
    """Exactly these words were found harmless for this very reason: another thousand reports do not reopen that."""
    rows = Case.objects.select_for_update(of=("self",)).filter(subject=thing.key).order_by("-opened_at", "-id")
    last = rows.first()
    is_same = last is not None and last.stage == Stage.DISMISSED and last.digest == thing.digest
    return last if last is not None and is_same and last.reason == reason else None


def _begun(thing: Thing, reason: str, actor: Actor, clues: str) -> Case:
    now = clock.now()
    case = Case.objects.create(
        subject=thing.key, title=thing.title[:200], url=thing.url[:300], region_id=thing.region_code, kim_id=thing.kim_id,
        author_id=thing.author_id, digest=thing.digest, revision=thing.revision, reason=reason,
        is_urgent=reason in URGENT, is_by_system=bool(clues), clues=clues[:300], holder_id=_first_desk(thing, reason),
        opened_at=now, due_at=queries.due_after(reason, thing.region_code, now),
    )  # fmt: skip
    record("case.opened", case, actor, clues=case.clues)
    return case


def _first_desk(thing: Thing, reason: str) -> str:
    """The lowest office that may judge it and has somebody in it; what was tampered with goes to the top."""
    if reason == Reason.TAMPERED:
        return codes.NATION
    code = queries.office_above(thing.office_code) if thing.office_code else codes.regency(thing.region_code)
    while code != codes.NATION and not people_with(*OFFICES, region_code=code):
        code = queries.office_above(code)
    return code


def _hurry(case: Case, reason: str) -> None:
    case.reason, case.is_urgent = reason, True
    case.due_at = min(case.due_at, queries.due_after(reason, case.region_id, clock.now()))
    case.save(update_fields=["reason", "is_urgent", "due_at"])
