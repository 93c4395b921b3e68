"""What every act on an aspiration does: lock it, hand it to a desk with its clock, write the ledger."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from kim.accounts.actor import Actor
from kim.accounts.models import Agency
from kim.aspirations.models import Aspiration, Handling
from kim.aspirations.workflow import Ending, Kind
from kim.kernel import clock, workdays
from kim.ledger import actions as ledger
from kim.regions import queries as regions

FAR = timedelta(days=200)  # no clock of ours is longer
REMIND_BEFORE = timedelta(hours=17)  # a clock ends at midnight: this is seven in the morning of its last working day


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
        **(known | desk | {"is_confidential": aspiration.is_confidential} | data),
    )


def _text(id_: UUID | None) -> str:
    return str(id_) if id_ else ""


def working_days(aspiration: Aspiration, rule: str, start: datetime) -> datetime:
    """The moment by which a rule of the place (`regions.models.DEFAULT_RULES`) wants something done."""
    return days_after(aspiration, int(regions.rule(aspiration.region_id, rule).value), start)


def days_after(aspiration: Aspiration, days: int, start: datetime) -> datetime:
    """The end of that working day in the village, in UTC."""
    return workdays.due_at(start, days, aspiration.region.time_zone, _off(aspiration, start))


def _off(aspiration: Aspiration, start: datetime) -> frozenset:
    first = start.date() - timedelta(days=1)
    return regions.free_days(aspiration.region_id, first, first + FAR)


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
    leave_desk(aspiration, Ending.OVERDUE if is_automatic else Ending.PASSED)
    aspiration.holder_code, aspiration.holder_agency = code, agency
    turn_to_desk(aspiration, working_days(aspiration, "aspiration_verify_days", start))
    aspiration.save()
    return Handling.objects.create(
        aspiration=aspiration, holder_code=code, agency=agency, since=start, due_at=aspiration.due_at,
        reason=reason.strip()[:500], is_automatic=is_automatic,
    )  # fmt: skip


def open_stay(aspiration: Aspiration) -> Handling:
    """The stay on the desk that holds it; raises DoesNotExist once that has ended."""
    return aspiration.handlings.get(until=None)


def leave_desk(aspiration: Aspiration, ending: str = "") -> None:
    """Whoever holds it works on it no longer: late or not, after so many working days, and how it ended."""
    stay = aspiration.handlings.filter(until=None).first()
    if stay is None:
        return
    zone, now = aspiration.region.time_zone, clock.now()
    first, last = clock.local(stay.since, zone).date(), clock.local(now, zone).date()
    stay.until, stay.ending = now, ending
    stay.is_late = is_late(stay, now)
    stay.days = max(0, workdays.between(first, last, _off(aspiration, stay.since)))
    stay.save()


def is_late(stay: Handling, now: datetime) -> bool:
    return stay.is_late or bool(stay.due_at and now > stay.due_at)


def turn_to_desk(aspiration: Aspiration, due: datetime) -> None:
    """The office must act by then, and is reminded on the morning of the last working day. Saves nothing."""
    aspiration.due_at, aspiration.alarm_at = due, due - REMIND_BEFORE


def turn_to_reporter(aspiration: Aspiration) -> None:
    """The office's clock stops; who says nothing for so many working days lets it close. Saves nothing."""
    due = working_days(aspiration, "aspiration_silence_days", clock.now())
    aspiration.due_at = aspiration.alarm_at = due


def nobodys_turn(aspiration: Aspiration) -> None:
    """It has ended: no clock runs. Saves nothing."""
    aspiration.due_at = aspiration.alarm_at = None


def resume_clock(aspiration: Aspiration) -> None:
    """After a question back: the working days that were left when it was asked, counted on from now. Saves the stay."""
    stay, now, zone = open_stay(aspiration), clock.now(), aspiration.region.time_zone
    question = aspiration.answers.filter(outcome="").last()
    due = stay.due_at or now
    if question is not None and question.at <= due:
        asked, last = clock.local(question.at, zone).date(), clock.local(due - timedelta(seconds=1), zone).date()
        left = workdays.between(asked, last, _off(aspiration, question.at))
        due = max(due, days_after(aspiration, max(1, left), now))
    stay.due_at = due
    stay.save()
    turn_to_desk(aspiration, due)


def end_of_clock(aspiration: Aspiration, accepted_at: datetime) -> datetime:
    """When the answer must be there.

    A request for information counts from when it was written (UU 14/2008 Ps 22), and a desk that gets it late has the
    days of a first follow-up all the same. Everything else counts from when the desk accepted it (SP4N-LAPOR!).
    """
    if aspiration.kind != Kind.REQUEST:
        rule = "aspiration_supervision_days" if aspiration.is_supervision else "aspiration_complaint_days"
        return working_days(aspiration, rule, accepted_at)
    days = int(regions.rule(aspiration.region_id, "information_answer_days").value)
    if aspiration.is_extended:
        days += int(regions.rule(aspiration.region_id, "information_extension_days").value)
    by_law = days_after(aspiration, days, aspiration.captured_at)
    return max(by_law, first_follow_up(aspiration, accepted_at))


def first_follow_up(aspiration: Aspiration, accepted_at: datetime) -> datetime:
    """By when the reporter hears of a first step."""
    is_request = aspiration.kind == Kind.REQUEST
    rule = "aspiration_information_days" if is_request else "aspiration_follow_up_days"
    return working_days(aspiration, rule, accepted_at)
