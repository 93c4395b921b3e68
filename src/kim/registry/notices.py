"""Who hears of what happens to a registration or an SK."""

from collections.abc import Callable, Iterable
from uuid import UUID

from kim.accounts.models import Role
from kim.accounts.queries import people_in, people_with
from kim.inbox.actions import Note
from kim.inbox.workflow import Urgency
from kim.kernel import codes
from kim.ledger.models import Entry
from kim.registry import queries

SILENT = {
    "draft.begun",
    "draft.filled",
    "kim.edited",
    "kim.imported",
    "kim.supplemented",
    "decree.written",
    "member.added",
    "member.left",
    "member.invited",
    "board.changed",
    "rule.set",
    "export.taken",
}


def _office(entry: Entry, words: str) -> Iterable[Note]:
    """The regency's desk; a correction sent again is news for it too."""
    officers = people_with(Role.REGENCY, region_code=codes.regency(entry.region_code))
    return [Note(person, words.format(**entry.data), "/kantor/verifikasi/") for person in officers]


def submitted(entry: Entry) -> Iterable[Note]:
    return _office(entry, "{name} menunggu verifikasi.")


def decree_submitted(entry: Entry) -> Iterable[Note]:
    return _office(entry, "SK baru {name} menunggu diperiksa.")


def _registrant(entry: Entry, words: str) -> Iterable[Note]:
    """The registrant, if they have an account already; others read it on the page of their registration."""
    kim_id = UUID(entry.subject_id)
    person = queries.registrant_id(kim_id)
    return [Note(person, words, f"/daftar-kim/{kim_id}/")] if person else []


def returned(entry: Entry) -> Iterable[Note]:
    return _registrant(entry, "Pendaftaran KIM Anda perlu diperbaiki. Baca catatan Diskominfo.")


def refused(entry: Entry) -> Iterable[Note]:
    return _registrant(entry, "Pendaftaran KIM Anda ditolak. Baca alasan Diskominfo.")


def approved(entry: Entry) -> Iterable[Note]:
    return _registrant(entry, f"KIM Anda terdaftar dengan nomor {entry.data['number']}.")


def _board(entry: Entry, words: str, url: str = "/kerja/kim/sk/") -> Iterable[Note]:
    return [Note(person, words, url) for person in people_in(entry.kim_id, Role.BOARD)]


def decree_returned(entry: Entry) -> Iterable[Note]:
    return _board(entry, "SK baru perlu diperbaiki. Baca catatan Diskominfo.")


def decree_accepted(entry: Entry) -> Iterable[Note]:
    return _board(entry, "SK baru sudah diterima Diskominfo.")


def dissolved(entry: Entry) -> Iterable[Note]:
    return _board(entry, "Diskominfo mencatat KIM Anda sudah bubar. Hubungi Diskominfo bila keliru.", "/kerja/kim/")


def suspended(entry: Entry) -> Iterable[Note]:
    return _board(entry, "Situs KIM Anda ditutup sementara. Baca alasannya, lalu perbaiki.", "/kerja/laporan/")


def reinstated(entry: Entry) -> Iterable[Note]:
    return _board(entry, "Situs KIM Anda bisa dibaca umum lagi.", "/kerja/kim/")


def phone_changed(entry: Entry) -> Iterable[Note]:
    """To the whole board, whoever did it too: a stranger in the account would rather nobody heard."""
    words = "Nomor WhatsApp untuk umum KIM Anda diganti. Kalau bukan Anda, betulkan dan ganti PIN Anda."
    people = people_in(entry.kim_id, Role.BOARD)
    return [Note(person, words, "/kerja/kim/profil/", Urgency.IMPORTANT) for person in people]


NOTICES: dict[str, Callable[[Entry], Iterable[Note]]] = {
    "kim.submitted": submitted,
    "kim.returned": returned,
    "kim.refused": refused,
    "kim.approved": approved,
    "kim.dissolved": dissolved,
    "kim.suspended": suspended,
    "kim.reinstated": reinstated,
    "kim.phone_changed": phone_changed,
    "decree.submitted": decree_submitted,
    "decree.returned": decree_returned,
    "decree.accepted": decree_accepted,
}
