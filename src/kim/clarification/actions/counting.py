"""Keeping the tallies of clarifications and their readers: how far each came in each place (kim.spreading)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from uuid import UUID

from kim.clarification.models import CLARIFICATIONS, Claim
from kim.doors.paging import portions, walk
from kim.kernel import clock, codes
from kim.kernel.sketch import Sketch
from kim.ledger.models import Entry
from kim.reach import queries as reach
from kim.spreading import actions as spreading

HEARD = {
    "claim.opened",
    "claim.spread",
    "claim.checked_back",
    "claim.joined",
    "claim.parted",
}
AT_ONCE, DAY = 500, timedelta(days=1)
REGENCY = 5  # signs of its code; what is asked for no place, or for a province, is in no tally


def keep(entries: Sequence[Entry]) -> None:
    """The reader of the ledger: the places these acts lie in are counted again, once for all of them."""
    touched: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        if entry.verb in HEARD:
            for claim_id in filter(None, (entry.subject_id, entry.data.get("other"))):
                touched[claim_id].add(codes.regency(entry.region_code))
    answered = Claim.objects.filter(id__in=touched).exclude(version=0).order_by("id")
    for claim_id in answered.values_list("id", flat=True):
        recount(claim_id, {code for code in touched[str(claim_id)] if len(code) == REGENCY})


def recount(claim_id: UUID, regencies: set[str] | None = None) -> None:
    """The tallies of these regencies, their provinces and the nation are right again; without a list, all of them."""
    spreading.recount(CLARIFICATIONS, claim_id, regencies)


def count_readers() -> int:
    """Every clarification of the last year knows its readers up to now; returns how many had new ones.

    Most were read by nobody since: two questions for five hundred of them find the others.
    """
    out = Claim.objects.filter(published_at__gte=clock.now() - spreading.FOLLOWED)
    some = (one for claims in portions(walk(out, keys=("id",)), AT_ONCE) for one in _read_since(claims))
    return sum(spreading.count_readers_of(CLARIFICATIONS, one, partial(_seen, one)) for one in some)


def _read_since(claims: list[Claim]) -> list[Claim]:
    """Those that somebody read since their readers were counted, or the day before: a day is written down a little late."""
    last = reach.last_days([claim.key for claim in claims])
    whole = CLARIFICATIONS.tallies.objects.filter(claim__in=claims, region_id=codes.NATION)
    upto = dict(whole.values_list("claim_id", "readers_upto"))
    read = (claim for claim in claims if claim.key in last)
    return [claim for claim in read if not (counted := upto.get(claim.id)) or last[claim.key] >= counted - DAY]


def _seen(claim: Claim, since: date | None) -> Iterator[tuple[str, Sketch]]:
    """Whoever reads its page is known to be in the area of the office that answered, at most."""
    found = reach.sketches([claim.key], since).values()
    yield from ((claim.office_id or codes.NATION, sketch) for sketch in found)
