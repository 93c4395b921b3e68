"""Regions that were split, merged or given another code."""

from collections.abc import Set

from django.db import transaction

from kim.kernel.results import Refused
from kim.regions.actions.moving import move
from kim.regions.data.changes import Change
from kim.regions.data.pack import Tree
from kim.regions.models import Region, RegionChange

Kind = RegionChange.Kind


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
    moved = move({code: to for code, to in target.items() if code in old})
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


def not_yet_applied(changes: list[Change]) -> list[Change]:
    done = set(RegionChange.objects.values_list("kind", "from_code", "to_code", "effective_on"))
    return [c for c in changes if (c.kind, c.from_code, c.to_code, c.effective_on) not in done]


def demand_sense(changes: list[Change], old: dict[str, str], tree: Tree) -> None:
    reused = {change.to_code for change in changes if change.kind == Kind.RECODED}
    known = old.keys() | tree.names.keys() | set(Region.objects.values_list("code", flat=True) if old else ())
    for change in changes:
        if change.to_code not in tree.names:
            raise Refused(f"Kode tujuan {change.to_code} tidak ada di data wilayah yang baru.")
        if old and change.from_code not in known:
            raise Refused(f"Kode asal {change.from_code} tidak dikenal.")
        if change.kind != Kind.SPLIT and change.from_code in tree.names and change.from_code not in reused:
            raise Refused(f"Kode asal {change.from_code} masih berlaku di data wilayah yang baru.")
