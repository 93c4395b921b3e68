"""Support powers: switched on for half an hour, with a reason, every request written down."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from kim.accounts import policies, queries
from kim.accounts.actor import Actor
from kim.accounts.models import StaffSession
from kim.kernel import clock
from kim.kernel.codes import within
from kim.kernel.results import NotAllowed, demand
from kim.ledger.actions import record

LASTS = timedelta(minutes=30)


@transaction.atomic
def open_staff_session(*, actor: Actor, region: str, reason: str) -> StaffSession:
    """Thirty minutes of the support hat over `region`, which must lie inside the hat's own; the reason is kept."""
    hats = (
        [m for m in queries.support_mandates(actor.person_id) if within(region, m.region_id)] if actor.person_id else []
    )
    demand(policies.can_open_staff_session(bool(hats), queries.has_second_factor(actor.person_id)))
    if len(reason.strip()) < 10:
        raise NotAllowed("Tulis alasannya dengan jelas, sedikitnya 10 huruf.")
    if queries.place(region) is None:
        raise NotAllowed("Kode wilayah ini tidak ada.")
    session = StaffSession.objects.create(
        person_id=actor.person_id, region_id=region, reason=reason.strip()[:300], until=clock.now() + LASTS
    )
    record("staff.opened", session.key, actor=actor, region=region, reason=session.reason)
    return session


@transaction.atomic
def note_staff_request(*, actor: Actor, method: str, path: str) -> None:
    """One request made under a staff session."""
    key = f"staff:{actor.staff_session_id}"
    record("staff.request", key, actor=actor, region=actor.region_code or "ID", method=method, path=path[:300])


@transaction.atomic
def close_staff_session(session_id: UUID, *, actor: Actor) -> StaffSession:
    """End one's own staff session early."""
    session = StaffSession.objects.select_for_update().get(pk=session_id, person_id=actor.person_id)
    session.until = min(session.until, clock.now())
    session.save(update_fields=["until"])
    record("staff.closed", session.key, actor=actor, region=session.region_id)
    return session
