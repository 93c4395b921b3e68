"""What the issuing office sees of the questions: by theme, by place, and what seems to ask the same."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Left

from kim.accounts.actor import Actor
from kim.dissemination.models import Bulletin, Coverage, Question, Theme
from kim.dissemination.policies import ISSUERS
from kim.dissemination.workflow import Turn
from kim.doors.paging import Page, page
from kim.kernel import codes, likeness
from kim.kernel.codes import Level
from kim.regions.models import Region

MOST_THEMES, MOST_LOOSE, MOST_TOLD, MOST_PLACES = 100, 100, 50, 60
OPEN = (Turn.WAITING, Turn.PASSED)


@dataclass(frozen=True, slots=True)
class Heap:
    """Questions that seem to ask the same, and the words or the theme suggested for them."""

    questions: list[Question]
    suggested: str
    is_known: bool
    was_sent: bool


@dataclass(frozen=True, slots=True)
class Place:
    """How many questions came from one place below, and how many still wait."""

    name: str
    number: int
    still_open: int


@dataclass(frozen=True, slots=True)
class Desk:
    """The page of an issuing office."""

    themes: list[Theme]
    heaps: list[Heap]
    places: list[Place]
    told: list[tuple[Coverage, int]]
    still_below: int


def own_bulletin(actor: Actor, bulletin_id: UUID) -> Bulletin:
    """A packet that was sent by this very office; raises Bulletin.DoesNotExist for every other."""
    rows = Bulletin.objects.select_related("region").exclude(issued_at=None)
    if not actor.wears(*ISSUERS):
        raise Bulletin.DoesNotExist
    return rows.get(id=bulletin_id, region_id=actor.region_code)


def desk(bulletin: Bulletin, *, sent: Iterable[str] = ()) -> Desk:
    """Everything that was asked about one packet; `sent` are the questions of a form that came back."""
    themes = _themes(bulletin)
    return Desk(
        themes=themes,
        heaps=_heaps(bulletin, themes, set(sent)),
        places=_places(bulletin),
        told=_told(bulletin),
        still_below=Question.objects.filter(bulletin=bulletin, stage=Turn.WAITING).count(),
    )


def theme_for(actor: Actor, bulletin_id: UUID, theme_id: UUID) -> Theme:
    """A theme of the own packet; raises DoesNotExist else."""
    return Theme.objects.select_related("bulletin", "answer").get(
        id=theme_id, bulletin=own_bulletin(actor, bulletin_id)
    )


def questions_of(theme: Theme, *, after: str = "") -> Page:
    """A page of the questions under a theme, oldest first."""
    rows = theme.questions.select_related("region", "kim")
    return page(rows, after=after, size=20, keys=("asked_at", "id"))


def passed_up(bulletin: Bulletin, ids: Iterable[UUID]) -> list[UUID]:
    """Of these ids the questions that wait for the office of this packet."""
    rows = Question.objects.filter(bulletin=bulletin, stage=Turn.PASSED, id__in=list(ids))
    return list(rows.order_by().values_list("id", flat=True))


def unanswered(bulletin: Bulletin, code: str, most: int = 1000) -> int:
    """How many questions from a place wait, at its KIM or at the office; counted up to `most`."""
    rows = Question.objects.filter(bulletin=bulletin, stage__in=OPEN).order_by()
    match codes.level(code):
        case Level.NATION:
            pass
        case Level.PROVINCE:
            rows = rows.filter(regency_code__startswith=f"{code}.")
        case Level.REGENCY:
            rows = rows.filter(regency_code=code)
        case _:
            rows = rows.within(code).filter(regency_code=codes.regency(code))
    return len(rows.values_list("id")[:most])


def bulletins_asked(actor: Actor, most: int = 20) -> list[Bulletin]:
    """The own packets with questions that wait for an answer, the most asked first."""
    if not actor.wears(*ISSUERS):
        return []
    waiting = Question.objects.filter(bulletin__region_id=actor.region_code, stage=Turn.PASSED)
    found = dict(waiting.order_by().values_list("bulletin").annotate(n=Count("id")).order_by("-n", "bulletin")[:most])
    rows = list(Bulletin.objects.filter(id__in=found).order_by())
    for one in rows:
        one.waiting = found[one.id]  # type: ignore[attr-defined]
    return sorted(rows, key=lambda one: (-found[one.id], one.id))


def _themes(bulletin: Bulletin) -> list[Theme]:
    """With the number of questions each and of those that wait; what waits comes first."""
    rows = Theme.objects.filter(bulletin=bulletin).select_related("answer", "answer__by")
    counted = rows.annotate(
        number=Count("questions"), waiting=Count("questions", filter=Q(questions__stage=Turn.PASSED))
    )
    return list(counted.order_by("-waiting", "-number", "-at", "-id")[:MOST_THEMES])


def _loose(bulletin: Bulletin) -> QuerySet[Question]:
    return Question.objects.filter(bulletin=bulletin, stage=Turn.PASSED, theme=None).select_related("region", "kim")


def _heaps(bulletin: Bulletin, themes: list[Theme], sent: set[str]) -> list[Heap]:
    """The oldest loose questions in heaps, the largest first."""
    loose = list(_loose(bulletin).order_by("asked_at", "id")[:MOST_LOOSE])
    known = [likeness.gist(theme.question) for theme in themes]
    found = []
    for places in likeness.heaps(one.text for one in loose):
        first = loose[places[0]]
        home = likeness.nearest(likeness.gist(first.text), known)
        words = first.text[:160] if home is None else themes[home].question
        rows = [loose[place] for place in places]
        found.append(Heap(rows, words, home is not None, any(str(one.id) in sent for one in rows)))
    return sorted(found, key=lambda heap: -len(heap.questions))


def _places(bulletin: Bulletin) -> list[Place]:
    """By what lies right below the issuing office, most questions first."""
    below = {Level.NATION: F("province_code"), Level.PROVINCE: F("regency_code"), Level.REGENCY: Left("region", 8)}
    place = below.get(codes.level(bulletin.region_id), F("region"))
    rows = Question.objects.filter(bulletin=bulletin).order_by().values(place=place)
    counted = rows.annotate(number=Count("id"), still_open=Count("id", filter=Q(stage__in=OPEN)))
    found = list(counted.order_by("-number", "place")[:MOST_PLACES])
    names = {one.code: one.title for one in Region.objects.filter(code__in=[row["place"] for row in found])}
    return [Place(names.get(row["place"], row["place"]), row["number"], row["still_open"]) for row in found]


def _told(bulletin: Bulletin) -> list[tuple[Coverage, int]]:
    """What people asked a KIM by word of mouth, as its newest reports say, each with the number of others like it."""
    rows = Coverage.objects.filter(assignment__bulletin=bulletin).exclude(questions="")
    newest = rows.select_related("assignment__kim", "assignment__region").order_by("-at", "-id")[:MOST_TOLD]
    found = list(newest)
    heaps = likeness.heaps(one.questions for one in found)
    return [(found[places[0]], len(places) - 1) for places in sorted(heaps, key=len, reverse=True)]
