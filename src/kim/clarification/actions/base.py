"""What every act on a claim does: lock it, move it with its sightings, write the ledger, open a round of telling."""

from typing import Any
from uuid import UUID

from kim.accounts.actor import Actor
from kim.clarification.models import Claim, Round
from kim.clarification.workflow import WORKFLOW
from kim.ledger import actions as ledger

CHANGED = "Klaim ini baru saja digabung atau dipisah. Muat ulang halaman, lalu coba lagi."
TOPIC = "hoaks"  # the tag of the library and its feeds (kim.pages)


def locked(claim_id: UUID) -> Claim:
    """The claim, held until the transaction ends; raises DoesNotExist."""
    return Claim.objects.select_for_update(of=("self",)).select_related("office").get(id=claim_id)


def root_locked(claim_id: UUID) -> Claim:
    """The claim that this one turned out to be, held; however it is folded further while one waits."""
    while True:
        claim = locked(Claim.objects.get(id=claim_id).root.id)
        if claim.into_id is None:
            return claim


def move(claim: Claim, verb: str) -> None:
    """The next stage, on the claim (not saved) and on its sightings; NotAllowed when the verb is closed now."""
    claim.stage = WORKFLOW.after(verb, claim.stage)
    claim.sightings.exclude(stage=claim.stage).update(stage=claim.stage)


def record(verb: str, claim: Claim, actor: Actor, *, region: str, kim_id: UUID | None = None, **data: Any) -> None:
    """The entry of an act on a claim. Never with the words of whoever asked."""
    ledger.record(verb, claim.key, actor=actor, region=region, kim_id=kim_id, title=claim.title, **data)


def open_round(claim: Claim) -> None:
    """The worker goes through the KIM of its places, from the beginning."""
    if not Round.objects.filter(claim=claim, done_at=None).update(after=None):
        Round.objects.create(claim=claim)
