"""Reading the ledger: the story of one subject, and of one region."""

from uuid import UUID

from django.db.models import QuerySet

from kim.ledger.models import Entry


def timeline(key: str) -> QuerySet[Entry]:
    """Everything that happened to a subject, oldest first."""
    return Entry.objects.filter(key=key).order_by("at", "id")


def of_region(code: str) -> QuerySet[Entry]:
    """What happened under a region prefix, newest first."""
    entries = Entry.objects.order_by("-at", "-id")
    return entries if code == "ID" else entries.filter(region_code__startswith=code)


def acts_of(person_id: UUID) -> QuerySet[Entry]:
    """What a person did, oldest first: part of that person's own data."""
    return Entry.objects.filter(person_id=person_id).order_by("at", "id")
