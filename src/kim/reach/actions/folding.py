"""Sketches into rows, the salt of the day, and old days into months."""

import secrets
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils.module_loading import import_string

from kim.kernel import clock
from kim.kernel.sketch import Sketch
from kim.reach.models import Readers, Salt

Place = tuple[str, date, str]  # key, day, way
Seen = dict[Place, Sketch]
Finder = Callable[[Collection[str]], Iterable[str]]  # of these ids those that everybody may read now
AT_ONCE = 500  # rows in one transaction
APART = timedelta(days=400)  # days are kept apart so long, then they become months
SALT_BYTES = 32


def fold(seen: Mapping[Place, Sketch]) -> None:
    """Take what was seen into the rows; nothing is written of things that are not there. Twice is the same as once."""
    known = _existing({key for key, _, _ in seen})
    places = sorted(place for place in seen if place[0] in known)
    for begin in range(0, len(places), AT_ONCE):
        _fold_some({place: seen[place] for place in places[begin : begin + AT_ONCE]})


@transaction.atomic
def _fold_some(seen: Mapping[Place, Sketch]) -> None:
    """First the rows are there, then they are locked, both in one order: many processes at once wait, and lose nothing."""
    empty = bytes(Sketch())
    rows = [Readers(key=key, day=day, way=way, sketch=empty) for key, day, way in sorted(seen)]
    Readers.objects.bulk_create(rows, ignore_conflicts=True)
    keys, days = {key for key, _, _ in seen}, {day for _, day, _ in seen}
    locked = Readers.objects.filter(key__in=keys, day__in=days).order_by("key", "day", "way").select_for_update()
    changed = [row for row in locked if _took_in(row, seen.get((row.key, row.day, row.way)))]
    Readers.objects.bulk_update(changed, ["sketch"])


def _took_in(row: Readers, more: Sketch | None) -> bool:
    """Whether the row knows more than before."""
    if more is None:
        return False
    before = bytes(row.sketch)
    sketch = Sketch.of(before)
    sketch.merge(more)
    row.sketch = bytes(sketch)
    return row.sketch != before


def _existing(keys: Iterable[str]) -> set[str]:
    """Of these keys those that everybody may read, as each kind says of its own (`READABLE` of kim.config.wiring)."""
    finders: Mapping[str, Finder] = import_string(settings.KIM_READABLE)
    by_kind = defaultdict(set)
    for key in keys:
        kind, _, name = key.partition(":")
        by_kind[kind].add(name)
    return {f"{kind}:{name}" for kind, names in by_kind.items() if kind in finders for name in finders[kind](names)}


def salt_of_today() -> tuple[date, bytes]:
    """The day and its salt. The first to ask on a new day makes another, and the one before is gone for good."""
    today = clock.today()
    found = Salt.objects.first()
    if found is None or found.day < today:
        found = _another(today)
    return found.day, bytes(found.salt)


@transaction.atomic
def _another(today: date) -> Salt:
    """One process makes it, the others wait and take it. TRUNCATE gives back the file that held the former one."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE reach_salt IN ACCESS EXCLUSIVE MODE")
        found = Salt.objects.first()
        if found is not None and found.day >= today:
            return found
        cursor.execute("TRUNCATE reach_salt")
    return Salt.objects.create(day=today, salt=secrets.token_bytes(SALT_BYTES))


def tidy() -> int:
    """Yesterday's salt goes even if nobody reads today, and old days become months; returns how many rows went."""
    salt_of_today()
    first = (clock.today() - APART).replace(day=1)
    gone = 0
    while some := _fold_into_months(first):
        gone += some
    return gone


@transaction.atomic
def _fold_into_months(first: date) -> int:
    """Some of the days before `first`, each into the first of its month."""
    days = Readers.objects.filter(day__lt=first).exclude(day__day=1).order_by("day")
    rows = list(days.select_for_update(skip_locked=True)[:AT_ONCE])
    months: Seen = {}
    for row in rows:
        place = (row.key, row.day.replace(day=1), row.way)
        months.setdefault(place, Sketch()).merge(Sketch.of(bytes(row.sketch)))
    _fold_some(months)
    Readers.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)
