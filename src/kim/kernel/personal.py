"""Personal data that slips into a text: found so that a person can think again before everybody reads it."""

import re
from dataclasses import dataclass

TAKEN_AWAY = "[dihapus]"
_WORD = re.compile(r"\w+")
_NIK = re.compile(r"(?<!\d)(?:\d[ .\-]?){15}\d(?!\d)")
_PHONE = re.compile(r"(?<![\d.])(?:\+62|62|0)[ .\-]?8[1-9](?:[ .\-]?\d){6,10}(?!\d)")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_HOUSE = re.compile(r"\b[Rr][Tt]\.?\s*0*\d{1,3}\s*/?\s*(?:[Rr][Ww]\.?)?\s*/?\s*0*\d{1,3}\b(?=[^.\n]{0,40}\bNo\.?\s*\d)")
# A particular child: a child's word, then what tells which one: a name, class or school, or age, as many as follow one
# another. Class or school only of one's own child or a single one: of many it is no secret where they go to school.
_S = r"\s{1,3}"
_CHILD = r"(?<![\w-])(?i:anak|sisw[ai]|murid|pelajar|santri|cucu|putr[ai]|bayi|balita|bocah|keponakan|adik)"
_KIND = rf"(?:{_S}(?i:perempuan|laki-laki|lelaki|kandung|angkat|tunggal|sulung|bungsu|pertama|kedua|ketiga)\b){{0,2}}"
_MANY = "".join(rf"(?<!(?i:{word})\s)" for word in ("para", "semua", "banyak", "setiap", "seluruh", "beberapa", r"\d"))
_FEW = r"(?i:satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|sebelas)"
_NO_NAME = (
    r"(?!(?:Senin|Selasa|Rabu|Kamis|Jumat|Sabtu|Minggu|Januari|Februari|Maret|April|Mei|Juni|Juli|Agustus|September|Oktober"
    r"|November|Desember|Pak|Bu|Bapak|Ibu|Saya|Kami|Dia|Mohon|Tolong|Alhamdulillah|Kelas|Sekolah|Paud|Sdn?|Smpn?|Sman?)\b)"
)
_NAME = rf"{_NO_NAME}(?:[A-Z]\.|[A-Z][a-z'’]\w*)"  # written like a name; WORDS IN CAPITALS are none
_MORE = rf"(?:{_S}{_NAME}){{0,3}}"
_NEXT = rf"(?:,{_S}|{_S}|\s?\()(?:yang{_S})?"
_NOT_IN_A_LIST = r"(?!(?i:tidak|tak|belum|sudah|ada|salah|hilang|masuk|dihapus|dicoret)\b)"
_NAMED = (
    rf"{_NEXT}(?:(?i:bernama|(?:ber)?inisial|namanya){_S}{_NOT_IN_A_LIST}(?:[A-Z]\.|\w+)|(?i:nama){_S}{_NAME}){_MORE}"
)
_SCHOOL = r"(?:(?i:kelas|tk|paud|sdn?|smpn?|sman?|smkn?|mts|min)|MI|MA)\b"
_AT_SCHOOL = (
    rf"{_NEXT}(?:(?i:masih|sedang|baru){_S})?(?:(?i:duduk|(?:ber)?sekolah){_S})?(?:(?i:di|dari){_S})?"
    rf"{_SCHOOL}(?:{_S}(?:\d{{1,3}}[A-Za-z]?\b|{_FEW}\b|[IVX]+\b|{_SCHOOL}|[A-Z][a-z]\w*)){{1,5}}"
)
_AGED = (
    rf"{_NEXT}(?:(?i:masih|baru){_S})?(?:(?i:(?:ber)?(?:umur|usia)(?:nya)?){_S})?(?:(?i:masih|baru){_S})?"
    rf"(?:\d{{1,2}}|{_FEW}(?:{_S}(?i:belas))?)\s?(?i:tahun|thn|th)\b(?!{_S}(?i:lalu|yang|terakhir|tidak|belum|sudah|ke)\b)"
)
_DETAIL = rf"(?:(?:{_NAMED}|{_AT_SCHOOL}|{_AGED})\)?)"
_CHILDREN = [
    re.compile(pattern)
    for pattern in (
        rf"(?P<child>{_CHILD}{_KIND}(?:{_S}(?:saya|kami)|nya|ku),?{_S}{_NAME}{_MORE}{_DETAIL}{{0,4}})",
        rf"(?P<child>{_CHILD}{_KIND}(?i:{_S}saya|{_S}kami|nya|ku)\b{_DETAIL}{{1,5}})",
        rf"(?<!\w)(?i:seorang|satu|ada){_S}(?P<child>{_CHILD}{_KIND}{_DETAIL}{{1,5}})",
        rf"(?P<child>{_MANY}{_CHILD}{_KIND}(?:{_NAMED}|{_AGED})\)?{_DETAIL}{{0,4}})",
    )
]
_YEARS = re.compile(r"(\d{1,2})\s?(?i:tahun|thn|th)\b")
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
    return list(dict.fromkeys(Trace("Data anak", text[start:end]) for start, end in _children(text)))


def _children(text: str) -> list[tuple[int, int]]:
    """Where in the text, in order; none lies in another."""
    spans: list[tuple[int, int]] = []
    for start, end in sorted(match.span("child") for pattern in _CHILDREN for match in pattern.finditer(text)):
        if any(int(age) >= ADULT for age in _YEARS.findall(text, start, end)):
            continue
        if spans and start < spans[-1][1]:
            start, end = spans[-1][0], max(end, spans.pop()[1])
        spans.append((start, end))
    return spans


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
    for start, end in reversed(_children(text)):
        text = text[:start] + TAKEN_AWAY + text[end:]
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
