"""The desk of a KIM: its profile, its members, its board over time."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from kim.accounts.actions import end_mandate, enrol, give_mandate
from kim.accounts.actor import Actor
from kim.accounts.models import KIM_ROLES, Role
from kim.accounts.queries import in_force
from kim.kernel import clock, text
from kim.kernel.phone import masked
from kim.kernel.results import NotAllowed, demand
from kim.ledger.actions import record
from kim.registry.actions.draft import lock, put, put_channels
from kim.registry.models import BoardSeat, Kim, Member
from kim.registry.policies import can_edit, can_let_in

PROFILE = ("about", "secretariat", "public_phone", "accent", "focus", "ict_level", "decision_rule", "quorum")
PHONE_TAKEN = "Nomor HP ini sudah dipakai anggota lain di KIM ini."


@transaction.atomic
def edit_profile(
    kim_id: UUID,
    *,
    actor: Actor,
    fields: Mapping[str, Any],
    channels: Iterable[Mapping[str, str]] | None = None,
) -> Kim:
    """Change what the KIM says of itself and how it decides. Name, village and number stay as registered."""
    kim = _own(kim_id, actor)
    number = kim.public_phone
    put(kim, fields, PROFILE)
    if channels is not None:
        put_channels(kim, channels)
    _tell("kim.edited", kim, actor, fields=sorted(fields))
    if kim.public_phone != number:
        _tell("kim.phone_changed", kim, actor, earlier=_shown(number), now=_shown(kim.public_phone))
    return kim


@transaction.atomic
def add_member(kim_id: UUID, *, actor: Actor, name: str, phone: str = "", joined_on: date | None = None) -> Member:
    """A new member; one phone number belongs to one member of a KIM."""
    kim = _own(kim_id, actor)
    member = Member(kim=kim, name=text.squeeze(name), phone=phone, joined_on=joined_on or clock.today())
    try:
        with transaction.atomic():
            member.save()
    except IntegrityError as error:
        raise NotAllowed(PHONE_TAKEN) from error
    _tell("member.added", kim, actor, member=str(member.id))
    return member


@transaction.atomic
def end_membership(member_id: UUID, *, actor: Actor, left_on: date) -> Member:
    """A member leaves: their seats and hats in this KIM end the same day; what they wrote stays."""
    member, kim = _member(member_id, actor)
    if member.person_id == actor.person_id:
        raise NotAllowed("Keanggotaan Anda sendiri diakhiri oleh pengurus lain.")
    if member.joined_on and left_on < member.joined_on:
        raise NotAllowed("Hari berhenti tidak bisa sebelum hari bergabung.")
    member.left_on = left_on
    member.save(update_fields=["left_on"])
    member.seats.filter(kim=kim, until=None).update(until=left_on)
    if member.person_id:
        for mandate in in_force().filter(person_id=member.person_id, kim_id=kim.id):
            end_mandate(mandate.id, actor=actor)
    _tell("member.left", kim, actor, member=str(member.id))
    return member


@transaction.atomic
def invite(member_id: UUID, *, actor: Actor, role: Role = Role.MEMBER, phone: str = "") -> Member:
    """Give a member an account and a hat of this KIM; the code that lets them in is made on the page of codes.

    `phone` is kept for a member written down without one; a number that is there stays.
    """
    member, kim = _member(member_id, actor)
    if role not in KIM_ROLES:
        raise NotAllowed("Peran ini tidak ada di dalam KIM.")
    if not member.phone:
        _keep_phone(member, phone)
    if member.person is None or not member.person.is_active:
        member.person = enrol(name=member.name, phone=member.phone, actor=actor)
        member.save(update_fields=["person"])
    return _hat(member, kim, role, actor)


@transaction.atomic
def let_in(kim_id: UUID, *, actor: Actor, name: str, phone: str) -> Member:
    """The office gives somebody of this KIM an account and a board hat: the member of that number or name, else a new one."""
    kim = lock(kim_id)
    demand(can_let_in(actor, kim))
    key = text.search_key(name)
    present = list(kim.members.filter(left_on=None).order_by("id"))
    member = next((m for m in present if m.phone == phone), None)
    member = member or next((m for m in present if not m.phone and text.search_key(m.name) == key), None)
    member = member or Member(kim=kim, name=text.squeeze(name), joined_on=clock.today())
    member.phone = phone
    member.person = enrol(name=member.name, phone=phone, actor=actor)
    member.save()
    return _hat(member, kim, Role.BOARD, actor)


def _hat(member: Member, kim: Kim, role: str, actor: Actor) -> Member:
    """The member's account wears a hat of this KIM from now on."""
    label = f"{Role(role).label.removesuffix(' KIM')} {kim.name}"[:160]
    give_mandate(member.person_id, role=role, region=kim.region_id, kim_id=kim.id, label=label, actor=actor)
    _tell("member.invited", kim, actor, member=str(member.id), role=role)
    return member


def _keep_phone(member: Member, phone: str) -> None:
    """A number for a member who had none; it belongs to nobody else of the KIM."""
    if not phone:
        raise NotAllowed("Isi dulu nomor HP anggota ini.")
    member.phone = phone
    try:
        with transaction.atomic():
            member.save(update_fields=["phone"])
    except IntegrityError as error:
        raise NotAllowed(PHONE_TAKEN) from error


@transaction.atomic
def open_seat(kim_id: UUID, *, actor: Actor, position: str, name: str, since: date) -> BoardSeat:
    """Somebody takes a seat on the board."""
    kim = _own(kim_id, actor)
    seat = _sit(kim, position, name, since)
    _tell("board.changed", kim, actor, position=position, name=seat.name)
    return seat


@transaction.atomic
def replace_seat(seat_id: UUID, *, actor: Actor, name: str, on: date) -> BoardSeat | None:
    """Close a seat on a day and let somebody else take it; without a name it stays empty. History is kept."""
    seat = BoardSeat.objects.get(pk=seat_id, kim_id=actor.kim_id)
    kim = _own(seat.kim_id, actor)
    seat.refresh_from_db()
    if seat.until is not None:
        raise NotAllowed("Jabatan ini sudah diganti. Muat ulang halaman untuk melihat susunan terbaru.")
    if seat.since and on < seat.since:
        raise NotAllowed("Tanggal pergantian lebih awal daripada awal jabatannya.")
    seat.until = on
    seat.save(update_fields=["until"])
    heir = _sit(kim, seat.position, name, on) if name else None
    _tell("board.changed", kim, actor, position=seat.position, name=name, left=seat.name)
    return heir


def _shown(number: str) -> str:
    """A number as the ledger may keep it for good."""
    return masked(number) if number else ""


def _own(kim_id: UUID, actor: Actor) -> Kim:
    kim = lock(kim_id)
    demand(can_edit(actor, kim))
    return kim


def _member(member_id: UUID, actor: Actor) -> tuple[Member, Kim]:
    """A present member of the actor's own KIM, whose row is held first so that two changes follow one another."""
    kim = _own(Member.objects.get(pk=member_id, kim_id=actor.kim_id).kim_id, actor)
    return Member.objects.select_related("person").get(pk=member_id, left_on=None), kim


def _sit(kim: Kim, position: str, name: str, since: date) -> BoardSeat:
    name = text.squeeze(name)
    key = text.search_key(name)
    member = next((m for m in kim.members.filter(left_on=None) if text.search_key(m.name) == key), None)
    return BoardSeat.objects.create(kim=kim, member=member, position=position, name=name, since=since)


def _tell(verb: str, kim: Kim, actor: Actor, **data: Any) -> None:
    record(verb, kim.key, actor=actor, region=kim.region_id, kim_id=kim.id, **data)
