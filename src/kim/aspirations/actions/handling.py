"""A desk works on an aspiration: takes it, tells how far it is, asks back, hands over, answers, merges, sets aside."""

from collections.abc import Sequence
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F

from kim.accounts.actor import Actor
from kim.accounts.models import Agency
from kim.aspirations import policies
from kim.aspirations.actions.base import (
    end_of_clock,
    first_follow_up,
    hand_to,
    is_late,
    leave_desk,
    locked,
    nobodys_turn,
    open_stay,
    record,
    resume_clock,
    turn_to_desk,
    turn_to_reporter,
)
from kim.aspirations.models import OUTCOMES, Answer, Aspiration, Attachment, InformationRequest, Outcome
from kim.aspirations.policies import Desk
from kim.aspirations.workflow import WORKFLOW, Ending, Kind, Stage
from kim.kernel import clock, codes
from kim.kernel.codes import Level
from kim.kernel.personal import TAKEN_AWAY, only_takes_away, traces, traces_of_children
from kim.kernel.results import NotAllowed, demand
from kim.media import actions as media
from kim.media.models import Purpose

MOST_PHOTOS = 4
NOT_AN_EDIT = (
    f"Kata-kata pelapor tidak diubah. Ganti nama atau nomor dengan {TAKEN_AWAY}; selain itu biarkan apa adanya."
)


@transaction.atomic
def accept(aspiration_id: UUID, *, is_supervision: bool = False, actor: Actor) -> Aspiration:
    """The desk takes it: from now the days of a first follow-up run. An office may say that it needs an inspection."""
    aspiration = locked(aspiration_id)
    demand(policies.can_accept(actor, aspiration))
    aspiration.stage = WORKFLOW.after("accept", aspiration.stage)
    may_inspect = codes.level(aspiration.holder_code) not in (Level.VILLAGE, Level.DISTRICT)
    aspiration.is_supervision = is_supervision and may_inspect and aspiration.kind == Kind.COMPLAINT
    stay, now = open_stay(aspiration), clock.now()
    stay.is_late, stay.accepted_at = is_late(stay, now), now
    stay.due_at = min(first_follow_up(aspiration, now), end_of_clock(aspiration, now))
    stay.save()
    turn_to_desk(aspiration, stay.due_at)
    aspiration.save()
    record("aspiration.accepted", aspiration, actor)
    return aspiration


@transaction.atomic
def follow_up(aspiration_id: UUID, *, text: str, actor: Actor) -> Aspiration:
    """The reporter hears how far it is; from then on the clock of the kind runs to its end."""
    aspiration = locked(aspiration_id)
    demand(policies.can_follow_up(actor, aspiration))
    aspiration.stage = WORKFLOW.after("follow_up", aspiration.stage)
    _say(aspiration, text, Outcome.PROGRESS, actor)
    _run_to_the_end(aspiration)
    record("aspiration.followed_up", aspiration, actor)
    return aspiration


@transaction.atomic
def extend(aspiration_id: UUID, *, reason: str, actor: Actor) -> Aspiration:
    """Seven working days more for a request for information, once, with the reason told to whoever asked."""
    aspiration = locked(aspiration_id)
    demand(policies.can_extend(actor, aspiration))
    aspiration.stage = WORKFLOW.after("extend", aspiration.stage)
    aspiration.is_extended = True
    _say(aspiration, reason, Outcome.PROGRESS, actor)
    _run_to_the_end(aspiration)
    entry = InformationRequest.objects.filter(aspiration=aspiration, decision="")
    entry.update(due_at=aspiration.due_at, extended_at=clock.now(), extension_reason=reason.strip()[:300])
    record("aspiration.extended", aspiration, actor)
    return aspiration


def _run_to_the_end(aspiration: Aspiration) -> None:
    stay = open_stay(aspiration)
    stay.is_late = is_late(stay, clock.now())
    stay.due_at = end_of_clock(aspiration, stay.accepted_at or stay.since)
    stay.save()
    turn_to_desk(aspiration, stay.due_at)
    aspiration.save()


@transaction.atomic
def escalate(aspiration_id: UUID, *, to: Desk, reason: str, actor: Actor) -> Aspiration:
    """It goes to another desk of its village's chain, with the reason; that desk's clock begins."""
    aspiration = locked(aspiration_id)
    demand(policies.can_escalate(actor, aspiration))
    aspiration.stage = WORKFLOW.after("escalate", aspiration.stage)
    verdict = policies.can_go(aspiration.region_id, policies.desk_of(aspiration), to)
    if not verdict:
        raise NotAllowed(verdict.reason)
    if not reason.strip():
        raise NotAllowed("Tulis alasannya, supaya penerima dan pelapor tahu mengapa diteruskan.")
    hand_to(aspiration, to.code, _agency(to), start=clock.now(), reason=reason)
    record("aspiration.escalated", aspiration, actor)
    return aspiration


def _agency(desk: Desk) -> Agency | None:
    if desk.agency_id is None:
        return None
    agency = Agency.objects.filter(id=desk.agency_id, region_id=desk.code, is_open=True).first()
    if agency is None:
        raise NotAllowed("Kantor itu sudah tidak menerima aspirasi baru. Pilih yang lain.")
    return agency


@transaction.atomic
def ask_back(aspiration_id: UUID, *, text: str, actor: Actor) -> Aspiration:
    """A question to the reporter; the office's clock stands still until the reply."""
    aspiration = locked(aspiration_id)
    demand(policies.can_ask_back(actor, aspiration))
    aspiration.stage = WORKFLOW.after("ask_back", aspiration.stage)
    _say(aspiration, text, "", actor)
    stay = open_stay(aspiration)
    stay.is_late = is_late(stay, clock.now())
    stay.save()
    turn_to_reporter(aspiration)
    aspiration.save()
    record("aspiration.asked_back", aspiration, actor)
    return aspiration


@transaction.atomic
def answer(
    aspiration_id: UUID,
    *,
    text: str,
    outcome: str,
    is_public: bool = False,
    photos: Sequence[UploadedFile] = (),
    actor: Actor,
) -> Aspiration:
    """The answer, with how it ended; the reporter says whether it is settled, or stays silent and lets it close.

    Raises BadFile for a photo that cannot be taken.
    """
    aspiration = locked(aspiration_id)
    demand(policies.can_answer(actor, aspiration))
    if outcome not in OUTCOMES:
        raise NotAllowed("Pilih dulu bagaimana hasilnya.")
    if aspiration.stage == Stage.ASKED:
        resume_clock(aspiration)
    aspiration.stage = WORKFLOW.after("answer", aspiration.stage)
    if not is_public and aspiration.merged.exists():
        raise NotAllowed(policies.FOR_ALL_WHO_JOINED)
    said = _say(aspiration, text, outcome, actor, is_public=is_public)
    _keep_photos(aspiration, said, photos, actor)
    leave_desk(aspiration, Ending.ANSWERED)
    aspiration.answered_at = said.at
    turn_to_reporter(aspiration)
    aspiration.save()
    record("aspiration.answered", aspiration, actor, outcome=outcome)
    return aspiration


def _say(aspiration: Aspiration, text: str, outcome: str, actor: Actor, *, is_public: bool = False) -> Answer:
    """What the office says, kept. What everybody may read holds no personal data, and never answers a confidential one."""
    if not text.strip():
        raise NotAllowed("Tulis dulu isinya.")
    if is_public and aspiration.is_confidential:
        raise NotAllowed(policies.CONFIDENTIAL)
    if is_public:
        _demand_no_traces(text)
    return Answer.objects.create(
        aspiration=aspiration, holder_code=aspiration.holder_code, agency=aspiration.holder_agency,
        by_id=actor.person_id, text=text.strip()[:4000], outcome=outcome, is_public=is_public,
    )  # fmt: skip


def _demand_no_traces(text: str) -> None:
    found = [*traces(text), *traces_of_children(text)]
    if found:
        raise NotAllowed(f"Masih ada data pribadi ({found[0].name.lower()}: {found[0].shown}). Hapus dulu.")


def _keep_photos(aspiration: Aspiration, said: Answer, photos: Sequence[UploadedFile], actor: Actor) -> None:
    """Private until the answer can be read by everybody; they carry no region, so no office above finds them."""
    for photo in list(photos)[:MOST_PHOTOS]:
        upload = media.store(photo, purpose=Purpose.PHOTO, actor=actor, is_demo=aspiration.is_demo)
        Attachment.objects.create(aspiration=aspiration, answer=said, upload=upload)
    _show_photos(aspiration)


def _show_photos(aspiration: Aspiration) -> None:
    """The photos of public answers are public while the aspiration is."""
    shown = Attachment.objects.filter(aspiration=aspiration, answer__is_public=True)
    media.open_to_public(list(shown.values_list("upload_id", flat=True)), is_public=aspiration.is_public)


@transaction.atomic
def merge(aspiration_id: UUID, *, into: UUID, actor: Actor) -> Aspiration:
    """It goes on as another one: whoever stood behind this one stands behind that, and its reporter follows it."""
    first, second = sorted((aspiration_id, into))
    both = {one.id: one for one in (locked(first), locked(second))}
    aspiration, target = both[aspiration_id], both[into]
    demand(policies.can_read(actor, target))
    verdict = policies.can_merge(actor, aspiration, target)
    if not verdict:
        raise NotAllowed(verdict.reason)
    aspiration.stage = WORKFLOW.after("merge", aspiration.stage)
    leave_desk(aspiration, Ending.MERGED)
    aspiration.merged_into, aspiration.closed_at, aspiration.is_public = target, clock.now(), False
    nobodys_turn(aspiration)
    aspiration.save()
    Aspiration.objects.filter(merged_into=aspiration).update(merged_into=target)
    Aspiration.objects.filter(id=target.id).update(supporters=F("supporters") + 1 + aspiration.supporters)
    record("aspiration.merged", aspiration, actor, into=target.number)
    return aspiration


@transaction.atomic
def dismiss(aspiration_id: UUID, *, reason: str, actor: Actor) -> Aspiration:
    """It is not taken up, and the reporter reads why."""
    aspiration = locked(aspiration_id)
    demand(policies.can_dismiss(actor, aspiration))
    aspiration.stage = WORKFLOW.after("dismiss", aspiration.stage)
    _say(aspiration, reason, Outcome.DISMISSED, actor)
    leave_desk(aspiration, Ending.DISMISSED)
    aspiration.is_public, aspiration.closed_at = False, clock.now()
    nobodys_turn(aspiration)
    aspiration.save()
    record("aspiration.dismissed", aspiration, actor)
    return aspiration


@transaction.atomic
def publish(aspiration_id: UUID, *, public_text: str, actor: Actor) -> Aspiration:
    """Everybody may read it: in the reporter's own words, from which personal data were taken away and nothing else."""
    aspiration = locked(aspiration_id)
    demand(policies.can_publish(actor, aspiration))
    if not public_text.strip():
        raise NotAllowed("Isinya masih kosong.")
    _demand_no_traces(public_text)
    if not only_takes_away(aspiration.text, public_text):
        raise NotAllowed(NOT_AN_EDIT)
    aspiration.public_text, aspiration.is_public = public_text.strip(), True
    aspiration.save()
    _show_photos(aspiration)
    record("aspiration.published", aspiration, actor)
    return aspiration


@transaction.atomic
def hide(aspiration_id: UUID, *, actor: Actor) -> Aspiration:
    """The public reads it no longer."""
    aspiration = locked(aspiration_id)
    demand(policies.can_hide(actor, aspiration))
    return _hide(aspiration, actor)


@transaction.atomic
def take_down(aspiration_id: UUID, *, actor: Actor) -> Aspiration:
    """An office above the village hides what was reported; the words stay with the desk that holds them."""
    aspiration = locked(aspiration_id)
    demand(policies.can_take_down(actor, aspiration))
    return _hide(aspiration, actor)


def _hide(aspiration: Aspiration, actor: Actor) -> Aspiration:
    aspiration.is_public = False
    aspiration.save()
    _show_photos(aspiration)
    record("aspiration.hidden", aspiration, actor)
    return aspiration
