"""The Sistem reads what was published and queues what is worth a look. It takes nothing down and holds nothing back."""

from collections.abc import Collection
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist

from kim.kernel import clock
from kim.kernel.ids import as_id
from kim.ledger.actions import Reader
from kim.ledger.models import Entry
from kim.moderation import queries
from kim.moderation.actions.reporting import open_case
from kim.moderation.models import Sighting
from kim.moderation.workflow import Reason, Thing

BURST = timedelta(hours=6)
MANY_KIMS = 4  # whose texts lead to one strange host within that time


def watch(verbs: Collection[str]) -> Reader:
    """A reader of the ledger for these acts: each makes something public or changes what is."""

    def read(entry: Entry) -> None:
        if entry.verb in verbs:
            _look(entry)

    return read


def _look(entry: Entry) -> None:
    kind, _, name = entry.key.partition(":")
    thing_id = as_id(name)
    try:
        thing = queries.reportable(kind, thing_id) if thing_id else None
    except ObjectDoesNotExist:  # gone again before anybody looked
        return
    if thing is None:
        return
    markup = f"{thing.title}\n{thing.words}"
    for clue in queries.clues(markup)[:1]:
        open_case(thing, clue.reason, clue.found)
    _see_hosts(thing, markup)


def _see_hosts(thing: Thing, markup: str) -> None:
    """Note where the text leads to; a strange host that many KIM lead to at once is a case for the text seen last."""
    for host in sorted(queries.strange(queries.hosts(markup), own=settings.KIM_DOMAIN)):
        Sighting.objects.update_or_create(
            host=host, subject=thing.key, defaults={"kim_id": thing.kim_id, "at": clock.now()}
        )
        seen = Sighting.objects.filter(host=host, at__gte=clock.now() - BURST, kim_id__isnull=False)
        kims = seen.values("kim_id").distinct()[:MANY_KIMS]
        if len(kims) >= MANY_KIMS:
            open_case(thing, Reason.LINKS, f"{host} muncul di tulisan {MANY_KIMS} KIM atau lebih dalam beberapa jam")
