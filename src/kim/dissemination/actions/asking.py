"""A reader asks about a packet; the KIM of the village answers, passes it up, or closes it."""

import hashlib
import secrets
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from kim.accounts.actor import ANONYMOUS, Actor
from kim.dissemination import policies
from kim.dissemination.models import Answer, Assignment, Bulletin, Closing, Question
from kim.dissemination.workflow import QUESTION_WORKFLOW, Stage, Turn
from kim.kernel import clock, codes
from kim.kernel.codes import Level
from kim.kernel.ids import new_id
from kim.kernel.results import NotAllowed, demand
from kim.ledger import actions as ledger
from kim.registry.models import Kim
from kim.registry.models import Stage as KimStage

SECRET_BYTES = (
    16  # 128 bits by chance: at a million tries a second, nobody finds one of a million tickets before the sun is old
)


def ticket_of(secret: str) -> str:
    """What is kept of a secret. It is long and made by chance, so a plain digest is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def ask(
    question_id: UUID, bulletin_id: UUID, *, region_code: str, text: str, name: str = "", is_crowded: bool = False
) -> str:
    """Keep a question and return the secret of its page, which is told this once. The ledger learns nobody's name or words.

    By an id made on the page: a second arrival is refused, so that who knows an id does not get its secret.
    """
    bulletin = _open_for_questions(bulletin_id)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    kim = _kim_for(bulletin, region_code)
    stage = Turn.WAITING if kim or not _is_near(bulletin) else Turn.PASSED
    is_first = not is_crowded and _is_first(bulletin, kim, region_code, stage)
    asked = {
        "bulletin": bulletin, "region_id": region_code, "kim": kim, "text": text, "name": name, "stage": stage,
        "is_crowded": is_crowded, "ticket": ticket_of(secret), "passed_at": clock.now() if stage == Turn.PASSED else None,
    }  # fmt: skip
    question, is_new = Question.objects.get_or_create(id=question_id, defaults=asked)
    if not is_new:
        raise NotAllowed("Pertanyaan ini sudah terkirim. Jawabannya ada di tautan yang Anda simpan.")
    _record("question.asked", question, ANONYMOUS, is_first=is_first, stage=stage)
    return secret


def _open_for_questions(bulletin_id: UUID) -> Bulletin:
    bulletin = Bulletin.objects.select_related("region").get(id=bulletin_id)
    if bulletin.stage != Stage.ISSUED:
        raise NotAllowed("Info ini sudah ditarik, jadi tidak bisa ditanyakan lagi.")
    return bulletin


def _kim_for(bulletin: Bulletin, village: str) -> Kim | None:
    """The KIM of that village that got the packet, else the one registered there first; none where there is none."""
    copy = Assignment.objects.filter(bulletin=bulletin, region_id=village).select_related("kim").order_by("id").first()
    if copy is not None and copy.kim.stage == KimStage.REGISTERED:
        return copy.kim
    return Kim.objects.filter(region_id=village, stage=KimStage.REGISTERED).order_by("registered_at", "id").first()


def _is_first(bulletin: Bulletin, kim: Kim | None, village: str, stage: str) -> bool:
    """Nothing waits there yet: a desk is told once that something is there, not once for each."""
    waiting = Question.objects.filter(stage=stage)
    if stage == Turn.PASSED:
        return not waiting.filter(bulletin=bulletin).exists()
    return not waiting.filter(kim=kim, regency_code=codes.regency(village)).exists()


def _is_near(bulletin: Bulletin) -> bool:
    """A packet of a regency or a village: nobody stands between its office and a village without a KIM."""
    return codes.level(bulletin.region_id).depth >= Level.REGENCY.depth


@transaction.atomic
def pass_up(question_id: UUID, *, actor: Actor) -> Question:
    """Teruskan: the issuing office is to answer it, and everybody who asks the same."""
    question = _locked(question_id)
    demand(policies.can_pass_up(actor, question))
    question.stage = QUESTION_WORKFLOW.after("pass_up", question.stage)
    is_first = _is_first(question.bulletin, None, question.region_id, Turn.PASSED)
    question.passed_at, question.settled_at, question.closing, question.note = clock.now(), None, "", ""
    question.save()
    _record("question.passed", question, actor, is_first=is_first)
    return question


@transaction.atomic
def reply(question_id: UUID, *, text: str, actor: Actor) -> Answer:
    """The KIM knows the answer from the packet itself: whoever asked reads it, labelled with who says so."""
    question = _locked(question_id)
    demand(policies.can_reply(actor, question))
    question.stage, question.settled_at = QUESTION_WORKFLOW.after("reply", question.stage), clock.now()
    said_by = (
        question.kim.name if question.kim and actor.in_kim(question.kim.id) else actor.hat.label if actor.hat else ""
    )
    question.answer = Answer.objects.create(
        id=new_id(), bulletin=question.bulletin, said_by=said_by[:160], text=text.strip(), by_id=actor.person_id
    )
    question.save()
    _record("question.replied", question, actor)
    return question.answer


@transaction.atomic
def close(question_id: UUID, *, reason: str, note: str = "", actor: Actor) -> Question:
    """No answer, and why; whoever asked reads the reason."""
    question = _locked(question_id)
    demand(policies.can_close(actor, question))
    question.stage, question.settled_at = QUESTION_WORKFLOW.after("close", question.stage), clock.now()
    question.closing, question.note = Closing(reason), note.strip()[:300]
    question.save()
    _record("question.closed", question, actor, reason=reason)
    return question


@transaction.atomic
def close_many(question_ids: Iterable[UUID], *, reason: str, note: str = "", actor: Actor) -> int:
    """The same for several at once, all or none: what one sender sent a hundred times is closed with one tap."""
    return len([close(one, reason=reason, note=note, actor=actor) for one in sorted(set(question_ids))])


def _locked(question_id: UUID) -> Question:
    rows = Question.objects.select_for_update(of=("self",)).select_related("bulletin", "kim", "region")
    return rows.get(id=question_id)


def _record(verb: str, question: Question, actor: Actor, **data: object) -> None:
    known = {"bulletin": str(question.bulletin_id), "title": question.bulletin.title}
    ledger.record(verb, question.key, actor=actor, region=question.region_id, kim_id=question.kim_id, **(known | data))
