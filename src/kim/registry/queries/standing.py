"""The two axes of a KIM, always shown together: is its SK in force, and has it been heard lately."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from kim.kernel import clock
from kim.kernel.dates_id import spell_short
from kim.registry.models import Kim, KimQuerySet

SOON, RARE, SILENT = 90, 30, 60  # days: SK ends soon; news is rare; no news
LEGAL_STATES = {
    "berlaku": "SK berlaku",
    "segera": "SK habis dalam 90 hari",
    "habis": "SK habis",
    "belum": "Belum ada SK",
}
ACTIVITY_STATES = {
    "aktif": "Aktif",
    "jarang": "Jarang berkabar",
    "vakum": "Tidak aktif",
    "belum": "Belum ada kabar",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """A state in words with its tone and icon, for the tag `status`."""

    text: str
    tone: str
    icon: str
    code: str


def legal_status(kim: Kim, today: date | None = None) -> Standing:
    """Whether an SK is in force. Wants a KIM read `with_decree()` (every query here does); asks nothing more."""
    today = today or clock.today()
    if kim.decree_now is None:
        return Standing("Belum ada SK", "wait", "document", "belum")
    until = kim.decree_until
    if until is None:
        return Standing("SK berlaku tanpa batas waktu", "done", "verified", "berlaku")
    left = (until - today).days
    if left < 0:
        return Standing(f"SK habis {spell_short(until)}", "alert", "warning", "habis")
    if left <= SOON:
        words = "SK habis hari ini" if left == 0 else f"SK habis dalam {left} hari"
        return Standing(words, "wait", "clock", "segera")
    return Standing(f"SK berlaku sampai {spell_short(until)}", "done", "verified", "berlaku")


def activity_status(kim: Kim, today: date | None = None) -> Standing:
    """Whether the KIM has been heard lately: Aktif up to 30 days, Jarang up to 60, else Tidak aktif."""
    if kim.last_news_at is None:
        return Standing("Belum ada kabar", "", "info", "belum")
    silent = ((today or clock.today()) - clock.local(kim.last_news_at).date()).days
    if silent <= RARE:
        return Standing("Aktif", "done", "done", "aktif")
    if silent <= SILENT:
        return Standing(f"Jarang berkabar, terakhir {silent} hari lalu", "wait", "clock", "jarang")
    return Standing(f"Tidak aktif, tanpa kabar {silent} hari", "alert", "pause", "vakum")


def of_legal_state(rows: KimQuerySet, state: str, today: date) -> KimQuerySet:
    if state == "belum":
        return rows.filter(decree_now=None)
    if state == "habis":
        return rows.filter(decree_until__lt=today)
    soon = today + timedelta(days=SOON)
    if state == "segera":
        return rows.filter(decree_until__range=(today, soon))
    return rows.filter(Q(decree_until__gt=soon) | Q(decree_until=None), decree_now__isnull=False)


def of_activity(rows: KimQuerySet, state: str, today: date) -> KimQuerySet:
    rare, silent = today - timedelta(days=RARE), today - timedelta(days=SILENT)
    if state == "belum":
        return rows.filter(last_news_at=None)
    if state == "aktif":
        return rows.filter(last_news_at__date__gte=rare)
    if state == "jarang":
        return rows.filter(last_news_at__date__lt=rare, last_news_at__date__gte=silent)
    return rows.filter(last_news_at__date__lt=silent)
