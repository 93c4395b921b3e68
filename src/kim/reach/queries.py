"""How many read. On one day a reader is one; whoever comes on two days is two, because nobody can know it was the same.

So a number for several days is one of *daily visits* (kunjungan harian), not of people; the interface says so.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import Max, QuerySet

from kim.kernel import clock
from kim.kernel.sketch import Sketch
from kim.reach.models import Readers, Way

FEW = 10  # below that no number is told
MONTH = timedelta(days=30)


class Recent(NamedTuple):
    """In words: the readers of today, and the daily visits of thirty days."""

    today: str
    month: str


def readers(key: str, since: date | None = None, until: date | None = None) -> int:
    """Readers of one day, or daily visits of all the days from `since` to `until`, both included; without them, ever."""
    return many([key], since, until).get(key, 0)


def readers_today(key: str) -> int:
    today = clock.today()
    return readers(key, today, today)


def many(keys: Collection[str], since: date | None = None, until: date | None = None) -> dict[str, int]:
    """The same for many things in one question; a thing that nobody read is not in it."""
    return _estimates(_rows(keys, since, until).values_list("key", "sketch"))


def per_day(key: str, since: date | None = None, until: date | None = None) -> dict[date, int]:
    """Day → readers of that day. What is older than 400 days stands at the first of its month, as daily visits."""
    return _estimates(_rows([key], since, until).order_by("day").values_list("day", "sketch"))


def per_way(key: str, since: date | None = None, until: date | None = None) -> dict[str, int]:
    """Way → readers who came that way; whoever came by two ways is in both, so nothing is to be added up."""
    return _estimates(_rows([key], since, until).values_list("way", "sketch"))


def sketches(keys: Collection[str], since: date | None = None) -> dict[str, Sketch]:
    """Of each thing everybody who was seen, for whoever merges them further; on one day nobody is two."""
    return _merged(_rows(keys, since, None).values_list("key", "sketch"))


def last_days(keys: Collection[str]) -> dict[str, date]:
    """Of each thing the last day on which somebody read it; what nobody read is not in it."""
    rows = Readers.objects.filter(key__in=keys).order_by().values_list("key").annotate(last=Max("day"))
    return dict(rows.values_list("key", "last"))


def mark_of(way: str) -> str:
    """What a short link adds to the address it leads to; kept pages pass over `ref`, the page tells it when it is read."""
    return f"?ref={way if way in Way.values else Way.LINK}"


def recent(key: str) -> Recent:
    """What a desk is told of a thing, in one question."""
    today = clock.today()
    days = per_day(key, today - MONTH + timedelta(days=1), today)
    return Recent(about(days.get(today, 0)), about(sum(days.values()), "kunjungan harian"))


def about(count: int, what: str = "orang") -> str:
    """A number as it is told: `kira-kira 120 orang`, `kurang dari 10 orang`."""
    return f"kurang dari {FEW} {what}" if count < FEW else f"kira-kira {rounded(count):,} {what}".replace(",", ".")


def rounded(count: int) -> int:
    """Two digits that count: nobody should believe in the third."""
    step = 10 ** max(0, len(str(count)) - 2)
    return round(count / step) * step


def _rows(keys: Collection[str], since: date | None, until: date | None) -> QuerySet[Readers]:
    rows = Readers.objects.filter(key__in=keys)
    rows = rows.filter(day__gte=since) if since else rows
    return rows.filter(day__lte=until) if until else rows


def _estimates(rows: Iterable[tuple[Any, Any]]) -> dict[Any, int]:
    """Of each group the estimate of all its sketches together."""
    return {group: sketch.estimate() for group, sketch in _merged(rows).items()}


def _merged(rows: Iterable[tuple[Any, Any]]) -> dict[Any, Sketch]:
    found: dict[Any, Sketch] = defaultdict(Sketch)
    for group, sketch in rows:
        found[group].merge(Sketch.of(bytes(sketch)))
    return dict(found)
