"""Who hears of a list: whoever brought it and whoever confirmed it, when it is written or had to stop."""

from collections.abc import Iterable

from kim.importing.queries import people_of
from kim.importing.workflow import Outcome
from kim.inbox.actions import Note
from kim.ledger.models import Entry


def _finished(entry: Entry) -> Iterable[Note]:
    written = entry.data["counts"].get(Outcome.WRITTEN, 0)
    text = f"Daftar “{entry.data['name'][:120]}” selesai ditulis: {written} KIM."
    if left := entry.data["counts"].get(Outcome.ERROR, 0):
        text += f" {left} baris masih perlu dibetulkan."
    return _to_its_people(entry, text)


def _stopped(entry: Entry) -> Iterable[Note]:
    text = f"Penulisan daftar “{entry.data['name'][:120]}” berhenti. {entry.data['reason']} Periksa lalu setujui lagi."
    return _to_its_people(entry, text)


def _to_its_people(entry: Entry, text: str) -> list[Note]:
    return [Note(person, text, f"/kantor/impor/{entry.subject_id}/") for person in people_of(entry.subject_id)]


NOTICES = {"import.finished": _finished, "import.stopped": _stopped}

SILENT = {
    "import.uploaded", "import.mapped", "import.checked", "import.corrected", "import.confirmed", "import.discarded",
    "kim.imported", "kim.supplemented",
}  # fmt: skip
