"""Who is told what of a voice and of what a village makes of it."""

from collections.abc import Callable, Iterable

from django.urls import reverse

from kim.accounts.models import OFFICES, Role
from kim.accounts.queries import people_in, people_with
from kim.inbox.actions import Note
from kim.kernel import codes
from kim.kernel.codes import Level
from kim.ledger.models import Entry


def _named(entry: Entry) -> list[Note]:
    """The village head, and the boards of the KIM whose member named it."""
    people = set(people_with(Role.VILLAGE, Role.BOARD, region_code=entry.region_code)) - {entry.person_id}
    text = f"{entry.person_name} mengusulkan kesulitan bersama: “{entry.data['title'][:120]}”."
    return [Note(person_id, text, reverse("aspirations:problem", args=[entry.subject_id])) for person_id in people]


def _talked_over(entry: Entry) -> list[Note]:
    people = set(people_in(entry.kim_id)) - {entry.person_id} if entry.kim_id else set()
    text = f"{entry.person_name} mengajak membahas kesulitan bersama: “{entry.data['title'][:120]}”."
    return [Note(person_id, text, reverse("aspirations:problem", args=[entry.subject_id])) for person_id in people]


def _objected(entry: Entry) -> list[Note]:
    """Whoever must reply: the village head, or the office of the body's area."""
    code = entry.data["holder"]
    roles = (Role.VILLAGE,) if codes.level(code) is Level.VILLAGE else OFFICES
    office = codes.regency(code) if codes.level(code) is Level.DISTRICT else code
    text = "Ada keberatan atas permohonan informasi. Tanggapi dalam 30 hari kerja."
    people = people_with(*roles, region_code=office)
    return [Note(person_id, text, reverse("aspirations:register_list")) for person_id in people]


NOTICES: dict[str, Callable[[Entry], Iterable[Note]]] = {
    "request.objected": _objected,
    "problem.named": _named,
    "problem.talked_over": _talked_over,
}

# What shows on the board or in the minutes by itself.
SILENT = {
    "aspiration.handed_over", "aspiration.submitted", "request.decided", "request.extended", "request.objection_replied",
    "request.registered", "meeting.held", "meeting.resolved", "problem.acted", "problem.dropped", "problem.settled",
}  # fmt: skip
