"""Filling and emptying portion by portion, in this process or in several."""

import os
from collections import defaultdict
from collections.abc import Callable, Iterator

import pgtrigger
from django.db import connection

from kim.bench import aside, book, doubts, flags, news, removal, village, voices
from kim.bench.plan import Order, Share, shares
from kim.bench.tables import Tables
from kim.regions.models import Region


def fill() -> Iterator[int]:
    """Write portions until none is left; yields the rows of each. Ends early when the process that began it is gone."""
    note, parent = book.note(), os.getppid()
    order, covers, secret = note["wish"], note["covers"], note["secret"]
    every, tables = shares(order), Tables()
    connection.close()  # a later transaction begins with a fresh session
    while os.getppid() == parent:
        with pgtrigger.ignore(), book.next_portion(is_done=False) as found:
            if found is None:
                return
            portion, result = found
            _hurry()
            _write(every[portion.first : portion.last], every, order, tables, covers, secret)
            result["rows"] = rows = tables.write()
        yield rows


def restore() -> Iterator[int]:
    """Make indexes and foreign keys again until none is left."""
    for _ in aside.restore():
        yield 1


def empty() -> Iterator[int]:
    """Take portions away until none is left; yields the villages of each."""
    order = book.note()["wish"]
    every = shares(order)
    while True:
        with pgtrigger.ignore(), book.next_portion(is_done=True) as found:
            if found is None:
                return
            share = every[found[0].first : found[0].last]
            removal.take_away(order, share)
        yield len(share)


WORK: dict[str, Callable[[], Iterator[int]]] = {"fill": fill, "restore": restore, "empty": empty}


def _hurry() -> None:
    """This transaction need not be on the disk when it ends: a portion lost in a crash is written again."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")


def _write(
    found: list[Share], every: list[Share], order: Order, tables: Tables, covers: list[str], secret: str
) -> None:
    regions = Region.objects.in_bulk([share.code for share in found])
    around = _neighbours({share.code[:8] for share in found})
    for share in found:
        kim = village.settle(order, share, regions[share.code], around[share.code[:8]])
        last = news.write(kim, order, share, tables, covers)
        village.write(kim, order, share, tables, secret, last)
        shown = voices.write(kim, order, share, tables)
        doubts.write(kim, order, share, every, tables)
        flags.write(kim, order, share, shown, tables)


def _neighbours(districts: set[str]) -> dict[str, tuple[str, ...]]:
    """The names of the villages of each district."""
    names: dict[str, list[str]] = defaultdict(list)
    rows = Region.objects.in_force().filter(parent_id__in=districts).order_by("code")
    for district, name in rows.values_list("parent_id", "display_name"):
        names[district].append(name)
    return {district: tuple(several) for district, several in names.items()}
