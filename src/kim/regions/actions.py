"""Writing the tree: load a packed one, apply what changed, move what was attached; and set a local rule.

Regions lie below the ledger, so what happens to them is kept here, as dated `RegionChange` rows.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, connection, models, transaction

from kim.kernel.codes import NATION
from kim.kernel.results import Refused
from kim.regions.data import changes as change_files
from kim.regions.data.changes import Change
from kim.regions.data.pack import Tree
from kim.regions.data.places import RECIPE, Place, described
from kim.regions.models import LocalRule, Region, RegionChange, TreeLoad

Kind = RegionChange.Kind
Say = Callable[[str], None]
Moved = dict[str, Counter[str]]  # old code → what moved, by model label

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
        fresh = _not_yet_applied([*change_files.read(), *changes])
        latest = TreeLoad.objects.first()
        digest = f"{tree.digest[:60]}{RECIPE:04d}"
        if latest and latest.digest == digest and not fresh:
            outcome.is_unchanged = True
            return outcome
        old = dict(Region.objects.in_force().exclude(code=NATION).values_list("code", "name"))
        gone = old.keys() - tree.names.keys()
        fresh = change_files.spread(fresh, set(old), set(tree.names))
        _demand_sense(fresh, old, tree)
        _copy_in(cursor, tree, say)
        say("Menyamakan tabel wilayah …")
        _match(cursor, tree, outcome, named={change.to_code for change in fresh}, is_first=not old)
        outcome.moved = apply_changes(changes=fresh, old=old, gone=gone)
        outcome.changes = len(fresh)
        outcome.closed = _close(gone - {change.from_code for change in fresh}, old, tree)
        cursor.execute("DROP TABLE incoming")
        cursor.execute(f"ANALYZE {TABLE}")
    TreeLoad.objects.create(digest=digest, source=tree.source, effective_on=tree.effective_on, counts=outcome.counts)
    return outcome


@transaction.atomic
def apply_changes(*, changes: list[Change], old: dict[str, str], gone: Set[str]) -> int:
    """Give successors their predecessor, move what hangs on vanished codes, record each change; how many rows moved.

    `old` has the names before the change, `gone` the codes that left the tree. What hung on a split region
    follows the first successor named; if its own code goes on, everything stays there.
    """
    reused = {change.to_code for change in changes if change.kind == Kind.RECODED}
    target: dict[str, str] = {}
    for change in changes:
        if change.from_code in gone or (change.kind == Kind.RECODED and change.from_code in reused):
            target.setdefault(change.from_code, change.to_code)
    moved = _move({code: to for code, to in target.items() if code in old})
    mentioned = {code for change in changes for code in (change.from_code, change.to_code)}
    names = dict(Region.objects.filter(code__in=mentioned).values_list("code", "name"))
    for change in changes:
        if change.kind != Kind.MERGED:
            Region.objects.filter(code=change.to_code).update(
                predecessor_id=change.from_code if change.from_code in names else None,
                valid_from=change.effective_on,
            )
        if change.from_code in gone:
            Region.objects.filter(code=change.from_code).update(valid_until=change.effective_on)
    RegionChange.objects.bulk_create(
        RegionChange(
            kind=change.kind,
            from_code=change.from_code,
            to_code=change.to_code,
            from_name=old.get(change.from_code) or names.get(change.from_code, ""),
            to_name=names.get(change.to_code, ""),
            effective_on=change.effective_on,
            source=change.source,
            moved=moved.get(change.from_code, {}) if target.get(change.from_code) == change.to_code else {},
        )
        for change in changes
    )
    return sum(what.total() for what in moved.values())


@transaction.atomic
def set_rule(*, region_code: str, key: str, value: Any, is_blocking: bool = False, source: str = "") -> LocalRule:
    """From now on the region and all under it go by this value. The door that asks for it keeps the ledger entry."""
    rule, _ = LocalRule.objects.update_or_create(
        region_id=region_code, key=key, defaults={"value": value, "is_blocking": is_blocking, "source": source}
    )
    return rule


def attachments() -> Iterator[models.ForeignKey]:
    """Every foreign key of the installed apps that points at a region and moves with it.

    Left out: regions themselves, the event tables of pghistory, and models that say `keeps_region_code = True`.
    """
    for relation in Region._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ManyToOneRel) or relation.related_model is Region:
            continue
        model = relation.related_model
        is_history = hasattr(model, "pgh_tracked_model") or getattr(model, "keeps_region_code", False)
        if model._meta.managed and not model._meta.proxy and not is_history:
            yield relation.field


def _not_yet_applied(changes: list[Change]) -> list[Change]:
    done = set(RegionChange.objects.values_list("kind", "from_code", "to_code", "effective_on"))
    return [c for c in changes if (c.kind, c.from_code, c.to_code, c.effective_on) not in done]


def _demand_sense(changes: list[Change], old: dict[str, str], tree: Tree) -> None:
    reused = {change.to_code for change in changes if change.kind == Kind.RECODED}
    known = old.keys() | tree.names.keys() | set(Region.objects.values_list("code", flat=True) if old else ())
    for change in changes:
        if change.to_code not in tree.names:
            raise Refused(f"Kode tujuan {change.to_code} tidak ada di data wilayah yang baru.")
        if old and change.from_code not in known:
            raise Refused(f"Kode asal {change.from_code} tidak dikenal.")
        if change.kind != Kind.SPLIT and change.from_code in tree.names and change.from_code not in reused:
            raise Refused(f"Kode asal {change.from_code} masih berlaku di data wilayah yang baru.")


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
    if hanging := _hanging(codes):
        lines = [f"{code} {old[code]} ({what})" for code, what in sorted(hanging.items())]
        more = f" dan {len(lines) - 20} wilayah lain" if len(lines) > 20 else ""
        raise Refused(
            "Wilayah ini tidak ada lagi di data yang baru, tetapi masih dipakai: "
            f"{'; '.join(lines[:20])}{more}. Tulis tujuannya dalam berkas perubahan, lalu muat lagi dengan --changes."
        )
    RegionChange.objects.bulk_create(
        RegionChange(
            kind=Kind.CLOSED, from_code=code, from_name=old[code], effective_on=tree.effective_on, source=tree.source
        )
        for code in sorted(codes)
    )
    return Region.objects.filter(code__in=codes).update(valid_until=tree.effective_on)


def _hanging(codes: Set[str]) -> dict[str, str]:
    found: dict[str, list[str]] = defaultdict(list)
    for key in attachments() if codes else ():
        rows = key.model._base_manager.filter(**{f"{key.attname}__in": codes}).order_by()
        for code, number in rows.values_list(key.attname).annotate(number=models.Count("pk")):
            found[code].append(f"{number} {key.model._meta.verbose_name}")
    return {code: ", ".join(what) for code, what in found.items()}


def _move(target: dict[str, str]) -> Moved:
    """Everything attached goes to its new code at once, so that codes may also trade places."""
    moved: Moved = defaultdict(Counter)
    for key in attachments() if target else ():
        for code in _move_rows(key, target):
            moved[code][key.model._meta.label_lower] += 1
    return moved


def _move_rows(key: models.ForeignKey, target: dict[str, str]) -> list[str]:
    for move in (_move_together, _move_aside_first):
        try:
            with transaction.atomic():
                return move(key, target)
        except IntegrityError:  # the table allows one per region, and the new region is not free (yet)
            continue
    return _move_singly(key, target)


def _move_aside_first(key: models.ForeignKey, target: dict[str, str]) -> list[str]:
    """All leave before any arrives. No region has the codes between, but foreign keys are asked at the end."""
    aside = {code: f"~{number}" for number, code in enumerate(target)}
    went = _move_together(key, aside)
    _move_together(key, {aside[code]: to for code, to in target.items()})
    return went


def _move_together(key: models.ForeignKey, target: dict[str, str]) -> list[str]:
    table, column = connection.ops.quote_name(key.model._meta.db_table), connection.ops.quote_name(key.column)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} t SET {column} = m.to_code FROM unnest(%s::varchar[], %s::varchar[]) m (from_code, to_code)"
            f" WHERE t.{column} = m.from_code RETURNING m.from_code",
            [list(target), list(target.values())],
        )
        return [code for (code,) in cursor]


def _move_singly(key: models.ForeignKey, target: dict[str, str]) -> list[str]:
    """Row by row, for tables where the new region may already have its own; such a row stays with the old code."""
    rows = key.model._base_manager
    waiting = list(rows.filter(**{f"{key.attname}__in": target}).order_by("pk").values_list("pk", key.attname))
    went: list[str] = []
    tried = -1
    while waiting and tried != len(waiting):
        tried, still = len(waiting), []
        for pk, code in waiting:
            try:
                with transaction.atomic():
                    rows.filter(pk=pk).update(**{key.attname: target[code]})
                went.append(code)
            except IntegrityError:
                still.append((pk, code))
        waiting = still
    return went
