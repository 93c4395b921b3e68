"""A packet on its way down: an office between adds a note for its own area, or more places. It never changes the words."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction

from kim.accounts.actor import Actor
from kim.dissemination import policies
from kim.dissemination.actions.base import locked
from kim.dissemination.actions.showing import tell_pages
from kim.dissemination.models import Bulletin, LocalNote, Target
from kim.kernel import clock
from kim.kernel.results import NotAllowed, demand
from kim.ledger import actions as ledger
from kim.regions.models import Region


@transaction.atomic
def note_locally(bulletin_id: UUID, *, text: str, actor: Actor) -> LocalNote | None:
    """What the KIM of this area read beside the packet; an empty text takes the note away."""
    bulletin = locked(bulletin_id)
    demand(policies.can_note(actor, bulletin))
    mine = LocalNote.objects.filter(bulletin=bulletin, region_id=actor.region_code)
    if not text.strip():
        mine.delete()
        _record("bulletin.note_removed", bulletin, actor)
        return None
    fields = {"text": text.strip()[:1000], "by_id": actor.person_id, "at": clock.now()}
    note, _ = LocalNote.objects.update_or_create(bulletin=bulletin, region_id=actor.region_code, defaults=fields)
    _record("bulletin.noted", bulletin, actor)
    return note


@transaction.atomic
def pass_on(bulletin_id: UUID, *, codes: Iterable[str], actor: Actor) -> int:
    """More places of the own area get the packet too; returns how many are new. KIM that have it get no second copy."""
    bulletin = locked(bulletin_id)
    demand(policies.can_pass_on(actor, bulletin))
    wanted = set(codes)
    for code in wanted:
        demand(policies.can_aim(actor, code))
    known = set(Region.objects.in_force().filter(code__in=wanted).values_list("code", flat=True))
    new = known - set(bulletin.targets.values_list("region_id", flat=True))
    if not new:
        raise NotAllowed("Wilayah itu sudah termasuk tujuan info ini.")
    rows = [
        Target(bulletin=bulletin, region_id=code, by_region_code=actor.region_code, issued_at=bulletin.issued_at)
        for code in sorted(new)
    ]
    Target.objects.bulk_create(rows)
    tell_pages(bulletin)
    _record("bulletin.passed_on", bulletin, actor, places=sorted(new))
    return len(new)


def _record(verb: str, bulletin: Bulletin, actor: Actor, **data: Any) -> None:
    ledger.record(verb, bulletin.key, actor=actor, region=actor.region_code, title=bulletin.title, **data)
