"""Who is told what of an aspiration: desks, and the reporter inside.

A notice never holds the words; of a confidential one not even what it is about."""

from collections.abc import Callable, Iterable
from uuid import UUID

from django.urls import reverse

from kim.accounts.models import OFFICES, Role
from kim.accounts.queries import people_with
from kim.aspirations import queries
from kim.aspirations.models import Category
from kim.aspirations.policies import Desk
from kim.aspirations.workflow import Kind
from kim.inbox.actions import Note
from kim.inbox.workflow import Urgency
from kim.kernel import codes, ticket
from kim.kernel.codes import Level
from kim.ledger.models import Entry

Told = Callable[[Entry], Iterable[Note]]


def _called(entry: Entry) -> str:
    """ "Pengaduan 4417-902-518 (jalan dan jembatan)"; of a confidential one the number alone."""
    number = ticket.shown(entry.data["number"])
    if entry.data.get("is_confidential"):
        return f"Aspirasi rahasia {number}"
    return f"{Kind(entry.data['kind']).label} {number} ({Category(entry.data['category']).label.lower()})"


def _holder(entry: Entry) -> Desk:
    return _desk(entry.data["holder"], entry.data["agency"])


def _desk(code: str, agency: str) -> Desk:
    return Desk(code, UUID(agency) if agency else None)


def _notes(entry: Entry, desks: Iterable[Desk], text: str, urgency: str = Urgency.ORDINARY) -> list[Note]:
    """To everybody of these desks but the one who did it, each once."""
    found: dict[UUID, Note] = {}
    for desk in desks:
        for person in queries.people_at(desk, is_confidential=entry.data.get("is_confidential", False)):
            found.setdefault(person, Note(person, text, _page(desk, entry), urgency))
    found.pop(entry.person_id, None)
    return list(found.values())


def _page(desk: Desk, entry: Entry) -> str:
    side = "village" if codes.level(desk.code) is Level.VILLAGE else "office"
    return reverse(f"aspirations:{side}_one", args=[entry.subject_id])


def _to_holder(words: str, urgency: str = Urgency.ORDINARY) -> Told:
    return lambda entry: _notes(entry, [_holder(entry)], words.format(_called(entry)), urgency)


def _to_all_who_held_it(words: str) -> Told:
    return lambda entry: _notes(entry, queries.held_by(UUID(entry.subject_id)), words.format(_called(entry)))


def _passed_up(entry: Entry) -> list[Note]:
    late = _desk(entry.data["late_holder"], entry.data["late_agency"])
    came = _notes(entry, [_holder(entry)], f"{_called(entry)} naik ke meja Anda karena lewat tenggat di bawah.")
    went = _notes(entry, [late], f"{_called(entry)} lewat tenggat dan naik ke tingkat di atas.")
    known = {note.person_id for note in came}
    return came + [note for note in went if note.person_id not in known]


def _to_reporter(entry: Entry, words: str) -> list[Note]:
    """To a reporter who signed in, and to the member who took it in: they carry it on."""
    page = reverse("aspirations:voice", args=[entry.data["number"]])
    people = queries.to_tell(UUID(entry.subject_id)) - {entry.person_id}
    return [Note(person, words.format(_called(entry)), page) for person in people]


def _answered(entry: Entry) -> list[Note]:
    told = _to_reporter(entry, "{} sudah dijawab. Sampaikan kepada pelapornya; sudah beres atau belum?")
    known = {note.person_id for note in told}
    desks = _to_all_who_held_it("{} sudah dijawab.")(entry)
    return told + [note for note in desks if note.person_id not in known]


def _objected(entry: Entry) -> list[Note]:
    """Whoever must reply: the village head, or the office of the body's area."""
    code = entry.data["holder"]
    roles = (Role.VILLAGE,) if codes.level(code) is Level.VILLAGE else OFFICES
    office = codes.regency(code) if codes.level(code) is Level.DISTRICT else code
    text = "Ada keberatan atas permohonan informasi. Tanggapi dalam 30 hari kerja."
    people = people_with(*roles, region_code=office)
    return [Note(person_id, text, reverse("aspirations:register_list")) for person_id in people]


NOTICES: dict[str, Told] = {
    "aspiration.submitted": _to_holder("{} baru di meja Anda."),
    "aspiration.escalated": _to_holder("{} diteruskan ke meja Anda."),
    "aspiration.passed_up": _passed_up,
    "aspiration.reminded": _to_holder("{}: hari ini hari kerja terakhir.", Urgency.IMPORTANT),
    "aspiration.overdue": _to_holder("{} lewat tenggat.", Urgency.IMPORTANT),
    "aspiration.supplied": _to_holder("{}: pelapor sudah menjawab pertanyaan Anda."),
    "aspiration.reopened": _to_holder("{} dibuka lagi: menurut pelapor belum beres.", Urgency.IMPORTANT),
    "aspiration.answered": _answered,
    "aspiration.asked_back": lambda entry: _to_reporter(entry, "{}: kantor bertanya kepada pelapornya."),
    "request.objected": _objected,
    "aspiration.asked_again": lambda entry: _to_reporter(entry, "{} selesai empat minggu lalu. Masih beres?"),
}

# What the reporter does or reads on the tracking page, and what an office does to its own lists.
SILENT = {
    "agency.closed", "agency.opened", "aspiration.accepted", "aspiration.closed", "aspiration.closed_silently",
    "aspiration.dismissed", "aspiration.erased", "aspiration.extended", "aspiration.followed_up", "aspiration.hidden",
    "aspiration.merged", "aspiration.published", "aspiration.rated", "aspiration.stayed", "aspiration.supported",
    "aspiration.handed_over", "request.decided", "request.objection_replied", "request.registered",
    "holiday.added", "holiday.dropped", "route.set",
}  # fmt: skip
