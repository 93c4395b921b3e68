"""Who is told what of an aspiration: desks, and the reporter, inside or by phone.

A notice never holds the words; of a confidential one not even what it is about."""

from collections.abc import Callable, Iterable
from itertools import chain
from uuid import UUID

from django.urls import reverse

from kim.accounts.models import OFFICES, Role
from kim.accounts.queries import people_with
from kim.aspirations import queries
from kim.aspirations.models import Aspiration, Category
from kim.aspirations.policies import Desk
from kim.aspirations.workflow import Kind
from kim.inbox.actions import Note
from kim.inbox.queries import open_ways
from kim.inbox.workflow import Urgency
from kim.kernel import codes, ticket
from kim.kernel.codes import Level
from kim.ledger.models import Entry

Told = Callable[[Entry], Iterable[Note]]


def _called(entry: Entry) -> str:
    data = entry.data
    return _name(data["number"], data["kind"], data["category"], is_confidential=data.get("is_confidential", False))


def _name(number: str, kind: str, category: str, *, is_confidential: bool) -> str:
    """ "Pengaduan 4417-902-518 (jalan dan jembatan)"; of a confidential one the number alone."""
    if is_confidential:
        return f"Aspirasi rahasia {ticket.shown(number)}"
    return f"{Kind(kind).label} {ticket.shown(number)} ({Category(category).label.lower()})"


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


def _to_reporters(told: str, carried: str, urgency: str = Urgency.IMPORTANT) -> Told:
    """To the reporter who signed in, to the member who took it in (to carry it on), and to a phone whose owner asked for it.

    It leads to a page of their own. A phone may lie open on a table: it is told the number alone.
    """

    def notes(entry: Entry) -> list[Note]:
        return _to_people([queries.to_tell(UUID(entry.subject_id))], entry, told, carried, urgency)

    return notes


def _to_joined(told: str) -> Told:
    """To the reporters of voices that were joined to this one: how it ended, under their own number."""
    return lambda entry: _to_people(
        queries.joined_to(UUID(entry.subject_id)), entry, told, told, Urgency.IMPORTANT
    )  # fmt: skip


def _to_people(voices: list[Aspiration], entry: Entry, told: str, carried: str, urgency: str) -> list[Note]:
    """Two questions, however many voices there are."""
    phones, hands = open_ways(voice.id for voice in voices), queries.hands_of(voices)
    found: list[Note] = []
    for voice in voices:
        name = _name(voice.number, voice.kind, voice.category, is_confidential=voice.is_confidential)
        page = reverse("aspirations:own", args=[voice.id])
        if voice.reporter_id:
            found.append(Note(voice.reporter_id, told.format(name), page))
        if voice.id in hands:
            found.append(_to_hand(voice, name, carried, page))
        if voice.id in phones:
            found.append(_to_phone(voice, told, urgency))
    return [note for note in found if note.person_id != entry.person_id]


def _to_hand(voice: Aspiration, name: str, carried: str, page: str) -> Note:
    """Of a confidential one only that there is something to read."""
    if not voice.is_confidential:
        return Note(voice.taken_by_id, carried.format(name), page)
    text = f"Ada kabar untuk {name}. Minta pelapornya membuka dengan kode di lembarnya."
    return Note(voice.taken_by_id, text, reverse("aspirations:voice", args=[voice.number]))


def _to_phone(voice: Aspiration, told: str, urgency: str) -> Note:
    return Note(voice.id, told.format(f"Aspirasi {voice.shown_number}"), queries.phone_path(voice), urgency)


def _received(entry: Entry) -> list[Note]:
    """A word to the phone that the voice has come in, and how to end this: the number may be another's."""
    if not entry.data.get("confirms"):
        return []
    voice = queries.to_tell(UUID(entry.subject_id))
    return [_to_phone(voice, "{} sudah kami terima. Bukan Anda? Hentikan kabarnya di sini:", Urgency.IMPORTANT)]


def _first(*tellers: Told) -> Told:
    """Each in turn; whoever was told by one hears nothing of the next."""

    def notes(entry: Entry) -> list[Note]:
        found: dict[UUID, Note] = {}
        for note in chain.from_iterable(tell(entry) for tell in tellers):
            found.setdefault(note.person_id, note)
        return list(found.values())

    return notes


def _objected(entry: Entry) -> list[Note]:
    """Whoever must reply: the village head, or the office of the body's area."""
    code = entry.data["holder"]
    roles = (Role.VILLAGE,) if codes.level(code) is Level.VILLAGE else OFFICES
    office = codes.regency(code) if codes.level(code) is Level.DISTRICT else code
    text = "Ada keberatan atas permohonan informasi. Tanggapi dalam 30 hari kerja."
    people = people_with(*roles, region_code=office)
    return [Note(person_id, text, reverse("aspirations:register_list")) for person_id in people]


NOTICES: dict[str, Told] = {
    "aspiration.submitted": _first(_to_holder("{} baru di meja Anda."), _received),
    "aspiration.escalated": _to_holder("{} diteruskan ke meja Anda."),
    "aspiration.passed_up": _passed_up,
    "aspiration.moved": _to_holder("{} pindah ke meja Anda: desanya pindah wilayah."),
    "aspiration.reminded": _to_holder("{}: hari ini hari kerja terakhir.", Urgency.IMPORTANT),
    "aspiration.overdue": _to_holder("{} lewat tenggat.", Urgency.IMPORTANT),
    "aspiration.supplied": _to_holder("{}: pelapor sudah menjawab pertanyaan Anda."),
    "aspiration.reopened": _to_holder("{} dibuka lagi: menurut pelapor belum beres.", Urgency.IMPORTANT),
    "aspiration.answered": _first(
        _to_reporters("{} sudah dijawab. Sudah beres atau belum?", "{} sudah dijawab. Sampaikan kepada pelapornya."),
        _to_joined("{} digabung dengan yang serupa, dan sekarang sudah dijawab."),
        _to_all_who_held_it("{} sudah dijawab."),
    ),
    "aspiration.asked_back": _to_reporters(
        "{}: kantor bertanya kepada Anda.", "{}: kantor bertanya. Tanyakan kepada pelapornya, lalu jawab di sini."
    ),
    "aspiration.followed_up": _to_reporters(
        "{}: ada kabar kemajuan.", "{}: ada kabar kemajuan. Sampaikan kepada pelapornya.", Urgency.ORDINARY
    ),
    "aspiration.dismissed": _first(
        _to_reporters(
            "{} tidak diproses. Alasannya bisa dibaca.", "{} tidak diproses. Sampaikan alasannya kepada pelapornya."
        ),
        _to_joined("{} digabung dengan yang serupa, dan itu tidak diproses."),
    ),
    "aspiration.code_renewed": _to_reporters("{}: kode rahasianya diganti anggota KIM yang mencatatnya.", ""),
    "aspiration.merged": _to_reporters(
        "{} digabung dengan yang serupa. Anda dikabari bila itu dijawab.",
        "{} digabung dengan yang serupa.",
        Urgency.ORDINARY,
    ),
    "aspiration.asked_again": _to_reporters(
        "{} selesai empat minggu lalu. Masih beres?",
        "{} selesai empat minggu lalu. Tanyakan kepada pelapornya: masih beres?",
        Urgency.ORDINARY,
    ),
    "request.objected": _objected,
}

# What the reporter does or reads on the tracking page, and what an office does to its own lists.
SILENT = {
    "agency.closed", "agency.opened", "aspiration.accepted", "aspiration.closed", "aspiration.closed_silently",
    "aspiration.erased", "aspiration.extended", "aspiration.hidden", "aspiration.hushed",
    "aspiration.published", "aspiration.rated", "aspiration.stayed", "aspiration.supported", "aspiration.handed_over",
     "request.decided", "request.objection_replied", "request.registered",
    "holiday.added", "holiday.dropped", "route.set", "tree.followed",
}  # fmt: skip
