"""Village names as lists write them: `Ds. Ngebel`, `Kel Bangunsari`, `Desa Selur Kec. Ngrayun`, `Keniten (Ponorogo)`."""

import re
from dataclasses import dataclass

from kim.kernel import codes
from kim.kernel.text import search_key, squeeze

DESA, KELURAHAN = "desa", "kelurahan"
_KINDS = {
    "desa": DESA, "ds": DESA, "gampong": DESA, "nagari": DESA, "pekon": DESA, "kalurahan": DESA, "kampung": DESA,
    "lembang": DESA, "tiyuh": DESA, "kute": DESA, "kelurahan": KELURAHAN, "kel": KELURAHAN, "klh": KELURAHAN,
}  # fmt: skip
_VILLAGE = re.compile(
    r"^(desa\s*/\s*kelurahan|(?:desa|ds)\s*/\s*kel\.?)\s+"
    r"|^(desa|ds|gampong|nagari|pekon|kalurahan|kampung|lembang|tiyuh|kute|kelurahan|kel|klh)(?:\.\s*|\s*:\s*|\s+)(?=\S)",
    re.IGNORECASE,
)
_DISTRICT = re.compile(
    r"[\s,(/-]+(?:kecamatan|kec|distrik|kapanewon|kemantren)(?:\.\s*|\s*:\s*|\s+)(?=\S)", re.IGNORECASE
)
_REGENCY = re.compile(r"[\s,(/-]+(kabupaten|kab|kota)(?:\.\s*|\s*:\s*|\s+)(?=\S)", re.IGNORECASE)
_HIGHER = re.compile(
    r"^(?:kecamatan|kec|distrik|kapanewon|kemantren|kabupaten|kab|kota|provinsi|prov)(?:\.\s*|\s*:\s*|\s+)(?=\S)",
    re.IGNORECASE,
)
_PROVINCE = re.compile(r"[\s,(/-]+(?:provinsi|prov)(?:\.\s*|\s*:\s*|\s+).*$", re.IGNORECASE)
_TAIL = re.compile(r"^(.*?)\s*[(,]\s*([^(),]+)\)?\s*$")
_DIGITS = re.compile(r"(\d{2})\.?(\d{2})\.?(\d{2})\.?(\d{4})", re.ASCII)


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """What a text says about a village. Names are search keys; an empty one was not said."""

    code: str = ""
    kind: str = ""
    village: str = ""
    district: str = ""
    regency: str = ""


def read_place(text: str) -> PlaceWords:
    """Take a text apart into kind, village, kecamatan and kabupaten; a code alone is kept as a code."""
    words = squeeze(text)
    if code := read_code(words):
        return PlaceWords(code=code)
    words = _PROVINCE.sub("", words)
    words, regency = _cut(_REGENCY, words)
    words, district = _cut(_DISTRICT, words)
    words, kind = _kind(words)
    if not district and (tail := _TAIL.match(words)) and search_key(tail[1]):
        words, district = tail[1], tail[2]
    return PlaceWords(kind=kind, village=search_key(words), district=search_key(district), regency=search_key(regency))


def read_code(text: str) -> str:
    """`3502171008` and `35.02.17.1008` are the village code `35.02.17.1008`; '' when the text is no code."""
    match = _DIGITS.fullmatch(text.strip())
    code = ".".join(match.groups()) if match else ""
    return code if code and codes.is_code(code) else ""


def bare_name(text: str) -> str:
    """The search key of a kecamatan or kabupaten without the word before it: `Kec. Ngrayun` is `ngrayun`."""
    return search_key(_HIGHER.sub("", squeeze(text)))


def _cut(pattern: re.Pattern[str], words: str) -> tuple[str, str]:
    """What stands before the mark and after it; a mark at the very beginning is part of the name."""
    match = pattern.search(" " + words)
    if match is None or match.start() == 0:
        return words, ""
    return (" " + words)[: match.start()].strip(" ,(/-"), (" " + words)[match.end() :].strip(" ,()/-")


def _kind(words: str) -> tuple[str, str]:
    match = _VILLAGE.match(words)
    if match is None:
        return words, ""
    kind = _KINDS.get((match[2] or "").lower(), "")
    return words[match.end() :], kind
