"""A KIM has its copy of a clarification: it opens it, and says by which ways it was passed on."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from kim.accounts.actor import Actor
from kim.clarification import policies
from kim.clarification.actions.base import record
from kim.clarification.models import Channel, Handout, Spread
from kim.kernel import clock
from kim.kernel.results import NotAllowed, demand


@transaction.atomic
def open_(handout_id: UUID, *, actor: Actor) -> Handout:
    """Somebody of the KIM reads the newest version; told to the ledger the first time for each version."""
    handout = _locked(handout_id)
    demand(policies.can_spread(actor, handout))
    if handout.version_seen >= handout.version:
        return handout
    handout.version_seen, handout.opened_at = handout.version, handout.opened_at or clock.now()
    handout.save(update_fields=["version_seen", "opened_at"])
    record(
        "claim.opened", handout.claim, actor, region=handout.region_id, kim_id=handout.kim_id, version=handout.version
    )
    return handout


@transaction.atomic
def spread(handout_id: UUID, *, channels: Iterable[str], actor: Actor) -> Handout:
    """Sudah kami sebarkan: once for each channel and version, however often it is said."""
    handout = _locked(handout_id)
    demand(policies.can_spread(actor, handout))
    if handout.is_withdrawn or not handout.claim.is_public:
        raise NotAllowed("Klarifikasi ini sudah ditarik, jadi tidak disebarkan lagi.")
    wanted = {Channel(channel) for channel in channels}
    new = wanted - {Channel(one.channel) for one in handout.spreads.filter(version=handout.version)}
    if not new:
        return handout
    rows = [Spread(handout=handout, channel=one, version=handout.version, by_id=actor.person_id) for one in sorted(new)]
    Spread.objects.bulk_create(rows, ignore_conflicts=True)
    handout.spread_at, handout.opened_at = handout.spread_at or clock.now(), handout.opened_at or clock.now()
    handout.save(update_fields=["spread_at", "opened_at"])
    record("claim.spread", handout.claim, actor, region=handout.region_id, kim_id=handout.kim_id, channels=sorted(new))
    return handout


def _locked(handout_id: UUID) -> Handout:
    return Handout.objects.select_for_update(of=("self",)).select_related("claim", "kim").get(id=handout_id)
