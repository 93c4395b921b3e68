"""A voice comes in."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from kim.accounts.actor import Actor
from kim.aspirations.actions.base import hand_to, hashed, record
from kim.aspirations.models import Aspiration
from kim.aspirations.workflow import Privacy
from kim.kernel import clock, workdays
from kim.regions import queries as regions

PERSONAL = ("reporter_name", "reporter_phone")


@transaction.atomic
def submit(
    aspiration_id: UUID, *, fields: Mapping[str, Any], secret: str, captured_at: datetime | None = None, actor: Actor
) -> Aspiration:
    """It lies on the village desk, and its clock runs from when it was written. Sent twice, it is the same one.

    `fields` as the columns are called, with `region` as a code. An anonymous one drops name, number and person here.
    """
    known = Aspiration.objects.filter(id=aspiration_id).first()
    if known is not None:
        return known
    now = clock.now()
    written = dict(fields) | {"region": regions.get(fields["region"])}
    made = Aspiration(id=aspiration_id, secret=hashed(secret), received_at=now, **written)
    made.captured_at = workdays.believed(captured_at, now)
    _protect(made, actor)
    made.holder_code = made.region_id
    made.save(force_insert=True)
    hand_to(made, made.region_id, None, start=made.captured_at)
    record("aspiration.submitted", made, actor)
    return made


def _protect(made: Aspiration, actor: Actor) -> None:
    """Whoever takes it in for somebody else stands in `taken_by`; of an anonymous reporter nothing stays."""
    if made.privacy == Privacy.ANONYMOUS:
        made.reporter = None
        for name in PERSONAL:
            setattr(made, name, "")
    elif made.taken_by_id is None and actor.person_id is not None:
        made.reporter_id = actor.person_id
