"""Dates as Indonesian lists write them: `12 Januari 2022`, `12/1/22`, `12-01-2022`, `Ponorogo, 12 Jan 2022`, Excel's numbers."""

import re
from datetime import date, datetime, timedelta

FIRST, LAST = date(1945, 8, 17), date(2100, 12, 31)
UNREADABLE = "Tanggal “{}” belum terbaca. Tulis seperti 12 Januari 2022."
IMPOSSIBLE = "Tanggal “{}” tidak ada di kalender. Periksa lagi."
NO_DAY = "Tanggal “{}” kurang lengkap. Tulis hari, bulan, dan tahunnya, seperti 12 Januari 2022."
FAR_AWAY = "Tahun {} tidak masuk akal untuk tanggal ini. Periksa lagi."

_MONTHS = (  # as we write it, as we shorten it, as lists have it
    ("januari", "jan", "january"),
    ("februari", "feb", "pebruari", "peb", "february"),
    ("maret", "mar", "mrt", "march"),
    ("april", "apr"),
    ("mei", "mei", "may"),
    ("juni", "jun", "june"),
    ("juli", "jul", "july"),
    ("agustus", "agu", "ags", "agt", "agust", "aug", "august"),
    ("september", "sep", "sept"),
    ("oktober", "okt", "oct", "october"),
    ("november", "nov", "nopember", "nop"),
    ("desember", "des", "dec", "december"),
)
MONTHS = tuple(names[0].title() for names in _MONTHS)
SHORT_MONTHS = tuple(names[1].title() for names in _MONTHS)
_MONTH_OF = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?", re.ASCII)
_FIGURES = re.compile(r"(\d{1,2})\s*[-/.\s]\s*(\d{1,2})\s*[-/.\s]\s*(\d{4}|\d{2})", re.ASCII)
_WORDS = re.compile(r"(\d{1,2})\s*[-/.\s]?\s*([a-z]{3,10})\.?\s*[-/.,\s]?\s*(\d{4}|\d{2})", re.ASCII)
_MONTH_AND_YEAR = re.compile(r"(?:[a-z]{3,10}\.?|\d{1,2})[-/.\s]+\d{4}|\d{4}", re.ASCII)
_BEFORE = re.compile(r"^[^\d]*[,:]\s*|^(?:tanggal|tgl)\.?\s*")
_UNTIL = re.compile(r"\s*(?:\bs\s*[/.]\s*d\b\.?|\bsampai(?: dengan)?\b|\bhingga\b)\s*")
_EXCEL_BEGINS = datetime(1899, 12, 30)


class BadDate(ValueError):
    """The message says in Indonesian what to mend."""


def read_date(text: str) -> date:
    """The day a text means, day before month always; raises BadDate with a helpful sentence."""
    words = _BEFORE.sub("", text.strip().lower()).strip()
    if len(words) == 5 and words.isascii() and words.isdigit():
        return _sensible((_EXCEL_BEGINS + timedelta(days=int(words))).date())
    year, month, day = _parts(words, text)
    try:
        found = date(_full_year(year), month, day)
    except ValueError as error:
        raise BadDate(IMPOSSIBLE.format(text.strip())) from error
    return _sensible(found)


def read_founding(text: str) -> date:
    """Like `read_date`; a year alone means its first day, as lists say `tahun berdiri 2019`."""
    words = text.strip()
    if words.isascii() and words.isdigit() and len(words) == 4:
        year = int(words)
        if not FIRST.year <= year <= LAST.year:
            raise BadDate(FAR_AWAY.format(year))
        return max(date(year, 1, 1), FIRST)
    return read_date(text)


def read_period(text: str) -> tuple[date | None, date]:
    """From when until when: `12 Jan 2022 s/d 12 Jan 2027`; a single date is the end."""
    parts = [part for part in _UNTIL.split(text.lower()) if part.strip()]
    if len(parts) == 2:
        return read_date(parts[0]), read_date(parts[1])
    return None, read_date(parts[0] if len(parts) == 1 else text)


def spell(day: date) -> str:
    """`12 Januari 2022`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def spell_short(day: date) -> str:
    """`12 Jan 2022`."""
    return f"{day.day} {SHORT_MONTHS[day.month - 1]} {day.year}"


def spell_length(hours: float) -> str:
    """A length of time in the unit people would use: `40 menit`, `5 jam`, `3 hari`."""
    if hours < 1:
        return f"{max(1, round(hours * 60))} menit"
    return f"{round(hours)} jam" if hours < 36 else f"{round(hours / 24)} hari"


def _parts(words: str, text: str) -> tuple[str, int, int]:
    if match := _ISO.fullmatch(words):
        return match[1], int(match[2]), int(match[3])
    if match := _FIGURES.fullmatch(words):
        return match[3], int(match[2]), int(match[1])
    match = _WORDS.fullmatch(words)
    if match and match[2] in _MONTH_OF:
        return match[3], _MONTH_OF[match[2]], int(match[1])
    raise BadDate((NO_DAY if _MONTH_AND_YEAR.fullmatch(words) else UNREADABLE).format(text.strip()[:40]))


def _full_year(text: str) -> int:
    year = int(text)
    if len(text) == 4:
        return year
    return 2000 + year if year < 50 else 1900 + year


def _sensible(day: date) -> date:
    if not FIRST <= day <= LAST:
        raise BadDate(FAR_AWAY.format(day.year))
    return day
