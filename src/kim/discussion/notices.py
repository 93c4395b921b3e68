"""Who hears of what is said in a room."""

from collections.abc import Callable, Iterable
from uuid import UUID

from kim.discussion import queries
from kim.inbox.actions import Note
from kim.ledger.models import Entry


def _remarked(entry: Entry) -> Iterable[Note]:
    """Everybody who already took part, but not the one who speaks."""
    what = "bertanya" if entry.data["kind"] == "question" else "menulis"
    text = f"{entry.person_name} {what} di pembahasan “{entry.data['title'][:160]}”."
    people = queries.speakers(UUID(entry.subject_id)) - {entry.person_id}
    return [Note(person_id, text, entry.data["url"]) for person_id in people]


NOTICES: dict[str, Callable[[Entry], Iterable[Note]]] = {"room.remarked": _remarked}

# What opens, closes and decides a room is told by whoever owns the subject; a side shows in the room itself.
SILENT = {"room.opened", "room.closed", "room.sided", "room.decided"}
