"""Telling a reporter without an account by phone: only who agreed to it, the number and how it stands, never a word of it.

The inbox carries it as it carries everything: the voice stands for the person, its ways are the consent. Whoever has a
number written down that is another's can send that phone three first messages a day, and all together a thousand an hour.
"""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.crypto import salted_hmac

from kim.accounts.actor import ANONYMOUS
from kim.aspirations.actions.base import locked, record
from kim.aspirations.models import Aspiration
from kim.aspirations.queries.phones import BY_PHONE, channels, sent_to_phone
from kim.doors.throttle import TooOften, demand_room, knock
from kim.inbox import actions as inbox

CONSENT = "kabar-suara-2026-11"  # the version of the words beside the box (forms.speaking.WhoForm)
OF_ONE, OF_ALL = 3, 1000  # voices of one number in a day that open a way; first messages of all in an hour


def reach(made: Aspiration) -> dict[str, object]:
    """Open the ways of a voice whose reporter agreed; returns what the ledger is told. Nothing where none can be opened."""
    open_here = channels()
    if not (open_here and made.reporter_phone) or made.reporter_id or not _may_tell(made.reporter_phone):
        return {}
    for channel in open_here:
        inbox.open_way(made.id, channel, zone=made.region.time_zone)
    return {"consent": CONSENT, "confirms": _knocks("aspirasi:kabar", OF_ALL, timedelta(hours=1))}


def _may_tell(phone: str) -> bool:
    """Counted and remembered by a keyed digest of the number: three voices a day, and a year of silence for who wants it."""
    digest = _digest(phone)
    try:
        demand_room({f"aspirasi:henti:{digest}": 1})
    except TooOften:
        return False
    return _knocks(f"aspirasi:hp:{digest}", OF_ONE, timedelta(days=1))


def _digest(phone: str) -> str:
    return salted_hmac("kim.aspirations.phone", phone, algorithm="sha256").hexdigest()[:16]


def _knocks(bucket: str, limit: int, per: timedelta) -> bool:
    try:
        knock(bucket, limit=limit, per=per)
    except TooOften:
        return False
    return True


@transaction.atomic
def hush(number: str, *, word: str) -> Aspiration:
    """Nothing goes to this phone any more, about this voice or another, for a year; says whoever was sent its link.

    DoesNotExist for a guessed one.
    """
    aspiration = locked(sent_to_phone(number, word).id)
    if phone := aspiration.reporter_phone:
        _knocks(f"aspirasi:henti:{_digest(phone)}", 1, timedelta(days=365))
    same = Aspiration.objects.filter(reporter_phone=phone).values_list("id", flat=True) if phone else []
    if any([forget_ways(voice) for voice in {aspiration.id, *same}]):
        record("aspiration.hushed", aspiration, ANONYMOUS)
    return aspiration


def forget_ways(aspiration_id: UUID) -> bool:
    """What waits is not sent either; returns whether a way was open."""
    return any([inbox.close_way(aspiration_id, channel) for channel in BY_PHONE])


def forget_messages(aspiration_id: UUID) -> None:
    """The words were taken back: no way stays open, and nothing of what was told."""
    forget_ways(aspiration_id)
    inbox.forget_all_of(aspiration_id)
