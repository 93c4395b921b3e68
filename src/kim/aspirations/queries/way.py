"""The way of a voice, step by step: what everybody may read of it, and what only the reporter does."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from kim.accounts.models import Agency
from kim.aspirations.models import OUTCOMES, Answer, Aspiration, Attachment, Handling, Outcome
from kim.aspirations.queries.following import permit
from kim.aspirations.workflow import Stage
from kim.kernel import clock, codes
from kim.kernel.codes import Level
from kim.media.models import Purpose
from kim.regions.models import Region

LATER = timedelta(hours=1)
BY_HAND = "Anggota KIM menambahkan untuk pelapor"
# How a stage looks: what it is called for the one who waits, its tone and icon.
SHOWN: dict[str, tuple[str, str]] = {
    Stage.SUBMITTED: ("wait", "clock"),
    Stage.ESCALATED: ("wait", "clock"),
    Stage.HANDLED: ("wait", "clock"),
    Stage.ASKED: ("alert", "question"),
    Stage.ANSWERED: ("done", "chat"),
    Stage.CLOSED: ("done", "done"),
    Stage.MERGED: ("", "swap"),
    Stage.DISMISSED: ("", "pause"),
}


@dataclass(frozen=True, slots=True)
class File:
    """A picture or a voice note on a page."""

    url: str
    is_voice: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened, or is happening: `state` is past, late or now."""

    at: datetime
    title: str
    icon: str = "check"
    text: str = ""
    state: str = "past"
    due_on: datetime | None = None
    note: str = ""
    files: list[File] = field(default_factory=list)


def day_of(due_at: datetime | None) -> datetime | None:
    """The last moment of the day by which it is due: the clocks end at the midnight after it."""
    return due_at - timedelta(seconds=1) if due_at else None


def desk_words(code: str, agency: Agency | None, names: Mapping[str, Region]) -> str:
    """What people call the desk something lies on."""
    if agency is not None:
        return agency.name
    match codes.level(code):
        case Level.VILLAGE:
            return f"KIM dan kantor {names[code].title}"
        case Level.NATION:
            return "Kementerian"
    return f"Diskominfo {names[code].title}"


def desk_of(aspiration: Aspiration) -> str:
    """The desk it lies on now."""
    code = aspiration.holder_code
    names = {} if aspiration.holder_agency_id else _regions([code])
    return desk_words(code, aspiration.holder_agency, names)


def _regions(found: Iterable[str]) -> dict[str, Region]:
    return {region.code: region for region in Region.objects.filter(code__in=set(found))}


def way_of(aspiration: Aspiration, *, is_reporter: bool = False, is_hand: bool = False) -> list[Step]:
    """Oldest first. Reasons and private answers are for the reporter, and for the hand of one without a phone; what the
    reporter added with the own code is the reporter's alone."""
    stays = list(aspiration.handlings.select_related("agency"))
    names = _regions(stay.holder_code for stay in stays)
    steps = _begin(aspiration)
    steps += [_stay(stay, names, is_reporter) for stay in stays]
    steps += _answers(aspiration, is_reporter)
    if is_reporter:
        rows = aspiration.replies.filter(is_by_hand=True) if is_hand else aspiration.replies.all()
        steps += [
            Step(reply.at, BY_HAND if reply.is_by_hand else "Anda menambahkan", "pen", reply.text) for reply in rows
        ]
    if aspiration.code_renewed_at:
        steps.append(Step(aspiration.code_renewed_at, "Lembar baru dibuat anggota KIM yang mencatat", "key"))
    if aspiration.closed_at:
        steps.append(Step(aspiration.closed_at, aspiration.get_stage_display(), SHOWN[aspiration.stage][1]))
    return sorted(steps, key=lambda step: step.at)


def _begin(aspiration: Aspiration) -> list[Step]:
    """Written and sent; two steps where there was no signal in between."""
    written, received = aspiration.captured_at, aspiration.received_at
    if received - written < LATER:
        return [Step(written, "Dikirim", "send")]
    return [Step(written, "Ditulis", "pen"), Step(received, "Terkirim setelah ada sinyal", "send")]


def _stay(stay: Handling, names: Mapping[str, Region], is_reporter: bool) -> Step:
    desk, is_here = desk_words(stay.holder_code, stay.agency, names), stay.until is None
    is_late = stay.is_late or bool(is_here and stay.due_at and clock.now() > stay.due_at)
    note = "Lewat tenggat" if is_late else "" if is_here else "Tepat waktu"
    why = stay.reason if is_reporter else ""
    if stay.is_automatic:
        why = "Naik sendiri karena meja sebelumnya lewat tenggat."
    state = "late" if is_late else "now" if is_here else "past"
    return Step(stay.since, f"Di {desk}", "office", why, state, day_of(stay.due_at), note)


def _answers(aspiration: Aspiration, is_reporter: bool) -> list[Step]:
    rows = aspiration.answers.prefetch_related("attachments__upload")
    shown = [answer for answer in rows if answer.is_public or is_reporter]
    return [_answer(answer, is_reporter) for answer in shown]


def _answer(answer: Answer, is_reporter: bool) -> Step:
    said = Outcome(answer.outcome).label if answer.outcome else "Kantor bertanya kepada pelapor"
    title = f"Dijawab: {said}" if answer.outcome in OUTCOMES else said
    brought = [one for one in answer.attachments.all() if is_reporter or one.upload.is_public]
    return Step(answer.at, title, "chat", answer.text, files=[shown_file(one, is_reporter) for one in brought])


def brought(aspiration: Aspiration, *, is_reporter: bool) -> list[File]:
    """What came with it: everything for the reporter, for everybody what was let out."""
    rows = aspiration.attachments.filter(answer=None).select_related("upload")
    return [shown_file(one, is_reporter) for one in rows if is_reporter or one.upload.is_public]


def shown_file(attachment: Attachment, is_reporter: bool) -> File:
    link = f"/aspirasi/berkas/{attachment.id}/" + (f"?izin={permit(attachment)}" if is_reporter else "")
    return File(link, attachment.upload.purpose == Purpose.VOICE)


def merged_number(aspiration: Aspiration) -> str:
    """The number of the voice this one was joined to, where that one is not confidential."""
    target = aspiration.merged_into
    return target.number if target is not None and not target.is_confidential else ""


def known_ids(aspiration: Aspiration) -> list[UUID]:
    """Whose acts change the page of this voice: its own, and those of the one it was joined to."""
    return [one for one in (aspiration.id, aspiration.merged_into_id) if one]
