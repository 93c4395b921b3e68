"""Registering a KIM, step by step. The registrant is known by account, or by the code of the draft."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from kim.accounts.actor import Actor
from kim.kernel import clock, text
from kim.kernel.ids import new_id
from kim.kernel.results import NotAllowed, demand
from kim.ledger.actions import record
from kim.media.actions import store
from kim.media.models import Purpose
from kim.regions.models import Region
from kim.regions.queries import rules
from kim.registry.models import PAPERS, BoardSeat, Channel, Decree, Kim, Member
from kim.registry.policies import can_fill, can_submit, gaps, warnings
from kim.registry.queries import first_decree, headcount
from kim.registry.workflow import DECREE_WORKFLOW, WORKFLOW, Stage

CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that look alike on paper
SECOND_TAP = timedelta(minutes=10)
PROFILE = ("name", "focus", "about", "founded_on", "secretariat", "public_phone", "ict_level")


@transaction.atomic
def begin(*, actor: Actor, name: str, phone: str, kim_id: UUID | None = None, region_code: str = "") -> tuple[Kim, str]:
    """A draft and the code that opens it again on any phone; only a digest of the code is kept.

    A village that is named (from its page) is chosen already; a name that is no village in force chooses none.

    The same id from the same phone number within minutes is the same draft (a second tap), under a fresh code.
    """
    code = "".join(secrets.choice(CODE_LETTERS) for _ in range(8))
    kim_id, begun = kim_id or new_id(), {"registrant_name": text.squeeze(name), "registrant_phone": phone}
    village = Region.objects.in_force().filter(code=region_code, level="village").first()
    made = {**begun, "region": village, "created_by_id": actor.person_id, "resume_hash": Kim.digest(code)}
    kim, is_new = Kim.objects.select_for_update().get_or_create(pk=kim_id, defaults=made)
    if is_new:
        record("draft.begun", kim.key, actor=_as(actor, kim), region="ID", kim_id=kim.id)
        return kim, code
    is_second_tap = kim.stage == Stage.DRAFT and kim.region == village and kim.created_at > clock.now() - SECOND_TAP
    if not is_second_tap or kim.registrant_phone != phone:
        raise NotAllowed("Pendaftaran ini sudah dimulai. Lanjutkan dengan kode Anda.")
    kim.resume_hash = Kim.digest(code)
    kim.save(update_fields=["resume_hash"])
    return kim, code


@transaction.atomic
def save_place(kim_id: UUID, *, actor: Actor, code: str = "", region_code: str) -> Kim:
    """Set the village; raises Region.DoesNotExist for a code that is no village in force."""
    kim = _open(kim_id, actor, code)
    kim.region = Region.objects.in_force().get(code=region_code, level="village")
    kim.save(update_fields=["region"])
    _note(kim, actor, "place")
    return kim


@transaction.atomic
def save_profile(
    kim_id: UUID,
    *,
    actor: Actor,
    code: str = "",
    fields: Mapping[str, Any],
    channels: Iterable[Mapping[str, str]] | None,
) -> Kim:
    """Keep what is said of the KIM; fields not given stay as they were."""
    kim = _open(kim_id, actor, code)
    put(kim, fields, PROFILE)
    if channels is not None:
        put_channels(kim, channels)
    _note(kim, actor, "profile")
    return kim


@transaction.atomic
def save_people(
    kim_id: UUID,
    *,
    actor: Actor,
    code: str = "",
    seats: Iterable[Mapping[str, Any]],
    members: Iterable[Mapping[str, Any]],
) -> Kim:
    """Replace the board and members of a draft. Once registered, changes keep their history instead."""
    kim = _open(kim_id, actor, code)
    kim.seats.all().delete()
    kim.members.all().delete()
    rows = [Member(kim=kim, name=row["name"], phone=row.get("phone", "")) for row in members]
    by_name = {text.search_key(member.name): member for member in Member.objects.bulk_create(rows)}
    BoardSeat.objects.bulk_create(
        BoardSeat(kim=kim, member=by_name.get(text.search_key(row["name"])), **row) for row in seats
    )
    _note(kim, actor, "people")
    return kim


@transaction.atomic
def save_decree(
    kim_id: UUID, *, actor: Actor, code: str = "", fields: Mapping[str, Any], scan: UploadedFile | None = None
) -> Decree:
    """Keep what is known of the SK so far, and its scan; raises BadFile for a scan that cannot be taken."""
    kim = _open(kim_id, actor, code)
    decree = first_decree(kim) or Decree(kim=kim)
    put_papers(decree, kim, actor, fields, scan)
    _note(kim, actor, "decree")
    return decree


@transaction.atomic
def submit(kim_id: UUID, *, actor: Actor, code: str = "", name: str, phone: str, understands: bool) -> Kim:
    """Send the registration to the regency's office. Nothing may be missing; a rule that holds back says so here."""
    kim = lock(kim_id)
    demand(can_submit(actor, kim, code=code))
    stage = WORKFLOW.after("submit", kim.stage)
    kim.registrant_name, kim.registrant_phone, kim.understands_no_budget = (
        text.squeeze(name),
        phone,
        understands,
    )
    decree = first_decree(kim)
    _demand_complete(kim, decree)
    kim.stage, kim.submitted_at = stage, clock.now()
    kim.save()
    decree.stage, decree.submitted_at = DECREE_WORKFLOW.after("submit_decree", decree.stage), kim.submitted_at
    decree.save()
    record("kim.submitted", kim.key, actor=_as(actor, kim), region=kim.region_id, kim_id=kim.id, name=kim.name)
    return kim


def _demand_complete(kim: Kim, decree: Decree | None) -> None:
    members, seats = list(kim.members.filter(left_on=None)), list(kim.seats.filter(until=None))
    missing = [gap.text for gap in gaps(kim, decree, seats)]
    if missing:
        raise NotAllowed("Pendaftaran belum lengkap. " + " ".join(missing))
    people = headcount(members, seats)
    found = warnings(kim, decree, rules(kim.region_id), clock.today(), people=people)
    held = [warning.text for warning in found if warning.is_blocking]
    if held:
        raise NotAllowed("Aturan wilayah ini menahan pendaftaran. " + " ".join(held))


# --- shared by the actions of a KIM ---------------------------------------------------------------------------


def lock(kim_id: UUID) -> Kim:
    """The KIM, held until the transaction ends."""
    return Kim.objects.select_for_update(of=("self",)).select_related("region").get(pk=kim_id)


def put(row: Kim | Decree, fields: Mapping[str, Any], names: Iterable[str]) -> None:
    """Set the named fields that are given, and save them."""
    given = [name for name in names if name in fields]
    for name in given:
        setattr(row, name, fields[name])
    row.save(update_fields=None if row._state.adding else given)


def put_channels(kim: Kim, channels: Iterable[Mapping[str, str]]) -> None:
    kim.channels.all().delete()
    Channel.objects.bulk_create(Channel(kim=kim, kind=row["kind"], address=row["address"]) for row in channels)


def put_papers(decree: Decree, kim: Kim, actor: Actor, fields: Mapping[str, Any], scan: UploadedFile | None) -> None:
    """Keep what is given of an SK; a new scan takes the place of the earlier one.

    The file itself names no region: an office opens a scan by its SK, which knows drafts and moved villages.
    """
    if scan is not None:
        decree.scan = store(scan, purpose=Purpose.DECREE, actor=actor, kim_id=kim.id)
    put(decree, fields, PAPERS)
    if scan is not None:
        decree.save(update_fields=["scan"])


def _open(kim_id: UUID, actor: Actor, code: str) -> Kim:
    """The registration of this registrant, while it may be changed."""
    kim = lock(kim_id)
    demand(can_fill(actor, kim, code=code))
    WORKFLOW.after("submit", kim.stage)
    return kim


def _as(actor: Actor, kim: Kim) -> Actor:
    return actor if actor.is_signed_in else Actor(person_id=None, name=kim.registrant_name)


def _note(kim: Kim, actor: Actor, step: str) -> None:
    record("draft.filled", kim.key, actor=_as(actor, kim), region=kim.region_id or "ID", kim_id=kim.id, step=step)
