"""How dates, times and numbers are written for people in Indonesia."""

from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from django import template

from kim.kernel import clock
from kim.kernel.dates_id import MONTHS, spell, spell_length, spell_short

register = template.Library()

HOME_ZONE = "Asia/Jakarta"
DAYS = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]


def _there(value: date | datetime, zone: str) -> date | datetime:
    return value.astimezone(ZoneInfo(zone)) if isinstance(value, datetime) and value.tzinfo else value


@register.filter
def tanggal(value: date | datetime | None, zone: str = HOME_ZONE) -> str:
    """Sabtu, 22 November 2025."""
    if not value:
        return ""
    day = _there(value, zone)
    return f"{DAYS[day.weekday()]}, {spell(day)}"


@register.filter
def tanggal_pendek(value: date | datetime | None, zone: str = HOME_ZONE) -> str:
    """22 Nov 2025."""
    return spell_short(_there(value, zone)) if value else ""


@register.filter
def bulan(value: date | datetime | None, zone: str = HOME_ZONE) -> str:
    """November 2025."""
    if not value:
        return ""
    day = _there(value, zone)
    return f"{MONTHS[day.month - 1]} {day.year}"


@register.filter
def jam(value: datetime | time | None, zone: str = HOME_ZONE) -> str:
    """09.41 WIB, on the clock of that zone."""
    if value is None or value == "":
        return ""
    there = value.astimezone(ZoneInfo(zone)) if isinstance(value, datetime) and value.tzinfo else value
    return f"{there.hour:02d}.{there.minute:02d} {clock.zone_label(zone)}"


@register.filter
def waktu(value: datetime | None, zone: str = HOME_ZONE) -> str:
    """Sabtu, 22 November 2025, 09.41 WIB."""
    return f"{tanggal(value, zone)}, {jam(value, zone)}" if value else ""


@register.filter
def iso(value: date | datetime | None) -> str:
    """The machine's form, for `<time datetime>`."""
    return value.isoformat(timespec="minutes") if isinstance(value, datetime) else value.isoformat() if value else ""


@register.filter
def lama(hours: float | None) -> str:
    """A length of time in the unit people would use: 40 menit, 5 jam, 3 hari."""
    return "" if hours is None else spell_length(hours)


@register.filter
def angka(value: float | Decimal | str | None) -> str:
    """1.240, or 12,5 with a fraction."""
    if type(value) is int:
        return f"{value:,}".replace(",", ".")
    if value is None or value == "":
        return ""
    number = Decimal(str(value))
    whole = number == number.to_integral_value()
    text = f"{int(number):,}" if whole else f"{number.normalize():,f}"
    return text.translate(str.maketrans(",.", ".,"))


@register.filter
def ukuran(size: int | None) -> str:
    """240 KB, or 5,1 MB."""
    if size is None or size == "":
        return ""
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))} KB"
    return f"{angka(Decimal(size / 1024 / 1024).quantize(Decimal('0.1')))} MB"


@register.filter
def lalu(value: datetime | None) -> str:
    """“2 jam lalu”, for signed-in pages only: a cacheable page would go stale."""
    if not value:
        return ""
    minutes = int((clock.now() - value).total_seconds() // 60)
    if minutes < 1:
        return "baru saja"
    if minutes < 60:
        return f"{minutes} menit lalu"
    if minutes < 24 * 60:
        return f"{minutes // 60} jam lalu"
    days = minutes // (24 * 60)
    return "kemarin" if days == 1 else f"{days} hari lalu" if days <= 30 else tanggal_pendek(value)
