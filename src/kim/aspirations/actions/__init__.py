"""Everything that changes an aspiration."""

from kim.aspirations.actions.calendar import add_holiday, drop_holiday
from kim.aspirations.actions.clocks import close_silent, pass_up, remind, watch
from kim.aspirations.actions.counting import recount
from kim.aspirations.actions.handling import (
    accept,
    answer,
    ask_back,
    dismiss,
    escalate,
    extend,
    follow_up,
    hide,
    merge,
    publish,
)
from kim.aspirations.actions.offices import close_agency, open_agency, route
from kim.aspirations.actions.submitting import submit

__all__ = [
    "accept", "add_holiday", "answer", "ask_back", "close_agency", "close_silent", "dismiss", "drop_holiday", "escalate", "extend",
    "follow_up", "hide", "merge", "open_agency", "pass_up", "publish", "recount", "remind", "route", "submit", "watch",
]  # fmt: skip
