"""Reading what readers ask: the page of a packet, the ticket of whoever asked, and the pile of a KIM or a regency."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from kim.accounts.actor import Actor
from kim.accounts.models import KIM_ROLES, Role
from kim.accounts.queries import in_force
from kim.dissemination.actions.asking import ticket_of
from kim.dissemination.models import Bulletin, Question, Theme
from kim.dissemination.policies import DECIDERS, PATIENCE
from kim.dissemination.queries.office import OUT
from kim.dissemination.workflow import Stage, Turn
from kim.doors.paging import Page, page
from kim.doors.questions import Given
from kim.doors.questions import Question as Kept
from kim.kernel import clock
from kim.regions.models import RegionalQuerySet

MOST_SHOWN = 50  # themes with an answer under a packet


@dataclass(frozen=True, slots=True)
class Pile:
    """One of the three piles of questions: what waits, what came too often from one line, and what is settled."""

    key: str
    label: str
    stages: tuple[str, ...]
    is_crowded: bool | None = None
    keys: tuple[str, str] = ("asked_at", "id")


PILES = (
    Pile("", "Menunggu", (Turn.WAITING,), is_crowded=False),
    Pile("ramai", "Kiriman ramai", (Turn.WAITING,), is_crowded=True),
    Pile("selesai", "Selesai", (Turn.PASSED, Turn.ANSWERED, Turn.CLOSED), keys=("-asked_at", "-id")),
)


def asked_about(code: str) -> Bulletin:
    """The packet of a short code that was sent out; raises Bulletin.DoesNotExist for drafts and made-up codes."""
    return Bulletin.objects.select_related("region", "regulation").get(short_code=code, stage__in=OUT)


@dataclass(frozen=True, slots=True)
class Asked:
    """What stands under a packet for everybody: themes with their answer, newest first, and where to ask."""

    themes: list[Theme]
    ask_url: str


ANSWERED = Kept(
    lambda: (
        Theme.objects.filter(bulletin=Given("bulletin"), answer__isnull=False)
        .select_related("answer")
        .only("bulletin", "question", "answer__said_by", "answer__text", "answer__at")
        .order_by("-answer__at", "-id")[:MOST_SHOWN]
    )
)


def asked(bulletin: Bulletin) -> Asked:
    """One question of the database; the address is empty once nobody can ask any more."""
    is_open = bulletin.stage == Stage.ISSUED and bulletin.short_code
    return Asked(
        ANSWERED.all(bulletin=bulletin.id),
        f"/info/{bulletin.short_code}/tanya/" if is_open else "",
    )


def question_of_ticket(secret: str) -> Question:
    """The question of whoever holds this secret; raises Question.DoesNotExist for a guess."""
    rows = Question.objects.select_related("bulletin__region", "answer", "theme", "kim", "region")
    return rows.get(ticket=ticket_of(secret))


def moderated_by(actor: Actor) -> RegionalQuerySet:
    """The questions of the own KIM; for a regency those of villages without one, and what has waited there too long."""
    rows = Question.objects.select_related("bulletin", "region", "kim", "theme", "answer")
    if actor.wears(*KIM_ROLES) and actor.kim_id:
        return rows.filter(kim_id=actor.kim_id)
    if actor.wears(Role.REGENCY):
        is_old = Q(stage=Turn.WAITING, asked_at__lte=clock.now() - PATIENCE)
        return rows.filter(Q(kim=None) | is_old, regency_code=actor.region_code)
    return rows.none()


def pile(actor: Actor, one: Pile, *, after: str = "") -> Page:
    """A page of one pile."""
    rows = moderated_by(actor).filter(stage__in=one.stages)
    rows = rows if one.is_crowded is None else rows.filter(is_crowded=one.is_crowded)
    return page(rows, after=after, size=20, keys=one.keys)


def question_for(actor: Actor, question_id: UUID) -> Question:
    """One of them; raises Question.DoesNotExist beyond the own desk."""
    return moderated_by(actor).get(id=question_id)


def questions_for(actor: Actor, ids: Iterable[UUID]) -> list[UUID]:
    """Of these ids those of the own desk."""
    return list(moderated_by(actor).filter(id__in=list(ids)).order_by().values_list("id", flat=True))


def waiting_count(actor: Actor, most: int = 20) -> int:
    """How many wait there, up to `most`; what came in a crowd is left out."""
    rows = moderated_by(actor).select_related(None).filter(stage=Turn.WAITING, is_crowded=False)
    return len(rows.order_by().values_list("id")[:most])


def office_of(bulletin_id: UUID) -> str:
    """Whose packet it is."""
    return Bulletin.objects.values_list("region_id", flat=True).get(id=bulletin_id)


def boards_of_answer(answer_id: UUID, at: datetime) -> set[UUID]:
    """The boards and editors of the KIM whose people asked what was then answered."""
    kims = Question.objects.filter(answer_id=answer_id, settled_at=at, kim__isnull=False).values("kim_id")
    return set(in_force().filter(kim_id__in=kims, role__in=DECIDERS).order_by().values_list("person_id", flat=True))
