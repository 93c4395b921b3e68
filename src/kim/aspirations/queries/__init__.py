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
from kim.aspirations.queries.following import by_number, file_for, permit, to_tell, tracked
from kim.aspirations.queries.handover import lapor_sheet
from kim.aspirations.queries.offices import agencies, agency, holidays, own_agencies, routes
from kim.aspirations.queries.public import alike, crumbs, let_out, overlap, village, villages, words_of
from kim.aspirations.queries.registers import (
    entry_for,
    objection_of,
    objection_rows,
    open_objections,
    register,
    request_of,
    request_rows,
)
from kim.aspirations.queries.routing import Destination, above, desk_name, destinations, suggested
from kim.aspirations.queries.slip import slip_of, spaced
from kim.aspirations.queries.themes import area_of, returning, theme_rows, themes
from kim.aspirations.queries.way import (
    SHOWN,
    brought,
    day_of,
    desk_of,
    desk_words,
    known_ids,
    merged_number,
    way_of,
)

__all__ = [
    "Destination", "Figures", "PILES", "Pile", "SHOWN", "Standing", "Stay", "above", "agencies", "agency", "alike",
    "area_of", "attachment", "brought", "by_number", "crumbs", "day_of", "desk_name", "desk_of", "desk_words",
    "destinations", "entry_for", "file_for", "held_by", "holidays", "journey", "key_of", "known_ids", "lapor_sheet",
    "let_out", "mergeable", "merged_number", "objection_of", "objection_rows", "of_desk", "of_offices", "on_desk",
    "once_held", "one", "open_objections", "overlap", "own_agencies", "passed_on", "people_at", "permit", "pictures",
    "pile", "register", "request_of", "request_rows", "returning", "routes", "said", "slip_of", "spaced", "standing",
    "standings", "suggested", "theme_rows", "themes", "to_tell", "tracked", "village", "villages", "visible_to",
    "waiting_count", "way_of", "weights", "words_of",
]  # fmt: skip
