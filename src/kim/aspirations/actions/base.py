"""What every act on an aspiration does: lock it, hand it to a desk with its clock, write the ledger."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from kim.accounts.actor import Actor
from kim.accounts.models import Agency
from kim.aspirations.models import Aspiration, Handling
from kim.kernel import clock, workdays
from kim.ledger import actions as ledger
from kim.regions import queries as regions

FAR = timedelta(days=200)  # no clock of ours is longer


def locked(aspiration_id: UUID) -> Aspiration:
    """The aspiration, held until the transaction ends; raises DoesNotExist."""
    rows = Aspiration.objects.select_for_update(of=("self",)).select_related("region", "kim", "holder_agency")
    return rows.get(id=aspiration_id)


def record(verb: str, aspiration: Aspiration, actor: Actor, **data: Any) -> None:
    """The entry of an act: never the words, the name or the number of the reporter."""
    known = {"number": aspiration.number, "kind": aspiration.kind, "category": aspiration.category}
    desk = {"holder": aspiration.holder_code, "agency": _text(aspiration.holder_agency_id)}
    ledger.record(
        verb,
        aspiration.key,
        actor=actor,
        region=aspiration.region_id,
        kim_id=aspiration.kim_id,
        **(known | desk | data),
    )


def _text(id_: UUID | None) -> str:
    return str(id_) if id_ else ""


def working_days(aspiration: Aspiration, rule: str, start: datetime) -> datetime:
    """The moment by which a rule of the place (`regions.models.DEFAULT_RULES`) wants something done."""
    days = int(regions.rule(aspiration.region_id, rule).value)
    first = start.date()
    off = regions.free_days(aspiration.region_id, first, first + FAR)
    return workdays.due_at(start, days, aspiration.region.time_zone, off)


def hand_to(
    aspiration: Aspiration,
    code: str,
    agency: Agency | None,
    *,
    start: datetime,
    reason: str = "",
    is_automatic: bool = False,
) -> Handling:
    """It leaves the desk it lies on and lies on this one, which has the days of verifying to take it. Saves both."""
    leave_desk(aspiration)
    aspiration.holder_code, aspiration.holder_agency = code, agency
    aspiration.due_at = working_days(aspiration, "aspiration_verify_days", start)
    aspiration.save()
    return Handling.objects.create(
        aspiration=aspiration, holder_code=code, agency=agency, since=start, due_at=aspiration.due_at,
        reason=reason.strip()[:500], is_automatic=is_automatic,
    )  # fmt: skip


def leave_desk(aspiration: Aspiration) -> None:
    """Whoever holds it holds it no longer, and was late or not."""
    open_ = aspiration.handlings.filter(until=None).first()
    if open_ is not None:
        open_.until = clock.now()
        open_.is_late = open_.is_late or bool(open_.due_at and open_.until > open_.due_at)
        open_.save()
