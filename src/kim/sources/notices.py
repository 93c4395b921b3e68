"""Who hears of sources: the office whose source was switched off, because it had failed too often."""

from collections.abc import Iterable

from kim.accounts.models import OFFICES
from kim.accounts.queries import people_with
from kim.inbox.actions import Note
from kim.ledger.models import Entry


def _failed(entry: Entry) -> Iterable[Note]:
    text = f"Sumber “{entry.data['name']}” kami matikan karena terus gagal dibaca. {entry.data['trouble']}"
    people = people_with(*OFFICES, region_code=entry.region_code)
    return [Note(person, text, "/kantor/sumber/") for person in dict.fromkeys(people)]


NOTICES = {"source.failed": _failed}

SILENT = {"source.added", "source.switched_off", "source.switched_on", "item.taken", "item.passed", "item.put_back"}
