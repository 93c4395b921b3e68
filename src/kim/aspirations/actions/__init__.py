"""Everything that changes an aspiration, a shared difficulty, or the minutes of a meeting."""

from kim.aspirations.actions.deliberating import act, drop, hold, name, resolve, retell_meeting, settle, talk_over
from kim.aspirations.actions.handing_over import hand_over
from kim.aspirations.actions.registering import decide, extend, object_, register, reply_objection
from kim.aspirations.actions.submitting import submit

__all__ = [
    "act", "decide", "drop", "extend", "hand_over", "hold", "name", "object_", "register", "reply_objection", "resolve",
    "retell_meeting", "settle", "submit", "talk_over",
]  # fmt: skip
