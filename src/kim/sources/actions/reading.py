"""What the worker does: read the sources whose hour has come, and keep what they say as suggestions."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F

from kim.accounts.actor import SYSTEM
from kim.kernel import clock
from kim.kernel.feeds import NOT_SOUND, Entry, Feed
from kim.kernel.outside import Fetched, Trouble
from kim.kernel.text import squeeze
from kim.ledger.actions import record
from kim.sources.actions.asking import LEASE, PAUSE, bring, give_back
from kim.sources.models import Host, Item, Source
from kim.sources.queries import GIVES_UP, due, latest
from kim.sources.workflow import State

log = logging.getLogger(__name__)
CLAIMED = timedelta(minutes=10)  # whoever dies while reading loses the source to the next one after that
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=15), timedelta(days=1)  # after one failure, after many
MOST_VERSIONS = 20  # of one item: a feed that changes its words at every reading is not followed for ever
KEPT = timedelta(days=180)  # how long a suggestion stays that its feed no longer shows and nobody took


def read_due(*, limit: int = 20) -> int:
    """Read up to `limit` sources, one after the other; returns how many. Several workers may read at once."""
    read = 0
    while read < limit and (source := _claim()) is not None:
        _read(source)
        read += 1
    return read


@transaction.atomic
def _claim() -> Source | None:
    """The next source nobody else is reading, with its host; both are ours for a while, even if we die."""
    source = due().select_for_update(skip_locked=True, of=("self", "host")).select_related("host").first()
    if source is not None:
        now = clock.now()
        Host.objects.filter(pk=source.host_id).update(free_at=now + LEASE)
        Source.objects.filter(pk=source.pk).update(next_at=now + CLAIMED)
    return source


def _read(source: Source) -> None:
    """Ask outside of any transaction, then write down what came of it. A broken feed never stops the others."""
    wait = PAUSE
    try:
        fetched, feed = bring(source.url, etag=source.etag, last_modified=source.last_modified)
        take_in(source.pk, feed, fetched)
    except Trouble as trouble:
        wait = max(trouble.wait or PAUSE, PAUSE)
        _fail(source.pk, trouble)
    except Exception:
        log.exception("reading %s failed", source.url)
        _fail(source.pk, Trouble(NOT_SOUND))
    finally:
        give_back(source.host_id, wait)


@transaction.atomic
def take_in(source_id: UUID, feed: Feed, fetched: Fetched) -> int:
    """Keep what a feed says and when to ask again; returns how many suggestions are new or changed."""
    source = Source.objects.select_for_update().get(pk=source_id)
    now = clock.now()
    source.ok_at, source.failures, source.trouble = now, 0, ""
    source.next_at = now + timedelta(minutes=source.every)
    if fetched.is_same:
        source.save(update_fields=["ok_at", "failures", "trouble", "next_at"])
        return 0
    source.read_at, source.etag, source.last_modified = now, fetched.etag, fetched.last_modified
    source.save()
    return _keep(source, feed.entries, now)


def _keep(source: Source, entries: Sequence[Entry], now: datetime) -> int:
    """New items and new versions of known ones, in a few questions however many there are."""
    known = latest(source, [entry.guid for entry in entries])
    fresh = [entry for entry in entries if _says_something_new(entry, known.get(entry.guid))]
    before = [known[entry.guid].pk for entry in fresh if entry.guid in known]
    source.items.filter(pk__in=before, state=State.NEW).update(state=State.REPLACED)
    Item.objects.bulk_create([_item(source, entry, known.get(entry.guid), now) for entry in fresh])
    source.items.filter(guid__in=[entry.guid for entry in entries]).update(seen_at=now)
    return len(fresh)


def _says_something_new(entry: Entry, before: Item | None) -> bool:
    if before is None:
        return True
    return (entry.title, entry.summary) != (before.title, before.summary) and before.version < MOST_VERSIONS


def _item(source: Source, entry: Entry, before: Item | None, now: datetime) -> Item:
    return Item(
        source=source,
        region_id=source.region_id,
        guid=entry.guid,
        version=before.version + 1 if before else 1,
        title=entry.title,
        summary=entry.summary,
        url=entry.url,
        licence=entry.licence or source.licence,
        language=entry.language,
        published_at=entry.published or now,
        listed_at=now if before else entry.published or now,
        came_at=now,
        seen_at=now,
    )


@transaction.atomic
def _fail(source_id: UUID, trouble: Trouble) -> None:
    """Wait longer after each failure; after the tenth, switch the source off and tell its office."""
    source = Source.objects.select_for_update().get(pk=source_id)
    source.failures += 1
    source.trouble = squeeze(str(trouble))[:300]
    waits = min(FIRST_WAIT * 2 ** (source.failures - 1), LONGEST_WAIT)
    source.next_at = clock.now() + max(waits, trouble.wait or waits)
    if source.failures >= GIVES_UP and source.is_on:
        source.is_on = False
        where = source.region_id
        record("source.failed", source.key, actor=SYSTEM, region=where, name=source.name, trouble=source.trouble)
    source.save(update_fields=["failures", "trouble", "next_at", "is_on"])


@transaction.atomic
def forget_old() -> int:
    """Suggestions go that nobody took and their feed has not shown for half a year; returns how many.

    Those that stood in the feed when it was last read stay, however silent it is: they would only come back as new.
    Hosts go that were looked at once and never became a source's.
    """
    now = clock.now()
    Host.objects.filter(free_at__lt=now - LONGEST_WAIT).exclude(pk__in=Source.objects.values("host")).delete()
    gone = Item.objects.filter(seen_at__lt=now - KEPT, source__read_at__gt=F("seen_at"))
    return gone.exclude(state=State.TAKEN).delete()[0]
