"""Who may add a source and settle what it suggests: the office itself, in exactly its own region."""

from kim.accounts.actor import Actor
from kim.accounts.models import OFFICES
from kim.kernel.results import ALLOWED, Denied, Verdict
from kim.sources.models import Item, Source

NOT_AN_OFFICER = Denied("Hanya petugas Diskominfo yang mengurus sumber luar.")
NOT_YOURS = Denied("Sumber ini milik kantor lain. Anda bisa membacanya, tetapi tidak mengubahnya.")


def can_add(actor: Actor) -> Verdict:
    return ALLOWED if actor.wears(*OFFICES) else NOT_AN_OFFICER


def can_switch_off(actor: Actor, source: Source) -> Verdict:
    return _in_charge(actor, source)


def can_switch_on(actor: Actor, source: Source) -> Verdict:
    return _in_charge(actor, source)


def can_take(actor: Actor, item: Item) -> Verdict:
    return _in_charge(actor, item)


def can_pass_over(actor: Actor, item: Item) -> Verdict:
    return _in_charge(actor, item)


def can_put_back(actor: Actor, item: Item) -> Verdict:
    return _in_charge(actor, item)


def _in_charge(actor: Actor, thing: Source | Item) -> Verdict:
    if not actor.wears(*OFFICES):
        return NOT_AN_OFFICER
    return ALLOWED if actor.region_code == thing.region_id else NOT_YOURS
