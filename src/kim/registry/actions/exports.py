"""Keeping in the ledger that an office took a list with it."""

from django.db import transaction

from kim.accounts.actor import Actor
from kim.ledger.actions import record


@transaction.atomic
def export_taken(*, actor: Actor, what: str, kind: str, filters: dict[str, str]) -> None:
    """Who took which list, in which form, narrowed how. What stood in it is not kept."""
    key = f"person:{actor.person_id}"
    kept = {name: value for name, value in filters.items() if value}
    record("export.taken", key, actor=actor, region=actor.region_code, what=what, kind=kind, filters=kept)
