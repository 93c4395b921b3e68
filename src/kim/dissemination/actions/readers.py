"""Readers of a packet: of its public page and of the KIM's own articles about it."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from uuid import UUID

from kim.dissemination.models import PACKETS, Assignment, Bulletin
from kim.dissemination.workflow import Stage
from kim.doors.paging import portions, walk
from kim.kernel import clock
from kim.kernel.sketch import Sketch
from kim.reach import queries as reach
from kim.spreading.actions import FOLLOWED, count_readers_of

OUT = (Stage.ISSUED, Stage.WITHDRAWN)
AT_ONCE = 500  # articles in one question


def count_readers() -> int:
    """Every packet of the last year knows its readers up to now; returns how many packets had new ones."""
    sent = Bulletin.objects.filter(stage__in=OUT, issued_at__gte=clock.now() - FOLLOWED)
    return sum(count_readers_of(PACKETS, one, partial(_seen, one)) for one in walk(sent, keys=("id",)))


def _seen(bulletin: Bulletin, since: date | None) -> Iterator[tuple[str, Sketch]]:
    """Whoever reads the packet's page is known to be in its office's area at most."""
    yield from ((bulletin.region_id, sketch) for sketch in reach.sketches([bulletin.key], since).values())
    yield from _of_articles(bulletin.id, since)


def _of_articles(bulletin_id: UUID, since: date | None) -> Iterator[tuple[str, Sketch]]:
    retold = Assignment.objects.filter(bulletin_id=bulletin_id, article__isnull=False)
    for copies in portions(walk(retold, keys=("id",)), AT_ONCE):
        places = {f"article:{copy.article_id}": copy.regency_code for copy in copies}
        for key, sketch in reach.sketches(places, since).items():
            yield places[key], sketch
