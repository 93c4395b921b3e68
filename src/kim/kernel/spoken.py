"""Indonesian as it is said aloud: numbers, dates, times, money and abbreviations written out in words."""

import re
import unicodedata
from collections.abc import Callable

from kim.kernel.dates_id import MONTHS

DIGITS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
SCALES = (
    (10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (1000, "ribu"), (100, "ratus"), (10, "puluh"),
)  # fmt: skip
BEYOND = 10**15  # a number that long is read digit by digit
LETTERS = {
    "A": "a", "B": "be", "C": "ce", "D": "de", "E": "e", "F": "ef", "G": "ge", "H": "ha", "I": "i", "J": "je",
    "K": "ka", "L": "el", "M": "em", "N": "en", "O": "o", "P": "pe", "Q": "ki", "R": "er", "S": "es", "T": "te",
    "U": "u", "V": "ve", "W": "we", "X": "eks", "Y": "ye", "Z": "zet",
}  # fmt: skip
# Said letter by letter although they hold a vowel. Without a vowel (RT, PKK, BPJS) there is no other way to say them.
SPELLED = {
    "ADD", "AKB", "APBD", "APBN", "APD", "ASN", "ATK", "ATM", "BUMN", "HUT", "IKM", "ITE", "KPU", "KUA", "ODGJ",
    "OPD", "PAW", "PBB", "RI", "RSUD", "RUU", "SMA", "TNI", "TPA", "TPU", "UKM", "UMKM", "USG", "UU",
}  # fmt: skip
ROMAN = {
    "II": 2, "III": 3, "IV": 4, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "XI": 11, "XII": 12, "XIII": 13, "XIV": 14,
    "XV": 15, "XVI": 16, "XVII": 17, "XVIII": 18, "XIX": 19, "XX": 20,
}  # fmt: skip
SHORTENED = {  # with a dot that goes with it
    "a.n": "atas nama", "bpk": "Bapak", "ds": "desa", "dsn": "dusun", "jl": "jalan", "jln": "jalan",
    "kab": "kabupaten", "kec": "kecamatan", "kel": "kelurahan", "no": "nomor", "prov": "provinsi", "s.d": "sampai dengan",
    "sdr": "Saudara", "sdri": "Saudari", "telp": "telepon", "tgl": "tanggal", "tlp": "telepon",
}  # fmt: skip
WORDS = {
    "dgn": "dengan", "dll": "dan lain-lain", "dsb": "dan sebagainya", "dst": "dan seterusnya", "jln": "jalan",
    "s/d": "sampai dengan", "tgl": "tanggal", "utk": "untuk", "wib": "waktu Indonesia barat",
    "wit": "waktu Indonesia timur", "wita": "waktu Indonesia tengah", "yg": "yang", "no hp": "nomor telepon",
}  # fmt: skip
MEASURES = {
    "km": "kilometer", "m2": "meter persegi", "m3": "meter kubik", "m": "meter", "cm": "sentimeter", "mm": "milimeter",
    "kg": "kilogram", "gr": "gram", "g": "gram", "ha": "hektare", "ml": "mililiter", "l": "liter", "°C": "derajat Celsius",
    "Km": "kilometer", "KM": "kilometer", "Kg": "kilogram", "KG": "kilogram", "Ha": "hektare",
}  # fmt: skip
TO = r"\s*(?:-|–|—|s/d|s\.d\.?)\s*"
CLOCK = r"([01]?\d|2[0-4])[.:]([0-5]\d)(?![\d.,]*\d)"
AMOUNT = r"\d+(?:\.\d{3})*(?:,\d+)?"


def number(n: int) -> str:
    """`1240` → `seribu dua ratus empat puluh`."""
    if n < 12:
        return (*DIGITS, "sepuluh", "sebelas")[n]
    if n < 20:
        return f"{DIGITS[n - 10]} belas"
    if n >= BEYOND:
        return digits(str(n))
    size, name = next(scale for scale in SCALES if n >= scale[0])
    many, rest = divmod(n, size)
    head = f"se{name}" if many == 1 and size <= 1000 else f"{number(many)} {name}"
    return f"{head} {number(rest)}" if rest else head


def digits(figures: str) -> str:
    """`0812` → `nol delapan satu dua`."""
    return " ".join(DIGITS[int(figure)] for figure in figures)


def spoken(text: str) -> str:
    """A text that can be read aloud by anybody: no figure is left in it, no web address, no picture sign."""
    text = "".join(_plain(sign) for sign in unicodedata.normalize("NFKC", text))
    for pattern, say in RULES:
        text = pattern.sub(say, text)
    return _tidy(text)


def _plain(sign: str) -> str:
    """Figures of any script as ours; signs that cannot be said are left out."""
    if unicodedata.digit(sign, None) is not None:
        return str(unicodedata.digit(sign))
    if sign == "°":
        return sign
    return " " if unicodedata.category(sign) in ("So", "Sk", "Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp") else sign


def _amount(figures: str) -> str:
    """`1.240`, `3,5`, `02`: as lists write them."""
    whole, _, part = figures.replace(".", "").partition(",")
    said = digits(whole) if whole[0] == "0" and len(whole) > 1 else number(int(whole[:30]))
    return f"{said} koma {digits(part)}" if part.strip("0") else said


def _phone(found: re.Match[str]) -> str:
    figures = re.sub(r"\D", "", found[0].replace("+62", "0"))
    return " " + ", ".join(digits(figures[at : at + 4]) for at in range(0, len(figures), 4)) + " "


def _day(day: str, month: str, year: str, otherwise: str) -> str:
    if not (1 <= int(month) <= 12 and 1 <= int(day) <= 31):
        return otherwise
    return f"{number(int(day))} {MONTHS[int(month) - 1]} {number(int(year))}"


def _time(hour: str, minute: str) -> str:
    past = f" lewat {number(int(minute))} menit" if int(minute) else ""
    return f"pukul {number(int(hour))}{past}"


def _money(found: re.Match[str]) -> str:
    return " ".join(filter(None, [_amount(found[1]), found[2], "rupiah"]))


def _ordinal(found: re.Match[str]) -> str:
    return "pertama" if int(found[1]) == 1 else "ke" + number(int(found[1]))


def _capitals(found: re.Match[str]) -> str:
    word = found[0]
    if word in ROMAN:
        return number(ROMAN[word])
    if word in SPELLED or not set(word) & set("AIUEO"):
        return "-".join(LETTERS[letter] for letter in word)
    return word


def _one_of(words: dict[str, str], end: str = "") -> str:
    longest_first = sorted(words, key=len, reverse=True)
    return "(" + "|".join(map(re.escape, longest_first)) + ")" + end


def _rule(pattern: str, say: str | Callable[[re.Match[str]], str]) -> tuple[re.Pattern[str], str | Callable]:
    return re.compile(pattern, re.IGNORECASE), say


# In this order: what is longer and more certain goes first.
RULES = (
    _rule(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+", " "),
    _rule(r"(?<!\w)(?:\+62\s?|0)8\d{1,3}[- ]?\d{3,4}[- ]?\d{3,5}(?!\d)|\(0\d{2,3}\)\s?\d{5,8}(?!\d)", _phone),
    _rule(r"\b(\d{4})-(\d{2})-(\d{2})\b", lambda m: _day(m[3], m[2], m[1], m[0])),
    _rule(r"\b(\d{1,2})[-/](\d{1,2})[-/](\d{4})\b", lambda m: _day(m[1], m[2], m[3], m[0])),
    _rule(rf"(?:\b(?:pukul|jam)\s+)?\b{CLOCK}{TO}{CLOCK}",
          lambda m: f"{_time(m[1], m[2])} sampai {_time(m[3], m[4])}"),
    _rule(rf"\b(?:pukul|jam)\s+{CLOCK}", lambda m: _time(m[1], m[2])),
    _rule(rf"\b{CLOCK}(?=\s*(?:WIB|WITA|WIT)\b)", lambda m: _time(m[1], m[2])),
    _rule(r"\b([01]?\d|2[0-4]):([0-5]\d)\b|\b([01]\d|2[0-4])\.([0-5]\d)(?![.,]?\d)",
          lambda m: _time(m[1] or m[3], m[2] or m[4])),
    _rule(rf"\bRp\.?\s*({AMOUNT})(?:,-)?(?:\s*(ribu|juta|miliar|triliun)\b)?", _money),
    _rule(rf"({AMOUNT})\s*%", lambda m: f"{_amount(m[1])} persen"),
    _rule(r"\bke-(\d{1,9})(?!\d)", _ordinal),
    _rule(rf"(?<=\d){TO}(?=\d)", " sampai "),
    _rule(r"(?<=\d)\s*[x×]\s*(?=\d)", " kali "),
    (re.compile(r"(?<=\d)\s*" + _one_of(MEASURES, r"(?!\w)")), lambda m: " " + MEASURES[m[1]]),
    _rule(r"(?<!\w)" + _one_of(SHORTENED, r"\."), lambda m: SHORTENED[m[1].lower()] + " "),
    _rule(r"(?<!\w)" + _one_of(WORDS, r"(?!\w)"), lambda m: WORDS[m[1].lower()]),
    _rule(r"(?<=\d)\s*/\s*(?=\w)", ", "),
    _rule(r"(?<=\w)\s*/\s*(?=\w)", " atau "),
    _rule(r"(?<=\w)-(?=\d)", " "),
    _rule(r"(?<=\d)\.(?=\d{1,2}(?!\d))", " titik "),
    _rule(rf"{AMOUNT}", lambda m: f" {_amount(m[0])} "),
    (re.compile(r"(?<![\w-])[A-Z]{2,6}(?![\w-])"), _capitals),
    _rule(r"\s*&\s*", " dan "),
    _rule(r"\s*[()\[\]{}]\s*", ", "),
    _rule(r"[*_~#|\\<>•°^=+]+", " "),
)  # fmt: skip


def _tidy(text: str) -> str:
    """Single spaces, no space before a stop, no two stops where a bracket or an address was."""
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"\s+([,.;:!?])", r"\1", text)
    text = re.sub(r"[,;:](?=[,.;:!?])", "", text)
    return text.strip(" ,;:")
