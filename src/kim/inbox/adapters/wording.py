"""A letter in few words, for channels that have room for a sentence."""

import unicodedata

from django.conf import settings

from kim.inbox.workflow import Letter


def sentence(letter: Letter, most: int) -> str:
    """The first note, and how many more there are, within so many characters."""
    more = len(letter.lines) - 1
    tail = f" (dan {more} kabar lain)" if more else ""
    text = " ".join(letter.lines[0].text.split())
    room = most - len(tail)
    return (text if len(text) <= room else text[: room - 1].rstrip() + "…") + tail


def destination(letter: Letter) -> str:
    """Where one tap should lead: to the note itself (or the one place they all are about), or to all of them."""
    places = {line.url for line in letter.lines}
    return letter.lines[0].url if len(places) == 1 else f"{settings.KIM_BASE_URL}/kerja/"


def plain(text: str) -> str:
    """Letters that every telephone knows and that keep an SMS at its full length."""
    tidy = text.translate({0x2026: "...", 0x201C: '"', 0x201D: '"', 0x2018: "'", 0x2019: "'", 0x2013: "-", 0x2014: "-"})
    return unicodedata.normalize("NFKD", tidy).encode("ascii", "ignore").decode()
