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
from kim.aspirations.queries.handover import lapor_sheet
from kim.aspirations.queries.registers import (
    entry_for,
    objection_of,
    objection_rows,
    open_objections,
    register,
    request_of,
    request_rows,
)
from kim.aspirations.queries.themes import area_of, returning, theme_rows, themes

__all__ = [
    "activities",
    "area_of",
    "board",
    "ended",
    "entry_for",
    "lapor_sheet",
    "meeting_of",
    "meetings",
    "objection_of",
    "objection_rows",
    "on_desk",
    "open_objections",
    "open_problems",
    "problem_of",
    "register",
    "request_of",
    "request_rows",
    "returning",
    "tellable",
    "theme_rows",
    "themes",
    "visible_meetings",
    "visible_problems",
    "visible_to",
    "voices_of",
]  # fmt: skip
