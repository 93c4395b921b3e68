"""Who is told what of a packet and of a KIM's copy of it."""

from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from kim.accounts.models import Role
from kim.accounts.queries import people_in, people_with
from kim.dissemination import queries
from kim.dissemination.policies import ISSUERS
from kim.inbox.actions import Note
from kim.inbox.workflow import Urgency
from kim.kernel import codes
from kim.ledger.models import Entry


def _title(entry: Entry) -> str:
    return f"“{entry.data['title'][:140]}”"


def _office_page(entry: Entry) -> str:
    return reverse("dissemination:bulletin", args=[entry.subject_id])


def _copy_page(entry: Entry) -> str:
    return reverse("dissemination:copy", args=[entry.subject_id])


def _colleagues(entry: Entry, text: str) -> list[Note]:
    people = set(people_with(*ISSUERS, region_code=entry.region_code)) - {entry.person_id}
    return [Note(person_id, text, _office_page(entry)) for person_id in people]


def _check_requested(entry: Entry) -> list[Note]:
    return _colleagues(entry, f"{entry.person_name} minta Anda memeriksa info darurat {_title(entry)}.")


def _given_back(entry: Entry) -> list[Note]:
    text = f"Info darurat {_title(entry)} dikembalikan: {entry.data['note'][:120]}"
    return [Note(UUID(entry.data["author"]), text, _office_page(entry))]


def _arrived(entry: Entry) -> list[Note]:
    """The boards of the KIM of one portion of the fan-out: of a new packet, a correction, or a withdrawal."""
    rows = queries.boards_of_portion(UUID(entry.subject_id), entry.region_code, entry.data)
    text, urgency = _news(entry), queries.ALOUD.get(entry.data["urgency"], Urgency.ORDINARY)
    return [Note(person, text, reverse("dissemination:copy", args=[copy_id]), urgency) for copy_id, person in rows]


def _news(entry: Entry) -> str:
    if entry.data["withdrawn"]:
        return f"Info {_title(entry)} ditarik. Jangan disebarkan lagi: {entry.data['withdrawn'][:100]}"
    if entry.data["version"] > 1:
        return f"Info {_title(entry)} dibetulkan: {entry.data['change'][:120]}"
    begin = "Darurat. " if entry.data["urgency"] == "emergency" else ""
    return f"{begin}Info dari {entry.data['agency'][:80]}: {_title(entry)}."


def _reminded(entry: Entry) -> list[Note]:
    """The boards of the KIM that have left it unopened; whoever opened it meanwhile hears nothing."""
    rows = queries.boards_to_remind(UUID(entry.subject_id), datetime.fromisoformat(entry.data["at"]))
    text = f"Belum dibuka: info {_title(entry)} dari {entry.data['agency'][:80]}. Mohon dibaca di menu Info."
    urgency = queries.ALOUD.get(entry.data["urgency"], Urgency.ORDINARY)
    return [Note(person, text, reverse("dissemination:copy", args=[copy_id]), urgency) for copy_id, person in rows]


def _informed(entry: Entry) -> list[Note]:
    """The board of a KIM that was registered after these packets went out."""
    text = f"{len(entry.data['bulletins'])} info pemerintah yang masih berlaku menunggu KIM Anda."
    urgency, page = queries.ALOUD.get(entry.data["urgency"], Urgency.ORDINARY), reverse("dissemination:inbox")
    return [Note(person, text, page, urgency) for person in people_in(entry.kim_id, *queries.BOARDS)]


def _discussed(entry: Entry) -> list[Note]:
    text = f"{entry.person_name} mengajak membahas info {_title(entry)}. Setuju disebarkan?"
    people = set(people_in(entry.kim_id)) - {entry.person_id}
    return [Note(person_id, text, _copy_page(entry)) for person_id in people]


def _accepted(entry: Entry) -> list[Note]:
    people = set(people_in(entry.kim_id, Role.BOARD, Role.EDITOR)) - {entry.person_id}
    return [Note(person_id, f"Info {_title(entry)} diputuskan: sebarkan.", _copy_page(entry)) for person_id in people]


def _asked(entry: Entry) -> list[Note]:
    """The first question that waits there: the KIM, or the office where there is none between."""
    if not entry.data["is_first"]:
        return []
    if entry.data["stage"] == "passed":
        return _to_office(entry)
    text, page = f"Ada pertanyaan warga tentang info {_title(entry)}.", reverse("dissemination:questions")
    if entry.kim_id:
        return [Note(person_id, text, page) for person_id in set(people_in(entry.kim_id, Role.BOARD, Role.EDITOR))]
    coach = people_with(Role.REGENCY, region_code=codes.regency(entry.region_code))
    return [Note(person_id, text, reverse("dissemination:coach_questions")) for person_id in set(coach)]


def _passed(entry: Entry) -> list[Note]:
    return _to_office(entry) if entry.data["is_first"] else []


def _to_office(entry: Entry) -> list[Note]:
    """Whoever issued the packet: a question has come that nobody below could answer."""
    text = f"Ada pertanyaan warga yang menunggu jawaban Anda tentang info {_title(entry)}."
    page = reverse("dissemination:themes", args=[entry.data["bulletin"]])
    people = people_with(*ISSUERS, region_code=queries.office_of(UUID(entry.data["bulletin"])))
    return [Note(person_id, text, page) for person_id in set(people)]


def _answered(entry: Entry) -> list[Note]:
    """The boards of the KIM it came through: they may tell it to whoever stands before them."""
    text = f"Sudah dijawab kantor pengirim: {entry.data['question'][:160]}"
    rows = queries.boards_of_answer(UUID(entry.data["answer"]), datetime.fromisoformat(entry.data["at"]))
    return [Note(person_id, text, f"{reverse('dissemination:questions')}?tahap=selesai") for person_id in rows]


NOTICES: dict[str, Callable[[Entry], Iterable[Note]]] = {
    "bulletin.check_requested": _check_requested,
    "bulletin.given_back": _given_back,
    "bulletin.arrived": _arrived,
    "bulletin.reminded": _reminded,
    "kim.informed": _informed,
    "assignment.discussed": _discussed,
    "assignment.accepted": _accepted,
    "question.asked": _asked,
    "question.passed": _passed,
    "question.answered": _answered,
}

# One's own typing, and what shows on the page of the packet or of its reach by itself.
SILENT = {
    "assignment.checked_back", "assignment.declined", "assignment.opened", "assignment.postponed", "assignment.reread",
    "assignment.retold",
    "assignment.spread", "bulletin.attached", "bulletin.corrected", "bulletin.detached",
    "bulletin.edited", "bulletin.issued", "bulletin.note_removed", "bulletin.noted",
    "bulletin.passed_on", "bulletin.scheduled", "bulletin.started", "bulletin.unscheduled", "bulletin.withdrawn", "regulation.registered",
    "question.closed", "question.grouped", "question.replied",
}  # fmt: skip
