"""Personal data that slips into a text: found so that a person can think again before everybody reads it."""

import re
from dataclasses import dataclass

TAKEN_AWAY = "[dihapus]"
_WORD = re.compile(r"\w+")
_NIK = re.compile(r"(?<!\d)(?:\d[ .\-]?){15}\d(?!\d)")
_PHONE = re.compile(r"(?<![\d.])(?:\+62|62|0)[ .\-]?8[1-9](?:[ .\-]?\d){6,10}(?!\d)")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_HOUSE = re.compile(r"\b[Rr][Tt]\.?\s*0*\d{1,3}\s*/?\s*(?:[Rr][Ww]\.?)?\s*/?\s*0*\d{1,3}\b(?=[^.\n]{0,40}\bNo\.?\s*\d)")


@dataclass(frozen=True, slots=True)
class Trace:
    """What was found, called by its name, with just enough to find it again."""

    name: str
    shown: str


def traces(text: str) -> list[Trace]:
    """Sixteen-digit numbers, mobile numbers, e-mail and house addresses in the text, each once, in the order found."""
    found = [
        (match.start(), Trace("Nomor 16 angka, mirip NIK atau nomor KK", _masked(match[0])))
        for match in _NIK.finditer(text)
    ]
    rest = _NIK.sub(lambda match: "x" * len(match[0]), text)
    for name, pattern in (("Nomor HP", _PHONE), ("Alamat surel", _MAIL), ("Alamat rumah", _HOUSE)):
        found += [(match.start(), Trace(name, match[0].strip())) for match in pattern.finditer(rest)]
    return list(dict.fromkeys(trace for _, trace in sorted(found, key=lambda pair: pair[0])))


def hidden(text: str) -> str:
    """The text with numbers of people, mail and house addresses left out, for whoever only needs to know what it says."""
    for pattern, said in ((_NIK, "[nomor 16 angka]"), (_PHONE, "[nomor HP]"), (_MAIL, "[surel]"), (_HOUSE, "[alamat]")):
        text = pattern.sub(said, text)
    return text


def without_identity(text: str) -> str:
    """The text without sixteen-digit numbers: those are never kept."""
    return _NIK.sub("[nomor 16 angka]", text)


def _masked(number: str) -> str:
    digits = re.sub(r"\D", "", number)
    return f"{digits[:4]}••••••••{digits[-4:]}"


def masked(text: str) -> str:
    """The text with `[dihapus]` for every trace that was found."""
    for pattern in (_NIK, _PHONE, _MAIL, _HOUSE):
        text = pattern.sub(TAKEN_AWAY, text)
    return text


def only_takes_away(original: str, moderated: str) -> bool:
    """Whether the second is the first word for word, but for places marked `[dihapus]`. No word is added or moved."""
    words = _words(original)
    parts = [_words(part) for part in moderated.split(TAKEN_AWAY)]
    if len(parts) == 1:
        return parts[0] == words
    first, *between, last = parts
    if words[: len(first)] != first or len(first) + len(last) > len(words):
        return False
    ending = len(words) - len(last)
    place = len(first)
    for part in between:
        place = _after(words, part, place, ending)
        if place < 0:
            return False
    return words[ending:] == last and place <= ending


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _after(words: list[str], part: list[str], start: int, ending: int) -> int:
    """Behind the first place where these words follow one another; -1 when there is none."""
    for place in range(start, ending - len(part) + 1):
        if words[place : place + len(part)] == part:
            return place + len(part)
    return -1
