"""Bringing a list: upload, map, check, correct, confirm; then the worker writes it, row by row, once."""

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, connection, transaction

from kim.accounts.actor import SYSTEM, Actor
from kim.accounts.queries import actor_for
from kim.importing import policies
from kim.importing.models import Batch, Column, Row
from kim.importing.queries import counted, earlier, waiting
from kim.importing.queries.columns import best_layout, is_numbering
from kim.importing.queries.plan import Plan, plan_rows
from kim.importing.workflow import WORKFLOW, Outcome, Stage
from kim.kernel import cells, clock
from kim.kernel.results import NotAllowed, Refused, demand
from kim.kernel.spreadsheet import Sheet
from kim.kernel.text import squeeze
from kim.ledger.actions import record
from kim.registry.actions import register_imported, supplement_imported

CHUNK = 20  # rows of one transaction, so that the page can show progress and approvals never wait long
KEPT = timedelta(days=90)  # how long rows with names and numbers stay after the last step
HOUR = timedelta(hours=1)
LOCK = 7_201_846  # one list is written at a time, so that two lists never register the same KIM
_PLANNED = ["outcome", "problems", "plan", "kim_id", "corrections"]
_NIK = re.compile(r"\d{16}(\.0)?|\d[.,]\d{4,}E\+15", re.IGNORECASE)
NOT_KEPT = "(tidak disimpan)"


@transaction.atomic
def upload(*, actor: Actor, name: str, sha256: str, sheets: Sequence[Sheet]) -> tuple[Batch, bool]:
    """Keep the rows of a file for the office's region; the same file again is the list already here (and False)."""
    demand(policies.can_upload(actor))
    known = earlier(actor.region_code, sha256)
    if known is not None:
        return known, False
    layout = best_layout(list(sheets))
    others = [sheet.name for sheet in sheets if sheet is not layout.sheet]
    batch = Batch.objects.create(
        owner_id=actor.person_id,
        region_id=actor.region_code,
        name=squeeze(name)[-160:] or "daftar",
        sha256=sha256,
        sheet=layout.sheet.name[:80],
        other_sheets=others,
        header=layout.header,
    )
    below = enumerate(layout.sheet.rows[layout.begins :], layout.begins + 1)
    kept = [Row(batch=batch, number=at, cells=_kept(row)) for at, row in below if any(row) and not is_numbering(row)]
    Row.objects.bulk_create(kept, batch_size=1000)
    _tell("import.uploaded", batch, actor, rows=len(kept))
    return batch, True


@transaction.atomic
def map_columns(batch_id: UUID, *, actor: Actor, mapping: Mapping[str, str]) -> Batch:
    """Say what each column means (position → Column). Nothing is checked yet."""
    batch = _held(batch_id)
    demand(policies.can_map_columns(actor, batch))
    batch.stage = WORKFLOW.after("map_columns", batch.stage)
    batch.mapping = {at: Column(what).value for at, what in mapping.items() if what}
    batch.save(update_fields=["stage", "mapping"])
    record("import.mapped", batch.key, actor=actor, region=batch.region_id, columns=sorted(batch.mapping.values()))
    return batch


@transaction.atomic
def check(batch_id: UUID, *, actor: Actor) -> Batch:
    """Work out what will happen to every row. The register stays as it is."""
    batch = _held(batch_id)
    demand(policies.can_check(actor, batch))
    batch.stage = WORKFLOW.after("check", batch.stage)
    _plan_all(batch)
    record("import.checked", batch.key, actor=actor, region=batch.region_id, counts=batch.counts)
    return batch


@transaction.atomic
def correct(batch_id: UUID, number: int, *, actor: Actor, values: Mapping[str, str]) -> Row:
    """Put typed values before what the file says in one row, and look at the whole list again."""
    batch = _held(batch_id)
    demand(policies.can_correct(actor, batch))
    batch.stage = WORKFLOW.after("correct", batch.stage)
    row = batch.rows.get(number=number)
    if row.outcome == Outcome.WRITTEN:
        raise NotAllowed("Baris ini sudah ditulis. Ubah datanya di halaman KIM.")
    typed = {Column(what).value: cells.read_inert(text.strip()) for what, text in values.items()}
    if Column.VILLAGE in typed and Column.CODE not in typed:
        row.corrections.pop(Column.CODE, None)
    row.corrections |= typed
    row.save(update_fields=["corrections"])
    _plan_all(batch)
    record("import.corrected", batch.key, actor=actor, region=batch.region_id, row=number, columns=sorted(typed))
    return batch.rows.get(number=number)


@transaction.atomic
def confirm(batch_id: UUID, *, actor: Actor) -> Batch:
    """Let the worker write every good row. A second confirmation changes nothing."""
    batch = _held(batch_id)
    demand(policies.can_confirm(actor, batch))
    if batch.stage in (Stage.CONFIRMED, Stage.DONE):
        return batch
    batch.stage = WORKFLOW.after("confirm", batch.stage)
    if not batch.rows.filter(outcome__in=(Outcome.NEW, Outcome.UPDATE)).exists():
        raise NotAllowed("Belum ada baris yang bisa ditulis. Betulkan dulu baris yang salah.")
    batch.confirmed_at, batch.confirmed_by_id, batch.hat_id = clock.now(), actor.person_id, actor.hat.id
    batch.save(update_fields=["stage", "confirmed_at", "confirmed_by", "hat_id"])
    _tell("import.confirmed", batch, actor, counts=batch.counts)
    return batch


@transaction.atomic
def stop(batch_id: UUID, *, actor: Actor, reason: str = "") -> Batch:
    """Stop writing. What is written stays; the rest waits for a new confirmation."""
    batch = _held(batch_id)
    demand(policies.can_stop(actor, batch))
    return _stop(batch, actor, reason)


@transaction.atomic
def finish(batch_id: UUID, *, actor: Actor) -> Batch:
    """Close a list of which no good row is left to write."""
    batch = _held(batch_id)
    demand(policies.can_finish(actor, batch))
    batch.stage = WORKFLOW.after("finish", batch.stage)
    batch.counts, batch.finished_at = counted(batch), clock.now()
    if batch.counts.get(Outcome.NEW, 0) + batch.counts.get(Outcome.UPDATE, 0):
        raise NotAllowed("Masih ada baris yang belum ditulis.")
    batch.save(update_fields=["stage", "counts", "finished_at"])
    _tell("import.finished", batch, actor, counts=batch.counts)
    return batch


@transaction.atomic
def discard(batch_id: UUID, *, actor: Actor) -> Batch:
    """Forget the rows of a list. KIM already written stay."""
    batch = _held(batch_id)
    demand(policies.can_discard(actor, batch))
    return _discard(batch, actor)


def carry_on(*, chunks: int = 5) -> int:
    """What the worker does: write confirmed lists, a chunk per transaction; returns how many rows were settled."""
    settled = 0
    for _ in range(chunks):
        done = _write_chunk()
        if done is None:
            break
        settled += done
    return settled


@transaction.atomic
def forget_old() -> int:
    """Discard lists nobody has touched for 90 days: their rows hold names and numbers."""
    idle = Batch.objects.filter(created_at__lt=clock.now() - KEPT).exclude(stage__in=(Stage.CONFIRMED, Stage.DISCARDED))
    old = list(idle.select_for_update(skip_locked=True).order_by("id")[:50])
    for batch in old:
        _discard(batch, SYSTEM)
    return len(old)


@transaction.atomic
def _write_chunk() -> int | None:
    """The next rows of the list that waits longest; None when no list waits."""
    batch = waiting().select_for_update(skip_locked=True, of=("self",)).select_related("region", "confirmed_by").first()
    if batch is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    actor = actor_for(batch.confirmed_by, hat_id=batch.hat_id)
    if actor.hat is None or actor.hat.id != batch.hat_id or not policies.can_finish(actor, batch):
        _stop(batch, actor, "Tugas petugas yang menyetujui sudah berakhir.")
        return 0
    rows = list(batch.rows.filter(outcome__in=(Outcome.NEW, Outcome.UPDATE)).order_by("number")[:CHUNK])
    for plan in plan_rows(batch, rows, in_order=False):
        _write(plan, actor)
    _save(rows)
    if len(rows) < CHUNK:
        finish(batch.id, actor=actor)
    return len(rows)


def _write(plan: Plan, actor: Actor) -> None:
    """Write one row as the register stands now; what the register refuses becomes the row's problem."""
    planned = plan.outcome
    try:
        with transaction.atomic():
            if planned == Outcome.NEW:
                kim = register_imported(
                    actor=actor, region_code=plan.village.code, name=plan.record.name, **_said(plan),
                    list=str(plan.row.batch_id), row=plan.row.number,
                )  # fmt: skip
                plan.kim_id = kim.pk
            elif planned == Outcome.UPDATE:
                supplement_imported(
                    plan.kim_id, actor=actor, **_said(plan), list=str(plan.row.batch_id), row=plan.row.number
                )
            plan.outcome = Outcome.WRITTEN if planned in (Outcome.NEW, Outcome.UPDATE) else planned
    except (Refused, NotAllowed, ObjectDoesNotExist, DatabaseError) as error:
        told = str(error) if isinstance(error, Refused | NotAllowed) else "Baris ini gagal ditulis. Periksa isinya."
        plan.record.object_to(Column.KIM_NAME, told)
        plan.outcome, plan.kim_id = Outcome.ERROR, None
    plan.keep()
    plan.row.plan["written"] = planned if plan.outcome == Outcome.WRITTEN else ""


def _said(plan: Plan) -> dict[str, Any]:
    said = plan.record
    return {
        "details": {**said.details, "reported_members": said.member_count}, "decree": said.decree, "board": said.board,
        "phone": said.phone, "members": said.members, "channels": said.channels,
    }  # fmt: skip


def _plan_all(batch: Batch) -> None:
    """A fresh plan for every row that is not written yet."""
    plans = plan_rows(batch, batch.rows.order_by("number"))
    fresh = [plan for plan in plans if plan.row.outcome != Outcome.WRITTEN]
    for plan in fresh:
        plan.keep()
    _save([plan.row for plan in fresh])
    batch.counts = counted(batch)
    batch.save(update_fields=["stage", "counts"])


def _save(rows: list[Row]) -> None:
    Row.objects.bulk_create(
        rows, batch_size=1000, update_conflicts=True, unique_fields=["id"], update_fields=_PLANNED
    )  # an upsert is one statement where bulk_update is a thousand cases


def _stop(batch: Batch, actor: Actor, reason: str) -> Batch:
    batch.stage, batch.counts = WORKFLOW.after("stop", batch.stage), counted(batch)
    batch.save(update_fields=["stage", "counts"])
    _tell("import.stopped", batch, actor, reason=reason)
    return batch


def _discard(batch: Batch, actor: Actor) -> Batch:
    batch.stage = WORKFLOW.after("discard", batch.stage)
    batch.save(update_fields=["stage"])
    batch.rows.all().delete()
    _tell("import.discarded", batch, actor)
    return batch


def _held(batch_id: UUID) -> Batch:
    return Batch.objects.select_for_update(of=("self",)).select_related("region").get(pk=batch_id)


def _kept(texts: list[str]) -> list[str]:
    """The cells as they came; sixteen figures are an identity number, which we never keep."""
    return [NOT_KEPT if _NIK.fullmatch(text) else cells.read_inert(text) for text in texts]


def _tell(verb: str, batch: Batch, actor: Actor, **data: Any) -> None:
    record(verb, batch.key, actor=actor, region=batch.region_id, name=batch.name, **data)
