"""What an officer does with a suggestion: take it, pass it over, or take that back."""

from uuid import UUID

from django.db import transaction

from kim.accounts.actor import Actor
from kim.kernel import clock
from kim.kernel.results import NotAllowed, demand
from kim.ledger.actions import record
from kim.sources import policies
from kim.sources.models import Item
from kim.sources.queries import has_newer
from kim.sources.workflow import WORKFLOW

NEWER = "Sumbernya sudah menerbitkan versi yang lebih baru. Pakai versi itu."


@transaction.atomic
def take(item_id: UUID, *, actor: Actor, key: str) -> Item:
    """The suggestion has become `key` (a packet, as kind:uuid), in the transaction that makes it."""
    item = _held(item_id)
    demand(policies.can_take(actor, item))
    _settle(item, "take", actor)
    item.taken_key = key
    item.save(update_fields=["state", "settled_by", "settled_at", "taken_key"])
    record("item.taken", item.key, actor=actor, region=item.region_id, title=item.title, to=key)
    return item


@transaction.atomic
def pass_over(item_id: UUID, *, actor: Actor, reason: str = "") -> Item:
    """The office has no use for it. It can be put back."""
    item = _held(item_id)
    demand(policies.can_pass_over(actor, item))
    _settle(item, "pass_over", actor)
    item.reason = reason
    item.save(update_fields=["state", "settled_by", "settled_at", "reason"])
    record("item.passed", item.key, actor=actor, region=item.region_id, title=item.title, reason=reason)
    return item


@transaction.atomic
def put_back(item_id: UUID, *, actor: Actor) -> Item:
    """Passed over by mistake: it waits again, unless its source has gone on to other words."""
    item = _held(item_id)
    demand(policies.can_put_back(actor, item))
    if has_newer(item):
        raise NotAllowed(NEWER)
    item.state = WORKFLOW.after("put_back", item.state)
    item.settled_by_id, item.settled_at, item.reason = None, None, ""
    item.save(update_fields=["state", "settled_by", "settled_at", "reason"])
    record("item.put_back", item.key, actor=actor, region=item.region_id, title=item.title)
    return item


def _held(item_id: UUID) -> Item:
    return Item.objects.select_for_update(of=("self",)).select_related("source").get(pk=item_id)


def _settle(item: Item, verb: str, actor: Actor) -> None:
    item.state = WORKFLOW.after(verb, item.state)
    item.settled_by_id, item.settled_at = actor.person_id, clock.now()
