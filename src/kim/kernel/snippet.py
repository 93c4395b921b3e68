"""The few words of a text around what was looked for."""

import re
from collections.abc import Iterator, Sequence

BEFORE, LONG = 60, 220
SHORTEST_INSIDE = 4  # letters: a shorter stem is a match only where it is a whole word
SPACES = re.compile(r"\s+")


def around(text: str, stems: Sequence[str]) -> str:
    """A piece of `text` that begins shortly before the first of the stems; its beginning when there is none."""
    small = text.lower()
    places = [place for stem in stems if (place := small.find(stem)) >= 0]
    begin = max(0, min(places) - BEFORE) if places else 0
    if begin:
        begin = small.find(" ", begin) + 1
    piece = text[begin : begin + LONG]
    if begin + LONG < len(text):
        piece = piece.rpartition(" ")[0] or piece
    return SPACES.sub(" ", piece).strip()


def parts(piece: str, stems: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """The piece cut where a word matches: each part with whether it does."""
    ways = [rf"\w*{re.escape(stem)}\w*" if len(stem) >= SHORTEST_INSIDE else re.escape(stem) for stem in stems]
    if not ways:
        yield piece, False
        return
    for number, part in enumerate(re.split(rf"\b({'|'.join(ways)})\b", piece, flags=re.IGNORECASE)):
        if part:
            yield part, number % 2 == 1
