"""Opening a packet to everybody, and closing it: its address, its files, and the pages of the places it is for."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from kim.dissemination.models import CODE_LENGTH, Bulletin
from kim.kernel.ids import short_code
from kim.media import actions as media
from kim.pages import tags, touched

ALARM_FOR = timedelta(days=3)  # of an emergency that names no end


def show(bulletin: Bulletin) -> None:
    """What everybody may read from now on; the packet is saved by the caller."""
    give_address(bulletin)
    bulletin.alarm_until = _end_of_alarm(bulletin)
    bulletin.targets.update(issued_at=bulletin.issued_at)
    media.open_to_public(bulletin.attachments.order_by().values("upload_id"))
    tell_pages(bulletin)


def hide(bulletin: Bulletin) -> None:
    """Its page says that it was withdrawn; it is in no list any more, and its files are closed."""
    tell_pages(bulletin)
    bulletin.targets.update(issued_at=None)
    media.open_to_public(bulletin.attachments.order_by().values("upload_id"), is_public=False)


def tell_pages(bulletin: Bulletin) -> None:
    """The pages of every place it is for, and all below, show something else now."""
    places = bulletin.targets.order_by().values_list("region_id", flat=True)
    touched(tags.INFO, *(tags.info(code) for code in places))


def give_address(bulletin: Bulletin) -> None:
    """The short code; given once, kept for ever."""
    while not bulletin.short_code:
        code = short_code(CODE_LENGTH)
        bulletin.short_code = None if Bulletin.objects.filter(short_code=code).exists() else code


def _end_of_alarm(bulletin: Bulletin) -> datetime | None:
    """An emergency stands above the pages until its last day is over, or for three days when it names none."""
    if not bulletin.is_emergency or bulletin.issued_at is None:
        return None
    if bulletin.valid_until is None:
        return bulletin.issued_at + ALARM_FOR
    after = bulletin.valid_until + timedelta(days=1)
    return datetime.combine(after, time(), tzinfo=ZoneInfo(bulletin.region.time_zone))
