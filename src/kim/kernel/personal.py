"""Personal data that slips into a text: found so that a person can think again before everybody reads it."""

import re
from dataclasses import dataclass

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
