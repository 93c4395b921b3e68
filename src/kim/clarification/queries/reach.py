"""How far a clarification came: to how many KIM, read and passed on by how many, by which ways, and by how many it was read."""

from dataclasses import dataclass

from django.db.models import Count, Q

from kim.clarification.models import Channel, Claim, Spread
from kim.reach import queries as readers


@dataclass(frozen=True, slots=True)
class Reach:
    """Of KIM what they said, of readers what was counted (kim.reach)."""

    asked: int
    places: int
    told: int
    opened: int
    spread: int
    channels: list[tuple[str, int]]
    readers: readers.Recent


def reach(claim: Claim) -> Reach:
    """In four questions, each along an index of this claim."""
    counted = claim.handouts.order_by().aggregate(
        told=Count("id"), opened=Count("id", filter=~Q(opened_at=None)), spread=Count("id", filter=~Q(spread_at=None))
    )
    ways = Spread.objects.filter(handout__claim=claim).order_by().values_list("channel")
    by_way = dict(ways.annotate(kims=Count("handout", distinct=True)))
    channels = sorted(
        ((str(Channel(way).label), kims) for way, kims in by_way.items()), key=lambda pair: (-pair[1], pair[0])
    )
    villages = claim.sightings.filter(region__level="village").count()
    return Reach(
        asked=claim.reports_count, places=villages, channels=channels, readers=readers.recent(claim.key), **counted
    )
