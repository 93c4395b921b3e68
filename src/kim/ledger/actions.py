"""Writing the ledger, and carrying its errands to the readers."""

import logging
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from kim.kernel import clock
from kim.kernel.author import Author
from kim.ledger.models import Dispatch, Entry

log = logging.getLogger(__name__)
Reader = Callable[[Entry], None]
LONGEST_WAIT = timedelta(hours=6)


def record(verb: str, key: str, *, actor: Author, region: str, kim_id: UUID | None = None, **data: Any) -> Entry:
    """Write one entry and its errand. Call it inside the transaction of the act it tells."""
    entry = Entry.objects.create(
        verb=verb,
        key=key,
        person_id=actor.person_id,
        person_name=actor.name,
        hat=actor.hat.label if actor.hat else "",
        staff_session_id=actor.staff_session_id,
        region_code=region,
        kim_id=kim_id,
        data=data,
    )
    Dispatch.objects.create(entry=entry)
    return entry


def dispatch(readers: Iterable[Reader], *, limit: int = 100) -> int:
    """Tell every reader of up to `limit` waiting entries; returns how many were told.

    A reader that fails leaves its entry waiting, longer each time. Several workers may run at once.
    """
    readers = list(readers)
    told = 0
    while told < limit and _dispatch_one(readers):
        told += 1
    return told


@transaction.atomic
def _dispatch_one(readers: list[Reader]) -> bool:
    due = Dispatch.objects.filter(next_at__lte=clock.now()).order_by("next_at")
    errand = due.select_for_update(skip_locked=True, of=("self",)).select_related("entry").first()
    if errand is None:
        return False
    try:
        with transaction.atomic():
            for read in readers:
                read(errand.entry)
    except Exception as error:  # a broken reader must not stop the others' errands
        log.exception("a reader failed at %s", errand.entry)
        _postpone(errand, error)
    else:
        errand.delete()
    return True


def _postpone(errand: Dispatch, error: Exception) -> None:
    errand.tries += 1
    errand.error = f"{type(error).__name__}: {error}"[:500]
    errand.next_at = clock.now() + min(timedelta(seconds=5 * 2**errand.tries), LONGEST_WAIT)
    errand.save()
