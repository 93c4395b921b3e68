"""Who listens to the ledger: notices become deliveries, counters are kept."""

from collections.abc import Callable, Iterable

from kim.inbox.actions import Note, deliver
from kim.ledger.actions import Reader
from kim.ledger.models import Entry

NOTICES: dict[str, Callable[[Entry], Iterable[Note]]] = {}


def tell(entry: Entry) -> None:
    """The notice of this verb, if it has one, to each person it names."""
    notice = NOTICES.get(entry.verb)
    if notice is not None:
        deliver(entry.id, notice(entry))


READERS: list[Reader] = [tell]
