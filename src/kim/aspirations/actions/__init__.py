"""Everything that changes an aspiration."""

from kim.aspirations.actions.following import ask_again, close, erase, rate, reopen, stay, supply, support
from kim.aspirations.actions.submitting import bring, forget_loose, submit

__all__ = [
    "ask_again",
    "bring",
    "close",
    "erase",
    "forget_loose",
    "rate",
    "reopen",
    "stay",
    "submit",
    "supply",
    "support",
]
