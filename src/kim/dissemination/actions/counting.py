"""Keeping the tallies of packets: how far each came in each regency, each province and the nation (kim.spreading)."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from kim.dissemination.models import PACKETS
from kim.kernel import codes
from kim.ledger.models import Entry
from kim.spreading import actions as spreading

HEARD = ("assignment.", "kim.informed")


def keep(entries: Sequence[Entry]) -> None:
    """The reader of the ledger: the places these acts lie in are counted again, once for all of them."""
    touched: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        if entry.verb.startswith(HEARD):
            for bulletin_id in entry.data.get("bulletins") or filter(None, [entry.data.get("bulletin")]):
                touched[bulletin_id].add(entry.region_code)
    for bulletin_id, places in sorted(touched.items()):
        recount(UUID(bulletin_id), {codes.regency(code) for code in places})


def recount(bulletin_id: UUID, regencies: set[str] | None = None) -> None:
    """The tallies of these regencies, their provinces and the nation are right again; without a list, all of them."""
    spreading.recount(PACKETS, bulletin_id, regencies)
