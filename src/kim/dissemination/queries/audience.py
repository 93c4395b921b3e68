"""Whom a packet would reach, before it is sent, and whose boards one portion of the fan-out tells."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Count, Q

from kim.accounts.models import Role
from kim.accounts.queries import in_force
from kim.dissemination.models import Assignment, Bulletin, Target
from kim.kernel import clock, codes
from kim.kernel.codes import Level
from kim.regions.models import Region
from kim.regions.queries import census
from kim.registry.models import KimQuerySet
from kim.registry.queries import public
from kim.registry.queries.standing import SILENT

BOARDS = (Role.BOARD, Role.EDITOR)
VILLAGE_KINDS = (Region.Kind.DESA, Region.Kind.KELURAHAN, Region.Kind.DESA_ADAT)


@dataclass(frozen=True, slots=True)
class Audience:
    """How many KIM a packet would go to, in how many places, how many of them have long been silent, and the gap."""

    kims: int
    villages: int
    districts: int
    silent: int
    all_villages: int

    @property
    def without(self) -> int:
        """Villages of these places that have no KIM: whoever lives there hears nothing by this way."""
        return max(0, self.all_villages - self.villages)


def audience(places: Iterable[str], focus: Sequence[str], *, all_villages: int) -> Audience:
    """Counted now, over all places at once: a KIM in two of them counts once."""
    rows = _inside(public(), list(places))
    rows = rows.filter(focus__in=focus) if focus else rows
    since = clock.now() - timedelta(days=SILENT)
    found = rows.order_by().aggregate(
        kims=Count("id"),
        villages=Count("region", distinct=True),
        districts=Count("region__parent", distinct=True),
        silent=Count("id", filter=Q(last_news_at=None) | Q(last_news_at__lt=since)),
    )
    return Audience(**found, all_villages=all_villages)


def audience_of(bulletin: Bulletin, targets: Sequence[Target]) -> Audience:
    """Whom this packet would reach with these places."""
    codes_ = [target.region_id for target in targets]
    return audience(codes_, bulletin.focus, all_villages=sum(villages_in(code) for code in _outermost(codes_)))


def _outermost(places: Sequence[str]) -> list[str]:
    """The places without those that lie in another of them, so that no village counts twice."""
    return [one for one in places if not any(one != other and codes.within(one, other) for other in places)]


def villages_in(code: str) -> int:
    """How many villages a place has; a village itself is one."""
    counted = census(code)
    own = 1 if codes.level(code) is Level.VILLAGE else 0
    return own + sum(number for kind, number in counted.items() if kind in VILLAGE_KINDS)


def _inside(rows: KimQuerySet, places: list[str]) -> KimQuerySet:
    if codes.NATION in places:
        return rows
    inside = Q(pk=None)
    for code in places:
        inside |= _lies_in(code)
    return rows.filter(inside)


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


def boards_of_portion(bulletin_id: UUID, after: str, upto: str) -> list[tuple[UUID, UUID]]:
    """(copy, person) for the boards of the KIM that one portion went to."""
    rows = Assignment.objects.filter(bulletin_id=bulletin_id, kim_id__lte=upto)
    rows = rows.filter(kim_id__gt=after) if after else rows
    copies = dict(rows.order_by().values_list("kim_id", "id"))
    hats = in_force().filter(kim_id__in=copies, role__in=BOARDS).order_by()
    return [(copies[kim_id], person_id) for kim_id, person_id in hats.values_list("kim_id", "person_id").distinct()]
