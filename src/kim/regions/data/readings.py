"""How a question for a place may be read: "kec. Sangatta Utara", "ngebel ponorogo", "kalbar", and with slips.

A text becomes a few plans: this part is the name, the rest lies above it.
"""

import re
from typing import NamedTuple

from kim.kernel.spelling import distance, sound_key
from kim.kernel.text import search_key
from kim.regions.data.names import KIND_WORDS, NICKNAMES, numbered

MOST_WORDS = 6


class Plan(NamedTuple):
    """One reading: a name that begins so, below places that are called so, of one of these kinds."""

    key: str
    above: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    is_loose: bool = False  # the word that says what it is was left unheard

    def fits(self, chain_key: str) -> bool:
        """Whether the places above are called as asked, give or take a slip."""
        sounds = {sound_key(word) for word in chain_key.split()}
        return all(word in chain_key or sound_key(word) in sounds for word in self.above)

    def slips(self, key: str) -> int | None:
        """How far the asked name is from this one, or from its beginning; None when too far to be meant."""
        patience = 1 if len(self.key) < 5 else 2 if len(self.key) < 11 else 3
        found = distance(self.key, key, patience + 1)
        if found > patience and len(self.key) > 4:
            found = distance(self.key, key, patience, open_end=True) + 1
        return found if found <= patience else None


def plans(text: str) -> list[Plan]:
    """Every reading of the text, the likeliest first."""
    words = [key for word in re.split(r"[\s,./()-]+", numbered(text)) if (key := search_key(word))][:MOST_WORDS]
    found: list[Plan] = []
    if len(words) > 2 and words[1] == "adat":
        found += _readings(words[2:], ("desa_adat",))
    if len(words) > 1 and words[0] in KIND_WORDS:
        found += _readings(words[1:], KIND_WORDS[words[0]])
    found += _readings(words, ())
    return list(dict.fromkeys(plan for plan in found if len(plan.key) > 1))


def code_part(text: str) -> str | None:
    """The beginning of a code somebody typed with or without its points, None for anything else."""
    digits = re.sub(r"[.\s]", "", text)
    if not re.fullmatch(r"[0-9]{2,10}", digits):
        return None
    return ".".join(part for part in (digits[:2], digits[2:4], digits[4:6], digits[6:]) if part)


def _readings(words: list[str], kinds: tuple[str, ...]) -> list[Plan]:
    ways = [(words[:end], words[end:]) for end in range(len(words), 0, -1)]
    ways += [(words[start:], words[:start]) for start in range(1, len(words))]
    found = []
    for name, above in ways:
        key = "".join(name)
        rest = tuple(NICKNAMES.get(word, (word,))[0] for word in above if word not in KIND_WORDS)
        is_loose = not kinds and len(rest) < len(above)
        found += [Plan(full, rest, kinds, is_loose) for full in (key, *_nicknamed(key))]
    return found


def _nicknamed(key: str) -> list[str]:
    """The full keys of nicknames that begin like this; three letters at least."""
    if len(key) < 3:
        return []
    return [full for nick, fulls in NICKNAMES.items() if nick.startswith(key) for full in fulls]
