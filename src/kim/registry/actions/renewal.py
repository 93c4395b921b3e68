"""Renewing an SK: one screen writes it, the office accepts it, and only then does the board change."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from kim.accounts.actor import Actor
from kim.kernel import clock, text
from kim.kernel.results import NotAllowed, demand
from kim.ledger.actions import record
from kim.registry.actions.draft import lock, put_papers
from kim.registry.actions.office import answer
from kim.registry.models import BoardSeat, Decree, Kim
from kim.registry.policies import can_accept_decree, can_return_decree, can_submit_decree
from kim.registry.queries import renewal, warnings_for
from kim.registry.workflow import DECREE_WORKFLOW, Outcome, Stage


@transaction.atomic
def write_renewal(
    kim_id: UUID,
    *,
    actor: Actor,
    fields: Mapping[str, Any],
    board: Iterable[Mapping[str, Any]] | None = None,
    scan: UploadedFile | None = None,
) -> Decree:
    """Keep a renewal as far as it is written; raises BadFile for a scan that cannot be taken."""
    kim = lock(kim_id)
    demand(can_submit_decree(actor, kim))
    decree = renewal(kim) or Decree(kim=kim)
    DECREE_WORKFLOW.after("submit_decree", decree.stage)
    put_papers(decree, kim, actor, fields, scan)
    if board is not None:
        decree.proposed_board = [_plain(row) for row in board]
        decree.save(update_fields=["proposed_board"])
    record("decree.written", kim.key, actor=actor, region=kim.region_id, kim_id=kim.id, decree=str(decree.id))
    return decree


@transaction.atomic
def submit_decree(decree_id: UUID, *, actor: Actor) -> Decree:
    """Send the renewal to the office; number, date and scan have to be there."""
    decree, kim = _held(decree_id)
    demand(can_submit_decree(actor, kim))
    decree.stage = DECREE_WORKFLOW.after("submit_decree", decree.stage)
    if not (decree.number and decree.issued_on and decree.scan_id):
        raise NotAllowed("Nomor SK, tanggal SK, dan scan SK harus diisi sebelum dikirim.")
    decree.submitted_at = clock.now()
    decree.save()
    _tell("decree.submitted", decree, actor)
    return decree


@transaction.atomic
def return_decree(decree_id: UUID, *, actor: Actor, note: str) -> Decree:
    """Give a renewal back with a note. The SK before it keeps counting."""
    decree, kim = _held(decree_id)
    demand(can_return_decree(actor, kim))
    decree.stage = DECREE_WORKFLOW.after("return_decree", decree.stage)
    decree.save(update_fields=["stage"])
    answer(kim, decree, Outcome.RETURNED, actor, note=note)
    _tell("decree.returned", decree, actor, note=note)
    return decree


@transaction.atomic
def accept_decree(decree_id: UUID, *, actor: Actor) -> Decree:
    """Accept a renewal: the SK counts from now on, and the board becomes the one it names; earlier seats are closed."""
    decree, kim = _held(decree_id)
    demand(can_accept_decree(actor, kim))
    decree.stage = DECREE_WORKFLOW.after("accept_decree", decree.stage)
    found = warnings_for(kim, decree)
    demand(can_accept_decree(actor, kim, found))
    decree.accepted_at = clock.now()
    decree.save(update_fields=["stage", "accepted_at"])
    _seat(kim, decree)
    answer(kim, decree, Outcome.APPROVED, actor, found=found)
    _tell("decree.accepted", decree, actor)
    return decree


def _held(decree_id: UUID) -> tuple[Decree, Kim]:
    """A renewal of a registered KIM, both held; the first SK of a registration is decided with the KIM itself."""
    kim = lock(Decree.objects.values_list("kim_id", flat=True).get(pk=decree_id))
    if kim.stage != Stage.REGISTERED:
        raise NotAllowed("SK ini diputuskan bersama pendaftaran KIM-nya.")
    return Decree.objects.select_for_update(of=("self",)).get(pk=decree_id), kim


def _tell(verb: str, decree: Decree, actor: Actor, **data: Any) -> None:
    kim = decree.kim
    record(
        verb,
        kim.key,
        actor=actor,
        region=kim.region_id,
        kim_id=kim.id,
        decree=str(decree.id),
        name=kim.name,
        **data,
    )


def _plain(row: Mapping[str, Any]) -> dict[str, str]:
    since = row.get("since")
    return {"position": row["position"], "name": row["name"], "since": since.isoformat() if since else ""}


def _seat(kim: Kim, decree: Decree) -> None:
    """Who stays keeps the seat; who left has it closed the day before the new term; who is new gets one."""
    if not decree.proposed_board:
        return
    begins = decree.valid_from or decree.issued_on or clock.today()
    wanted = {(row["position"], text.search_key(row["name"])): row for row in decree.proposed_board}
    for seat in kim.seats.filter(until=None):
        if wanted.pop((seat.position, text.search_key(seat.name)), None) is None:
            seat.until = max(begins - timedelta(days=1), seat.since or date.min)
            seat.save(update_fields=["until"])
    members = {text.search_key(member.name): member for member in kim.members.filter(left_on=None)}
    BoardSeat.objects.bulk_create(
        BoardSeat(
            kim=kim,
            decree=decree,
            member=members.get(key),
            position=row["position"],
            name=row["name"],
            since=date.fromisoformat(row["since"]) if row["since"] else begins,
        )
        for (_, key), row in wanted.items()
    )
