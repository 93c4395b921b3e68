"""The papers of one KIM: its registration, its SK, its people, and what the step form shows."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from kim.accounts.actor import Actor
from kim.kernel import clock, text
from kim.media.models import Upload
from kim.regions.models import Region
from kim.regions.queries import Finding, find, rules
from kim.registry.models import (
    NEWEST_DECREE,
    PAPERS,
    BoardSeat,
    Decree,
    IssuerLevel,
    Kim,
    KimQuerySet,
    Member,
    Position,
    Review,
)
from kim.registry.policies import Gap, Warning, can_see_scan, gaps, warnings
from kim.registry.queries.public import seats_now
from kim.registry.workflow import DecreeStage


def drafts_of(actor: Actor) -> KimQuerySet:
    """The registrations a signed-in person has begun, newest first."""
    if actor.person_id is None:
        return Kim.objects.none()
    return Kim.objects.filter(created_by_id=actor.person_id).select_related("region").order_by("-created_at", "-id")


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
    return kim.decrees.filter(stage=DecreeStage.ACCEPTED).select_related("scan").order_by(*NEWEST_DECREE)


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


def headcount(members: Iterable[Any], seats: Iterable[Any]) -> int:
    """How many people: the members, and those of the board who are not written there too. A patron is no member."""
    named = [text.search_key(member.name) for member in members]
    board = {text.search_key(seat.name) for seat in seats if seat.position != Position.PATRON}
    return len(named) + len(board - set(named))


def registrant_id(kim_id: UUID) -> UUID | None:
    """The account that began a registration, if it has one."""
    return Kim.objects.filter(pk=kim_id).values_list("created_by_id", flat=True).first()


def members_now(kim: Kim) -> QuerySet[Member]:
    """Members who have not left; their phones are for the KIM and its officials only."""
    return kim.members.filter(left_on=None).select_related("person").order_by("name", "id")


def warnings_for(
    kim: Kim, decree: Decree | None, *, members: list[Member] | None = None, seats: list[BoardSeat] | None = None
) -> list[Warning]:
    """The warnings of the rules in force in the KIM's region, today."""
    if kim.region_id is None:
        return []
    members = list(members_now(kim)) if members is None else members
    people = headcount(members, seats_now(kim) if seats is None else seats)
    return warnings(kim, decree, rules(kim.region_id), clock.today(kim.region.time_zone), people=people)


# --- what the step form shows ---------------------------------------------------------------------------------


def village(code: str) -> Region | None:
    """The village or kelurahan of a code, if there is one in force."""
    return Region.objects.in_force().filter(code=code, level="village").first()


def villages(words: str) -> Finding:
    """The villages a text may mean."""
    return find(words, limit=12, levels=["village"])


def gaps_of(kim: Kim, decree: Decree | None) -> list[Gap]:
    """What is still missing, in the order of the steps."""
    return gaps(kim, decree, seats_now(kim))


def people_rows(kim: Kim) -> dict[str, list[dict[str, Any]]]:
    """Board and members as rows of a form."""
    seats = [{"position": s.position, "name": s.name, "since": s.since} for s in seats_now(kim)]
    members = [{"name": m.name, "phone": m.phone} for m in kim.members.filter(left_on=None).order_by("id")]
    return {"seat": seats, "member": members}


def issuer_guess(kim: Kim) -> dict[str, Any]:
    """Who most likely signed the SK."""
    office = f"Kantor {kim.region.title}" if kim.region else ""
    return {"issuer_level": IssuerLevel.VILLAGE, "issuer_office": office}


def summary(kim: Kim) -> dict[str, Any]:
    """Everything the last step shows before sending."""
    decree = first_decree(kim)
    missing = [gap for gap in gaps_of(kim, decree) if gap.step != "periksa"]
    return {
        "decree": decree,
        "channels": list(kim.channels.order_by("kind", "id")),
        "seats": seats_now(kim),
        "members": list(kim.members.filter(left_on=None).order_by("id")),
        "missing": missing,
        "warnings": warnings_for(kim, decree) if decree else [],
    }


def renewal_start(kim: Kim, written: Decree | None) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What stands in the renewal form: what was written already, else the last SK without its number and dates."""
    if written is not None:
        board = written.proposed_board or people_rows(kim)["seat"]
        return {name: getattr(written, name) for name in PAPERS}, board
    last = decrees(kim).first()
    copied = {name: getattr(last, name) for name in ("about", "issuer_level", "issuer_office")} if last else {}
    return copied or issuer_guess(kim), people_rows(kim)["seat"]
