"""Who hears of a case: the office whose turn it is, and the author and the KIM when something is asked or decided."""

from collections.abc import Callable, Iterable
from uuid import UUID

from kim.accounts.models import OFFICES, Role
from kim.accounts.queries import people_in, people_with
from kim.inbox.actions import Note
from kim.inbox.workflow import Urgency
from kim.kernel.ids import as_id
from kim.ledger.models import Entry


def _title(entry: Entry) -> str:
    return f"“{entry.data['title'][:100]}”"


def _office(entry: Entry, text: str) -> list[Note]:
    urgency = Urgency.IMPORTANT if entry.data["urgent"] else Urgency.ORDINARY
    url = f"/kantor/laporan/{entry.subject_id}/"
    people = people_with(*OFFICES, region_code=entry.data["holder"])
    return [Note(person, text, url, urgency) for person in dict.fromkeys(people) if person != entry.person_id]


def _answerable(entry: Entry) -> list[UUID]:
    """The author, and those who answer for the KIM."""
    board = people_in(entry.kim_id, Role.BOARD, Role.EDITOR) if entry.kim_id else []
    author = as_id(entry.data["author"])
    return list(dict.fromkeys([*([author] if author else []), *board]))


def _kim(entry: Entry, text: str, urgency: str = Urgency.IMPORTANT) -> list[Note]:
    url = f"/kerja/laporan/{entry.subject_id}/"
    return [Note(person, text, url, urgency) for person in _answerable(entry) if person != entry.person_id]


def _opened(entry: Entry) -> list[Note]:
    by = "Sistem menandai" if entry.data.get("clues") else "Ada laporan tentang"
    office = _office(entry, f"{by} {_title(entry)}. Mohon diperiksa.")
    if entry.data["reason"] == "tampered":
        return office
    return [*office, *_kim(entry, f"{_title(entry)} dilaporkan. Anda bisa memperbaikinya sendiri.", Urgency.ORDINARY)]


def _passed_up(entry: Entry) -> list[Note]:
    return _office(entry, f"Laporan tentang {_title(entry)} lewat waktu dan kini menjadi giliran Anda.")


def _mended(entry: Entry) -> list[Note]:
    return _office(entry, f"KIM bilang {_title(entry)} sudah diperbaiki. Mohon dilihat.")


def _warned(entry: Entry) -> list[Note]:
    return _kim(entry, f"{_title(entry)} mendapat teguran. Baca alasannya.")


def _taken_down(entry: Entry) -> list[Note]:
    return _kim(entry, f"{_title(entry)} diturunkan. Baca alasannya; Anda boleh mengajukan keberatan.")


def _closed(entry: Entry) -> list[Note]:
    return _kim(entry, f"Laporan tentang {_title(entry)} selesai. Tidak ada yang perlu Anda lakukan.", Urgency.ORDINARY)


def _restored(entry: Entry) -> list[Note]:
    return _kim(entry, f"{_title(entry)} bisa dibaca umum lagi.")


def _appealed(entry: Entry) -> list[Note]:
    return _office(entry, f"Ada keberatan atas putusan tentang {_title(entry)}.")


def _upheld(entry: Entry) -> list[Note]:
    return _kim(entry, f"Keberatan Anda atas {_title(entry)} ditolak. Baca alasannya.")


def _overturned(entry: Entry) -> list[Note]:
    return _kim(entry, f"Keberatan Anda atas {_title(entry)} diterima.")


NOTICES: dict[str, Callable[[Entry], Iterable[Note]]] = {
    "case.opened": _opened,
    "case.passed_up": _passed_up,
    "case.appeal_passed_up": _passed_up,
    "case.mended": _mended,
    "case.warned": _warned,
    "case.taken_down": _taken_down,
    "case.dismissed": _closed,
    "case.settled": _closed,
    "case.restored": _restored,
    "case.appealed": _appealed,
    "case.upheld": _upheld,
    "case.overturned": _overturned,
}
# One case is told of once, however many report it; and who is looking at it shows in the queue by itself.
SILENT = {"case.reported", "case.claimed", "case.released"}
