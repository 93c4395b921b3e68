"""Moments as feeds write them: RFC 822, ISO 8601, and both as Indonesian editors bend them."""

import re
from datetime import datetime, time, timedelta, timezone
from email.utils import parsedate_to_datetime

from kim.kernel.dates_id import BadDate, read_date

WIB = timezone(timedelta(hours=7))
OLDEST = datetime(1990, 1, 1, tzinfo=WIB)
_ZONES = {"WIB": "+0700", "WITA": "+0800", "WIT": "+0900"}
_ZONE = re.compile(r"\s*\b(WIB|WITA|WIT)\b\.?")
_DAY_OF_WEEK = re.compile(r"^[^\W\d]+\.?,?\s+")
_CLOCK = re.compile(r"\b([01]?\d|2[0-3])[:.]([0-5]\d)(?:[:.][0-5]\d)?(?![\d.])")


def moment(text: str, *, now: datetime) -> datetime | None:
    """When something was published, never later than now; None for what cannot be read. No zone means WIB."""
    words = _ZONE.sub(lambda found: f" {_ZONES[found[1]]}", text.strip()[:80])
    for read in (datetime.fromisoformat, parsedate_to_datetime, _spelt_out):
        try:
            found = read(words)
            found = found if found.tzinfo else found.replace(tzinfo=WIB)
            return min(found, now) if found >= OLDEST else None
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None


def _spelt_out(words: str) -> datetime:
    """`Senin, 24 November 2025 | 09.41 +0800`."""
    offset = re.search(r"\s([+-]\d\d)(\d\d)$", words)
    zone = timezone(timedelta(hours=int(offset[1]), minutes=int(offset[2]))) if offset else WIB
    clock = _CLOCK.search(words)
    day = words[: clock.start()] if clock else words[: offset.start()] if offset else words
    try:
        found = read_date(_DAY_OF_WEEK.sub("", day).strip(" |,-"))
    except BadDate as error:
        raise ValueError(words) from error
    hour, minute = (int(clock[1]), int(clock[2])) if clock else (0, 0)
    return datetime.combine(found, time(hour, minute), zone)
