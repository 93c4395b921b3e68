"""Counting readers: they are noted at the door, hashed in the background, folded into the rows, and kept small."""

from kim.reach.actions.counter import Counter, Knock, hear
from kim.reach.actions.folding import Finder, fold, salt_of_today, tidy

__all__ = ["Counter", "Finder", "Knock", "fold", "hear", "salt_of_today", "tidy"]
