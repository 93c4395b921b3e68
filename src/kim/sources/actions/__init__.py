"""What can be done with sources and with what they suggest."""

from kim.sources.actions.asking import Look, look
from kim.sources.actions.reading import forget_old, read_due, take_in
from kim.sources.actions.settling import pass_over, put_back, take
from kim.sources.actions.tending import add, switch_off, switch_on

__all__ = [
    "Look",
    "add",
    "forget_old",
    "look",
    "pass_over",
    "put_back",
    "read_due",
    "switch_off",
    "switch_on",
    "take",
    "take_in",
]
