"""Finding what can be reported; the domains are plugged in by `KIM_REPORTABLE` (config.wiring)."""

from collections.abc import Mapping
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.utils.module_loading import import_string

from kim.kernel.ids import as_id
from kim.moderation.models import Case
from kim.moderation.workflow import Kind, Thing

PAGE = "page"  # what the integrity check found on no thing in particular


def kinds() -> Mapping[str, Kind]:
    """Every kind that can be reported, by the first part of its key."""
    return import_string(settings.KIM_REPORTABLE)


def kind_label(kind: str) -> str:
    known = kinds().get(kind)
    return known.label if known else "Halaman"


def find(kind: str, thing_id: UUID) -> Thing:
    """A thing as it is now, public or not; raises ObjectDoesNotExist."""
    known = kinds().get(kind)
    if known is None:
        raise ObjectDoesNotExist(kind)
    return known.find(thing_id)


def reportable(kind: str, thing_id: UUID) -> Thing:
    """A thing that everybody can see now; raises ObjectDoesNotExist."""
    thing = find(kind, thing_id)
    if not thing.is_public:
        raise ObjectDoesNotExist(thing.key)
    return thing


def subject_of(case: Case) -> Thing | None:
    """What a case is about, as it is now; nothing when it is gone, or was never a thing."""
    kind, _, name = case.subject.partition(":")
    thing_id = as_id(name)
    try:
        return find(kind, thing_id) if thing_id else None
    except ObjectDoesNotExist:
        return None
