"""Working days: Monday to Friday, without national holidays and joint leave (the yearly decree of three ministers)."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from holidays import GOVERNMENT, PUBLIC, Indonesia

SKEW = timedelta(days=30)  # a phone that was long without signal; older than that its clock is not believed


@lru_cache(maxsize=16)
def national(year: int) -> frozenset[date]:
    """National holidays and joint leave of a year; moon-dated days far ahead are estimates of the library."""
    return frozenset(Indonesia(years=year, categories=(PUBLIC, GOVERNMENT)))


def is_workday(day: date, off: Collection[date] = ()) -> bool:
    """`off` are further free days of the place, besides the national ones."""
    return day.weekday() < 5 and day not in national(day.year) and day not in off


def after(day: date, count: int, off: Collection[date] = ()) -> date:
    """The `count`-th working day after a day, that day not counted (UU 14/2008 Ps 22 and SP4N count so)."""
    for _ in range(count):
        day += timedelta(days=1)
        while not is_workday(day, off):
            day += timedelta(days=1)
    return day


def between(first: date, last: date, off: Collection[date] = ()) -> int:
    """How many working days lie after `first` up to `last`; negative when `last` is earlier."""
    if last < first:
        return -between(last, first, off)
    days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    return sum(is_workday(day, off) for day in days)


def due_at(start: datetime, count: int, zone: str, off: Collection[date] = ()) -> datetime:
    """The end of the `count`-th working day on the wall there, in UTC: whoever answers that evening is in time."""
    last = after(start.astimezone(ZoneInfo(zone)).date(), count, off)
    return datetime.combine(last + timedelta(days=1), time(), tzinfo=ZoneInfo(zone)).astimezone(UTC)


def believed(captured: datetime | None, received: datetime) -> datetime:
    """When it was written, as the phone says; never after it arrived, never long before."""
    return min(max(captured or received, received - SKEW), received)
