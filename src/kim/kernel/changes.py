"""What changed between two texts, word by word, in a form a page can show without trusting anybody's markup."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORDS = re.compile(r"\s+|[^\s]+")
SAME, GONE, NEW = "same", "gone", "new"
MOST_WORDS = 6_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of words that stayed, went or came."""

    kind: str
    text: str


def in_words(before: str, after: str) -> list[Piece]:
    """The way from one line to the other; neighbours of a kind are joined."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if len(old) + len(new) > MOST_WORDS:
        return [Piece(GONE, before), Piece(NEW, after)] if before != after else [Piece(SAME, after)]
    pieces: list[Piece] = []
    for verb, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if verb == "equal":
            pieces.append(Piece(SAME, "".join(new[k:m])))
            continue
        pieces += [Piece(GONE, "".join(old[i:j]))] * (j > i) + [Piece(NEW, "".join(new[k:m]))] * (m > k)
    return _readable(pieces)


def in_blocks(before: list[str], after: list[str]) -> list[list[Piece]]:
    """The same for paragraphs: like ones are compared word by word, others went or came as a whole."""
    rows: list[list[Piece]] = []
    for verb, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if verb == "equal":
            rows += [[Piece(SAME, line)] for line in after[k:m]]
            continue
        gone, new = before[i:j], after[k:m]
        pairs = min(len(gone), len(new))
        rows += [in_words(old, fresh) for old, fresh in zip(gone, new, strict=False)]
        rows += [[Piece(GONE, line)] for line in gone[pairs:]] + [[Piece(NEW, line)] for line in new[pairs:]]
    return rows


def count(rows: list[list[Piece]]) -> tuple[int, int]:
    """(words that went, words that came)."""

    def words(kind: str) -> int:
        return sum(len(piece.text.split()) for row in rows for piece in row if piece.kind == kind)

    return words(GONE), words(NEW)


def _readable(pieces: list[Piece]) -> list[Piece]:
    """A lone space between two changes belongs to them: `satu dua` → `tiga empat` is one change, not two."""
    merged: list[Piece] = []
    gone = new = ""
    for index, piece in enumerate(pieces):
        follows = index + 1 < len(pieces)
        if piece.kind == SAME and not (piece.text.isspace() and (gone or new) and follows):
            merged += _flush(gone, new)
            merged.append(piece)
            gone = new = ""
            continue
        gone += piece.text if piece.kind != NEW else ""
        new += piece.text if piece.kind != GONE else ""
    return merged + _flush(gone, new)


def _flush(gone: str, new: str) -> list[Piece]:
    return [Piece(GONE, gone)] * bool(gone) + [Piece(NEW, new)] * bool(new)
