"""Everything that changes an aspiration, a shared difficulty, or the minutes of a meeting."""

from kim.aspirations.actions.counting import all_themes, keep_themes, recount_themes
from kim.aspirations.actions.deliberating import act, drop, hold, name, resolve, retell_meeting, settle, talk_over
from kim.aspirations.actions.handing_over import hand_over
from kim.aspirations.actions.registering import decide, extend, object_, register, reply_objection
from kim.aspirations.actions.submitting import submit

__all__ = [
    "act",
    "all_themes",
    "decide",
    "drop",
    "extend",
    "hand_over",
    "hold",
    "keep_themes",
    "name",
    "object_",
    "recount_themes",
    "register",
    "reply_objection",
    "resolve",
    "retell_meeting",
    "settle",
    "submit",
    "talk_over",
]  # fmt: skip
