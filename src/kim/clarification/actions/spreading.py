"""A KIM has its copy of a clarification: it opens it, and reports each way by which it was passed on."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from kim.accounts.actor import Actor
from kim.clarification import policies
from kim.clarification.actions.base import record
from kim.clarification.models import CLARIFICATIONS, Handout, Spread
from kim.kernel import clock
from kim.kernel.results import NotAllowed, demand
from kim.spreading import actions as spreading

GONE = "Klarifikasi ini sudah ditarik, jadi tidak disebarkan lagi."


@transaction.atomic
def open_(handout_id: UUID, *, actor: Actor) -> Handout:
    """Somebody of the KIM reads the newest version; told to the ledger the first time for each version."""
    handout = _locked(handout_id)
    demand(policies.can_spread(actor, handout))
    if handout.version_seen >= handout.version:
        return handout
    handout.version_seen, handout.opened_at = handout.version, handout.opened_at or clock.now()
    handout.save(update_fields=["version_seen", "opened_at"])
    _record("claim.opened", handout, actor, version=handout.version)
    return handout


@transaction.atomic
def spread(
    report_id: UUID, handout_id: UUID, *, fields: Mapping[str, Any], photo: UploadedFile | None = None, actor: Actor
) -> Spread:
    """One way it was passed on: channel, date, place, people. By an id made where it was written: sent twice, kept once.

    Raises media's BadFile for a photo that is none.
    """
    handout = _locked(handout_id)
    demand(policies.can_spread(actor, handout))
    known = Spread.objects.filter(id=report_id, handout=handout).first()
    if known is not None:
        return known
    if handout.is_withdrawn or not handout.claim.is_public:
        raise NotAllowed(GONE)
    made: Spread = spreading.reported(
        CLARIFICATIONS, report_id, handout, fields=fields, photo=photo, actor=actor, claim_id=handout.claim_id,
        version=handout.version,
    )  # fmt: skip
    handout.opened_at = handout.opened_at or clock.now()
    handout.save()
    _record("claim.spread", handout, actor, channel=made.channel)
    return made


@transaction.atomic
def check_back(report_id: UUID, *, result: str, note: str = "", actor: Actor) -> Spread:
    """What the call back said about a drawn report."""
    made = Spread.objects.select_for_update(of=("self",)).select_related("handout__claim").get(id=report_id)
    demand(policies.can_check_back(actor, made.handout))
    spreading.noted(made, result=result, note=note)
    _record("claim.checked_back", made.handout, actor, result=result)
    return made


def _record(verb: str, handout: Handout, actor: Actor, **data: Any) -> None:
    record(verb, handout.claim, actor, region=handout.region_id, kim_id=handout.kim_id, **data)


def _locked(handout_id: UUID) -> Handout:
    return Handout.objects.select_for_update(of=("self",)).select_related("claim", "kim").get(id=handout_id)
