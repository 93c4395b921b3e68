"""How far a packet came, on its page, on paper and in a list to take along (kim.spreading); and whom to remind."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet

from kim.accounts.actor import Actor
from kim.dissemination.models import PACKETS, Assignment, Bulletin, Decline
from kim.dissemination.queries.audience import villages_in
from kim.dissemination.workflow import Step
from kim.doors.paging import Page, page, walk
from kim.kernel import clock
from kim.kernel.codes import Level
from kim.regions.models import Region
from kim.registry.queries import head_phones
from kim.spreading import queries as spreading
from kim.spreading.queries import Reach, Words, moment

COLUMNS = ("KIM", "Desa", "Wilayah di atasnya", "Tahap", "Sampai", "Dibuka", "Diputuskan", "Disebarkan",
           "Warga paling sedikit", "Warga paling banyak", "Alasan", "Catatan KIM")  # fmt: skip
METHOD = "Sampai, dibuka, diputuskan, dan disebarkan dihitung per KIM dari salinan tiap KIM. Memilih tidak menyebarkan bukan nilai buruk."


def reach(bulletin: Bulletin, code: str) -> Reach:
    """The packet in one place (nation, province or regency) and in what lies right below it."""
    on_its_way = any(target.done_at is None for target in bulletin.targets.all())
    return spreading.reach(
        PACKETS, bulletin, code, since=bulletin.issued_at, villages=villages_in, meant=_villages(code), is_on_its_way=on_its_way
    )  # fmt: skip


def reasons(found: Reach) -> list[tuple[str, int]]:
    """Why KIM passed it over, most first."""
    return spreading.said(found.tally.reasons, Decline)


def area_of(actor: Actor, asked: str) -> str:
    """The place whose reach is shown: the one asked for within the hat's own, else the hat's; DoesNotExist beyond it."""
    return spreading.area_of(actor, asked, Bulletin.DoesNotExist)


def gaps(bulletin: Bulletin, code: str) -> QuerySet[Region]:
    """The villages of a regency or less that no copy went to."""
    return spreading.gaps(PACKETS, bulletin, code, _villages(code))


def _villages(code: str) -> QuerySet[Region]:
    return Region.objects.within(code).in_force().filter(level=Level.VILLAGE)


def copies_under(bulletin: Bulletin, code: str) -> QuerySet[Assignment]:
    """The copies of a packet in one place."""
    return spreading.copies_under(PACKETS, bulletin, code)


def copies_page(bulletin: Bulletin, code: str, *, after: str = "") -> Page:
    """The KIM of a regency with their copies, those that have not opened it first."""
    rows = copies_under(bulletin, code).select_related("kim", "region")
    return page(rows, after=after, size=40, keys=("step", "id"))


def reach_paper(bulletin: Bulletin, code: str) -> bytes:
    """The reach of a packet in one place as PDF (A4), with every village of a regency that no copy went to."""
    found = reach(bulletin, code)
    words = Words(
        kind="Jangkauan info pemerintah", title=bulletin.title, source=bulletin.agency, sent_at=bulletin.issued_at,
        readers="kabar KIM dan halaman info ini", method=METHOD,
        gap="{gap} dari {of} desa dan kelurahan di {place} tidak menerima salinan, biasanya karena belum punya KIM.",
        no_gap="Setiap desa dan kelurahan di {place} menerima salinan.",
        more=[("Mengapa ada yang melewatinya?", "Alasan", reasons(found))],
    )  # fmt: skip
    return spreading.paper(found, words, [place.title for place in gaps(bulletin, code)])


def to_remind(bulletin: Bulletin, code: str, *, days: int, after: str = "") -> Page:
    """The copies that nobody has opened for so many days."""
    since = clock.now() - timedelta(days=days)
    rows = copies_under(bulletin, code).filter(step=Step.ARRIVED, arrived_at__lte=since)
    return page(rows.select_related("kim", "region"), after=after, size=40, keys=("arrived_at", "id"))


def reminders(bulletin: Bulletin, copies: Sequence[Assignment]) -> list[tuple[Assignment, str, str]]:
    """(copy, number, text): to the KIM's public number, else to its head's."""
    quiet = {copy.kim_id for copy in copies if not copy.kim.public_phone}
    heads = head_phones(quiet)
    words = f"Halo {{kim}}. Ada info dari {bulletin.agency}: “{bulletin.title}”. Mohon dibuka di KIM.id, menu Info."
    return [
        (copy, copy.kim.public_phone or heads.get(copy.kim_id, ""), words.format(kim=copy.kim.name)) for copy in copies
    ]


def export_rows(bulletin: Bulletin, code: str) -> Iterator[tuple[str, ...]]:
    """Every copy of the place as a row, read page by page."""
    yield COLUMNS
    rows = copies_under(bulletin, code).select_related("kim", "region")
    for copy in walk(rows, keys=("id",)):
        moments: tuple[Any, ...] = (copy.arrived_at, copy.opened_at, copy.decided_at, copy.spread_at)
        heard = (str(copy.heard_low), str(copy.heard_high)) if copy.heard_high else ("", "")
        yield (
            copy.kim.name, copy.region.title, copy.region.chain, copy.get_step_display(), *map(moment, moments), *heard,
            copy.get_decline_display() if copy.decline else "", copy.note,
        )  # fmt: skip
