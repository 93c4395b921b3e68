"""How many people live where: brought by a file, and added up where every region below has its number."""

from collections.abc import Sequence

from django.db import transaction

from kim.kernel import codes
from kim.kernel.results import Refused
from kim.regions.data.heads import Count
from kim.regions.models import Population, Region

RENEWED = ["number", "year", "source", "is_sum"]


@transaction.atomic
def count_people(counts: Sequence[Count]) -> tuple[int, int]:
    """These numbers are kept; whoever brings a code again replaces it. Returns (brought, added up above them).

    Raises Refused for a code that is no region in force: then nothing is kept.
    """
    named = {count.code: count for count in counts}
    known = set(Region.objects.in_force().filter(code__in=named).values_list("code", flat=True))
    if unknown := sorted(named.keys() - known):
        raise Refused(f"Kode ini bukan wilayah yang berlaku: {', '.join(unknown[:5])}.")
    rows = [
        Population(region_id=one.code, number=one.number, year=one.year, source=one.source) for one in named.values()
    ]
    _keep(rows)
    return len(rows), _add_up(known)


def _add_up(changed: set[str]) -> int:
    """Level by level upwards: a place whose own number nobody brought has the sum, once all places below have theirs."""
    made = 0
    for level in (codes.Level.DISTRICT, codes.Level.REGENCY, codes.Level.PROVINCE, codes.Level.NATION):
        above = {place for code in changed for place in codes.ancestors(code) if codes.level(place) is level}
        own = set(Population.objects.filter(region_id__in=above, is_sum=False).values_list("region_id", flat=True))
        sums = [row for place in sorted(above - own) if (row := _sum(place)) is not None]
        _keep(sums)
        made += len(sums)
    return made


def _sum(place: str) -> Population | None:
    below = Region.objects.in_force().filter(parent_id=place).select_related("population")
    found = [getattr(region, "population", None) for region in below]
    known = [one for one in found if one is not None]
    if not known or len(known) < len(found):
        return None
    sources = sorted({one.source for one in known})
    return Population(
        region_id=place, number=sum(one.number for one in known), year=min(one.year for one in known),
        source=sources[0] if len(sources) == 1 else f"{sources[0]} dan lainnya", is_sum=True,
    )  # fmt: skip


def _keep(rows: list[Population]) -> None:
    Population.objects.bulk_create(
        rows, batch_size=2000, update_conflicts=True, unique_fields=["region"], update_fields=RENEWED
    )
