"""What of packets asks for somebody today: a KIM, a village head, an office."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Case, F, OrderBy, Q, Value, When

from kim.accounts.actor import Actor
from kim.dissemination import policies
from kim.dissemination.models import Assignment, Bulletin, Tally, Urgency
from kim.dissemination.queries.copies import visible_copies
from kim.dissemination.queries.holding import holding
from kim.dissemination.queries.office import visible_to
from kim.dissemination.workflow import Stage, Step
from kim.kernel import clock, codes
from kim.kernel.results import Verdict
from kim.regions.models import RegionalQuerySet

MOST = 6
LATELY = timedelta(days=30)
SOON = timedelta(days=2)
LOW = 0.5  # of the KIM of a place: fewer have opened it
WAITING = (Step.ARRIVED, Step.OPENED, Step.ACCEPTED)
MOST_PRESSING_FIRST = (
    Case(
        When(bulletin__urgency=Urgency.EMERGENCY, then=0),
        When(bulletin__urgency=Urgency.IMPORTANT, then=1),
        default=Value(2),
    ),
    OrderBy(F("bulletin__act_by"), nulls_last=True),
    "-arrived_at",
    "-id",
)


@dataclass(frozen=True, slots=True)
class Lag:
    """A packet that is not getting on in one place, and why it is shown."""

    bulletin: Bulletin
    tally: Tally
    is_opened_by_few: bool

    @property
    def undecided(self) -> int:
        return self.tally.sent - self.tally.decided


def to_do(actor: Actor) -> list[Assignment]:
    """What this KIM has to read, decide or spread while it holds, and corrections it has not seen; most pressing first."""
    unseen = Q(version_seen__gt=0, version_seen__lt=F("bulletin__version"))
    return _pressing(visible_copies(actor).filter(Q(step__in=WAITING) | unseen))


def undecided_in(code: str) -> list[Assignment]:
    """Copies in one village that its KIM have not decided about while they hold; most pressing first."""
    rows = Assignment.objects.filter(region_id=code, step__in=(Step.ARRIVED, Step.OPENED))
    return _pressing(rows.select_related("bulletin", "kim"))


def _pressing(rows: RegionalQuerySet) -> list[Assignment]:
    return list(rows.filter(bulletin__in=holding().values("id")).order_by(*MOST_PRESSING_FIRST)[:MOST])


def second_looks(actor: Actor) -> list[tuple[Bulletin, Verdict]]:
    """Emergencies of the own office that wait for a second person, longest waiting first, and whether that may be this one."""
    rows = visible_to(actor).filter(region_id=actor.region_code, stage=Stage.CHECKED)
    return [(one, policies.can_issue(actor, one)) for one in rows.order_by("edited_at", "id")[:MOST]]


def second_look_count(actor: Actor) -> int:
    """How many of them wait for this very person: the number beside the menu."""
    return sum(1 for _, verdict in second_looks(actor) if verdict)


def lagging(actor: Actor) -> list[Lag]:
    """Packets of the own office or from above that few KIM of the own area have opened, or that end before they have decided."""
    code = actor.region_code or ""
    out = holding().filter(region_id__in=codes.chain(code), issued_at__gte=clock.now() - LATELY)
    rows = Tally.objects.filter(region_id=code, bulletin__in=out.values("id"), sent__gt=0).select_related("bulletin")
    found = (_lag(tally) for tally in rows.order_by("bulletin__issued_at", "id")[: MOST * 8])
    return [lag for lag in found if lag is not None][:MOST]


def _lag(tally: Tally) -> Lag | None:
    bulletin, now = tally.bulletin, clock.now()
    patience = timedelta(days=bulletin.usual_remind_days)
    if tally.opened < LOW * tally.sent and bulletin.issued_at <= now - patience:
        return Lag(bulletin, tally, is_opened_by_few=True)
    is_ending = bulletin.ends_on is not None and bulletin.ends_on <= clock.today() + SOON
    return Lag(bulletin, tally, is_opened_by_few=False) if is_ending and tally.decided < tally.sent else None
