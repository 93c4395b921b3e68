"""Everything that changes a packet, a KIM's copy of it, or what is counted of it."""

from kim.dissemination.actions.answering import answer, forget_old_questions, group
from kim.dissemination.actions.asking import ask, close, close_many, pass_up, reply, ticket_of
from kim.dissemination.actions.attaching import attach, detach
from kim.dissemination.actions.catching_up import catch_up, remind_due
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
    "accept", "answer", "ask", "attach", "carry_on", "catch_up", "check_back", "close", "close_many", "correct",
    "count_readers", "decline", "detach", "discuss", "edit", "follow_article", "forget_old_questions", "give_back",
    "group", "issue", "issue_due", "keep", "note_locally", "open_", "pass_on", "pass_up", "postpone", "recount",
    "register", "remark", "remind_due", "reply", "report", "request_check", "retell", "schedule", "start",
    "start_from", "take_side", "ticket_of", "unschedule", "withdraw",
]  # fmt: skip
