"""Readers of a packet: of its public page and of the KIM's own articles about it, merged place by place.

A reader has the same mark in every sketch of a day, so who reads two articles is one. Merging again changes nothing.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import islice
from uuid import UUID

from django.db import transaction

from kim.dissemination.actions.counting import stand_alone
from kim.dissemination.models import Assignment, Bulletin, Tally
from kim.dissemination.workflow import Stage
from kim.doors.paging import walk
from kim.kernel import clock, codes
from kim.kernel.sketch import Sketch
from kim.reach import queries as reach

OUT = (Stage.ISSUED, Stage.WITHDRAWN)
FOLLOWED = timedelta(days=400)  # so long the days of readers are kept apart
AT_ONCE = 500  # articles in one question


def count_readers() -> int:
    """Every packet of the last year knows its readers up to now; returns how many packets had new ones."""
    sent = Bulletin.objects.filter(stage__in=OUT, issued_at__gte=clock.now() - FOLLOWED)
    return sum(count_readers_of(bulletin) for bulletin in walk(sent, keys=("id",)))


@transaction.atomic
def count_readers_of(bulletin: Bulletin) -> bool:
    """The readers since the last count, and of the day before it once more; False when there are none."""
    stand_alone(bulletin.id)
    whole = bulletin.tallies.filter(region_id=codes.NATION).first()
    if whole is None:
        return False
    since = whole.readers_upto - timedelta(days=1) if whole.readers_upto else None
    found = _found(bulletin, since)
    for tally in bulletin.tallies.filter(region_id__in=found):
        _take_in(tally, found[tally.region_id])
    bulletin.tallies.filter(region_id=codes.NATION).update(readers_upto=clock.today())
    return bool(found)


def _found(bulletin: Bulletin, since: date | None) -> Mapping[str, Sketch]:
    """Place → everybody who was seen there. Whoever reads the packet's page is known to be in its office's area at most."""
    found: dict[str, Sketch] = defaultdict(Sketch)
    for place, sketch in (*_of_page(bulletin, since), *_of_articles(bulletin.id, since)):
        for code in codes.chain(place):
            found[code].merge(sketch)
    return found


def _of_page(bulletin: Bulletin, since: date | None) -> Iterator[tuple[str, Sketch]]:
    yield from ((bulletin.region_id, sketch) for sketch in reach.sketches([bulletin.key], since).values())


def _of_articles(bulletin_id: UUID, since: date | None) -> Iterator[tuple[str, Sketch]]:
    retold = Assignment.objects.filter(bulletin_id=bulletin_id, article__isnull=False)
    for copies in _portions(walk(retold, keys=("id",))):
        places = {f"article:{copy.article_id}": copy.regency_code for copy in copies}
        for key, sketch in reach.sketches(places, since).items():
            yield places[key], sketch


def _portions(copies: Iterator[Assignment]) -> Iterator[list[Assignment]]:
    while some := list(islice(copies, AT_ONCE)):
        yield some


def _take_in(tally: Tally, more: Sketch) -> None:
    sketch = Sketch.of(bytes(tally.readers_sketch)) if tally.readers_sketch else Sketch()
    sketch.merge(more)
    Tally.objects.filter(pk=tally.pk).update(readers=sketch.estimate(), readers_sketch=bytes(sketch))
