"""A few real regions for a test, taken from the packed tree with everything above them."""

from kim.regions.data import pack
from kim.regions.data.places import described
from kim.regions.models import Region


def plant(*codes: str) -> dict[str, Region]:
    """Make these regions and all above them, the nation included; those already there stay as they are.

    Returns every region planted or met, by code. Without codes only the nation is planted.
    """
    places = list(described(pack.read(), only=codes))
    Region.objects.bulk_create([Region(**place._asdict()) for place in places], ignore_conflicts=True)
    return Region.objects.in_bulk([place.code for place in places])
