"""Everything that changes a claim, its answer, or a KIM's copy of it."""

from kim.clarification.actions.asking import TooMuch, ask, part
from kim.clarification.actions.checking import check, send
from kim.clarification.actions.counting import count_readers, keep, recount
from kim.clarification.actions.feeding import pass_over, read_feed, take, take_in
from kim.clarification.actions.folding import fold, unfold
from kim.clarification.actions.judging import judge, reopen, revise, set_aside, withdraw
from kim.clarification.actions.sending import carry_on
from kim.clarification.actions.spreading import check_back, open_, spread

__all__ = [
    "TooMuch", "ask", "carry_on", "check", "check_back", "count_readers", "fold", "judge", "keep", "open_", "part", "pass_over",
    "read_feed", "recount", "reopen", "revise", "send", "set_aside", "spread", "take", "take_in", "unfold", "withdraw",
]  # fmt: skip
