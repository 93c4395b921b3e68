"""How a misspelt name still finds its way: a skeleton of consonants, its near neighbours, and a distance."""

from itertools import groupby

_SAME_SOUND = (
    ("oe", "u"),
    ("dj", "j"),
    ("tj", "c"),
    ("sj", "s"),
    ("kh", "h"),
    ("ph", "f"),
    ("v", "f"),
    ("q", "k"),
)
_SILENT = frozenset("aeiouyhw")
_CONSONANTS = "bcdfgjklmnprstxz0123456789"


def sound_key(key: str) -> str:
    """What is left of a search key when vowels and doubled letters go: `ngebell` and `ngebel` are both `ngbl`."""
    for old, new in _SAME_SOUND:
        key = key.replace(old, new)
    bones = key[:1] + "".join(ch for ch in key[1:] if ch not in _SILENT)
    return "".join(letter for letter, _ in groupby(bones))


def neighbours(sound: str) -> set[str]:
    """Every skeleton one slip away (a letter dropped, swapped, changed or added); the first letter is trusted."""
    head, tail = sound[:1], sound[1:]
    cuts = [(tail[:i], tail[i:]) for i in range(len(tail) + 1)]
    dropped = {a + b[1:] for a, b in cuts if b}
    swapped = {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    changed = {a + ch + b[1:] for a, b in cuts if b for ch in _CONSONANTS}
    added = {a + ch + b for a, b in cuts for ch in _CONSONANTS}
    return {head + rest for rest in dropped | swapped | changed | added} - {sound}


def distance(one: str, other: str, limit: int = 3, *, open_end: bool = False) -> int:
    """How many single slips turn one into the other, swaps of neighbours counted once; `limit` when further.

    With an open end, into any beginning of the other: what somebody has typed so far.
    """
    if open_end:
        other = other[: len(one) + limit]
    elif abs(len(one) - len(other)) >= limit:
        return limit
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        above, row = row, [i]
        for j, b in enumerate(other, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before = above
        if min(row) >= limit:
            return limit
    return min(min(row) if open_end else row[-1], limit)
