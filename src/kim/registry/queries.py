"""Reading the register: what everybody may know of a KIM, what a desk sees, legal state and activity."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from kim.accounts.actor import Actor
from kim.accounts.models import Role
from kim.doors.paging import Page, page
from kim.kernel import clock, codes, text
from kim.media.models import Upload
from kim.registry.models import BoardSeat, Channel, Decree, Kim, KimQuerySet, Member, Position, Review
from kim.registry.policies import VERIFIERS, can_see_scan
from kim.registry.workflow import DecreeStage, Stage

MONTHS = ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"]
SOON, RARE, SILENT = 90, 30, 60  # days: SK ends soon; news is rare; no news
NAME_LIKENESS = 0.8
LEGAL_STATES = {
    "berlaku": "SK berlaku",
    "segera": "SK habis dalam 90 hari",
    "habis": "SK habis",
    "belum": "Belum ada SK",
}
ACTIVITY_STATES = {
    "aktif": "Aktif",
    "jarang": "Jarang berkabar",
    "vakum": "Tidak aktif",
    "belum": "Belum ada kabar",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """A state in words with its tone and icon, for the tag `status`."""

    text: str
    tone: str
    icon: str
    code: str


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


# --- the two axes -------------------------------------------------------------------------------------------


def decree_in_force(kim: Kim, today: date | None = None) -> Decree | None:
    """The newest accepted decree when it has not lapsed; None else."""
    today = today or clock.today()
    newest = kim.decrees.filter(stage=DecreeStage.ACCEPTED).order_by("-issued_on", "-id").first()
    return newest if newest and (newest.valid_until is None or newest.valid_until >= today) else None


def legal_status(kim: Kim, today: date | None = None) -> Standing:
    """Whether an SK is in force. Wants a KIM read `with_decree()` (every query here does); asks nothing more."""
    today = today or clock.today()
    if kim.decree_now is None:
        return Standing("Belum ada SK", "wait", "document", "belum")
    until = kim.decree_until
    if until is None:
        return Standing("SK berlaku tanpa batas waktu", "done", "verified", "berlaku")
    left = (until - today).days
    if left < 0:
        return Standing(f"SK habis {_day(until)}", "alert", "warning", "habis")
    if left <= SOON:
        words = "SK habis hari ini" if left == 0 else f"SK habis dalam {left} hari"
        return Standing(words, "wait", "clock", "segera")
    return Standing(f"SK berlaku sampai {_day(until)}", "done", "verified", "berlaku")


def activity_status(kim: Kim, today: date | None = None) -> Standing:
    """Whether the KIM has been heard lately: Aktif up to 30 days, Jarang up to 60, else Tidak aktif."""
    if kim.last_news_at is None:
        return Standing("Belum ada kabar", "", "info", "belum")
    silent = ((today or clock.today()) - clock.local(kim.last_news_at).date()).days
    if silent <= RARE:
        return Standing("Aktif", "done", "done", "aktif")
    if silent <= SILENT:
        return Standing(f"Jarang berkabar, terakhir {silent} hari lalu", "wait", "clock", "jarang")
    return Standing(f"Tidak aktif, tanpa kabar {silent} hari", "alert", "pause", "vakum")


def _of_legal_state(rows: KimQuerySet, state: str, today: date) -> KimQuerySet:
    if state == "belum":
        return rows.filter(decree_now=None)
    if state == "habis":
        return rows.filter(decree_until__lt=today)
    soon = today + timedelta(days=SOON)
    if state == "segera":
        return rows.filter(decree_until__range=(today, soon))
    return rows.filter(Q(decree_until__gt=soon) | Q(decree_until=None), decree_now__isnull=False)


def _of_activity(rows: KimQuerySet, state: str, today: date) -> KimQuerySet:
    rare, silent = today - timedelta(days=RARE), today - timedelta(days=SILENT)
    if state == "belum":
        return rows.filter(last_news_at=None)
    if state == "aktif":
        return rows.filter(last_news_at__date__gte=rare)
    if state == "jarang":
        return rows.filter(last_news_at__date__lt=rare, last_news_at__date__gte=silent)
    return rows.filter(last_news_at__date__lt=silent)


# --- what everybody may read ----------------------------------------------------------------------------------


def public() -> KimQuerySet:
    """Registered KIM with their place and the decree that counts; never a draft, never a phone of a member."""
    return Kim.objects.filter(stage=Stage.REGISTERED).select_related("region").with_decree()


def by_slug(slug: str) -> Kim:
    """The KIM of a site address; raises Kim.DoesNotExist."""
    return public().get(slug=slug)


def by_number(number: str) -> Kim:
    """The KIM of a registry number, dissolved ones too: their certificate has to say so."""
    stages = (Stage.REGISTERED, Stage.DISSOLVED)
    return (
        Kim.objects.filter(stage__in=stages)
        .select_related("region")
        .with_decree()
        .get(registry_number=number)
    )


def directory(region_code: str = codes.NATION, after: str = "", *, size: int = 20) -> Page:
    """A page of the public list under a region prefix, by name."""
    return page(public().within(region_code), after=after, size=size, keys=("name", "id"))


def seats_now(kim: Kim) -> QuerySet[BoardSeat]:
    """Who sits on the board today, in the order of the positions."""
    order = {position: number for number, position in enumerate(Position.values)}
    seats = kim.seats.filter(until=None)
    return sorted(seats, key=lambda seat: (order[seat.position], seat.since or date.min, str(seat.id)))


def seats_before(kim: Kim) -> QuerySet[BoardSeat]:
    """Who sat there earlier, last ended first."""
    return kim.seats.exclude(until=None).order_by("-until", "-id")


def channels(kim: Kim) -> QuerySet[Channel]:
    return kim.channels.order_by("kind", "id")


def members_now(kim: Kim) -> QuerySet[Member]:
    """Members who have not left; their phones are for the KIM and its officials only."""
    return kim.members.filter(left_on=None).order_by("name", "id")


def member_count(kim: Kim) -> int:
    return kim.members.filter(left_on=None).count()


def expiring(region_code: str, days: int) -> KimQuerySet:
    """Registered KIM whose SK ends within so many days (0: has ended already), soonest first."""
    today = clock.today()
    rows = public().within(region_code)
    if days <= 0:
        return rows.filter(decree_until__lt=today).order_by("-decree_until", "id")
    return rows.filter(decree_until__range=(today, today + timedelta(days=days))).order_by(
        "decree_until", "id"
    )


def silent(region_code: str, days: int = SILENT) -> KimQuerySet:
    """Registered KIM without news for so many days, or ever; the longest silence first."""
    since = clock.now() - timedelta(days=days)
    rows = public().within(region_code).filter(Q(last_news_at=None) | Q(last_news_at__lt=since))
    return rows.order_by("last_news_at", "registered_at", "id")


def count_by_district(regency_code: str) -> dict[str, dict[str, int]]:
    """Per kecamatan code of a regency: `kims`, and `villages` that have at least one."""
    rows = Kim.objects.filter(stage=Stage.REGISTERED).within(regency_code)
    counted = rows.values("region__parent_id").annotate(
        kims=Count("id"), villages=Count("region_id", distinct=True)
    )
    return {
        row["region__parent_id"]: {"kims": row["kims"], "villages": row["villages"]}
        for row in counted.order_by()
    }


# --- what a desk sees -----------------------------------------------------------------------------------------


def visible_to(actor: Actor) -> KimQuerySet:
    """The KIM whose papers this hat may see: an office its area (no drafts), a KIM itself, a person own drafts."""
    rows = Kim.objects.select_related("region").with_decree()
    seen = Q(created_by_id=actor.person_id) if actor.person_id else Q(pk__in=[])
    if actor.kim_id:
        seen |= Q(pk=actor.kim_id)
    if actor.wears(*VERIFIERS, Role.VILLAGE):
        seen |= Q(pk__in=Kim.objects.exclude(stage=Stage.DRAFT).within(actor.region_code).values("pk"))
    return rows.filter(seen)


def official(actor: Actor) -> KimQuerySet:
    """What an office sees of its own area, drafts left out; nothing for any other hat."""
    rows = Kim.objects.select_related("region").with_decree().exclude(stage=Stage.DRAFT)
    return rows.within(actor.region_code) if actor.wears(*VERIFIERS) else rows.none()


def office_list(
    actor: Actor, *, legal: str = "", activity: str = "", within: str = "", after: str = ""
) -> Page:
    """A page of the registered KIM of an office, narrowed by SK state, activity and kecamatan."""
    rows, today = official(actor).filter(stage=Stage.REGISTERED), clock.today()
    if legal in LEGAL_STATES:
        rows = _of_legal_state(rows, legal, today)
    if activity in ACTIVITY_STATES:
        rows = _of_activity(rows, activity, today)
    if codes.is_code(within):
        rows = rows.within(within)
    return page(rows, after=after, size=25, keys=("name", "id"))


def waiting(actor: Actor) -> QuerySet[Decree]:
    """The queue of an office: registrations and renewals whose SK waits, one row each."""
    rows = Decree.objects.filter(
        stage=DecreeStage.SUBMITTED, kim__stage__in=(Stage.SUBMITTED, Stage.REGISTERED)
    )
    if not actor.wears(*VERIFIERS):
        return rows.none()
    if actor.region_code != codes.NATION:
        rows = rows.filter(kim__region__code__startswith=actor.region_code)
    return rows.select_related("kim__region", "scan")


def queue(actor: Actor, after: str = "") -> Page:
    """A page of the queue, longest waiting first, each with its number of people."""
    people = Count("kim__members", filter=Q(kim__members__left_on=None), distinct=True)
    rows = waiting(actor).annotate(people=people)
    return page(rows, after=after, size=20, keys=("submitted_at", "id"))


def queue_count(actor: Actor) -> int:
    return waiting(actor).count()


def drafts_of(actor: Actor) -> KimQuerySet:
    """The registrations a signed-in person has begun, newest first."""
    if actor.person_id is None:
        return Kim.objects.none()
    return (
        Kim.objects.filter(created_by_id=actor.person_id)
        .select_related("region")
        .order_by("-created_at", "-id")
    )


def held_by(codes_by_id: dict[UUID, str]) -> list[Kim]:
    """The registrations whose codes this device keeps."""
    rows = Kim.objects.filter(pk__in=codes_by_id).select_related("region").order_by("-created_at", "-id")
    return [kim for kim in rows if kim.opens_with(codes_by_id[kim.pk])]


def registration(kim_id: UUID, *, actor: Actor, code: str = "") -> Kim:
    """One's own registration, by person or by code; raises Kim.DoesNotExist for anybody else's."""
    kim = Kim.objects.select_related("region").with_decree().get(pk=kim_id)
    if (actor.person_id and kim.created_by_id == actor.person_id) or kim.opens_with(code):
        return kim
    raise Kim.DoesNotExist


def to_resume(phone: str, code: str) -> Kim | None:
    """The registration of a phone number that this code opens."""
    found = Kim.objects.filter(registrant_phone=phone, resume_hash=Kim.digest(code))
    return found.order_by("-created_at").first()


def first_decree(kim: Kim) -> Decree | None:
    """The SK a KIM was registered with, or is being registered with."""
    return kim.decrees.select_related("scan").order_by("id").first()


def renewal(kim: Kim) -> Decree | None:
    """The renewal that is being written, waits, or came back."""
    open_stages = (DecreeStage.DRAFT, DecreeStage.SUBMITTED, DecreeStage.RETURNED)
    return kim.decrees.filter(stage__in=open_stages).select_related("scan").order_by("-id").first()


def decrees(kim: Kim) -> QuerySet[Decree]:
    """Every accepted SK, newest first."""
    return kim.decrees.filter(stage=DecreeStage.ACCEPTED).select_related("scan").order_by("-issued_on", "-id")


def last_review(kim: Kim, decree: Decree | None = None) -> Review | None:
    """What Diskominfo answered last."""
    found = kim.reviews.filter(decree=decree) if decree else kim.reviews.all()
    return found.select_related("by").order_by("-at", "-id").first()


def reviews(kim: Kim) -> QuerySet[Review]:
    return kim.reviews.select_related("by", "decree").order_by("-at", "-id")


def scan(decree_id: UUID, *, actor: Actor, codes_by_id: dict[UUID, str]) -> Upload:
    """The scan of an SK for whoever may see it; raises DoesNotExist for everybody else."""
    decree = Decree.objects.select_related("kim", "scan").get(pk=decree_id)
    if decree.scan is None or not can_see_scan(actor, decree.kim, code=codes_by_id.get(decree.kim_id, "")):
        raise Decree.DoesNotExist
    return decree.scan


# --- people of a KIM ------------------------------------------------------------------------------------------


def headcount(members: Iterable[Any], seats: Iterable[Any]) -> int:
    """How many people: the members, and those of the board who are not written there too. A patron is no member."""
    named = [text.search_key(member.name) for member in members]
    board = {text.search_key(seat.name) for seat in seats if seat.position != Position.PATRON}
    return len(named) + len(board - set(named))


def registrant_id(kim_id: UUID) -> UUID | None:
    """The account that began a registration, if it has one."""
    return Kim.objects.filter(pk=kim_id).values_list("created_by_id", flat=True).first()


# --- likely duplicates ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Another KIM that may be the same one, and why."""

    kim: Kim
    reasons: list[str]


def duplicates(kim: Kim, decree: Decree | None, limit: int = 8) -> list[Duplicate]:
    """KIM of the same province that share village, SK number or a phone number; more than one per village is legal."""
    phones = {kim.registrant_phone, *(member.phone for member in members_now(kim))} - {""}
    number = decree.number if decree else ""
    alike = Q(region_id=kim.region_id) | Q(registrant_phone__in=phones)
    alike |= Q(Exists(Member.objects.filter(kim=OuterRef("pk"), left_on=None, phone__in=phones)))
    if number:
        alike |= Q(Exists(Decree.objects.filter(kim=OuterRef("pk"), number__iexact=number)))
    others = (
        Kim.objects.within(kim.region_id[:2])
        .exclude(pk=kim.pk)
        .exclude(stage__in=(Stage.DRAFT, Stage.REFUSED))
    )
    found = others.filter(alike).select_related("region").with_decree().prefetch_related("members", "decrees")
    return [Duplicate(other, _why(kim, number, phones, other)) for other in found.order_by("id")[:limit]]


def _why(kim: Kim, number: str, phones: set[str], other: Kim) -> list[str]:
    reasons = []
    if other.region_id == kim.region_id:
        reasons.append("Desa yang sama")
    if _alike(kim.name, other.name):
        reasons.append("Nama mirip")
    if number and any(decree.number.lower() == number.lower() for decree in other.decrees.all()):
        reasons.append("Nomor SK sama")
    if phones & {other.registrant_phone, *(m.phone for m in other.members.all() if m.left_on is None)}:
        reasons.append("Nomor HP sama")
    return reasons


def _alike(one: str, other: str) -> bool:
    first, second = (text.search_key(name).removeprefix("kim") for name in (one, other))
    return bool(first and second) and SequenceMatcher(None, first, second).ratio() >= NAME_LIKENESS
