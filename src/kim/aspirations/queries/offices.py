"""The agencies of a place, what they answer for, and its free days."""

from datetime import timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from kim.accounts.actor import Actor
from kim.accounts.models import Agency, Role
from kim.aspirations.models import Category, Route
from kim.doors.paging import Page, page
from kim.kernel import clock
from kim.regions.models import Holiday


def tended(actor: Actor) -> QuerySet[Agency]:
    """The agencies this office tends: its own, and for a regency those of its kecamatan."""
    code = actor.region_code or "-"
    here = Q(region_id=code)
    if actor.wears(Role.REGENCY):
        here |= Q(region__parent_id=code, region__level="district")
    return Agency.objects.filter(here)


def agencies(actor: Actor, *, after: str = "") -> Page:
    """A page of them, the own ones first, each with how many people work there."""
    working = Count("mandates", filter=Q(mandates__until=None))
    rows = tended(actor).select_related("region").annotate(people=working)
    return page(rows, after=after, size=40, keys=("region_id", "name", "id"))


def agency(actor: Actor, agency_id: UUID) -> Agency:
    """One of them; raises Agency.DoesNotExist."""
    return tended(actor).select_related("region").get(id=agency_id)


def routes(code: str) -> list[tuple[Category, Route | None]]:
    """Each category with the agency of this place that answers for it, if one is named."""
    named = {one.category: one for one in Route.objects.filter(region_id=code).select_related("agency")}
    return [(category, named.get(category.value)) for category in Category]


def own_agencies(code: str) -> QuerySet[Agency]:
    """The open agencies of exactly this place, for a choice."""
    return Agency.objects.filter(region_id=code, is_open=True).order_by("name", "id")


def holidays(code: str) -> list[Holiday]:
    """The free days this place added itself, from last year on."""
    since = clock.today() - timedelta(days=365)
    return list(Holiday.objects.filter(region_id=code, on__gte=since).order_by("on")[:100])
