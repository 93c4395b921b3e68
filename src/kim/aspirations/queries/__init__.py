"""Reading aspirations: a desk what lies on it, a reporter the own one, the public what was let out."""

from kim.aspirations.queries.deliberation import (
    activities,
    board,
    ended,
    meeting_of,
    meetings,
    open_problems,
    problem_of,
    tellable,
    visible_meetings,
    visible_problems,
    voices_of,
)
from kim.aspirations.queries.desks import on_desk, visible_to

__all__ = [
    "activities", "board", "ended", "meeting_of", "meetings", "on_desk", "open_problems", "problem_of", "tellable",
    "visible_meetings", "visible_problems", "visible_to", "voices_of",
]  # fmt: skip
