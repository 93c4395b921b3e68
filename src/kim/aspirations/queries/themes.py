"""What people tell of, by place and month: read from what is kept (actions.counting)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Sum

from kim.accounts.actor import Actor
from kim.aspirations.models import Category, Theme
from kim.kernel import clock, codes
from kim.regions.models import Region
from kim.regions.queries import get

MONTHS = 12
RETURNS = 3  # voices about one thing in one place within the year make it one that returns
MOST = 40


@dataclass(frozen=True, slots=True)
class Line:
    """One thing people tell of, over the year: how many, how many feel the same, how many were answered."""

    category: str
    label: str
    voices: int
    supporters: int
    answered: int
    months: list[tuple[str, int]]

    @property
    def waiting(self) -> int:
        return max(0, self.voices - self.answered)


@dataclass(frozen=True, slots=True)
class Return:
    """A place where one thing comes back."""

    code: str
    name: str
    label: str
    voices: int
    months: int


def span() -> tuple[date, date]:
    """The twelve months up to this one, as their first days."""
    last = clock.today().replace(day=1)
    year, month = divmod(last.year * 12 + last.month - MONTHS, 12)
    return date(year, month + 1, 1), last


def themes(code: str) -> list[Line]:
    """Of one place, what is told most first."""
    first, last = span()
    rows = list(Theme.objects.filter(place_code=code, month__range=(first, last)).order_by("month"))
    lines = [_line(one, [row for row in rows if row.category == one]) for one in Category.values]
    return sorted((line for line in lines if line.voices), key=lambda line: (-line.voices, line.label))


def _line(category: str, rows: Sequence[Theme]) -> Line:
    told = {row.month: row.voices for row in rows}
    return Line(
        category, str(Category(category).label), sum(told.values()), sum(row.supporters for row in rows),
        sum(row.answered for row in rows), [(f"{month:%m/%Y}", told.get(month, 0)) for month in _months()],
    )  # fmt: skip


def _months() -> Iterator[date]:
    first, last = span()
    while first <= last:
        yield first
        first = (first.replace(day=28) + timedelta(days=4)).replace(day=1)


def returning(code: str) -> list[Return]:
    """Right below a place, where the same thing was told three times or more within the year; most first."""
    first, last = span()
    rows = Theme.objects.filter(above_code=code, month__range=(first, last)).values("place_code", "category")
    told = rows.annotate(told=Sum("voices"), months=Count("month", distinct=True)).filter(told__gte=RETURNS)
    found = list(told.order_by("-told", "place_code", "category")[:MOST])
    names = Region.objects.in_bulk([row["place_code"] for row in found])
    return [
        Return(
            row["place_code"],
            names[row["place_code"]].title,
            str(Category(row["category"]).label),
            row["told"],
            row["months"],
        )
        for row in found
    ]


def area_of(actor: Actor, asked: str) -> Region:
    """The place that is shown: the one asked for inside the hat's own, else the hat's; DoesNotExist beyond it."""
    own = actor.region_code or ""
    code = asked or own
    if not codes.within(code, own):
        raise Region.DoesNotExist
    return get(code)


def theme_rows(code: str) -> Iterator[tuple[str, ...]]:
    """The table to take into a meeting."""
    yield (
        "Tentang",
        "Aspirasi setahun",
        "Merasakan hal sama",
        "Sudah dijawab",
        "Belum dijawab",
        *(f"{m:%m/%Y}" for m in _months()),
    )
    for line in themes(code):
        numbers = (line.voices, line.supporters, line.answered, line.waiting, *(number for _, number in line.months))
        yield (line.label, *map(str, numbers))
