"""Readers of a thing, merged place by place.

A reader has the same mark in every sketch of a day, so who reads two pages about a thing is one. Merging again changes nothing.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from kim.kernel import clock, codes
from kim.kernel.sketch import Sketch
from kim.spreading.actions.counting import stand_alone
from kim.spreading.models import Book

FOLLOWED = timedelta(days=400)  # so long the days of readers are kept apart
Seen = Iterable[tuple[str, Sketch]]  # the place somebody was seen for, and who


@transaction.atomic
def count_readers_of(book: Book, thing: Any, seen: Callable[[date | None], Seen]) -> bool:
    """The readers since the last count, and of the day before it once more; False when there are none."""
    stand_alone(thing.id)
    whole = thing.tallies.filter(region_id=codes.NATION).first()
    if whole is None:
        return False
    found = _by_place(seen(whole.readers_upto - timedelta(days=1) if whole.readers_upto else None))
    for tally in thing.tallies.filter(region_id__in=found):
        _take_in(book, tally, found[tally.region_id])
    thing.tallies.filter(region_id=codes.NATION).update(readers_upto=clock.today())
    return bool(found)


def _by_place(seen: Seen) -> Mapping[str, Sketch]:
    """Place → everybody who was seen there or below."""
    found: dict[str, Sketch] = defaultdict(Sketch)
    for place, sketch in seen:
        for code in codes.chain(place):
            found[code].merge(sketch)
    return found


def _take_in(book: Book, tally: Any, more: Sketch) -> None:
    sketch = Sketch.of(bytes(tally.readers_sketch)) if tally.readers_sketch else Sketch()
    sketch.merge(more)
    book.tallies.objects.filter(pk=tally.pk).update(readers=sketch.estimate(), readers_sketch=bytes(sketch))
