"""Keeping the counters: what an act may have changed is counted again, and everything is compared with the rows."""

from collections.abc import Iterable, Sequence

from django.db import transaction

from kim.evaluation.actions import counting
from kim.evaluation.models import Figure
from kim.kernel import clock, codes
from kim.kernel.codes import Level
from kim.ledger.models import Entry
from kim.pages import tags, touched

AT_ONCE = 500  # chains counted in one transaction
HEARD = (
    "kim.",
    "member.",
    "board.",
    "region.",
    "article.published",
    "article.withdrawn",
    "article.retracted",
    "article.restored",
)
Counts = dict[str, int]


def recount() -> list[str]:
    """Every counter is compared with the rows, and what differs is put right; returns the codes that changed.

    Only the regions that differ are written, a few hundred at a time, so nobody waits for it long.
    """
    if not Figure.objects.filter(region_id=codes.NATION).exists():
        return _count_everything()
    changed: list[str] = []
    wrong = list(compare())
    for begin in range(0, len(wrong), AT_ONCE):
        changed += recount_chains(wrong[begin : begin + AT_ONCE])
    return changed


@transaction.atomic
def recount_chains(chosen: Iterable[str]) -> list[str]:
    """The counters of these regions and of those above are right again; returns the codes that changed.

    A hundred villages of one regency cost one count of that regency.
    """
    counting.take_turn()
    now, levels = clock.now(), counting.chains(chosen)
    changed = counting.villages(levels[Level.VILLAGE], now) if levels[Level.VILLAGE] else []
    for level in counting.ABOVE:
        changed += counting.above(level, levels[level], now)
    shown_on = {above for code in changed for above in (code, codes.parent(code) or code)}  # pages list what lies below
    touched(*map(tags.region, sorted(shown_on)))
    return changed


def recount_chain(code: str) -> list[str]:
    """The same for one region."""
    return recount_chains([code])


def compare() -> dict[str, tuple[Counts, Counts]]:
    """Region code → (as kept, as counted now) wherever the two differ; nothing is changed, nobody waits."""
    return {code: (kept, counted) for code, kept, counted in counting.differing(clock.now())}


def keep(entries: Sequence[Entry]) -> None:
    """The reader of the ledger: what these acts may have changed is counted again, once for all of them."""
    heard = [entry for entry in entries if entry.verb.startswith(HEARD) and codes.is_code(entry.region_code)]
    if not heard:
        return
    if Figure.objects.filter(region_id=codes.NATION).exists():
        recount_chains({entry.region_code for entry in heard})
    else:
        _count_everything()


@transaction.atomic
def _count_everything() -> list[str]:
    counting.take_turn()
    changed = counting.everything(clock.now())
    touched(tags.EVERYTHING)
    return changed
