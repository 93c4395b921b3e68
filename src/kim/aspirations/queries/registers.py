"""The two registers as lists and as files, in the columns of the law's forms; what we never ask stays empty."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from kim.accounts.actor import Actor
from kim.accounts.models import OFFICES, Role
from kim.aspirations import policies
from kim.aspirations.models import Aspiration, InformationRequest, Objection
from kim.aspirations.workflow import Kind, Privacy
from kim.doors.paging import Page, page, walk
from kim.kernel import clock
from kim.kernel.dates_id import spell_short

# Perki 1/2010, lampiran: register permohonan and register keberatan. Address is the village, nothing nearer is kept;
# occupation and NIK are never asked.
REQUESTS = (
    "No. pendaftaran", "Tanggal", "Nama pemohon", "Alamat", "Nomor kontak", "Pekerjaan", "Informasi yang diminta",
    "Tujuan penggunaan", "Minta salinan", "Keputusan", "Alasan penolakan", "Diperpanjang", "Tenggat", "Tanggal jawaban",
)  # fmt: skip
OBJECTIONS = (
    "No.", "Tanggal", "Nama pemohon", "Alamat", "Nomor kontak", "Pekerjaan", "No. pendaftaran permohonan",
    "Informasi yang diminta", "Alasan keberatan", "Penjelasan", "Tenggat", "Tanggapan atasan PPID", "Tanggal tanggapan",
    "Nama atasan PPID",
)  # fmt: skip
NEWEST = ("-registered_at", "-id")


def visible_requests(actor: Actor) -> QuerySet[InformationRequest]:
    """The register of the own body."""
    rows = InformationRequest.objects.select_related("aspiration__region", "objection")
    if actor.agency_id is not None:
        own = rows.filter(body_code=actor.region_code, agency_id=actor.agency_id)
        return own if actor.wears(Role.AGENCY) else rows.none()
    if not actor.region_code or not actor.wears(*policies.VILLAGE_DESK, *OFFICES):
        return rows.none()
    own = rows.filter(body_code=actor.region_code, agency=None)
    if actor.wears(*policies.VILLAGE_DESK) and not actor.wears(*policies.CLOSE_DESK):
        return own.exclude(aspiration__privacy=Privacy.CONFIDENTIAL)
    return own


def register(actor: Actor, *, after: str = "") -> Page:
    """A page of it, newest first."""
    return page(visible_requests(actor), after=after, size=40, keys=NEWEST)


def request_of(actor: Actor, request_id: UUID) -> InformationRequest:
    """One entry of the own register; raises DoesNotExist for any other."""
    return visible_requests(actor).get(id=request_id)


def entry_for(aspiration: Aspiration) -> InformationRequest | None:
    """Where it stands in a register, if it does."""
    return InformationRequest.objects.filter(aspiration=aspiration).select_related("objection", "agency").first()


def objecting(aspiration: Aspiration) -> dict[str, Any]:
    """What the reporter's page shows of the register: the entry, the objection, and whether one may be filed now."""
    entry = entry_for(aspiration) if aspiration.kind == Kind.REQUEST else None
    objection = getattr(entry, "objection", None)
    is_time = entry is not None and (bool(entry.decision) or entry.due_at < clock.now())
    return {"entry": entry, "objection": objection, "may_object": is_time and objection is None}


def open_objections(actor: Actor) -> list[Objection]:
    """Those that wait for the superior's word, the most pressing first."""
    return list(objections_to(actor).filter(replied_at=None).order_by("due_at", "id")[:50])


def objection_of(actor: Actor, objection_id: UUID) -> Objection:
    """One that this actor may reply to; raises DoesNotExist for any other."""
    return objections_to(actor).get(id=objection_id)


def objections_to(actor: Actor) -> QuerySet[Objection]:
    """Objections this actor may reply to: of the own village, or of the own area's bodies."""
    rows = Objection.objects.select_related("request__aspiration__region", "request__agency", "replied_by")
    if actor.wears(Role.VILLAGE):
        return rows.filter(request__body_code=actor.region_code, request__agency=None)
    if not actor.wears(*OFFICES):
        return rows.none()
    own = rows.filter(request__body_code=actor.region_code)
    if actor.wears(Role.REGENCY):
        own |= rows.filter(request__body_code__startswith=f"{actor.region_code}.", request__agency__isnull=False)
    return own


def request_rows(actor: Actor) -> Iterator[tuple[str, ...]]:
    """The whole register of requests, read page by page."""
    yield REQUESTS
    for one in walk(visible_requests(actor), keys=NEWEST):
        voice = one.aspiration
        yield (
            one.number, _day(one.registered_at), *_who(voice), voice.text, one.purpose, "Ya" if one.wants_copy else "Tidak",
            one.get_decision_display() if one.decision else "", one.ground, _day(one.extended_at), _day(one.due_at),
            _day(one.decided_at),
        )  # fmt: skip


def objection_rows(actor: Actor) -> Iterator[tuple[str, ...]]:
    """The whole register of objections."""
    yield OBJECTIONS
    for one in walk(objections_to(actor), keys=("-filed_at", "-id")):
        voice = one.request.aspiration
        yield (
            str(one.sequence), _day(one.filed_at), *_who(voice), one.request.number, voice.text, one.get_reason_display(),
            one.text, _day(one.due_at), one.reply, _day(one.replied_at), one.replied_by.name if one.replied_by else "",
        )  # fmt: skip


def _who(voice: Aspiration) -> tuple[str, str, str, str]:
    """Name, address (the village), contact, occupation: of an anonymous one there is only the village."""
    return voice.reporter_name, voice.region.title, voice.reporter_phone, ""


def _day(at: datetime | None) -> str:
    return spell_short(clock.local(at).date()) if at else ""
