"""Who is told when hats and ways in change. What touches one's safety is told at once."""

from collections.abc import Iterable
from uuid import UUID

from kim.inbox.actions import Note
from kim.inbox.workflow import Urgency
from kim.ledger.models import Entry

SILENT = {
    "person.enrolled",
    "person.signed_in",
    "person.signed_out",
    "pin.changed",
    "password.changed",
    "code.used",
    "consent.withdrawn",
    "staff.opened",
    "staff.request",
    "staff.closed",
    "way.opened",
    "way.closed",
}


def _given(entry: Entry) -> Iterable[Note]:
    yield Note(UUID(entry.subject_id), f"Anda sekarang bertugas sebagai {entry.data['label']}.", "/akun/")


def _ended(entry: Entry) -> Iterable[Note]:
    if str(entry.person_id) != entry.subject_id:
        yield Note(UUID(entry.subject_id), f"Tugas Anda sebagai {entry.data['label']} sudah berakhir.", "/akun/")


def _let_in(entry: Entry) -> Iterable[Note]:
    maker = entry.person_name or "Sistem"
    yield Note(
        UUID(entry.subject_id),
        f"{maker} membuat kode masuk untuk Anda. Bila Anda tidak memintanya, tanyakan.",
        "/akun/",
        Urgency.IMPORTANT,
    )


def _way_added(entry: Entry) -> Iterable[Note]:
    maker = entry.person_name or "Sistem"
    text = f"{maker} menambahkan {entry.data['way']} pada akun Anda."
    yield Note(UUID(entry.subject_id), text, "/akun/", Urgency.IMPORTANT)


def _dropped(entry: Entry) -> Iterable[Note]:
    yield Note(
        UUID(entry.subject_id),
        f"{entry.person_name} menghapus faktor kedua Anda. Pasang lagi yang baru.",
        "/akun/petugas/",
        Urgency.IMPORTANT,
    )


NOTICES = {
    "mandate.given": _given,
    "mandate.ended": _ended,
    "code.issued": _let_in,
    "person.way_added": _way_added,
    "factor.dropped": _dropped,
}
