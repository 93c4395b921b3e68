"""Everything that changes a claim, its answer, or a KIM's copy of it."""

from kim.clarification.actions.asking import ask, part
from kim.clarification.actions.checking import check, send
from kim.clarification.actions.feeding import pass_over, read_feed, take, take_in
from kim.clarification.actions.judging import judge, reopen, revise, set_aside, withdraw
from kim.clarification.actions.sending import carry_on
from kim.clarification.actions.spreading import open_, spread

__all__ = [
    "ask", "carry_on", "check", "judge", "open_", "part", "pass_over", "read_feed", "reopen", "revise", "send", "set_aside",
    "spread", "take", "take_in", "withdraw",
]  # fmt: skip
