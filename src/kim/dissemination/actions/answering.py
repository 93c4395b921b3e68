"""The issuing office puts questions of readers under one theme and answers them all at once."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from kim.accounts.actor import Actor
from kim.dissemination import policies
from kim.dissemination.actions.base import locked, record
from kim.dissemination.models import Answer, Bulletin, Question, Theme
from kim.dissemination.workflow import QUESTION_WORKFLOW, Turn
from kim.kernel import clock
from kim.kernel.ids import new_id
from kim.kernel.results import NotAllowed, demand

CLOSED_FOR, ANSWERED_FOR = timedelta(days=30), timedelta(days=365)
AT_ONCE = 5000


@transaction.atomic
def group(bulletin_id: UUID, *, question: str, question_ids: Iterable[UUID] = (), actor: Actor) -> Theme:
    """These questions are one, in the office's words. Under a theme that has its answer, they are answered with it."""
    bulletin = locked(bulletin_id)
    demand(policies.can_group(actor, bulletin))
    theme, _ = Theme.objects.get_or_create(
        bulletin=bulletin, question=question.strip()[:160], defaults={"by_id": actor.person_id}
    )
    wanted = set(question_ids)
    open_ones = Question.objects.filter(bulletin=bulletin, stage__in=QUESTION_WORKFLOW["group"].sources)
    moved = open_ones.filter(id__in=wanted).update(theme=theme)
    if moved != len(wanted):
        raise NotAllowed("Sebagian pertanyaan itu sudah tidak menunggu. Muat ulang halaman, lalu pilih lagi.")
    record("question.grouped", bulletin, actor, theme=str(theme.id), number=moved)
    if theme.answer_id:
        _settle(bulletin, theme, actor, only_new=True)
    return theme


@transaction.atomic
def answer(theme_id: UUID, *, text: str, actor: Actor) -> Answer:
    """One answer for everybody who asked this; said again, it takes the place of the one before, for them all."""
    theme = Theme.objects.select_related("bulletin").get(id=theme_id)
    bulletin = locked(theme.bulletin_id)
    demand(policies.can_answer(actor, bulletin))
    theme.answer = Answer.objects.create(
        id=new_id(), bulletin=bulletin, theme=theme, said_by=bulletin.agency, text=text.strip(), by_id=actor.person_id
    )
    theme.save(update_fields=["answer"])
    _settle(bulletin, theme, actor, only_new=False)
    return theme.answer


def _settle(bulletin: Bulletin, theme: Theme, actor: Actor, *, only_new: bool) -> None:
    """The questions of the theme have its answer from now on; the KIM they came through are told by this entry."""
    stages = (Turn.PASSED,) if only_new else QUESTION_WORKFLOW["answer"].sources
    now = clock.now()
    asked = Question.objects.filter(theme=theme, stage__in=stages)
    number = asked.update(stage=QUESTION_WORKFLOW["answer"].to, answer_id=theme.answer_id, settled_at=now)
    record(
        "question.answered", bulletin, actor, theme=str(theme.id), question=theme.question, number=number,
        answer=str(theme.answer_id), at=now.isoformat(),
    )  # fmt: skip


def forget_old_questions(limit: int = AT_ONCE) -> int:
    """What was closed goes after thirty days, what was answered after a year; themes and their answers stay."""
    now = clock.now()
    closed = Question.objects.filter(stage=Turn.CLOSED, settled_at__lt=now - CLOSED_FOR)
    answered = Question.objects.filter(stage=Turn.ANSWERED, settled_at__lt=now - ANSWERED_FOR)
    ids = [*closed.values_list("id", flat=True)[:limit], *answered.values_list("id", flat=True)[:limit]]
    Answer.objects.filter(theme=None, questions__in=ids).delete()
    gone, _ = Question.objects.filter(id__in=ids).delete()
    return gone
