"""Whom a packet would reach, before it is sent, and whose boards one portion of the fan-out tells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from kim.accounts.models import Role
from kim.accounts.queries import in_force
from kim.dissemination.models import VILLAGE_KINDS, Assignment, Bulletin, Target, Urgency
from kim.inbox.queries import forecasts
from kim.inbox.workflow import Urgency as Loudness
from kim.kernel import clock, codes
from kim.kernel.codes import Level
from kim.publishing.queries import kims_of_programme
from kim.regions.queries import census, get
from kim.registry.models import KimQuerySet
from kim.registry.queries import registered
from kim.registry.queries.standing import SILENT

# How loudly people are told, by how urgent the packet is: an emergency comes through at night.
ALOUD: dict[str, str] = {Urgency.IMPORTANT: Loudness.IMPORTANT, Urgency.EMERGENCY: Loudness.URGENT}
BOARDS = (Role.BOARD, Role.EDITOR)


@dataclass(frozen=True, slots=True)
class Audience:
    """How many KIM a packet would go to, in how many places, how many of them have long been silent, and the gap."""

    kims: int
    villages: int
    districts: int
    silent: int
    with_kim: int
    all_villages: int

    @property
    def without(self) -> int:
        """Villages of these places that have no KIM: whoever lives there hears nothing by this way."""
        return max(0, self.all_villages - self.with_kim)


def audience_of(bulletin: Bulletin, targets: Sequence[Target]) -> Audience:
    """Whom this packet would reach with these places, counted now: a KIM in two of them counts once."""
    places, since = [target.region_id for target in targets], clock.now() - timedelta(days=SILENT)
    found = inside(fitting(bulletin), places).aggregate(
        kims=Count("id"),
        villages=Count("region", distinct=True),
        districts=Count("region__parent", distinct=True),
        silent=Count("id", filter=Q(last_news_at=None) | Q(last_news_at__lt=since)),
    )
    is_for_some = bulletin.focus or bulletin.is_programme_only
    everybody = (
        inside(_of_kinds(bulletin), places).aggregate(villages=Count("region", distinct=True)) if is_for_some else found
    )
    kinds = bulletin.village_kinds
    all_villages = sum(villages_in(code, kinds) for code in _outermost(places))
    return Audience(**found, with_kim=everybody["villages"], all_villages=all_villages)


def fitting(bulletin: Bulletin) -> KimQuerySet:
    """The KIM a packet is meant for, wherever they are. The one place that says so: before, while and after it is sent."""
    rows = _of_kinds(bulletin)
    if bulletin.focus:
        rows = rows.filter(focus__in=bulletin.focus)
    if bulletin.is_programme_only:
        rows = rows.filter(id__in=kims_of_programme(bulletin.programme))
    return rows


def _of_kinds(bulletin: Bulletin) -> KimQuerySet:
    rows = registered()
    return rows.filter(region__kind__in=bulletin.village_kinds) if bulletin.village_kinds else rows


def prospect(bulletin: Bulletin, targets: Sequence[Target]) -> dict[str, Any]:
    """What sending it would do: whom it reaches, how many people are told, and what that takes on each channel."""
    people = boards_of(bulletin, targets)
    urgency = ALOUD.get(bulletin.urgency, Loudness.ORDINARY)
    return {
        "audience": audience_of(bulletin, targets),
        "people": people.count(),
        "forecasts": forecasts(people, urgency),
    }


def boards_of(bulletin: Bulletin, targets: Sequence[Target]) -> QuerySet:
    """The people this packet would tell, as a question that finds their ids."""
    meant = inside(fitting(bulletin), [target.region_id for target in targets])
    hats = in_force().filter(kim_id__in=meant.values("id"), role__in=BOARDS)
    return hats.order_by().values("person_id").distinct()


def _outermost(places: Sequence[str]) -> list[str]:
    """The places without those that lie in another of them, so that no village counts twice."""
    return [one for one in places if not any(one != other and codes.within(one, other) for other in places)]


def villages_in(code: str, kinds: Sequence[str] = ()) -> int:
    """How many villages a place has, of these kinds or of all; a village itself is one."""
    wanted = kinds or VILLAGE_KINDS
    if codes.level(code) is Level.VILLAGE:
        return 1 if get(code).kind in wanted else 0
    return sum(number for kind, number in census(code).items() if kind in wanted)


def inside(rows: KimQuerySet, places: Sequence[str]) -> KimQuerySet:
    """Those that lie in any of these places."""
    if codes.NATION in places:
        return rows
    somewhere = Q(pk=None)
    for code in places:
        somewhere |= _lies_in(code)
    return rows.filter(somewhere)


def _lies_in(code: str) -> Q:
    match codes.level(code):
        case Level.PROVINCE:
            return Q(province_code=code)
        case Level.REGENCY:
            return Q(regency_code=code)
        case Level.DISTRICT:
            return Q(region__parent=code)
        case _:
            return Q(region=code)


def boards_of_portion(bulletin_id: UUID, place: str, portion: Mapping[str, str]) -> list[tuple[UUID, UUID]]:
    """(copy, person) for the boards of the KIM that one portion went to: by the moment their copies were made, or, when
    they are told again, by the stretch of ids."""
    rows = Assignment.objects.within(place).filter(bulletin_id=bulletin_id)
    if "at" in portion:
        return boards_of_copies(rows.filter(arrived_at=datetime.fromisoformat(portion["at"])))
    rows = rows.filter(kim_id__gt=portion["after"]) if portion["after"] else rows
    return boards_of_copies(rows.filter(kim_id__lte=portion["upto"]) if portion["upto"] else rows)


def boards_of_copies(rows: QuerySet[Assignment]) -> list[tuple[UUID, UUID]]:
    """(copy, person) for the boards of the KIM these copies belong to."""
    copies = dict(rows.order_by().values_list("kim_id", "id"))
    hats = in_force().filter(kim_id__in=copies, role__in=BOARDS).order_by()
    return [(copies[kim_id], person_id) for kim_id, person_id in hats.values_list("kim_id", "person_id").distinct()]
