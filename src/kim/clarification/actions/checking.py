"""A KIM looks at a claim, point by point, and hands it on."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from kim.accounts.actor import Actor
from kim.clarification import policies
from kim.clarification.actions.base import locked, move, record
from kim.clarification.models import Check, CheckPoint, Claim, Found
from kim.kernel import clock
from kim.kernel.results import NotAllowed, demand
from kim.kernel.text import squeeze


@transaction.atomic
def check(claim_id: UUID, *, points: Mapping[str, tuple[str, str]], note: str = "", actor: Actor) -> Check:
    """Keep what the actor's KIM found out so far: for each CheckPoint what it came to, and a note. Again replaces it."""
    claim = locked(claim_id)
    demand(policies.can_check(actor, claim))
    move(claim, "check")
    claim.save(update_fields=["stage"])
    kept = {
        point: [Found(found), squeeze(said)[:300]] for point, (found, said) in points.items() if point in CheckPoint
    }
    values = {"points": kept, "note": note.strip()[:1500], "by_id": actor.person_id, "at": clock.now()}
    made, _ = Check.objects.update_or_create(claim=claim, kim_id=actor.kim_id, defaults=values)
    record("claim.checked", claim, actor, region=actor.region_code or "", kim_id=actor.kim_id)
    return made


@transaction.atomic
def send(claim_id: UUID, *, actor: Actor) -> Claim:
    """The offices of the area are asked for a verdict; the KIM has looked at it first."""
    claim = locked(claim_id)
    demand(policies.can_send(actor, claim))
    move(claim, "send")
    if not Check.objects.filter(claim=claim, kim_id=actor.kim_id).update(sent_at=clock.now()):
        raise NotAllowed("Isi daftar cek KIM Anda dulu, lalu kirim.")
    claim.save(update_fields=["stage"])
    record("claim.sent", claim, actor, region=actor.region_code or "", kim_id=actor.kim_id)
    return claim
