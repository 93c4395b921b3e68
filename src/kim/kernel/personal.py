"""Personal data that slips into a text: found so that a person can think again before everybody reads it."""

import re
from dataclasses import dataclass

TAKEN_AWAY = "[dihapus]"
_WORD = re.compile(r"\w+")
_NIK = re.compile(r"(?<!\d)(?:\d[ .\-]?){15}\d(?!\d)")
_PHONE = re.compile(r"(?<![\d.])(?:\+62|62|0)[ .\-]?8[1-9](?:[ .\-]?\d){6,10}(?!\d)")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_HOUSE = re.compile(r"\b[Rr][Tt]\.?\s*0*\d{1,3}\s*/?\s*(?:[Rr][Ww]\.?)?\s*/?\s*0*\d{1,3}\b(?=[^.\n]{0,40}\bNo\.?\s*\d)")
# A particular child: one's own or a single one, with name, initials, class, school or age.
_CHILD = r"\b(?:[Aa]nak(?:nya|ku| saya| kami| perempuan| laki-laki)?|[Ss]iswa|[Ss]iswi|[Mm]urid|[Pp]elajar|[Cc]ucu(?:nya| saya)?)"
_NAMED = r"(?:,? (?:yang )?(?:bernama|nama|namanya|inisial|berinisial)) [A-Z][\w.]*(?: [A-Z][\w.]*)*"
_SCHOOL = r"(?:[Kk]elas|TK|PAUD|SDN?|SMPN?|SMAN?|SMKN?|MI|MTs|MA)"
_AT_SCHOOL = (
    r"(?:,? (?:yang )?(?:duduk |sekolah |bersekolah )?(?:di|dari))? " + _SCHOOL + r"(?: (?:\d+\w?|[A-Z][\w.]*))+"
)
_AGED = r"(?:[^.\n]{0,40}?\b(?:ber)?(?:umur|usia)(?:nya)?|,?) (?P<age>\d{1,2}) ?(?:tahun|thn|th)\b(?! (?:lalu|yang lalu|terakhir))"
_CHILDREN = [re.compile(_CHILD + what) for what in (_NAMED, _AT_SCHOOL, _AGED)]
ADULT = 18


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


def traces_of_children(text: str) -> list[Trace]:
    """What would let somebody find a particular child: its name, class or school, or an age below eighteen."""
    found = [(match.start(), Trace("Data anak", match[0].strip())) for match in _children(text)]
    return list(dict.fromkeys(trace for _, trace in sorted(found, key=lambda pair: pair[0])))


def _children(text: str) -> list[re.Match[str]]:
    found = [match for pattern in _CHILDREN for match in pattern.finditer(text)]
    return [match for match in found if int(match.groupdict().get("age") or 0) < ADULT]


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
    for trace in traces_of_children(text):
        text = text.replace(trace.shown, TAKEN_AWAY)
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
