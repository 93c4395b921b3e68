"""Where an aspiration may go from its desk, what is offered first, and what lies above."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef

from kim.accounts.models import Agency
from kim.accounts.queries import in_force
from kim.aspirations.models import Aspiration, Route
from kim.aspirations.policies import Desk, can_go, desk_of
from kim.kernel import codes
from kim.kernel.codes import Level
from kim.regions import queries as regions
from kim.regions.models import Region

MOST = 100  # agencies that are offered
ANY = UUID(int=0)  # stands for whichever agency of a place


@dataclass(frozen=True, slots=True)
class Destination:
    """A desk one can choose, and how it is called."""

    desk: Desk
    name: str

    @property
    def key(self) -> str:
        """How the form names it."""
        return str(self.desk.agency_id or self.desk.code)


def desk_name(region: Region, agency: Agency | None = None) -> str:
    """How a desk is called: the agency, the KIM and head of a village, the Diskominfo of a place, the ministry."""
    if agency is not None:
        return agency.name
    if region.level == Level.NATION:
        return "Kementerian (pusat)"
    return f"KIM dan kepala {region.title}" if region.level == Level.VILLAGE else f"Diskominfo {region.title}"


def destinations(aspiration: Aspiration) -> list[Destination]:
    """Every desk it may go to from here, from the village upwards; the chain's own before its agencies."""
    here, chain = desk_of(aspiration), regions.lineage(aspiration.region_id)
    places = {place.code: place for place in reversed(chain)}
    found = [Destination(Desk(code), desk_name(place)) for code, place in places.items()]
    found += _agencies([code for code in places if can_go(aspiration.region_id, here, Desk(code, ANY))])
    allowed = [one for one in found if can_go(aspiration.region_id, here, one.desk)]
    return sorted(allowed, key=lambda one: (-codes.level(one.desk.code).depth, one.desk.agency_id is not None))


def _agencies(places: list[str]) -> list[Destination]:
    """The open agencies of these places; one where nobody works yet says so."""
    working = Exists(in_force().filter(agency=OuterRef("pk")))
    rows = Agency.objects.filter(region_id__in=places, is_open=True).annotate(is_staffed=working)
    return [
        Destination(Desk(one.region_id, one.id), one.name if one.is_staffed else f"{one.name} (belum ada petugas)")
        for one in rows.order_by("-region_id", "name")[:MOST]
    ]


def suggested(aspiration: Aspiration, offered: list[Destination]) -> str:
    """The key of what is offered first: the agency that answers for this category nearby, else the next desk above."""
    keys = {one.key: one for one in offered}
    routes = Route.objects.filter(region_id__in=codes.chain(aspiration.region_id), category=aspiration.category)
    nearest = sorted(routes, key=lambda one: -codes.level(one.region_id).depth)
    named = next((str(one.agency_id) for one in nearest if str(one.agency_id) in keys), None)
    if named is not None:
        return named
    depth = codes.level(aspiration.holder_code).depth
    higher = [one for one in offered if codes.level(one.desk.code).depth < depth]
    return next((one.key for one in higher if not one.desk.agency_id), higher[0].key if higher else "")


def above(aspiration: Aspiration) -> Desk | None:
    """The desk above, for what goes up by itself: a kecamatan only where somebody works; None above the ministry."""
    here = desk_of(aspiration)
    level = codes.level(here.code)
    if here.agency_id and level is not Level.DISTRICT:
        return Desk(here.code)
    if level is Level.NATION:
        return None
    if level is Level.VILLAGE and (staffed := _kecamatan(here.code)) is not None:
        return staffed
    return Desk(codes.regency(here.code) if level in (Level.VILLAGE, Level.DISTRICT) else codes.parent(here.code) or "")


def _kecamatan(village: str) -> Desk | None:
    district = codes.parent(village) or ""
    people = in_force().filter(agency__region_id=district, agency__is_open=True).order_by("agency__name", "id")
    found = people.values_list("agency_id", flat=True).first()
    return Desk(district, found) if found else None
