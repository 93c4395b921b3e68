"""Telling people, opening and closing ways to them, and carrying messages there."""

from kim.inbox.actions.answers import hear
from kim.inbox.actions.carrying import carry
from kim.inbox.actions.clearing import forget_old, give_up_late, turn_aside
from kim.inbox.actions.telling import Note, deliver, read
from kim.inbox.actions.ways import close_all_ways, close_way, forget_all_of, open_way, subscribe

__all__ = [
    "Note",
    "carry",
    "close_all_ways",
    "close_way",
    "deliver",
    "forget_all_of",
    "forget_old",
    "give_up_late",
    "hear",
    "open_way",
    "read",
    "subscribe",
    "turn_aside",
]
