"""How a desk does: answered, in time, working days in the middle, opened again; read from the months as kept."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from kim.aspirations.models import Tally
from kim.aspirations.queries.routing import desk_name
from kim.kernel import clock
from kim.regions.models import Region

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Figures:
    """A year of one desk, or of several together."""

    received: int
    answered: int
    in_time: int
    reopened: int
    passed: int
    passed_by_clock: int
    set_aside: int
    median_days: int | None

    @property
    def in_time_share(self) -> int:
        """Of a hundred answers, so many in time."""
        return round(100 * self.in_time / self.answered) if self.answered else 0


def of_desk(key: str, months: int = MONTHS) -> Figures:
    """The last months of one desk, by its key (`queries.key_of`)."""
    return together(_since(Tally.objects.filter(desk=key), months))


def of_offices(code: str, months: int = MONTHS) -> list[tuple[Tally, Figures]]:
    """Every desk of one place (its own and its agencies), each with its figures; the first row names the desk."""
    found: dict[str, list[Tally]] = {}
    rows = _since(Tally.objects.filter(holder_code=code), months).select_related("agency").order_by("desk", "-month")
    for row in rows[: 100 * months]:
        found.setdefault(row.desk, []).append(row)
    return [(rows[0], together(rows)) for rows in found.values()]


def called(tally: Tally, place: Region) -> str:
    """The desk a row is about, as people call it."""
    return desk_name(place, tally.agency)


def _since(rows: QuerySet[Tally], months: int) -> QuerySet[Tally]:
    return rows.filter(month__gte=_first(months))


def _first(months: int) -> date:
    month = clock.today().replace(day=1)
    for _ in range(months - 1):
        month = (month - timedelta(days=1)).replace(day=1)
    return month


def together(rows: Iterable[Tally]) -> Figures:
    """Several months, or several desks, as one."""
    rows = list(rows)
    spread: Counter[int] = Counter()
    for row in rows:
        spread.update({int(days): number for days, number in row.days.items()})
    return Figures(
        received=sum(row.received for row in rows),
        answered=sum(row.answered for row in rows),
        in_time=sum(row.answered_in_time for row in rows),
        reopened=sum(row.reopened for row in rows),
        passed=sum(row.passed for row in rows),
        passed_by_clock=sum(row.passed_by_clock for row in rows),
        set_aside=sum(row.set_aside for row in rows),
        median_days=median(spread),
    )


def median(spread: Counter[int]) -> int | None:
    """The middle one of so many days, the lower of two; None of nothing."""
    half, seen = (sum(spread.values()) + 1) // 2, 0
    for days in sorted(spread):
        seen += spread[days]
        if seen >= half and half:
            return days
    return None
