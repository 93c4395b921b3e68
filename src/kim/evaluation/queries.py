"""Reading the counters: never a COUNT over the rows themselves."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Value
from django.db.models.functions import Coalesce

from kim.evaluation.models import Figure
from kim.kernel import codes
from kim.regions.models import Region


@dataclass(frozen=True, slots=True)
class Cover:
    """One region of a list: how many of its villages have a KIM."""

    code: str
    level: str
    name: str
    title: str
    kims: int
    active: int
    members: int
    have: int
    total: int

    @property
    def url(self) -> str:
        return f"/wilayah/{self.code}/"

    def __iter__(self):
        """As a row of the `coverage` tag."""
        return iter((self.name, self.have, self.total, self.url))


def figure(code: str) -> Figure:
    """The counters of a region; all zero where nothing was ever counted."""
    return Figure.objects.filter(region_id=code).first() or Figure(region_id=code)


def coverage(code: str) -> list[Cover]:
    """The regions right under this one, most KIM first, then by name: one query at every level."""
    children = Region.objects.filter(parent_id=code, valid_until=None).annotate(
        kim_count=Coalesce("figure__kims", Value(0)),
        active_count=Coalesce("figure__active_kims", Value(0)),
        member_count=Coalesce("figure__members", Value(0)),
        village_count=Coalesce("figure__villages", Value(0)),
        all_count=Coalesce("figure__all_villages", Value(0)),
    )
    children = children.only("code", "level", "display_name", "local_term", "kind")
    return sorted(map(_cover, children), key=lambda row: (-row.have, -row.kims, row.name))


def provinces() -> dict[str, int]:
    """Province code → KIM, for the tile map."""
    rows = Figure.objects.filter(region__level=codes.Level.PROVINCE)
    return dict(rows.values_list("region_id", "kims"))


def _cover(region: Any) -> Cover:
    """A region with its counted columns."""
    total = 1 if region.level == codes.Level.VILLAGE else region.all_count
    name = region.display_name if region.level == codes.Level.REGENCY else region.short_name
    counts = (region.kim_count, region.active_count, region.member_count, region.village_count)
    return Cover(region.code, region.level, name, region.title, *counts, total)


def regions_with_kim() -> QuerySet[Figure, str]:
    """Codes of every region with a KIM in it, the nation left out."""
    rows = Figure.objects.filter(kims__gt=0).exclude(region_id=codes.NATION)
    return rows.order_by("region_id").values_list("region_id", flat=True)
