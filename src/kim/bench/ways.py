"""The way of one made-up voice: from desk to desk with its clocks, as far as it came by the end of the load.

The clocks are the product's own: working days of the country, and the days of its rules. How quick a desk is belongs to it.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from math import exp
from random import Random
from statistics import NormalDist
from zoneinfo import ZoneInfo

from kim.aspirations.actions.base import REMIND_BEFORE
from kim.aspirations.workflow import DESKS_TURN, Ending, Kind, Stage
from kim.bench import agencies
from kim.bench.plan import Order, chance_that
from kim.bench.speech import Speaker
from kim.kernel import codes, workdays
from kim.kernel.codes import Level
from kim.regions.models import DEFAULT_RULES

VERIFY, FOLLOW, SILENCE, COMPLAINT, INFORMATION = (
    int(DEFAULT_RULES[f"{name}_days"])
    for name in ("aspiration_verify", "aspiration_follow_up", "aspiration_silence", "aspiration_complaint", "information_answer")
)  # fmt: skip
TAKING, ANSWERING = 0.8, 3.0  # days in the middle until a desk takes it, and from then on until it answers
SLOW = {Level.NATION: 6.0, Level.PROVINCE: 1.6}  # times slower than the desks of regency and village
UNLIKE, HABIT = 0.9, 0.5  # of the logarithm of those days: of each act, and of each desk
MOST_STAYS = 6
PASSED = {Level.VILLAGE: 0.4, Level.DISTRICT: 0.45, Level.REGENCY: 0.65, Level.PROVINCE: 0.7, Level.NATION: 0.6}
TO_AGENCY = {Level.REGENCY: 0.8, Level.PROVINCE: 0.6, Level.NATION: 1.0}  # of what these pass on; the rest goes up
HANDED_BACK, ASKED, SILENT, DISMISSED, MERGED = 0.08, 0.08, 0.3, 0.04, 0.05
LET_OUT, TOLD_BEFORE, REOPENED, CONFIRMED = 0.45, 0.8, 0.05, 0.5
FOUR_WEEKS = timedelta(days=28)
OVERDUE = "Lewat tenggat di meja sebelumnya."


@dataclass(slots=True)
class Stay:
    """One stay on a desk: a place, and an agency there ('' for the desk of the place itself)."""

    code: str
    agency: str
    since: datetime
    due: datetime
    reason: str = ""
    is_automatic: bool = False
    accepted: datetime | None = None
    until: datetime | None = None
    ending: str = ""
    is_late: bool = False
    days: int | None = None


@dataclass(slots=True)
class Said:
    """What an office said; `outcome` is empty for a question."""

    code: str
    agency: str
    text: str
    outcome: str
    is_public: bool
    at: datetime


@dataclass(slots=True)
class Act:
    """What the ledger knows: `by` is "desk", "reporter" or "clock"."""

    verb: str
    by: str
    code: str
    agency: str
    at: datetime


@dataclass(slots=True)
class Way:
    """A voice on its way; `walk` lets everything happen to it that happens before `end`."""

    order: Order
    village: str
    kind: str
    category: str
    is_confidential: bool
    has_sibling: bool
    captured: datetime
    end: datetime
    zone: ZoneInfo
    rng: Random
    speaker: Speaker
    at: datetime
    stage: str = Stage.SUBMITTED
    stays: list[Stay] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    replies: list[tuple[str, datetime]] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    is_public: bool = False
    is_merged: bool = False
    reopened: int = 0
    turn_until: datetime | None = None  # the reporter's
    answered: datetime | None = None
    closed: datetime | None = None
    satisfaction: int | None = None

    @property
    def stay(self) -> Stay:
        return self.stays[-1]

    @property
    def due(self) -> datetime | None:
        """By when whoever has the turn must act."""
        return self.stay.due if self.stage in DESKS_TURN else self.turn_until

    @property
    def alarm(self) -> datetime | None:
        """When the clock looks at it next; what is overdue where nothing lies above is looked at no more."""
        if self.stage not in DESKS_TURN:
            return self.turn_until
        early = self.stay.due - REMIND_BEFORE
        return early if early > self.end else self.stay.due if self.stay.due > self.end else None

    def walk(self, *, passes_village: bool) -> None:
        """From the first desk on."""
        received, self.at = self.at, self.captured
        self._lie(codes.regency(self.village) if passes_village else self.village, "")
        self.at = received
        self._act("submitted", "reporter")
        while self._taken() and self._worked_on():
            pass

    def _taken(self) -> bool:
        """A desk takes it; what no desk takes in time goes up by itself. False while it waits."""
        while self.stay.accepted is None:
            taken = self.at + self._pause(TAKING)
            if taken > self.stay.due and (there := self._above()):
                if not self._rise(there):
                    return False
            elif not self._comes(taken):
                return False
            else:
                self._take()
        return True

    def _take(self) -> None:
        stay = self.stay
        stay.accepted, stay.is_late, stay.due = self.at, self.at > stay.due, self._days(self.at, FOLLOW)
        self.stage = Stage.HANDLED
        self._act("accepted")
        if not self.is_public and not self.is_confidential and self.rng.random() < LET_OUT:
            self.is_public = True
            self._act("published")

    def _worked_on(self) -> bool:
        """Whether it goes on from here: on another desk, or on the same once more."""
        chance, level = self.rng.random, _level(self.stay.code)
        if chance() < ASKED and not self._asked_back():
            return False
        if chance() < DISMISSED and not self.stay.agency:
            return self._set_aside(Stage.DISMISSED, Ending.DISMISSED, "dismissed")
        if level is Level.VILLAGE and self.has_sibling and not self.is_confidential and chance() < MERGED:
            self.is_merged = True
            return self._set_aside(Stage.MERGED, Ending.MERGED, "merged")
        is_of_place = level is Level.DISTRICT or not self.stay.agency
        if len(self.stays) < MOST_STAYS and chance() < (PASSED[level] if is_of_place else HANDED_BACK):
            return self._passed_on()
        return self._answered() and self._heard()

    def _asked_back(self) -> bool:
        """A question to the reporter; False when no answer has come."""
        if not self._comes(self.at + self._pause(TAKING)):
            return False
        self.said.append(self._say(self.speaker.pool("tanya"), ""))
        self._act("asked_back")
        self.stage, self.turn_until = Stage.ASKED, self._days(self.at, SILENCE)
        if self.rng.random() < SILENT:
            return self._falls_silent()
        if not self._comes(self.at + timedelta(days=0.2 + 5 * self.rng.random())):
            return False
        self.replies.append((self.speaker.pool("jawab"), self.at))
        self._act("supplied", "reporter")
        self.stage, self.turn_until, self.stay.due = Stage.HANDLED, None, self._days(self.at, FOLLOW)
        return True

    def _falls_silent(self) -> bool:
        """Nobody answers: the clock closes it when its time has come."""
        if self.turn_until and self._comes(self.turn_until):
            if not self.stay.until:
                self._leave(Ending.SILENT)
            self._close("closed_silently", "clock")
        return False

    def _set_aside(self, stage: str, ending: str, verb: str) -> bool:
        if self._comes(self.at + self._pause(TAKING)):
            if stage == Stage.DISMISSED:
                self.said.append(self._say(self.speaker.pool("sisih"), "dismissed"))
            self._leave(ending)
            self.stage, self.closed, self.is_public = stage, self.at, False
            self._act(verb)
        return False

    def _passed_on(self) -> bool:
        if not self._comes(self.at + self._pause(TAKING)):
            return False
        self._hand(*self._next(), reason=self.speaker.pool("naik"))
        self._act("escalated")
        return True

    def _next(self) -> tuple[str, str]:
        """Where a desk sends it: its own agencies, the desk above, or back from an agency to its place."""
        code, level = self.stay.code, _level(self.stay.code)
        if level is Level.VILLAGE:
            return self._above() or (codes.regency(code), "")
        if self.stay.agency:
            return (codes.regency(code), "") if level is Level.DISTRICT else (code, "")
        if self.rng.random() < TO_AGENCY[level]:
            return code, agencies.answers_for(self.order, code, self.category)
        return codes.parent(code) or codes.NATION, ""

    def _above(self) -> tuple[str, str] | None:
        """The desk above, for what goes up by itself."""
        code, level = self.stay.code, _level(self.stay.code)
        if self.stay.agency and level is not Level.DISTRICT:
            return code, ""
        if level is Level.VILLAGE and agencies.has_kecamatan(self.order, code[:8]):
            return code[:8], agencies.answers_for(self.order, code[:8], "")
        if level is Level.NATION:
            return None
        return (codes.parent(code) or "" if level in (Level.REGENCY, Level.PROVINCE) else codes.regency(code)), ""

    def _answered(self) -> bool:
        """The answer, sometimes after word of how far it is; False while it is not there or when its time runs out."""
        done, stay = self.at + self._pause(ANSWERING), self.stay
        if done > stay.due and self.rng.random() < TOLD_BEFORE and self._comes(self.at + (stay.due - self.at) / 2):
            self.said.append(self._say(self.speaker.pool("kabar"), "progress"))
            self._act("followed_up")
            is_request = self.kind == Kind.REQUEST
            stay.due = max(
                stay.due, self._days(self.captured if is_request else self.at, INFORMATION if is_request else COMPLAINT)
            )
        if done > stay.due and (there := self._above()):
            return self._rise(there) and self._taken() and self._answered()
        if not self._comes(max(done, self.at)):
            return False
        outcome, text = self.speaker.answer()
        self.said.append(self._say(text, outcome, is_public=self.is_public and self.rng.random() < 0.7))
        self._leave(Ending.ANSWERED)
        self.stage, self.answered, self.turn_until = Stage.ANSWERED, self.at, self._days(self.at, SILENCE)
        self._act("answered")
        return True

    def _heard(self) -> bool:
        """What the reporter makes of the answer; True when it is opened again."""
        chance = self.rng.random
        if chance() < REOPENED:
            return self._reopened()
        if chance() > CONFIRMED:
            return self._falls_silent()
        if self._comes(self.at + timedelta(days=9 * chance() ** 2)):
            self._close("closed", "reporter")
            self.satisfaction = 3 if chance() < 0.55 else 2 if chance() < 0.65 else 1
        return False

    def _reopened(self) -> bool:
        if not self._comes(self.at + timedelta(days=9 * self.rng.random() ** 2)):
            return False
        stay = self.stay
        self._lie(stay.code, stay.agency, reason="Dibuka lagi oleh pelapor.")
        self.stay.accepted, self.stay.due = self.at, self._days(self.at, FOLLOW)
        self.stage, self.turn_until, self.reopened = Stage.HANDLED, None, self.reopened + 1
        self.replies.append((self.speaker.pool("belum"), self.at))
        self._act("reopened", "reporter")
        return True

    def _close(self, verb: str, by: str) -> None:
        self.stage, self.closed, self.turn_until = Stage.CLOSED, self.at, None
        self._act(verb, by)

    def _rise(self, there: tuple[str, str]) -> bool:
        """Overdue: to the desk above, at the minute it is due; False when that minute is still to come."""
        if not self._comes(self.stay.due + timedelta(seconds=1 + 59 * self.rng.random())):
            return False
        self._hand(*there, reason=OVERDUE, is_automatic=True)
        self._act("passed_up", "clock")
        return True

    def _hand(self, code: str, agency: str, *, reason: str, is_automatic: bool = False) -> None:
        self._leave(Ending.OVERDUE if is_automatic else Ending.PASSED)
        self._lie(code, agency, reason=reason, is_automatic=is_automatic)
        self.stage = Stage.ESCALATED

    def _lie(self, code: str, agency: str, *, reason: str = "", is_automatic: bool = False) -> None:
        self.stays.append(Stay(code, agency, self.at, self._days(self.at, VERIFY), reason, is_automatic))

    def _leave(self, ending: str) -> None:
        stay = self.stay
        stay.until, stay.ending, stay.is_late = self.at, ending, stay.is_late or self.at > stay.due
        stay.days = _between(stay.since.astimezone(self.zone).date(), self.at.astimezone(self.zone).date())

    def _say(self, text: str, outcome: str, *, is_public: bool = False) -> Said:
        return Said(self.stay.code, self.stay.agency, text, outcome, is_public, self.at)

    def _act(self, verb: str, by: str = "desk") -> None:
        self.acts.append(Act(f"aspiration.{verb}", by, self.stay.code, self.stay.agency, self.at))

    def _comes(self, at: datetime) -> bool:
        """Whether that moment has come by the end of the load; it is now, if so."""
        self.at = at if at < self.end else self.at
        return at < self.end

    def _pause(self, middle: float) -> timedelta:
        slow = (
            middle * _habit(self.order.seed, self.stay.agency or self.stay.code) * SLOW.get(_level(self.stay.code), 1.0)
        )
        return timedelta(days=min(slow * exp(UNLIKE * self.rng.gauss(0, 1)), 90))

    def _days(self, start: datetime, count: int) -> datetime:
        return _after(start.astimezone(self.zone).date(), count, self.zone)


_level = cache(codes.level)


@cache
def _habit(seed: int, desk: str) -> float:
    return exp(HABIT * NormalDist().inv_cdf(0.001 + 0.998 * chance_that(seed, "habit", desk)))


@cache
def _after(day: date, count: int, zone: ZoneInfo) -> datetime:
    return workdays.due_at(datetime(day.year, day.month, day.day, 12, tzinfo=zone), count, str(zone))


@cache
def _between(first: date, last: date) -> int:
    return max(0, workdays.between(first, last))
