"""The share kit: what other apps hand over (`Shareable`) and everything that is made of it."""

from kim.sharing.queries.drawing import (
    MOST_ON_BOARD,
    PAPERS,
    SHAPES,
    Paper,
    board,
    card,
    drawable,
    poster,
    receipt,
    sheet,
)
from kim.sharing.queries.shareable import Own, Receipt, Shareable
from kim.sharing.queries.speech import BigSheet, Script, big_sheet, loudspeaker
from kim.sharing.queries.texts import caption, captions, long_text, short_text, whatsapp_url

__all__ = [
    "MOST_ON_BOARD",
    "PAPERS",
    "SHAPES",
    "BigSheet",
    "Own",
    "Paper",
    "Receipt",
    "Script",
    "Shareable",
    "big_sheet",
    "board",
    "caption",
    "captions",
    "card",
    "drawable",
    "long_text",
    "loudspeaker",
    "poster",
    "receipt",
    "sheet",
    "short_text",
    "whatsapp_url",
]
