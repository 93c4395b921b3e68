"""Asking a server for a feed: one question at a time for each host, on all machines together."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings

from kim.accounts.actor import Actor
from kim.kernel import clock, feeds, outside
from kim.kernel.feeds import Feed
from kim.kernel.outside import PATIENCE, Bounds, Fetched, Trouble
from kim.kernel.results import demand
from kim.sources import policies
from kim.sources.models import Host

LEASE = timedelta(minutes=1)  # longer than any fetch lasts: whoever dies while asking blocks a host no longer
PAUSE = timedelta(seconds=2)  # that the worker leaves between two questions to the same host
WHILE_SOMEBODY_WAITS = 6.0  # seconds
BUSY = "Situs ini sedang kami baca, atau minta kami kembali nanti. Tunggu sebentar, lalu coba lagi."


@dataclass(frozen=True, slots=True)
class Look:
    """What an officer sees of a feed before it is kept."""

    url: str
    feed: Feed


def look(address: str, *, actor: Actor) -> Look:
    """Read a feed once, for an officer who wants to add it; raises Trouble. Nothing is kept."""
    demand(policies.can_add(actor))
    place = outside.target(address)
    with borrowed(place.host):
        _, feed = bring(place.url, seconds=WHILE_SOMEBODY_WAITS)
    return Look(place.url, feed)


def bring(url: str, *, etag: str = "", last_modified: str = "", seconds: float = PATIENCE) -> tuple[Fetched, Feed]:
    """A feed and how it came; an empty one when nothing has changed. Raises Trouble."""
    fetched = outside.fetch(
        url,
        agent=f"KIM.id/1 (+{settings.KIM_BASE_URL}/; pembaca umpan pemerintah)",
        kinds=feeds.KINDS,
        etag=etag,
        last_modified=last_modified,
        bounds=Bounds(seconds=seconds, doors=frozenset(settings.KIM_DOORS_INSIDE)),
    )
    if fetched.is_same:
        return fetched, Feed("", "", "", "", ())
    try:
        return fetched, feeds.read(fetched.body, url=fetched.url, charset=fetched.charset)
    except feeds.BadFeed as error:
        raise Trouble(str(error)) from error


@contextmanager
def borrowed(address: str) -> Iterator[None]:
    """Hold a host while asking it; raises Trouble when somebody else holds it or it wants to be left alone."""
    Host.objects.get_or_create(address=address)
    now = clock.now()
    if not Host.objects.filter(address=address, free_at__lte=now).update(free_at=now + LEASE):
        raise Trouble(BUSY)
    try:
        yield
    finally:
        give_back(address, timedelta())


def give_back(address: str, wait: timedelta) -> None:
    """The host may be asked again after `wait`."""
    Host.objects.filter(address=address).update(free_at=clock.now() + wait)
