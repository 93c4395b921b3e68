"""KIM that Diskominfo knew already: registered from its own list, and completed when a later list says more."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from kim.accounts.actions import enrol, give_mandate
from kim.accounts.actor import Actor
from kim.accounts.models import Role
from kim.accounts.policies import can_give_mandate
from kim.kernel import clock, text
from kim.kernel.results import NotAllowed, demand
from kim.ledger.actions import record
from kim.regions.models import Region
from kim.registry.actions.draft import lock
from kim.registry.actions.naming import name_and_number
from kim.registry.models import BoardSeat, Channel, Decree, Kim, Member, Position
from kim.registry.policies import can_register_imported
from kim.registry.workflow import DecreeStage, Stage

DETAILS = ("secretariat", "founded_on", "focus", "ict_level", "reported_members")
Papers = Mapping[str, Any]


@transaction.atomic
def register_imported(
    *,
    actor: Actor,
    region_code: str,
    name: str,
    details: Papers,
    decree: Papers,
    board: Mapping[str, str],
    phone: str = "",
    members: Iterable[str] = (),
    channels: Iterable[tuple[str, str]] = (),
    **told: Any,
) -> Kim:
    """Register a KIM of the office's own list: number and address as by approval, its SK accepted, its board seated.

    A chair with a phone number gets a board hat where the office may give it, so that it can hand out a first code.
    `told` goes to the ledger.
    """
    demand(can_register_imported(actor, region_code))
    region = Region.objects.in_force().get(code=region_code, level="village")
    kim = Kim(region=region, name=text.squeeze(name), stage=Stage.REGISTERED, registered_at=clock.now())
    for field in DETAILS:
        setattr(kim, field, details.get(field) or getattr(kim, field))
    name_and_number(kim)
    kim.save()
    _complete(kim, actor, decree=decree, board=board, phone=phone, members=members, channels=channels)
    told = {"number": kim.registry_number, "name": kim.name, **told}
    record("kim.imported", kim.key, actor=actor, region=region_code, kim_id=kim.id, **told)
    return kim


@transaction.atomic
def supplement_imported(
    kim_id: UUID,
    *,
    actor: Actor,
    details: Papers,
    decree: Papers,
    board: Mapping[str, str],
    phone: str = "",
    members: Iterable[str] = (),
    channels: Iterable[tuple[str, str]] = (),
    **told: Any,
) -> Kim:
    """Fill in what a registered KIM had left empty; what it said itself is never overwritten."""
    kim = lock(kim_id)
    demand(can_register_imported(actor, kim.region_id))
    if kim.stage != Stage.REGISTERED:
        raise NotAllowed("KIM ini tidak lagi terdaftar, jadi datanya tidak dilengkapi.")
    empty = [field for field in DETAILS if details.get(field) and not getattr(kim, field)]
    for field in empty:
        setattr(kim, field, details[field])
    kim.save(update_fields=empty)
    taken = set(kim.seats.filter(until=None).values_list("position", flat=True))
    free = {position: who for position, who in board.items() if position not in taken}
    _complete(kim, actor, decree=decree, board=free, phone=phone, members=members, channels=channels)
    record("kim.supplemented", kim.key, actor=actor, region=kim.region_id, kim_id=kim.id, **told)
    return kim


def _complete(
    kim: Kim,
    actor: Actor,
    *,
    decree: Papers,
    board: Mapping[str, str],
    phone: str,
    members: Iterable[str],
    channels: Iterable[tuple[str, str]],
) -> None:
    """Add the SK, the people and the channels that are not there yet."""
    held = _keep_decree(kim, decree) if decree else None
    begins = held and (held.valid_from or held.issued_on)
    joined = _join(kim, [*(who for position, who in board.items() if position != Position.PATRON), *members])
    BoardSeat.objects.bulk_create(
        BoardSeat(
            kim=kim,
            decree=held,
            member=joined.get(text.search_key(who)),
            position=position,
            name=who,
            since=begins,
        )
        for position, who in board.items()
    )
    has = {(kind, address.lower()) for kind, address in kim.channels.values_list("kind", "address")}
    fresh = dict.fromkeys((kind, address) for kind, address in channels if (kind, address.lower()) not in has)
    Channel.objects.bulk_create(Channel(kim=kim, kind=kind, address=address) for kind, address in fresh)
    if phone and Position.CHAIR in board:
        _welcome(kim, joined[text.search_key(board[Position.CHAIR])], phone, actor)


def _keep_decree(kim: Kim, papers: Papers) -> Decree:
    now = clock.now()
    known = {field: value for field, value in papers.items() if value}
    return Decree.objects.create(kim=kim, stage=DecreeStage.ACCEPTED, submitted_at=now, accepted_at=now, **known)


def _join(kim: Kim, names: Iterable[str]) -> dict[str, Member]:
    """The members of these names, new where nobody of that name is a member yet; by search key."""
    known = {text.search_key(member.name): member for member in kim.members.filter(left_on=None)}
    today = clock.today(kim.region.time_zone)
    for name in names:
        key = text.search_key(name)
        if key not in known:
            known[key] = Member.objects.create(kim=kim, name=name, joined_on=kim.founded_on or today)
    return known


def _welcome(kim: Kim, chair: Member, phone: str, actor: Actor) -> None:
    """The chair's number, and the hat where this office may give it; a number another member has stays with that member."""
    if chair.phone or kim.members.filter(left_on=None, phone=phone).exists():
        return
    chair.phone = phone
    chair.save(update_fields=["phone"])
    if not can_give_mandate(actor, Role.BOARD, kim.region_id, kim.id):
        return
    chair.person = person = enrol(name=chair.name, phone=phone, actor=actor)
    chair.save(update_fields=["person"])
    label = f"Ketua {kim.name}"[:160]
    give_mandate(person.pk, role=Role.BOARD, region=kim.region_id, kim_id=kim.id, label=label, actor=actor)
