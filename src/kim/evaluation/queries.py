"""Reading the counters: never a COUNT over the rows themselves."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Value
from django.db.models.functions import Coalesce

from kim.doors.questions import Given, Question
from kim.evaluation.models import Figure
from kim.kernel import codes
from kim.kernel.codes import Level
from kim.regions.models import Region, titled


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


FIGURES = [field.attname for field in Figure._meta.concrete_fields]
NAMES = ("level", "kind", "display_name", "local_term", "time_zone", "chain", "valid_until")


def _below() -> QuerySet[Region, tuple[Any, ...]]:
    counted = (Coalesce(f"figure__{name}", Value(0)) for name in ("kims", "active_kims", "members", "villages"))
    rows = Region.objects.filter(parent=Given("code"), valid_until=None).order_by()
    own = ("code", "level", "display_name", "local_term")
    return rows.values_list(*own, *counted, Coalesce("figure__all_villages", Value(0)))


FIGURE = Question(lambda: Figure.objects.filter(region=Given("code"))[:1])
PROVINCES = Question(
    lambda: Figure.objects.filter(region__level=Level.PROVINCE, region__valid_until=None)
    .values_list("region_id", "kims")
)  # fmt: skip
PLACE = Question(
    lambda: Region.objects.filter(code=Given("code")).select_related("figure")
    .only(*NAMES, *(f"figure__{name}" for name in FIGURES))
)  # fmt: skip
BELOW = Question(_below)


def figure(code: str) -> Figure:
    """The counters of a region; all zero where nothing was ever counted."""
    return FIGURE.first(code=code) or Figure(region_id=code)


def place(code: str) -> tuple[Region, Figure]:
    """A region, in force or closed, with its counters; raises Region.DoesNotExist."""
    found = PLACE.first(code=code)
    if found is None:
        raise Region.DoesNotExist
    return found, getattr(found, "figure", None) or Figure(region_id=code)


def provinces() -> dict[str, int]:
    """Province code → KIM, for the tile map."""
    return dict(PROVINCES.all())


def coverage(code: str) -> list[Cover]:
    """The regions right under this one, most KIM first, then by name: one query at every level."""
    return sorted(map(_cover, BELOW.all(code=code)), key=lambda row: (-row.have, -row.kims, row.name))


def _cover(row: tuple[Any, ...]) -> Cover:
    """A region with its counted columns."""
    code, level, name, term, kims, active, members, have, total = row
    total = 1 if level == Level.VILLAGE else total
    return Cover(code, level, name, titled(level, name, term), kims, active, members, have, total)


def regions_with_kim(under: str = codes.NATION) -> QuerySet[Figure, str]:
    """Codes of every region under a prefix with a KIM in it, the nation left out."""
    rows = Figure.objects.filter(kims__gt=0).exclude(region_id=codes.NATION)
    if under != codes.NATION:
        rows = rows.filter(region__code__startswith=under)
    return rows.order_by("region_id").values_list("region_id", flat=True)
