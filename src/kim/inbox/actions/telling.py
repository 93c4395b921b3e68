"""Telling people, and hearing that they read it."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from kim.inbox.actions.planning import plan
from kim.inbox.models import Delivery, Message
from kim.inbox.workflow import State, Urgency
from kim.kernel import clock
from kim.kernel.author import Author


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence for a person: what happened and where to go; how pressing it is decides when it leaves the house."""

    person_id: UUID
    text: str
    url: str
    urgency: str = Urgency.ORDINARY


def deliver(entry_id: UUID, notes: Iterable[Note]) -> None:
    """Tell each person once, on the channels they opened too; a second delivery of the same entry changes nothing."""
    notes = list(notes)
    rows = [Delivery(entry_id=entry_id, person_id=n.person_id, text=n.text[:300], url=n.url) for n in notes]
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)
    plan(entry_id, {note.person_id: note.urgency for note in notes})


def read(delivery_id: UUID, *, actor: Author) -> Delivery:
    """Mark one's own delivery as read, so that nothing else has to announce it; DoesNotExist for anybody else's."""
    delivery = Delivery.objects.get(id=delivery_id, person_id=actor.person_id)
    if delivery.read_at is None:
        delivery.read_at = clock.now()
        delivery.save(update_fields=["read_at"])
        waiting = Message.objects.filter(delivery=delivery, state=State.WAITING)
        waiting.update(state=State.GIVEN_UP, reason="Sudah dibaca di KIM.id.")
    return delivery
