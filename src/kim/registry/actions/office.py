"""What Diskominfo decides: return with a note, approve, refuse with a reason, record the end of a KIM."""

from uuid import UUID

from django.db import transaction

from kim.accounts.actions import enrol, give_mandate
from kim.accounts.actor import Actor
from kim.accounts.models import Person, Role
from kim.kernel import clock
from kim.kernel.results import NotAllowed, demand
from kim.ledger.actions import record
from kim.registry.actions.draft import lock
from kim.registry.actions.naming import name_and_number
from kim.registry.models import Decree, Kim, Member, Position, Review
from kim.registry.policies import Warning, can_approve, can_dissolve, can_refuse, can_return
from kim.registry.queries import first_decree, warnings_for
from kim.registry.workflow import DECREE_WORKFLOW, WORKFLOW, DecreeStage, Outcome


@transaction.atomic
def return_(kim_id: UUID, *, actor: Actor, note: str) -> Kim:
    """Give the registration back with a note; the registrant mends only what the note names."""
    kim = lock(kim_id)
    demand(can_return(actor, kim))
    kim.stage = WORKFLOW.after("return_", kim.stage)
    decree = first_decree(kim)
    _move(decree, "return_decree")
    kim.save(update_fields=["stage"])
    answer(kim, decree, Outcome.RETURNED, actor, note=note)
    record("kim.returned", kim.key, actor=actor, region=kim.region_id, kim_id=kim.id, note=note)
    return kim


@transaction.atomic
def refuse(kim_id: UUID, *, actor: Actor, reason: str) -> Kim:
    """End the registration with a reason the registrant reads."""
    kim = lock(kim_id)
    demand(can_refuse(actor, kim))
    kim.stage = WORKFLOW.after("refuse", kim.stage)
    decree = first_decree(kim)
    _move(decree, "return_decree")
    kim.save(update_fields=["stage"])
    answer(kim, decree, Outcome.REFUSED, actor, note=reason)
    record("kim.refused", kim.key, actor=actor, region=kim.region_id, kim_id=kim.id, reason=reason)
    return kim


@transaction.atomic
def approve(kim_id: UUID, *, actor: Actor) -> Kim:
    """Register the KIM: number, site address, SK accepted, and a board hat for whoever registered it."""
    kim = lock(kim_id)
    demand(can_approve(actor, kim))
    stage = WORKFLOW.after("approve", kim.stage)
    decree = first_decree(kim)
    found = warnings_for(kim, decree)
    demand(can_approve(actor, kim, found))
    name_and_number(kim)
    kim.stage, kim.registered_at = stage, clock.now()
    kim.created_by = _registrant(kim, actor)
    kim.save()
    _move(decree, "accept_decree")
    _join_members(kim)
    answer(kim, decree, Outcome.APPROVED, actor, found=found)
    record("kim.approved", kim.key, actor=actor, region=kim.region_id, kim_id=kim.id, number=kim.registry_number)
    return kim


@transaction.atomic
def dissolve(kim_id: UUID, *, actor: Actor, reason: str) -> Kim:
    """Record that the KIM has ended. Its certificate says so from now on; nothing is deleted."""
    kim = lock(kim_id)
    demand(can_dissolve(actor, kim))
    kim.stage = WORKFLOW.after("dissolve", kim.stage)
    kim.save(update_fields=["stage"])
    record("kim.dissolved", kim.key, actor=actor, region=kim.region_id, kim_id=kim.id, reason=reason)
    return kim


def answer(
    kim: Kim,
    decree: Decree | None,
    outcome: Outcome,
    actor: Actor,
    *,
    note: str = "",
    found: list[Warning] | None = None,
) -> None:
    """Keep what the office said; an answer that sends something back has to say why."""
    if outcome != Outcome.APPROVED and not note.strip():
        raise NotAllowed("Tulis catatan untuk KIM, supaya mereka tahu apa yang kurang.")
    seen = [warning.text for warning in found or []]
    Review.objects.create(kim=kim, decree=decree, outcome=outcome, note=note, warnings=seen, by_id=actor.person_id)


def _move(decree: Decree | None, verb: str) -> None:
    if decree is None:
        raise NotAllowed("SK pendaftaran ini tidak ditemukan.")
    decree.stage = DECREE_WORKFLOW.after(verb, decree.stage)
    if decree.stage == DecreeStage.ACCEPTED:
        decree.accepted_at = clock.now()
    decree.save(update_fields=["stage", "accepted_at"])


def _registrant(kim: Kim, actor: Actor) -> Person:
    """The account of whoever registered the KIM, with the hat that lets them work for it."""
    person = kim.created_by
    if person is None or not person.is_active:
        person = enrol(name=kim.registrant_name, phone=kim.registrant_phone, actor=actor)
    is_chair = kim.seats.filter(until=None, position=Position.CHAIR, name__iexact=kim.registrant_name).exists()
    label = f"{'Ketua' if is_chair else 'Pengurus'} {kim.name}"[:160]
    give_mandate(person.pk, role=Role.BOARD, region=kim.region_id, kim_id=kim.id, label=label, actor=actor)
    return person


def _join_members(kim: Kim) -> None:
    """Members begin today; the registrant is one of them."""
    today = clock.today(kim.region.time_zone)
    members = kim.members.filter(left_on=None)
    members.filter(joined_on=None).update(joined_on=kim.founded_on or today)
    own = members.filter(phone=kim.registrant_phone).first()
    own = own or members.filter(phone="", name__iexact=kim.registrant_name).first()
    if own is None:
        own = Member(kim=kim, name=kim.registrant_name, joined_on=today)
    own.phone, own.person = kim.registrant_phone, kim.created_by
    own.save()
