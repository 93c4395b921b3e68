"""Writing the ledger, and carrying its errands to the readers."""

import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from kim.kernel import clock
from kim.kernel.author import Author
from kim.ledger.models import Dispatch, Entry

log = logging.getLogger(__name__)
Reader = Callable[[Entry], None]
Crowd = Callable[[Sequence[Entry]], None]  # a reader that wants many entries at once
AT_ONCE = 100
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


def dispatch(readers: Iterable[Reader], *, together: Iterable[Crowd] = (), limit: int = 1000) -> int:
    """Tell every reader of up to `limit` waiting entries, and `together` of many at once; returns how many were told.

    A reader that fails leaves its entry waiting, longer each time. Several workers may run at once.
    """
    ways = [_each(read) for read in readers] + list(together)
    told = 0
    while told < limit and (some := _dispatch_some(ways, min(AT_ONCE, limit - told))):
        told += some
    return told


def _each(read: Reader) -> Crowd:
    def crowd(entries: Sequence[Entry]) -> None:
        for entry in entries:
            read(entry)

    return crowd


@transaction.atomic
def _dispatch_some(ways: Sequence[Crowd], most: int) -> int:
    due = Dispatch.objects.filter(next_at__lte=clock.now()).order_by("next_at")
    errands = list(due.select_for_update(skip_locked=True, of=("self",)).select_related("entry")[:most])
    done = _carry(errands, ways)
    Dispatch.objects.filter(pk__in=[errand.pk for errand in done]).delete()
    return len(errands)


def _carry(errands: list[Dispatch], ways: Sequence[Crowd]) -> list[Dispatch]:
    """The errands that were carried. All go at once; when that fails, one by one, so that only the broken one waits."""
    try:
        with transaction.atomic():
            for tell in ways if errands else ():
                tell([errand.entry for errand in errands])
    except Exception as error:  # a broken reader must not stop the others' errands
        if len(errands) > 1:
            return [errand for one in errands for errand in _carry([one], ways)]
        log.exception("a reader failed at %s", errands[0].entry)
        _postpone(errands[0], error)
        return []
    return errands


def _postpone(errand: Dispatch, error: Exception) -> None:
    errand.tries += 1
    errand.error = f"{type(error).__name__}: {error}"[:500]
    errand.next_at = clock.now() + min(timedelta(seconds=5 * 2**errand.tries), LONGEST_WAIT)
    errand.save()
