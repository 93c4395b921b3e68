"""Who is told of a shared difficulty."""

from collections.abc import Callable, Iterable

from django.urls import reverse

from kim.accounts.models import Role
from kim.accounts.queries import people_in, people_with
from kim.inbox.actions import Note
from kim.ledger.models import Entry


def _named(entry: Entry) -> list[Note]:
    """The village head, and the boards of the KIM whose member named it."""
    people = set(people_with(Role.VILLAGE, Role.BOARD, region_code=entry.region_code)) - {entry.person_id}
    text = f"{entry.person_name} mengusulkan kesulitan bersama: “{entry.data['title'][:120]}”."
    return [Note(person_id, text, reverse("deliberation:problem", args=[entry.subject_id])) for person_id in people]


def _talked_over(entry: Entry) -> list[Note]:
    people = set(people_in(entry.kim_id)) - {entry.person_id} if entry.kim_id else set()
    text = f"{entry.person_name} mengajak membahas kesulitan bersama: “{entry.data['title'][:120]}”."
    return [Note(person_id, text, reverse("deliberation:problem", args=[entry.subject_id])) for person_id in people]


NOTICES: dict[str, Callable[[Entry], Iterable[Note]]] = {"problem.named": _named, "problem.talked_over": _talked_over}

# What shows on the board or in the minutes by itself.
SILENT = {"meeting.held", "meeting.resolved", "problem.acted", "problem.dropped", "problem.settled"}
