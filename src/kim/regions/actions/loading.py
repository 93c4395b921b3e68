"""The packed tree comes into the table by COPY, and the table becomes equal to it."""

from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from kim.kernel.codes import NATION
from kim.kernel.results import Refused
from kim.pages import tags, touched
from kim.regions.actions.changing import apply_changes, demand_sense, not_yet_applied
from kim.regions.actions.moving import hanging
from kim.regions.data import changes as change_files
from kim.regions.data.changes import Change
from kim.regions.data.pack import Tree
from kim.regions.data.places import RECIPE, Place, described
from kim.regions.models import Region, RegionChange, TreeLoad

Kind = RegionChange.Kind
Say = Callable[[str], None]

TABLE = Region._meta.db_table
COLUMNS = Place._fields
LOCK = 0x4B494D  # one load at a time
STEP = 20_000  # rows between two lines of progress


@dataclass(slots=True)
class Outcome:
    """What a load did."""

    counts: dict[str, int]
    is_unchanged: bool = False
    created: int = 0
    updated: int = 0
    renamed: int = 0
    closed: int = 0
    changes: int = 0
    moved: int = 0


@transaction.atomic
def load(*, tree: Tree, changes: Iterable[Change] = (), say: Say = lambda _: None) -> Outcome:
    """Make the table equal to the tree; regions that left it stay as history, what hung on them has moved.

    Doing it again changes nothing. Refused, with nothing written, when something hangs on a region that left
    the tree and no change names where it goes.
    """
    outcome = Outcome(tree.counts())
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        fresh = not_yet_applied([*change_files.read(), *changes])
        latest = TreeLoad.objects.first()
        digest = f"{tree.digest[:60]}{RECIPE:04d}"
        if latest and latest.digest == digest and not fresh:
            outcome.is_unchanged = True
            return outcome
        old = dict(Region.objects.in_force().exclude(code=NATION).values_list("code", "name"))
        gone = old.keys() - tree.names.keys()
        fresh = change_files.spread(fresh, set(old), set(tree.names))
        demand_sense(fresh, old, tree)
        _copy_in(cursor, tree, say)
        say("Menyamakan tabel wilayah …")
        _match(cursor, tree, outcome, named={change.to_code for change in fresh}, is_first=not old)
        outcome.moved = apply_changes(changes=fresh, old=old, gone=gone)
        outcome.changes = len(fresh)
        outcome.closed = _close(gone - {change.from_code for change in fresh}, old, tree)
        cursor.execute("DROP TABLE incoming")
        cursor.execute(f"ANALYZE {TABLE}")
    touched(tags.EVERYTHING)  # names of places stand on every page
    TreeLoad.objects.create(digest=digest, source=tree.source, effective_on=tree.effective_on, counts=outcome.counts)
    return outcome


def _copy_in(cursor: Any, tree: Tree, say: Say) -> None:
    columns = ", ".join(COLUMNS)
    cursor.execute(f"CREATE TEMP TABLE incoming AS SELECT {columns} FROM {TABLE} WITH NO DATA")
    with cursor.copy(f"COPY incoming ({columns}) FROM STDIN") as copy:
        for number, place in enumerate(described(tree)):
            if number % STEP == 0:
                say(f"Membaca data wilayah: {number:,} dari {len(tree.names):,}".replace(",", "."))
            copy.write_row(place)
    cursor.execute("ALTER TABLE incoming ADD PRIMARY KEY (code)")


def _match(cursor: Any, tree: Tree, outcome: Outcome, *, named: Set[str], is_first: bool) -> None:
    """Insert, restore and update so that every incoming place is in the table as it should be."""
    cursor.execute(f"SELECT r.code, r.name, i.name, r.valid_until IS NULL FROM {TABLE} r JOIN incoming i USING (code)"
                   " WHERE r.name <> i.name OR r.valid_until IS NOT NULL ORDER BY code")  # fmt: skip
    changed = [
        (Kind.RENAMED if in_force else Kind.RESTORED, code, before, after) for code, before, after, in_force in cursor
    ]
    columns = ", ".join(COLUMNS)
    since = None if is_first else tree.effective_on
    cursor.execute(
        f"INSERT INTO {TABLE} ({columns}, valid_from) SELECT {columns}, %s FROM incoming i"
        f" WHERE NOT EXISTS (SELECT FROM {TABLE} r WHERE r.code = i.code) RETURNING code, name",
        [since],
    )
    created = [(Kind.CREATED, code, "", name) for code, name in cursor]
    outcome.created = len(created)
    derived = ", ".join(COLUMNS[1:])
    values = ", ".join(f"i.{column}" for column in COLUMNS[1:])
    stored = ", ".join(f"r.{column}" for column in COLUMNS[1:])
    cursor.execute(
        f"UPDATE {TABLE} r SET ({derived}, valid_until) = ROW({values}, NULL::date) FROM incoming i"
        f" WHERE r.code = i.code AND (({stored}) IS DISTINCT FROM ({values}) OR r.valid_until IS NOT NULL)"
    )
    outcome.updated = cursor.rowcount
    events = [event for event in (changed if is_first else [*changed, *created]) if event[1] not in named]
    outcome.renamed = sum(kind == Kind.RENAMED for kind, *_ in events)
    RegionChange.objects.bulk_create(
        RegionChange(
            kind=kind, from_code=code, to_code=code, from_name=before, to_name=after,
            effective_on=tree.effective_on, source=tree.source,
        )
        for kind, code, before, after in events
    )  # fmt: skip


def _close(codes: Set[str], old: dict[str, str], tree: Tree) -> int:
    """Close regions that left the tree without a successor; Refused when something still hangs on them."""
    if used := hanging(codes):
        lines = [f"{code} {old[code]} ({what})" for code, what in sorted(used.items())]
        more = f" dan {len(lines) - 20} wilayah lain" if len(lines) > 20 else ""
        raise Refused(
            "Wilayah ini tidak ada lagi di data yang baru, tetapi masih dipakai: "
            f"{'; '.join(lines[:20])}{more}. Tulis tujuannya dalam berkas perubahan, lalu muat lagi dengan --changes."
        )
    RegionChange.objects.bulk_create(
        RegionChange(
            kind=Kind.CLOSED,
            from_code=code,
            from_name=old[code],
            effective_on=tree.effective_on,
            source=tree.source,
        )
        for code in sorted(codes)
    )
    return Region.objects.filter(code__in=codes).update(valid_until=tree.effective_on)
