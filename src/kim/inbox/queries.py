"""What a person was told."""

from django.db.models import QuerySet

from kim.inbox.models import Delivery
from kim.kernel.author import Author


def visible_to(actor: Author) -> QuerySet[Delivery]:
    """One's own deliveries, newest first."""
    return Delivery.objects.filter(person_id=actor.person_id).order_by("-at", "-id")


def unread(actor: Author, limit: int = 7) -> list[Delivery]:
    return list(visible_to(actor).filter(read_at=None)[:limit])
