"""The agencies beside the chain of regions, and which of them answers for what."""

from uuid import UUID

from django.db import transaction

from kim.accounts.actor import Actor
from kim.accounts.models import Agency
from kim.aspirations import policies
from kim.aspirations.models import Category, Route
from kim.kernel import text
from kim.kernel.ids import new_id
from kim.kernel.results import NotAllowed, demand
from kim.ledger.actions import record
from kim.regions.models import Region


@transaction.atomic
def open_agency(*, name: str, region: str, actor: Actor) -> Agency:
    """A new agency of the place, or a closed one that works again; the same name once for each place."""
    known = Agency.objects.filter(region_id=region, name=text.squeeze(name)[:160]).first()
    agency = known or Agency(id=new_id(), region_id=region, name=text.squeeze(name)[:160])
    demand(policies.can_tend_agency(actor, agency))
    if not Region.objects.in_force().filter(code=region).exists():
        raise NotAllowed("Kode wilayah ini tidak ada atau sudah tidak berlaku.")
    agency.is_open = True
    agency.save()
    record("agency.opened", f"agency:{agency.id}", actor=actor, region=region, name=agency.name)
    return agency


@transaction.atomic
def close_agency(agency_id: UUID, *, actor: Actor) -> Agency:
    """It takes no new aspirations; what lies there is worked on, or goes up when its time is over. Its routes end."""
    agency = Agency.objects.select_for_update().get(id=agency_id)
    demand(policies.can_tend_agency(actor, agency))
    if not agency.is_open:
        raise NotAllowed("Kantor ini sudah ditutup.")
    agency.is_open = False
    agency.save()
    Route.objects.filter(agency=agency).delete()
    record("agency.closed", f"agency:{agency.id}", actor=actor, region=agency.region_id, name=agency.name)
    return agency


@transaction.atomic
def route(*, region: str, category: str, agency_id: UUID | None, actor: Actor) -> None:
    """What is about this category goes first to that agency, in this place; without an agency the route ends."""
    demand(policies.can_route(actor, region))
    category = Category(category)
    agency = Agency.objects.get(id=agency_id, is_open=True, region_id=region) if agency_id else None
    if agency is None:
        Route.objects.filter(region_id=region, category=category).delete()
    else:
        Route.objects.update_or_create(region_id=region, category=category, defaults={"agency": agency})
    name = agency.name if agency else ""
    record("route.set", f"region:{region}", actor=actor, region=region, category=category.value, name=name)
