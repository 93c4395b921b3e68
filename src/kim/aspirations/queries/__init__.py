"""Reading aspirations: a desk what lies on it, a reporter the own one, the public what was let out."""

from kim.aspirations.queries.desks import on_desk, visible_to
from kim.aspirations.queries.following import by_number, file_for, permit, to_tell, tracked
from kim.aspirations.queries.public import alike, crumbs, let_out, overlap, village, villages, words_of
from kim.aspirations.queries.slip import slip_of, spaced
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
    "SHOWN",
    "alike",
    "brought",
    "by_number",
    "crumbs",
    "day_of",
    "desk_of",
    "desk_words",
    "file_for",
    "known_ids",
    "let_out",
    "merged_number",
    "on_desk",
    "overlap",
    "permit",
    "slip_of",
    "spaced",
    "to_tell",
    "tracked",
    "village",
    "villages",
    "visible_to",
    "way_of",
    "words_of",
]
