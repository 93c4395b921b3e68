"""Reading sources and what they suggest: an office sees its own and those of the offices above it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from kim.accounts.actor import Actor
from kim.accounts.models import OFFICES
from kim.doors.paging import Page, page
from kim.kernel import clock, codes
from kim.sources.models import Item, Source
from kim.sources.workflow import State

PAGE = 20
GIVES_UP = 10  # failures in a row after which a source is switched off
FROM_ABOVE = "atas"
SHELVES = {
    "menunggu": ("Menunggu", State.NEW),
    "diambil": ("Dijadikan paket", State.TAKEN),
    "dilewati": ("Dilewati", State.PASSED),
    FROM_ABOVE: ("Dari kantor di atas", State.NEW),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How a source does, for the tag `status`."""

    text: str
    tone: str
    icon: str


def sources_for(actor: Actor) -> QuerySet[Source]:
    """The sources of this office and of those above it; none for any other hat."""
    return Source.objects.filter(region_id__in=_readable(actor)).select_related("region")


def items_for(actor: Actor) -> QuerySet[Item]:
    """What those sources suggest, whatever became of it."""
    return Item.objects.filter(region_id__in=_readable(actor)).select_related("source", "region")


def _readable(actor: Actor) -> list[str]:
    return codes.chain(actor.region_code) if actor.wears(*OFFICES) and actor.region_code else []


def source_list(actor: Actor, after: str = "") -> Page:
    """The sources by name."""
    return page(sources_for(actor), after=after, size=PAGE, keys=("name", "id"))


def shelf(actor: Actor, name: str, after: str = "") -> Page:
    """A page of suggestions, the newest first, a change counting from when it was seen; the first shelf for a name there is not."""
    state = SHELVES.get(name, SHELVES["menunggu"])[1]
    rows = items_for(actor).filter(state=state)
    own = actor.region_code
    rows = rows.exclude(region_id=own) if name == FROM_ABOVE else rows.filter(region_id=own)
    return page(rows, after=after, size=PAGE, keys=("-listed_at", "-id"))


def tabs(actor: Actor, current: str) -> list[dict[str, object]]:
    """The shelves of this office; the nation has nobody above it."""
    names = [name for name in SHELVES if name != FROM_ABOVE or actor.region_code != codes.NATION]
    return [{"key": name, "label": SHELVES[name][0], "is_current": name == current} for name in names]


def source_of(source_id: UUID, actor: Actor) -> Source:
    """One source the office may see; raises Source.DoesNotExist."""
    return sources_for(actor).get(pk=source_id)


def item_of(item_id: UUID, actor: Actor) -> Item:
    """One suggestion the office may see, with its source; raises Item.DoesNotExist."""
    return items_for(actor).select_related("settled_by").get(pk=item_id)


def former(item: Item) -> list[Item]:
    """The earlier versions of an item, the last one first."""
    return list(
        Item.objects.filter(source_id=item.source_id, guid=item.guid, version__lt=item.version).order_by("-version")
    )


def has_newer(item: Item) -> bool:
    return Item.objects.filter(source_id=item.source_id, guid=item.guid, version__gt=item.version).exists()


def latest(source: Source, guids: Iterable[str]) -> dict[str, Item]:
    """The last version of each of these items of a source."""
    rows = source.items.filter(guid__in=list(guids)).order_by("guid", "version")
    return {item.guid: item for item in rows}


def due(now: datetime | None = None) -> QuerySet[Source]:
    """The sources whose hour has come and whose host is free, the longest waiting first. The demo's are never asked."""
    now = now or clock.now()
    rows = Source.objects.filter(is_on=True, is_demo=False, next_at__lte=now, host__free_at__lte=now)
    return rows.order_by("next_at", "id")


def standing(source: Source) -> Standing:
    """The state of a source in words."""
    if source.is_demo:
        return Standing("Sumber contoh", "", "info")
    if not source.is_on and source.failures >= GIVES_UP:
        return Standing(f"Dimatikan sesudah gagal {GIVES_UP} kali", "alert", "warning")
    if not source.is_on:
        return Standing("Dimatikan", "", "pause")
    if source.failures:
        return Standing(f"Gagal {source.failures} kali, dicoba lagi", "wait", "retry")
    if source.ok_at is None:
        return Standing("Menunggu dibaca pertama kali", "wait", "clock")
    return Standing("Lancar", "done", "done")
