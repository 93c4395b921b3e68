"""Everything that changes a packet, a KIM's copy of it, or what is counted of it."""

from kim.dissemination.actions.counting import keep, recount
from kim.dissemination.actions.issuing import (
    correct,
    edit,
    give_back,
    issue,
    issue_due,
    register,
    request_check,
    schedule,
    start,
    start_from,
    unschedule,
    withdraw,
)
from kim.dissemination.actions.passing import note_locally, pass_on
from kim.dissemination.actions.readers import count_readers
from kim.dissemination.actions.sending import carry_on
from kim.dissemination.actions.working import (
    accept,
    check_back,
    decline,
    discuss,
    follow_article,
    open_,
    postpone,
    remark,
    report,
    retell,
    take_side,
)

__all__ = [
    "accept", "carry_on", "check_back", "correct", "count_readers", "decline", "discuss", "edit", "follow_article", "give_back", "issue",
    "issue_due", "keep", "note_locally", "open_", "pass_on", "postpone", "recount", "register", "remark", "report", "request_check",
    "retell",
    "schedule", "start", "start_from", "take_side", "unschedule", "withdraw",
]  # fmt: skip
