"""What an office sees: the packets it issues, those that pass through its area, and the register of regulations."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from kim.accounts.actor import Actor
from kim.dissemination import policies
from kim.dissemination.models import (
    Assignment,
    Attachment,
    Bulletin,
    LocalNote,
    Regulation,
    Tally,
    Target,
    Version,
)
from kim.dissemination.workflow import Stage
from kim.doors.paging import Page, page
from kim.kernel import changes, codes
from kim.kernel.codes import Level
from kim.ledger import queries as ledger
from kim.ledger.models import Entry
from kim.regions.models import RegionalQuerySet
from kim.regions.queries import get

OUT = (Stage.ISSUED, Stage.WITHDRAWN)
PORTIONS = ("bulletin.arrived", "bulletin.reminded")
PARTS = {
    "title": "Judul", "body": "Isi untuk warga", "points": "Yang tidak boleh berubah", "meaning": "Apa artinya bagi desa kita",
    "answers": "Tanya jawab", "whatsapp_short": "Teks pendek WhatsApp", "whatsapp_long": "Teks panjang WhatsApp",
    "loudspeaker": "Naskah pengeras suara", "caption": "Keterangan media sosial",
}  # fmt: skip
SHELVES = {"": "Kantor kami", "lewat": "Dari tingkat lain"}


def visible_to(actor: Actor) -> RegionalQuerySet:
    """Packets of the own office; besides them what is on its way to places of the own area, from above or below."""
    rows = Bulletin.objects.select_related("region", "regulation", "created_by", "issued_by")
    if not actor.wears(*policies.ISSUERS) or not actor.region_code:
        return rows.none()
    own = rows.filter(region_id=actor.region_code)
    return own | rows.filter(stage__in=OUT, id__in=_passing(actor.region_code))


def _passing(code: str) -> QuerySet:
    """The packets with a target above this place, at it, or below it."""
    named = Target.objects.filter(region_id__in=codes.chain(code))
    below = Target.objects.all() if code == codes.NATION else Target.objects.filter(region__code__startswith=f"{code}.")
    return (named | below).values("bulletin_id")


def office_list(actor: Actor, *, shelf: str = "", urgency: str = "", programme: str = "", after: str = "") -> Page:
    """A page of one shelf, narrowed or not, last edited first."""
    rows = visible_to(actor).filter(narrowed(urgency, programme))
    rows = rows.exclude(region_id=actor.region_code) if shelf == "lewat" else rows.filter(region_id=actor.region_code)
    return page(rows, after=after, size=20, keys=("-edited_at", "-id"))


def narrowed(urgency: str, programme: str, to: str = "") -> Q:
    """To one urgency and to the packets of a programme, however it is written; `to` leads from the row to its packet."""
    found = Q(**{f"{to}urgency": urgency}) if urgency else Q()
    return found & Q(**{f"{to}programme__iexact": programme}) if programme else found


def how_far(actor: Actor, packets: Iterable[Bulletin]) -> dict[UUID, Tally]:
    """Packet → how far it came in the actor's own area, all of a page at once; nothing for what was not sent there."""
    code, sent = actor.region_code or "", [one.id for one in packets if one.issued_at]
    if codes.level(code) in (Level.NATION, Level.PROVINCE, Level.REGENCY):
        kept = Tally.objects.filter(bulletin_id__in=sent, region_id=code)
        return {one.bulletin_id: one for one in kept.only("bulletin_id", "sent", "opened", "spread")}
    rows = Assignment.objects.within(code).filter(bulletin_id__in=sent).order_by().values("bulletin_id")
    counted = rows.annotate(sent=Count("id"), opened=Count("opened_at"), spread=Count("spread_at"))
    return {one["bulletin_id"]: Tally(**one, region_id=code) for one in counted}


def bulletin_for(actor: Actor, bulletin_id: UUID) -> Bulletin:
    """A packet this office may see; raises Bulletin.DoesNotExist for every other."""
    places = Prefetch("targets", Target.objects.select_related("region"))
    return visible_to(actor).prefetch_related(places).get(id=bulletin_id)


def words_of(bulletin: Bulletin, number: int = 0) -> Version:
    """The newest words, or those of an earlier version; raises Version.DoesNotExist."""
    return bulletin.versions.get(number=number or bulletin.version)


def versions_of(bulletin: Bulletin) -> list[Version]:
    """Every version, newest first."""
    return list(bulletin.versions.select_related("by").order_by("-number")[:50])


@dataclass(frozen=True, slots=True)
class Change:
    """One part of the words that is not what it was, line by line."""

    label: str
    rows: list[list[changes.Piece]]


def differences(bulletin: Bulletin, number: int, since: int = 0) -> list[Change]:
    """What version `number` says otherwise than `since` (than the one before it, if none is named): changed lines only."""
    new = words_of(bulletin, number)
    before = bulletin.versions.filter(number=since) if since else bulletin.versions.filter(number__lt=number)
    old = before.order_by("-number").first()
    compared = ((label, changes.in_blocks(_lines(old, name), _lines(new, name))) for name, label in PARTS.items())
    changed = (
        (label, [row for row in rows if any(piece.kind != changes.SAME for piece in row)]) for label, rows in compared
    )
    return [Change(label, rows) for label, rows in changed if rows]


def _lines(words: Version | None, name: str) -> list[str]:
    value = getattr(words, name) if words else ""
    lines = (
        value.splitlines()
        if isinstance(value, str)
        else [" — ".join([line] if isinstance(line, str) else line) for line in value]
    )
    return [line for line in lines if line.strip()]


def said_since(bulletin: Bulletin, number: int) -> list[Version]:
    """The versions after this one, oldest first: each with the sentence that says what it changed."""
    return list(bulletin.versions.filter(number__gt=number).order_by("number")[:20])


def usual_agency(actor: Actor) -> str:
    """In whose name this office wrote last; a village's first packet comes from its own government."""
    own = Bulletin.objects.filter(region_id=actor.region_code).exclude(agency="").order_by("-edited_at", "-id")
    last = own.values_list("agency", flat=True).first()
    is_village = codes.level(actor.region_code or codes.NATION) is Level.VILLAGE
    return last or (f"Pemerintah {get(actor.region_code or '').title}" if is_village else "")


def targets_of(bulletin: Bulletin) -> list[Target]:
    """The places in the order of their codes; the nation first."""
    found = bulletin.targets.select_related("region").order_by("region_id")[:200]
    return sorted(found, key=lambda one: (codes.level(one.region_id).depth, one.region_id))


def attachments_of(bulletin: Bulletin) -> list[Attachment]:
    """Its files in the order they came."""
    return list(bulletin.attachments.select_related("upload"))


def local_notes(bulletin: Bulletin) -> list[LocalNote]:
    return list(bulletin.notes.select_related("region", "by").order_by("region_id")[:100])


def regulations(actor: Actor) -> QuerySet[Regulation]:
    """What is in force here: of the own place and of everything above it."""
    places: Sequence[str] = codes.chain(actor.region_code or codes.NATION)
    return Regulation.objects.filter(region_id__in=places).order_by("-created_at", "-id")


def journey(bulletin: Bulletin) -> list[Entry]:
    """What was done with the packet, newest first; the portions of the fan-out are left out."""
    return [one for one in ledger.timeline(bulletin.key)[:200] if one.verb not in PORTIONS]
