"""What the reporter does with an answer or a question back; what a neighbour adds; and taking one's words back."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from kim.accounts.actor import ANONYMOUS, SYSTEM, Actor
from kim.aspirations import policies
from kim.aspirations.actions.base import (
    first_follow_up,
    hand_to,
    leave_desk,
    locked,
    nobodys_turn,
    record,
    resume_clock,
    turn_to_desk,
)
from kim.aspirations.actions.reaching import forget_messages
from kim.aspirations.actions.submitting import author_of
from kim.aspirations.models import Aspiration, Attachment, InformationRequest, Objection, Reply, Support
from kim.aspirations.workflow import WORKFLOW, Ending, Stage
from kim.kernel import clock
from kim.kernel.results import NotAllowed, demand
from kim.media import actions as media

FOUR_WEEKS, FIVE_YEARS = timedelta(weeks=4), timedelta(days=5 * 365 + 1)
AGAIN = "Dibuka lagi oleh pelapor: belum beres."
RATINGS = (1, 2, 3)
Rule = Callable[[Actor, Aspiration, str], policies.Verdict]


@transaction.atomic
def supply(aspiration_id: UUID, reply_id: UUID, *, text: str, secret: str = "", actor: Actor = ANONYMOUS) -> Aspiration:
    """The reporter answers a question back: the desk that asked has it again, with the days that were left."""
    aspiration, is_new = _reply_to(aspiration_id, reply_id, policies.can_supply, secret, actor)
    if is_new:
        aspiration.stage = WORKFLOW.after("supply", aspiration.stage)
        resume_clock(aspiration)
        _say(aspiration, reply_id, text, is_by_hand=not policies.can_follow(actor, aspiration, secret))
        record("aspiration.supplied", aspiration, author_of(aspiration, actor))
    return aspiration


@transaction.atomic
def reopen(aspiration_id: UUID, reply_id: UUID, *, text: str, secret: str = "", actor: Actor = ANONYMOUS) -> Aspiration:
    """*Belum*: it goes back to the office that answered, which has the days of a first follow-up. The reason is kept."""
    aspiration, is_new = _reply_to(aspiration_id, reply_id, policies.can_reopen, secret, actor)
    if is_new:
        now, stage = clock.now(), WORKFLOW.after("reopen", aspiration.stage)
        aspiration.stage, aspiration.reopened, aspiration.closed_at = stage, aspiration.reopened + 1, None
        aspiration.satisfaction = aspiration.stayed_fixed = aspiration.asked_again_at = None
        stay = hand_to(aspiration, aspiration.holder_code, aspiration.holder_agency, start=now, reason=AGAIN)
        stay.accepted_at, stay.due_at = now, first_follow_up(aspiration, now)
        stay.save()
        turn_to_desk(aspiration, stay.due_at)
        _say(aspiration, reply_id, text, is_by_hand=not policies.can_follow(actor, aspiration, secret))
        record("aspiration.reopened", aspiration, author_of(aspiration, actor), times=aspiration.reopened)
    return aspiration


def _reply_to(aspiration_id: UUID, reply_id: UUID, rule: Rule, secret: str, actor: Actor) -> tuple[Aspiration, bool]:
    """The aspiration of a reply, and whether this reply is a new one: sent twice, it is the same."""
    aspiration = locked(aspiration_id)
    demand(rule(actor, aspiration, secret))
    return aspiration, not Reply.objects.filter(id=reply_id, aspiration=aspiration).exists()


def _say(aspiration: Aspiration, reply_id: UUID, text: str, *, is_by_hand: bool) -> None:
    Reply.objects.create(id=reply_id, aspiration=aspiration, text=text.strip()[:2000], is_by_hand=is_by_hand)
    aspiration.save()


@transaction.atomic
def close(
    aspiration_id: UUID, *, satisfaction: int | None = None, secret: str = "", actor: Actor = ANONYMOUS
) -> Aspiration:
    """*Sudah beres*, in one tap with how content the reporter is (1 to 3). Said twice, the last word counts."""
    aspiration = locked(aspiration_id)
    demand(policies.can_close(actor, aspiration, secret))
    if aspiration.stage == Stage.CLOSED and satisfaction is not None:
        return _rated(aspiration, satisfaction, actor)
    aspiration.stage = WORKFLOW.after("close", aspiration.stage)
    aspiration.closed_at, aspiration.satisfaction = clock.now(), _rating(satisfaction)
    nobodys_turn(aspiration)
    aspiration.save()
    record("aspiration.closed", aspiration, author_of(aspiration, actor), satisfaction=satisfaction)
    return aspiration


@transaction.atomic
def rate(aspiration_id: UUID, *, satisfaction: int, secret: str = "", actor: Actor = ANONYMOUS) -> Aspiration:
    """How content the reporter is with what is closed already, by whomever."""
    aspiration = locked(aspiration_id)
    demand(policies.can_rate(actor, aspiration, secret))
    if aspiration.stage != Stage.CLOSED:
        raise NotAllowed("Aspirasi ini belum selesai.")
    return _rated(aspiration, satisfaction, actor)


def _rated(aspiration: Aspiration, satisfaction: int, actor: Actor) -> Aspiration:
    if aspiration.satisfaction == _rating(satisfaction):
        return aspiration
    aspiration.satisfaction = satisfaction
    aspiration.save()
    record("aspiration.rated", aspiration, author_of(aspiration, actor), satisfaction=satisfaction)
    return aspiration


def _rating(satisfaction: int | None) -> int | None:
    if satisfaction is not None and satisfaction not in RATINGS:
        raise NotAllowed("Pilih salah satu: puas, cukup, atau kurang.")
    return satisfaction


def ask_again(*, limit: int = 500) -> int:
    """Four weeks after it was closed: is it still fixed? Stands on the tracking page from now; returns how many."""
    due = Aspiration.objects.filter(
        stage=Stage.CLOSED, asked_again_at=None, erased_at=None, closed_at__lt=clock.now() - FOUR_WEEKS
    ).order_by("closed_at")
    return sum(_ask_again(aspiration_id) for aspiration_id in list(due.values_list("id", flat=True)[:limit]))


@transaction.atomic
def _ask_again(aspiration_id: UUID) -> bool:
    aspiration = locked(aspiration_id)
    if aspiration.stage != Stage.CLOSED or aspiration.asked_again_at is not None:
        return False
    aspiration.asked_again_at = clock.now()
    aspiration.save()
    record("aspiration.asked_again", aspiration, SYSTEM)
    return True


@transaction.atomic
def stay(aspiration_id: UUID, *, secret: str = "", actor: Actor = ANONYMOUS) -> Aspiration:
    """Still fixed, says the reporter. (*Tidak* is `reopen`.)"""
    aspiration = locked(aspiration_id)
    demand(policies.can_stay(actor, aspiration, secret))
    if aspiration.stage != Stage.CLOSED or aspiration.asked_again_at is None:
        raise NotAllowed("Pertanyaan ini sudah tidak berlaku.")
    if not aspiration.stayed_fixed:
        aspiration.stayed_fixed = True
        aspiration.save()
        record("aspiration.stayed", aspiration, author_of(aspiration, actor))
    return aspiration


@transaction.atomic
def renew(aspiration_id: UUID, *, secret: str, actor: Actor) -> Aspiration:
    """A lost slip: from now on this code opens it, and no longer the one before. The same code again changes nothing.

    It stands in the way of the voice for everybody, and a phone that is told of it is told of this too."""
    aspiration = locked(aspiration_id)
    demand(policies.can_renew(actor, aspiration))
    if aspiration.is_erased:
        raise NotAllowed("Tulisannya sudah dihapus pelapor.")
    if aspiration.secret != policies.hashed(secret):
        aspiration.secret, aspiration.code_renewed_at = policies.hashed(secret), clock.now()
        aspiration.save(update_fields=["secret", "code_renewed_at"])
        record("aspiration.code_renewed", aspiration, actor)
    return aspiration


@transaction.atomic
def support(number: str, *, token: str) -> Aspiration:
    """*Saya juga*, once per token. Which token it was can be told neither from the row nor from another aspiration's."""
    aspiration = locked(Aspiration.objects.values_list("id", flat=True).get(number=number))
    demand(policies.can_support(aspiration))
    hidden = salted_hmac(f"kim.aspirations.support.{aspiration.id}", token, algorithm="sha256").hexdigest()
    _, is_new = Support.objects.get_or_create(aspiration=aspiration, token=hidden)
    if is_new:
        Aspiration.objects.filter(id=aspiration.id).update(supporters=F("supporters") + 1)
        aspiration.supporters += 1
        record("aspiration.supported", aspiration, ANONYMOUS)
    return aspiration


@transaction.atomic
def erase(aspiration_id: UUID, *, secret: str = "", actor: Actor = ANONYMOUS) -> Aspiration:
    """The reporter takes it back: words, name, number and files are gone for everybody, and nobody works on it any more.

    The ticket, where it lay and when stay, so that figures stay true. What offices wrote stays theirs, but private.
    """
    aspiration = locked(aspiration_id)
    demand(policies.can_erase(actor, aspiration, secret))
    if aspiration.is_erased:
        return aspiration
    return _forgotten(aspiration, author_of(aspiration, actor))


def forget_old(*, limit: int = 500) -> int:
    """What was told five years ago is taken back by itself, answered or not; returns how many.

    What it says in the registers goes only now: those stay by law also where the reporter took the words back before.
    """
    since = clock.now() - FIVE_YEARS
    InformationRequest.objects.filter(aspiration__received_at__lt=since).exclude(purpose="").update(purpose="")
    Objection.objects.filter(request__aspiration__received_at__lt=since).exclude(text="").update(text="")
    old = Aspiration.objects.filter(erased_at=None, received_at__lt=since).order_by("received_at")
    return sum(_forget_old(aspiration_id) for aspiration_id in list(old.values_list("id", flat=True)[:limit]))


@transaction.atomic
def _forget_old(aspiration_id: UUID) -> bool:
    aspiration = locked(aspiration_id)
    return not aspiration.is_erased and _forgotten(aspiration, SYSTEM).is_erased


def _forgotten(aspiration: Aspiration, author: Actor) -> Aspiration:
    if aspiration.is_open:
        leave_desk(aspiration, Ending.WITHDRAWN)
        aspiration.stage, aspiration.closed_at = WORKFLOW.after("erase", aspiration.stage), clock.now()
        nobodys_turn(aspiration)
    _forget_words(aspiration)
    record("aspiration.erased", aspiration, author)
    return aspiration


def _forget_words(aspiration: Aspiration) -> None:
    for name in ("text", "public_text", "place", "reporter_name", "reporter_phone", "theme"):
        setattr(aspiration, name, "")
    aspiration.happened_on = aspiration.reporter = None
    aspiration.is_public, aspiration.erased_at = False, clock.now()
    aspiration.save()
    forget_messages(aspiration.id)
    aspiration.replies.all().delete()
    aspiration.answers.update(is_public=False)
    brought = Attachment.objects.filter(aspiration=aspiration, answer=None)
    media.remove(list(brought.values_list("upload_id", flat=True)))
