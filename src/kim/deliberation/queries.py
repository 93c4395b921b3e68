"""What a village sees of its shared difficulties and its meetings, and the themes its voices tell of."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from kim.accounts.actor import Actor
from kim.aspirations.models import Aspiration
from kim.aspirations.workflow import Privacy
from kim.deliberation import policies
from kim.deliberation.models import Meeting, Problem
from kim.deliberation.workflow import OPEN, Step
from kim.doors.paging import Page, page
from kim.publishing.models import Article
from kim.publishing.queries import published
from kim.regions.models import RegionalQuerySet

MOST = 200  # difficulties on one board


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the board."""

    step: Step
    problems: list[Problem]


def visible_problems(actor: Actor) -> RegionalQuerySet:
    """Those of the own village."""
    rows = Problem.objects.select_related("region", "activity__kim", "named_by")
    is_inside = actor.wears(*policies.VILLAGE) and actor.region_code
    return rows.filter(region_id=actor.region_code) if is_inside else rows.none()


def board(actor: Actor) -> list[Column]:
    """What is on the way, column by column, last moved first."""
    rows = visible_problems(actor).filter(step__in=OPEN).annotate(voices=Count("aspirations"))
    found = list(rows.order_by("-moved_at", "-id")[:MOST])
    return [Column(Step(step), [one for one in found if one.step == step]) for step in OPEN]


def ended(actor: Actor, *, after: str = "") -> Page:
    """What was settled or dropped, newest first."""
    rows = visible_problems(actor).exclude(step__in=OPEN)
    return page(rows, after=after, size=20, keys=("-moved_at", "-id"))


def problem_of(actor: Actor, problem_id: UUID) -> Problem:
    """One of the own village; raises Problem.DoesNotExist for any other."""
    return visible_problems(actor).get(id=problem_id)


def voices_of(problem: Problem) -> list[tuple[Aspiration, str]]:
    """The linked voices, newest first, each in the words this village may read now; none for what was erased or moved on."""
    rows = problem.aspirations.order_by("-received_at", "-id")[:50]
    return [(one, words_of(one)) for one in rows]


def words_of(voice: Aspiration) -> str:
    """What its own village may read of a voice: all of it on the village desk, elsewhere what was let out."""
    is_here = voice.holder_code == voice.region_id and voice.holder_agency_id is None
    return voice.text if is_here else voice.public_text


def readable_in(village: str) -> QuerySet[Aspiration]:
    """The voices about a village that it may read itself: what lies on its own desk, and what was let out.

    Not what went past it to the regency, which may be about the village office, and no confidential one.
    """
    is_here = Q(holder_code=village, holder_agency=None)
    rows = Aspiration.objects.filter(is_here | Q(is_public=True), region_id=village)
    return rows.exclude(privacy=Privacy.CONFIDENTIAL)


def tellable(actor: Actor) -> QuerySet[Aspiration]:
    """The newest voices that may be linked to a difficulty."""
    return readable_in(actor.region_code or "").exclude(text="").order_by("-received_at", "-id")


def activities(actor: Actor) -> QuerySet[Article]:
    """The newest published activities of the village: what may show that something was done."""
    return published().filter(region_id=actor.region_code, kind="activity").order_by("-published_at", "-id")


def visible_meetings(actor: Actor) -> RegionalQuerySet:
    """Those of the own village."""
    rows = Meeting.objects.select_related("region", "by")
    is_inside = actor.wears(*policies.VILLAGE) and actor.region_code
    return rows.filter(region_id=actor.region_code) if is_inside else rows.none()


def meetings(actor: Actor, *, after: str = "") -> Page:
    return page(visible_meetings(actor), after=after, size=20, keys=("-held_on", "-id"))


def meeting_of(actor: Actor, meeting_id: UUID) -> Meeting:
    """One of the own village with its decisions; raises Meeting.DoesNotExist for any other."""
    return visible_meetings(actor).prefetch_related("resolutions__problem__activity__kim").get(id=meeting_id)


def open_problems(actor: Actor) -> QuerySet[Problem]:
    """Those a meeting may decide on."""
    return visible_problems(actor).filter(step__in=(Step.NAMED, Step.TALKED)).order_by("-moved_at", "-id")
