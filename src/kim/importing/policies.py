"""Who may bring a list, and carry it on: Diskominfo over the region the list is for."""

from kim.accounts.actor import Actor
from kim.accounts.models import OFFICES
from kim.importing.models import Batch
from kim.kernel.results import ALLOWED, Denied, Verdict

NOT_AN_OFFICER = Denied("Hanya petugas Diskominfo yang bisa mengunggah daftar KIM.")
NOT_HERE = Denied("Daftar ini milik wilayah lain.")


def can_upload(actor: Actor) -> Verdict:
    return ALLOWED if actor.wears(*OFFICES) else NOT_AN_OFFICER


def can_map_columns(actor: Actor, batch: Batch) -> Verdict:
    return _in_charge(actor, batch)


def can_check(actor: Actor, batch: Batch) -> Verdict:
    return _in_charge(actor, batch)


def can_correct(actor: Actor, batch: Batch) -> Verdict:
    return _in_charge(actor, batch)


def can_confirm(actor: Actor, batch: Batch) -> Verdict:
    return _in_charge(actor, batch)


def can_stop(actor: Actor, batch: Batch) -> Verdict:
    return _in_charge(actor, batch)


def can_finish(actor: Actor, batch: Batch) -> Verdict:
    return _in_charge(actor, batch)


def can_discard(actor: Actor, batch: Batch) -> Verdict:
    return _in_charge(actor, batch)


def _in_charge(actor: Actor, batch: Batch) -> Verdict:
    if not actor.wears(*OFFICES):
        return NOT_AN_OFFICER
    return ALLOWED if actor.holds(*OFFICES, within=batch.region_id) else NOT_HERE
