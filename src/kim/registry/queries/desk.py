"""What the hats see: an office its area and its queue, a KIM itself."""

from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from kim.accounts.actor import Actor
from kim.accounts.models import OFFICES, Role
from kim.doors.paging import Page, page
from kim.kernel import clock, codes, text
from kim.regions.queries import children
from kim.registry.models import BoardSeat, Decree, Kim, KimQuerySet, Member
from kim.registry.queries.papers import (
    decrees,
    headcount,
    last_review,
    members_now,
    renewal,
    reviews,
    warnings_for,
)
from kim.registry.queries.public import seats_before, seats_now
from kim.registry.queries.standing import (
    ACTIVITY_STATES,
    LEGAL_STATES,
    activity_status,
    legal_status,
    of_activity,
    of_legal_state,
)
from kim.registry.workflow import DecreeStage, Stage

NAME_LIKENESS = 0.8


def visible_to(actor: Actor) -> KimQuerySet:
    """The KIM whose papers this hat may see: an office its area (no drafts), a KIM itself, a person own drafts."""
    rows = Kim.objects.select_related("region").with_decree()
    seen = Q(created_by_id=actor.person_id) if actor.person_id else Q(pk__in=[])
    if actor.kim_id:
        seen |= Q(pk=actor.kim_id)
    if actor.wears(*OFFICES, Role.VILLAGE):
        seen |= Q(pk__in=Kim.objects.exclude(stage=Stage.DRAFT).within(actor.region_code).values("pk"))
    return rows.filter(seen)


def official(actor: Actor) -> KimQuerySet:
    """What an office sees of its own area, drafts left out; nothing for any other hat."""
    rows = Kim.objects.select_related("region").with_decree().exclude(stage=Stage.DRAFT)
    return rows.within(actor.region_code) if actor.wears(*OFFICES) else rows.none()


def office_list(actor: Actor, *, legal: str = "", activity: str = "", within: str = "", after: str = "") -> Page:
    """A page of the registered KIM of an office, narrowed by SK state, activity and kecamatan."""
    rows = narrowed(actor, legal=legal, activity=activity, within=within)
    return page(rows, after=after, size=25, keys=("name", "id"))


def narrowed(actor: Actor, *, legal: str = "", activity: str = "", within: str = "") -> KimQuerySet:
    """The registered KIM of an office with their SK, narrowed the same way."""
    rows, today = official(actor).filter(stage=Stage.REGISTERED), clock.today()
    if legal in LEGAL_STATES:
        rows = of_legal_state(rows, legal, today)
    if activity in ACTIVITY_STATES:
        rows = of_activity(rows, activity, today)
    if codes.is_code(within):
        rows = rows.within(within)
    return rows


def waiting(actor: Actor) -> QuerySet[Decree]:
    """The queue of an office: registrations and renewals whose SK waits, one row each."""
    rows = Decree.objects.filter(stage=DecreeStage.SUBMITTED, kim__stage__in=(Stage.SUBMITTED, Stage.REGISTERED))
    if not actor.wears(*OFFICES):
        return rows.none()
    if actor.region_code != codes.NATION:
        rows = rows.filter(kim__in=Kim.objects.within(actor.region_code))
    return rows.select_related("kim__region", "scan")


def queue(actor: Actor, after: str = "") -> Page:
    """A page of the queue, longest waiting first, each with its number of people."""
    people = Member.objects.filter(kim=OuterRef("kim"), left_on=None).order_by().values("kim").annotate(n=Count("pk"))
    rows = waiting(actor).annotate(people=Coalesce(Subquery(people.values("n")), 0))
    return page(rows, after=after, size=20, keys=("submitted_at", "id"))


def queue_count(actor: Actor) -> int:
    return waiting(actor).count()


def paper(decree_id: UUID, *, actor: Actor) -> Decree:
    """One SK of an office's area with its KIM; raises Decree.DoesNotExist for another area's, and for drafts."""
    mine = Decree.objects.filter(kim__in=official(actor)).exclude(stage=DecreeStage.DRAFT)
    return mine.select_related("kim__region", "scan").get(pk=decree_id)


def places_below(region_code: str) -> list[tuple[str, str]]:
    """What an office may narrow its list to: the regions right below its own."""
    return [(region.code, region.title) for region in children(region_code)]


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Another KIM that may be the same one, and why."""

    kim: Kim
    reasons: list[str]


def duplicates(kim: Kim, decree: Decree | None, *, phones: set[str], limit: int = 8) -> list[Duplicate]:
    """KIM of the same province that share village, SK number or a phone number; more than one per village is legal."""
    phones = {kim.registrant_phone, *phones} - {""}
    number = decree.number if decree else ""
    alike = Q(region_id=kim.region_id) | Q(registrant_phone__in=phones)
    alike |= Q(Exists(Member.objects.filter(kim=OuterRef("pk"), left_on=None, phone__in=phones)))
    if number:
        alike |= Q(Exists(Decree.objects.filter(kim=OuterRef("pk"), number__iexact=number)))
    others = Kim.objects.within(kim.region_id[:2]).exclude(pk=kim.pk).exclude(stage__in=(Stage.DRAFT, Stage.REFUSED))
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


def dossier(decree: Decree, *, is_renewal: bool) -> dict[str, Any]:
    """Everything an officer compares with the scan."""
    kim = decree.kim
    members, seats = list(members_now(kim)), seats_now(kim)
    return {
        "kim": kim,
        "decree": decree,
        "is_renewal": is_renewal,
        "channels": list(kim.channels.order_by("kind", "id")),
        "members": members,
        "seats": proposed(decree) if is_renewal and decree.proposed_board else seats,
        "people": headcount(members, seats),
        "warnings": warnings_for(kim, decree, members=members, seats=seats),
        "duplicates": [] if is_renewal else duplicates(kim, decree, phones={member.phone for member in members}),
        "review": last_review(kim, decree),
    }


def proposed(decree: Decree) -> list[BoardSeat]:
    """The board a renewal names, not saved."""
    return [
        BoardSeat(
            position=row["position"], name=row["name"], since=date.fromisoformat(row["since"]) if row["since"] else None
        )
        for row in decree.proposed_board
    ]


def portrait(kim: Kim) -> dict[str, Any]:
    """Everything its people and its office see of a KIM."""
    return {
        "kim": kim,
        "legal": legal_status(kim),
        "activity": activity_status(kim),
        "seats": seats_now(kim),
        "former_seats": list(seats_before(kim)),
        "members": list(members_now(kim)),
        "channels": list(kim.channels.order_by("kind", "id")),
        "decrees": list(decrees(kim)),
        "renewal": renewal(kim),
        "reviews": list(reviews(kim)),
    }
