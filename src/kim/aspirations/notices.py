"""Who is told what of an aspiration."""

from collections.abc import Callable, Iterable
from uuid import UUID

from django.urls import reverse

from kim.aspirations import queries
from kim.inbox.actions import Note
from kim.kernel import ticket
from kim.ledger.models import Entry


def to_reporter(entry: Entry, text: str) -> list[Note]:
    """A sentence for a reporter who signed in, and for the member who took it in: they carry it on."""
    page = reverse("aspirations:voice", args=[entry.data["number"]])
    return [Note(person, text, page) for person in queries.to_tell(UUID(entry.subject_id)) - {entry.person_id}]


def _asked_again(entry: Entry) -> list[Note]:
    number = ticket.shown(entry.data["number"])
    return to_reporter(entry, f"Aspirasi {number} selesai empat minggu lalu. Tanyakan kepada pelapornya: masih beres?")


NOTICES: dict[str, Callable[[Entry], Iterable[Note]]] = {
    "aspiration.asked_again": _asked_again,
}

# What a reporter or a neighbour does; the desk sees it on its list.
SILENT = {
    "aspiration.closed", "aspiration.erased", "aspiration.rated", "aspiration.reopened", "aspiration.stayed",
    "aspiration.submitted", "aspiration.supplied", "aspiration.supported",
}  # fmt: skip
