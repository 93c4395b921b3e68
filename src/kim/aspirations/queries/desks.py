"""What lies on a desk."""

from django.db.models import Q

from kim.accounts.actor import Actor
from kim.accounts.models import OFFICES, Role
from kim.aspirations import policies
from kim.aspirations.models import Aspiration
from kim.aspirations.workflow import OPEN_STAGES, Privacy
from kim.regions.models import RegionalQuerySet


def visible_to(actor: Actor) -> RegionalQuerySet:
    """What this actor's desk holds now: nothing of any other desk, above, below or beside it."""
    rows = Aspiration.objects.select_related("region", "holder_agency", "kim")
    if actor.agency_id is not None:
        return rows.filter(holder_agency=actor.agency_id) if actor.wears(Role.AGENCY) else rows.none()
    if not actor.region_code or not actor.wears(*policies.VILLAGE_DESK, *OFFICES):
        return rows.none()
    own = rows.filter(holder_code=actor.region_code, holder_agency=None)
    if actor.wears(*policies.VILLAGE_DESK) and not actor.wears(*policies.CLOSE_DESK):
        return own.exclude(privacy=Privacy.CONFIDENTIAL)
    return own


def on_desk(actor: Actor) -> RegionalQuerySet:
    """What waits there, most pressing first."""
    return visible_to(actor).filter(Q(stage__in=OPEN_STAGES))
