"""What everybody may know of a KIM."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from kim.doors.paging import Page, page
from kim.kernel import clock, codes
from kim.kernel.dates_id import spell
from kim.registry.models import BoardSeat, Channel, Kim, KimQuerySet, Position
from kim.registry.queries.standing import SILENT
from kim.registry.workflow import Stage


def public() -> KimQuerySet:
    """Registered KIM with their place and the decree that counts; never a draft, never a phone of a member."""
    return Kim.objects.filter(stage=Stage.REGISTERED).select_related("region").with_decree()


def _known() -> KimQuerySet:
    """Every KIM that was ever registered: the site and the certificate of a dissolved one have to say so."""
    stages = (Stage.REGISTERED, Stage.DISSOLVED)
    return Kim.objects.filter(stage__in=stages).select_related("region").with_decree()


def by_slug(slug: str) -> Kim:
    """The KIM of a site address, dissolved ones too; raises Kim.DoesNotExist."""
    return _known().get(slug=slug)


def by_number(number: str) -> Kim:
    """The KIM of a registry number, dissolved ones too; raises Kim.DoesNotExist."""
    return _known().get(registry_number=number)


def directory(region_code: str = codes.NATION, after: str = "", *, size: int = 20) -> Page:
    """A page of the public list under a region prefix, by name."""
    return page(public().within(region_code), after=after, size=size, keys=("name", "id"))


def seats_now(kim: Kim) -> list[BoardSeat]:
    """Who sits on the board today, in the order of the positions."""
    order = {position: number for number, position in enumerate(Position.values)}
    seats = kim.seats.filter(until=None)
    return sorted(seats, key=lambda seat: (order[seat.position], seat.since or date.min, str(seat.id)))


def seats_before(kim: Kim) -> QuerySet[BoardSeat]:
    """Who sat there earlier, last ended first."""
    return kim.seats.exclude(until=None).order_by("-until", "-id")


def channels(kim: Kim) -> QuerySet[Channel]:
    return kim.channels.order_by("kind", "id")


def chair_name(kim: Kim) -> str:
    """Who leads it now; empty when nobody is written down."""
    return next((seat.name for seat in seats_now(kim) if seat.position == Position.CHAIR), "")


def member_count(kim: Kim) -> int:
    """Those written down by name; as long as they are fewer, the number the office's list reported."""
    return max(kim.members.filter(left_on=None).count(), kim.reported_members)


def expiring(region_code: str, days: int) -> KimQuerySet:
    """Registered KIM whose SK ends within so many days (0: has ended already), soonest first."""
    today = clock.today()
    rows = public().within(region_code)
    if days <= 0:
        return rows.filter(decree_until__lt=today).order_by("-decree_until", "id")
    return rows.filter(decree_until__range=(today, today + timedelta(days=days))).order_by("decree_until", "id")


def silent(region_code: str, days: int = SILENT) -> KimQuerySet:
    """Registered KIM without news for so many days, or ever; the longest silence first."""
    since = clock.now() - timedelta(days=days)
    rows = public().within(region_code).filter(Q(last_news_at=None) | Q(last_news_at__lt=since))
    return rows.order_by("last_news_at", "registered_at", "id")


def certificate_words(kim: Kim) -> dict[str, Any]:
    """What the certificate says; only what was verified."""
    chair = next((seat.name for seat in seats_now(kim) if seat.position == Position.CHAIR), "")
    until = spell(kim.decree_until) if kim.decree_until else "tanpa batas waktu"
    facts = [("Ketua", chair), ("Sekretariat", kim.secretariat), ("Nomor SK", kim.decree_number or "")]
    facts += [("SK berlaku sampai", until if kim.decree_now else "")]
    return {
        "number": kim.registry_number,
        "name": kim.name,
        "place": kim.region.full_title,
        "since": spell(clock.local(kim.registered_at, kim.region.time_zone).date()) if kim.registered_at else "",
        "facts": [fact for fact in facts if fact[1]],
    }
