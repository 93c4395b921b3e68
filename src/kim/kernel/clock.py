"""The one clock: aware times in UTC, shown in the zone of a region (WIB, WITA, WIT)."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

HOME_ZONE = "Asia/Jakarta"
ZONE_NAMES = {"Asia/Jakarta": "WIB", "Asia/Pontianak": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}


def now() -> datetime:
    return datetime.now(UTC)


def at(seconds: float) -> datetime:
    """The moment so many seconds after the epoch."""
    return datetime.fromtimestamp(seconds, UTC)


def today(zone: str = "Asia/Jakarta") -> date:
    """The date on the wall there now."""
    return now().astimezone(ZoneInfo(zone)).date()


def local(moment: datetime, zone: str = "Asia/Jakarta") -> datetime:
    return moment.astimezone(ZoneInfo(zone))


def zone_label(zone: str) -> str:
    """WIB, WITA or WIT."""
    return ZONE_NAMES.get(zone, "WIB")


def greeting(zone: str = "Asia/Jakarta") -> str:
    """Selamat pagi, siang, sore or malam, as it is there now."""
    hour = local(now(), zone).hour
    return "Selamat " + ("pagi" if 3 <= hour < 11 else "siang" if hour < 15 else "sore" if hour < 19 else "malam")


def month_span(month: date, zone: str = HOME_ZONE) -> tuple[datetime, datetime]:
    """From the first moment of a month there to the first of the next."""
    first = month.replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    begin, end = (datetime.combine(day, time(), tzinfo=ZoneInfo(zone)) for day in (first, after))
    return begin, end
