"""Reading aspirations: a desk what lies on it, a reporter the own one, the public what was let out."""

from kim.aspirations.queries.desks import (
    PILES,
    Pile,
    Standing,
    Stay,
    attachment,
    held_by,
    journey,
    key_of,
    mergeable,
    on_desk,
    once_held,
    one,
    passed_on,
    people_at,
    pictures,
    pile,
    said,
    standing,
    standings,
    visible_to,
    waiting_count,
    weights,
)
from kim.aspirations.queries.figures import Figures, of_desk, of_offices
from kim.aspirations.queries.offices import agencies, agency, holidays, own_agencies, routes
from kim.aspirations.queries.routing import Destination, above, desk_name, destinations, suggested

__all__ = [
    "PILES", "Destination", "Figures", "Pile", "Standing", "Stay", "above", "agencies", "agency", "attachment", "desk_name",
    "destinations", "held_by", "holidays", "journey", "key_of", "mergeable", "of_desk", "of_offices", "on_desk", "once_held", "one",
    "own_agencies",
    "passed_on", "people_at", "pictures", "pile", "routes", "said", "standing", "standings", "suggested", "visible_to", "waiting_count",
    "weights",
]  # fmt: skip
