"""Reading the ledger: the story of one subject, and of one region."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from kim.kernel import codes
from kim.kernel.codes import Level
from kim.ledger.models import Entry


def timeline(key: str) -> QuerySet[Entry]:
    """Everything that happened to a subject, oldest first."""
    return Entry.objects.filter(key=key).order_by("at", "id")


def of_region(code: str) -> QuerySet[Entry]:
    """What happened under a region prefix, newest first: a walk along one index, narrowed further below a regency."""
    rows = Entry.objects.order_by("-at", "-id")
    match codes.level(code):
        case Level.NATION:
            return rows
        case Level.PROVINCE:
            return rows.filter(province_code=code)
        case Level.REGENCY:
            return rows.filter(regency_code=code)
    return rows.filter(regency_code=codes.regency(code), region_code__startswith=code)


def acts_of(person_id: UUID) -> QuerySet[Entry]:
    """What a person did, oldest first: part of that person's own data."""
    return Entry.objects.filter(person_id=person_id).order_by("at", "id")


def last_of(keys: Collection[str], verbs: Collection[str]) -> dict[str, Entry]:
    """For each of these subjects the last entry of one of these verbs, if there is one."""
    rows = Entry.objects.filter(key__in=list(keys), verb__in=list(verbs)).order_by("key", "-at", "-id").distinct("key")
    return {entry.key: entry for entry in rows}
