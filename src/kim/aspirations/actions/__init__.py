"""Everything that changes an aspiration."""

from kim.aspirations.actions.calendar import add_holiday, drop_holiday
from kim.aspirations.actions.clocks import close_silent, pass_up, remind, watch
from kim.aspirations.actions.counting import recount
from kim.aspirations.actions.following import (
    ask_again,
    close,
    erase,
    forget_old,
    rate,
    renew,
    reopen,
    stay,
    supply,
    support,
)
from kim.aspirations.actions.handing_over import hand_over
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
    take_down,
)
from kim.aspirations.actions.moved import follow_regions
from kim.aspirations.actions.offices import close_agency, open_agency, route
from kim.aspirations.actions.reaching import hush
from kim.aspirations.actions.registering import decide_request, object_, register_request, reply_objection
from kim.aspirations.actions.submitting import bring, forget_loose, submit
from kim.aspirations.actions.themes import all_themes, keep_themes, recount_themes

__all__ = [
    "accept", "add_holiday", "all_themes", "answer", "ask_again", "ask_back", "bring", "close", "close_agency",
    "close_silent", "decide_request", "dismiss", "drop_holiday", "erase", "escalate", "extend", "follow_regions", "follow_up",
    "forget_loose", "forget_old", "hand_over", "hide", "hush", "keep_themes", "merge", "object_", "open_agency", "pass_up", "publish",
    "rate", "recount", "recount_themes", "register_request", "remind", "renew", "reopen", "reply_objection", "route", "stay",
    "submit", "supply", "support", "take_down", "watch",
]  # fmt: skip
