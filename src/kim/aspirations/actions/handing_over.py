"""Handing a voice over to SP4N-LAPOR!: a person carries the sheet there, and the number that comes back is kept here."""

import re
from uuid import UUID

from django.db import transaction

from kim.accounts.actor import Actor
from kim.aspirations import policies
from kim.aspirations.actions.base import locked, record
from kim.aspirations.models import Aspiration
from kim.kernel.results import NotAllowed, demand

TRACKING = re.compile(r"[0-9A-Za-z/-]{4,40}")


@transaction.atomic
def hand_over(aspiration_id: UUID, *, tracking_id: str, actor: Actor) -> Aspiration:
    """The tracking id that LAPOR! gave; the desk that holds it notes it, and may mend a slip of the pen."""
    aspiration = locked(aspiration_id)
    demand(policies.can_read(actor, aspiration))
    written = tracking_id.strip().lstrip("#")
    if not TRACKING.fullmatch(written):
        raise NotAllowed("Nomor pelacakan terdiri dari huruf dan angka, seperti tertulis di LAPOR!.")
    if aspiration.lapor_tracking_id == written:
        return aspiration
    aspiration.lapor_tracking_id = written
    aspiration.save(update_fields=["lapor_tracking_id"])
    record("aspiration.handed_over", aspiration, actor, tracking=written)
    return aspiration
