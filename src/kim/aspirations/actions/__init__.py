"""Everything that changes an aspiration, a shared difficulty, or the minutes of a meeting."""

from kim.aspirations.actions.deliberating import act, drop, hold, name, resolve, retell_meeting, settle, talk_over
from kim.aspirations.actions.submitting import submit

__all__ = ["act", "drop", "hold", "name", "resolve", "retell_meeting", "settle", "submit", "talk_over"]
