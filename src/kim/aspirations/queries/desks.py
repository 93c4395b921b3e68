"""What lies on a desk, how pressing it is, and the way it came."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from kim.accounts.actor import Actor
from kim.accounts.models import OFFICES, Role
from kim.accounts.queries import in_force
from kim.aspirations import policies
from kim.aspirations.models import Answer, Aspiration, Attachment, Handling, Reply
from kim.aspirations.policies import Desk
from kim.aspirations.queries.routing import desk_name
from kim.aspirations.workflow import DESKS_TURN, ENDED_STAGES, HANDED_OVER, OPEN_STAGES, TO_TAKE, Privacy, Stage
from kim.doors.paging import Page, page
from kim.kernel import clock, codes, workdays
from kim.kernel.codes import Level
from kim.regions import queries as regions
from kim.regions.models import Region, RegionalQuerySet

FEW, MANY = 20, 100


@dataclass(frozen=True, slots=True)
class Pile:
    """One of the piles of a desk."""

    key: str
    label: str
    empty: str


PILES = (
    Pile("baru", "Menunggu diterima", "Aspirasi baru muncul di sini."),
    Pile("ditangani", "Ditangani", "Yang sudah Anda terima muncul di sini."),
    Pile("lewat", "Lewat tenggat", "Tidak ada yang terlambat. Pertahankan."),
    Pile("selesai", "Selesai", "Yang sudah Anda jawab muncul di sini."),
)


@dataclass(frozen=True, slots=True)
class Standing:
    """How pressing it is, in words; the colour only repeats them."""

    text: str
    tone: str
    icon: str


def key_of(actor: Actor) -> str:
    """The desk of the hat as the tables name it; nothing for a hat that has none."""
    if actor.wears(Role.AGENCY):
        return str(actor.agency_id or "")
    return (actor.region_code or "") if actor.wears(*policies.VILLAGE_DESK, *OFFICES) else ""


def visible_to(actor: Actor) -> RegionalQuerySet:
    """What this actor's desk holds now: nothing of any other desk, above, below or beside it."""
    rows = Aspiration.objects.select_related("region", "holder_agency", "kim")
    desk = key_of(actor)
    if not desk:
        return rows.none()
    own = rows.filter(desk=desk)
    if actor.wears(*policies.VILLAGE_DESK) and not actor.wears(*policies.CLOSE_DESK):
        return own.exclude(privacy=Privacy.CONFIDENTIAL)
    return own


def on_desk(actor: Actor) -> RegionalQuerySet:
    """What waits there, most pressing first."""
    return visible_to(actor).filter(Q(stage__in=OPEN_STAGES))


def pile(actor: Actor, key: str, *, category: str = "", after: str = "") -> Page:
    """A page of one pile: the open ones by their clock, the ended ones newest first."""
    rows = visible_to(actor).filter(category=category) if category else visible_to(actor)
    if key == "selesai":
        return page(rows.filter(stage__in=ENDED_STAGES), after=after, size=FEW, keys=("-received_at", "-id"))
    rows = rows.filter(Q(stage__in=OPEN_STAGES))
    if key == "lewat":
        rows = rows.filter(stage__in=DESKS_TURN, due_at__lt=clock.now())
    else:
        rows = rows.filter(stage__in=TO_TAKE if key == "baru" else (Stage.HANDLED, Stage.ASKED))
    return page(rows, after=after, size=FEW, keys=("due_at", "id"))


def weights(actor: Actor) -> dict[str, str]:
    """How much lies on each open pile, looked at up to the hundred most pressing: "7", or "99+"."""
    now = clock.now()
    found = list(on_desk(actor).select_related(None).order_by("due_at", "id").values_list("stage", "due_at")[:MANY])
    numbers = {
        "baru": sum(stage in TO_TAKE for stage, _ in found),
        "ditangani": sum(stage not in TO_TAKE for stage, _ in found),
        "lewat": sum(stage in DESKS_TURN and due < now for stage, due in found),
    }
    more = "+" if len(found) == MANY else ""
    return {key: f"{number}{more}" if number else "" for key, number in numbers.items()}


def waiting_count(actor: Actor, most: int = 20) -> int:
    """How many wait to be taken, up to `most`: the number beside the menu."""
    rows = visible_to(actor).select_related(None).filter(stage__in=TO_TAKE)
    return len(rows.order_by("due_at", "id").values_list("id")[:most])


def one(actor: Actor, aspiration_id: UUID) -> Aspiration:
    """One that lies on the actor's desk; raises Aspiration.DoesNotExist for every other."""
    return visible_to(actor).select_related("merged_into").get(id=aspiration_id)


def once_held(actor: Actor, aspiration_id: UUID) -> Aspiration:
    """One that lay on this desk before: only how it fares is to be shown; raises DoesNotExist for all others."""
    row = Aspiration.objects.select_related("region", "holder_agency").get(id=aspiration_id)
    is_close = actor.wears(*policies.CLOSE_DESK) or not actor.wears(*policies.VILLAGE_DESK)
    desk = key_of(actor)
    if not desk or not row.handlings.filter(desk=desk).exists() or (row.is_confidential and not is_close):
        raise Aspiration.DoesNotExist
    return row


def passed_on(actor: Actor, *, after: str = "") -> Page:
    """Stays that ended by handing over, newest first: where those are now."""
    rows = Handling.objects.filter(desk=key_of(actor) or "-", ending__in=HANDED_OVER)
    if actor.wears(*policies.VILLAGE_DESK) and not actor.wears(*policies.CLOSE_DESK):
        rows = rows.exclude(aspiration__privacy=Privacy.CONFIDENTIAL)
    rows = rows.select_related("aspiration__region", "aspiration__holder_agency")
    return page(rows, after=after, size=FEW, keys=("-since", "-id"))


def standings(rows: Sequence[Aspiration]) -> dict[UUID, Standing]:
    """How pressing each of these is; one question for all their free days."""
    now = clock.now()
    off = regions.free_days_of({row.region_id for row in rows}, *_span(rows, now))
    return {row.id: standing(row, now, off[row.region_id]) for row in rows}


def _span(rows: Sequence[Aspiration], now: datetime) -> tuple[Any, Any]:
    moments = [now, *(row.due_at for row in rows if row.due_at)]
    return min(moments).date() - timedelta(days=1), max(moments).date() + timedelta(days=1)


def standing(row: Aspiration, now: datetime, off: frozenset) -> Standing:
    """ "sisa 2 hari kerja", "hari ini hari terakhir", "lewat 3 hari kerja"; who has the turn stands in the words."""
    if row.due_at is None or not (row.is_open or row.stage == Stage.ANSWERED):
        return Standing(str(row.get_stage_display()), "done", "check")
    zone = row.region.time_zone
    last, today = clock.local(row.due_at - timedelta(seconds=1), zone).date(), clock.local(now, zone).date()
    left = workdays.between(today, last, off)
    if row.stage not in DESKS_TURN:
        return Standing(f"giliran pelapor, {max(0, left)} hari kerja", "", "person")
    if now >= row.due_at:
        return Standing(f"lewat {-left} hari kerja" if left < 0 else "lewat tenggat", "alert", "warning")
    if left <= 0:
        return Standing("hari ini hari terakhir", "wait", "clock")
    return Standing(f"sisa {left} hari kerja", "wait" if left == 1 else "going", "clock")


@dataclass(frozen=True, slots=True)
class Stay:
    """One stop of the journey."""

    name: str
    handling: Handling
    is_late: bool
    days: int


def journey(aspiration: Aspiration) -> list[Stay]:
    """Every desk it lay on, in order, with the working days there and whether those were in time."""
    now, zone = clock.now(), aspiration.region.time_zone
    stays = list(aspiration.handlings.select_related("agency").order_by("since", "id")[:MANY])
    places = {place.code: place for place in regions.lineage(aspiration.region_id)}
    off = regions.free_days(aspiration.region_id, aspiration.captured_at.date(), now.date())
    return [_stay(one, places, now, zone, off, aspiration) for one in stays]


def _stay(
    stay: Handling, places: dict[str, Region], now: datetime, zone: str, off: frozenset, aspiration: Aspiration
) -> Stay:
    place = places.get(stay.holder_code)
    name = desk_name(place, stay.agency) if place or stay.agency else stay.holder_code
    days = stay.days
    if days is None:
        first, last = clock.local(stay.since, zone).date(), clock.local(stay.until or now, zone).date()
        days = max(0, workdays.between(first, last, off))
    runs = stay.until is None and aspiration.stage in DESKS_TURN
    is_late = stay.is_late or bool(runs and aspiration.due_at and now > aspiration.due_at)
    return Stay(name, stay, is_late, days)


def said(aspiration: Aspiration) -> list[tuple[str, Answer | Reply]]:
    """What the offices and the reporter said since, in order: ("office" or "reporter", the row)."""
    answers = aspiration.answers.select_related("agency").prefetch_related("attachments__upload")[:MANY]
    rows: list[tuple[str, Answer | Reply]] = [("office", one) for one in answers]
    rows += [("reporter", one) for one in aspiration.replies.all()[:MANY]]
    return sorted(rows, key=lambda pair: (pair[1].at, pair[1].id))


def pictures(aspiration: Aspiration) -> list[Attachment]:
    """What the reporter sent along."""
    return list(aspiration.attachments.filter(answer=None).select_related("upload")[:FEW])


def attachment(aspiration: Aspiration, upload_id: UUID) -> Attachment:
    """One file of this aspiration; raises Attachment.DoesNotExist."""
    return aspiration.attachments.select_related("upload").get(upload_id=upload_id)


def mergeable(actor: Actor, aspiration: Aspiration) -> list[Aspiration]:
    """Other open ones about the same village on the same desk, the same category first."""
    rows = on_desk(actor).filter(region_id=aspiration.region_id).exclude(id=aspiration.id)
    rows = rows.exclude(privacy=Privacy.CONFIDENTIAL).order_by("due_at", "id")[:MANY]
    return sorted(rows, key=lambda row: (row.category != aspiration.category, row.received_at))


def people_at(desk: Desk, *, is_confidential: bool = False) -> set[UUID]:
    """Who works at a desk: whom a notice reaches."""
    if desk.agency_id is not None:
        return set(in_force().filter(agency_id=desk.agency_id, role=Role.AGENCY).values_list("person_id", flat=True))
    roles: Sequence[str] = OFFICES
    if codes.level(desk.code) is Level.VILLAGE:
        roles = policies.CLOSE_DESK if is_confidential else policies.VILLAGE_DESK
    hats = in_force().filter(region_id=desk.code, role__in=roles, agency=None)
    return set(hats.values_list("person_id", flat=True))


def held_by(aspiration_id: UUID) -> set[Desk]:
    """Every desk it ever lay on."""
    rows = Handling.objects.filter(aspiration_id=aspiration_id).order_by()
    return {Desk(code, agency) for code, agency in rows.values_list("holder_code", "agency_id").distinct()}
