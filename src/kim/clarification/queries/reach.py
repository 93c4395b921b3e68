"""How far a clarification came: on its page, on paper and in a list to take along (kim.spreading)."""

from collections.abc import Iterator
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from kim.accounts.actor import Actor
from kim.clarification.models import CLARIFICATIONS, Answer, Claim, Handout, Sighting, Spread, Tally
from kim.doors.paging import Page, page, walk
from kim.kernel import codes
from kim.kernel.codes import Level
from kim.reach import queries as readers
from kim.reach.models import Way
from kim.regions.models import Region
from kim.spreading import queries as spreading
from kim.spreading.queries import Reach, Words, moment

COLUMNS = (
    "KIM",
    "Desa",
    "Wilayah di atasnya",
    "Sampai",
    "Dibaca",
    "Disebarkan",
    "Warga paling sedikit",
    "Warga paling banyak",
)
METHOD = (
    "Sampai, dibaca, dan disebarkan dihitung per KIM dari salinan tiap KIM. Yang dituju adalah desa yang menanyakannya."
)


def reach(claim: Claim, code: str) -> Reach:
    """The clarification in one place (nation, province or regency) and in what lies right below it."""
    return spreading.reach(
        CLARIFICATIONS, claim, code, since=claim.published_at, villages=lambda place: _villages(claim, place).count(),
        meant=_villages(claim, code), is_on_its_way=claim.rounds.filter(done_at=None).exists(),
    )  # fmt: skip


def area_of(actor: Actor, asked: str) -> str:
    """The place whose reach is shown: the one asked for within the hat's own, else the hat's; DoesNotExist beyond it."""
    return spreading.area_of(actor, asked, Claim.DoesNotExist)


def _villages(claim: Claim, code: str) -> QuerySet[Region]:
    """Where it was asked, or came because the KIM there asked or checked."""
    asked = Sighting.objects.filter(claim=claim, region=OuterRef("code"))
    came = Handout.objects.filter(claim=claim, region=OuterRef("code"))
    return Region.objects.within(code).filter(Exists(asked) | Exists(came), level=Level.VILLAGE)


def how_far(actor: Actor, claim: Claim) -> Tally:
    """As it is kept for the actor's own area; nothing yet while its answer is on the way."""
    code = actor.region_code or codes.NATION
    return claim.tallies.filter(region_id=code).first() or Tally(claim=claim, region_id=code)


def ways(claim: Claim) -> list[tuple[str, str]]:
    """By which way readers came to its page, most first."""
    found = sorted(readers.per_way(claim.key).items(), key=lambda pair: -pair[1])
    return [(str(Way(way).label), readers.about(number, "kunjungan")) for way, number in found]


def is_ours(claim: Claim, code: str) -> bool:
    """Whether the readers of its page are told here: for the area of the office that answered, and above."""
    return codes.within(claim.office_id or codes.NATION, code)


def copies_page(claim: Claim, code: str, *, after: str = "") -> Page:
    """The KIM of a regency with their copies."""
    rows = spreading.copies_under(CLARIFICATIONS, claim, code).select_related("kim", "region")
    return page(rows, after=after, size=40, keys=("region_id", "id"))


def export_rows(claim: Claim, code: str) -> Iterator[tuple[str, ...]]:
    """Every copy of the place as a row, read page by page."""
    yield COLUMNS
    rows = spreading.copies_under(CLARIFICATIONS, claim, code).select_related("kim", "region")
    for copy in walk(rows, keys=("id",)):
        heard = (str(copy.heard_low), str(copy.heard_high)) if copy.heard_high else ("", "")
        moments = (moment(copy.arrived_at), moment(copy.opened_at), moment(copy.spread_at))
        yield copy.kim.name, copy.region.title, copy.region.chain, *moments, *heard


def reach_paper(claim: Claim, answer: Answer, code: str) -> bytes:
    """Its reach in one place as PDF (A4), with every village of a regency that asked and got no copy."""
    words = Words(
        kind="Jangkauan klarifikasi", title=claim.title, source=answer.agency, sent_at=claim.published_at,
        readers="halaman klarifikasi ini", method=METHOD,
        gap="{gap} dari {of} desa yang dituju di {place} tidak menerima salinan, biasanya karena belum punya KIM.",
        no_gap="Setiap desa di {place} yang menanyakannya menerima salinan.",
    )  # fmt: skip
    missed = spreading.gaps(CLARIFICATIONS, claim, code, _villages(claim, code))
    return spreading.paper(reach(claim, code), words, [place.title for place in missed])


def spreads_of(handout: Handout | None) -> list[Spread]:
    """What a KIM reported of it, newest first."""
    return list(handout.spreads.select_related("photo")[:100]) if handout else []


def drawn_reports(actor: Actor, *, after: str = "") -> Page:
    """Reports of the own area that were drawn for a call back and not yet checked, oldest first."""
    return spreading.drawn_reports(CLARIFICATIONS, actor, after=after)


def drawn_report(actor: Actor, report_id: UUID) -> Spread:
    """One of them; raises Spread.DoesNotExist beyond the own area, and for what was not drawn."""
    made: Spread = spreading.drawn_report(CLARIFICATIONS, actor, report_id)
    return made
