"""Single cells of people's spreadsheets: phones that lost a zero, counts with words, names, and text that must stay inert."""

import re

from kim.kernel import phone
from kim.kernel.text import squeeze

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "|")
_SHORTENED = re.compile(r"\d[.,]\d+e\+?\d+", re.IGNORECASE)
_EMPTY_SIGNS = {
    "",
    "-",
    "--",
    "–",
    "—",
    "_",
    "x",
    "n/a",
    "na",
    "nihil",
    "tidak ada",
    "belum ada",
    "kosong",
    "null",
    "0",
}
_SEVERAL = re.compile(r"\s*[/;,\n&]\s*|\s+(?:dan|atau)\s+")
_LINES = re.compile(r"[;\n]|(?:^|(?<=\s))\d{1,2}[.)]\s+")
_TITLE = re.compile(r"(?:[A-Z][A-Za-z]{0,4}\.\s?)+[A-Za-z]{0,5}\.?|[A-Z]{2,4}|[SMAD]\.?[A-Z][a-z]{1,4}")
_COUNT = re.compile(r"(\d{1,4})\s*(?:orang|org|anggota|jiwa)?\.?", re.IGNORECASE)


class BadCell(ValueError):
    """The message says in Indonesian what to mend."""


def is_empty(text: str) -> bool:
    """Whether a cell says nothing: blank, a dash, or words like `nihil`."""
    return squeeze(text).lower() in _EMPTY_SIGNS


def read_phone(text: str) -> str:
    """E.164 of the first number in the cell; a zero that Excel dropped is put back. Raises BadPhone or BadCell."""
    words = squeeze(text).lstrip("'")
    if _SHORTENED.fullmatch(words):
        raise BadCell("Nomor HP terpotong oleh Excel. Ketik lagi nomornya, misalnya 0812 3456 7890.")
    first = next((part for part in _SEVERAL.split(words) if part), words)
    digits = "".join(ch for ch in first if ch.isascii() and ch.isdigit())
    if digits.startswith("8"):
        return phone.normalise("0" + digits)
    if digits.startswith("62"):
        return phone.normalise("+" + digits)
    return phone.normalise(first)


def read_count(text: str) -> int:
    """`15`, `15 orang` and `15.0` are fifteen; raises BadCell."""
    match = _COUNT.fullmatch(squeeze(text).removesuffix(".0"))
    if match is None:
        raise BadCell(f"Jumlah “{squeeze(text)[:30]}” bukan angka. Tulis angkanya saja, misalnya 15.")
    return int(match[1])


def read_names(text: str) -> list[str]:
    """The names of a cell by lines, semicolons, numbers or commas; a comma before a degree (`Siti, S.Pd.`) divides nothing."""
    found: list[str] = []
    for line in _LINES.split(text):
        start = len(found)
        for part in (squeeze(piece) for piece in line.split(",")):
            if len(found) > start and _TITLE.fullmatch(part):
                found[-1] += ", " + part
            elif len(part.strip(" .-")) > 1:
                found.append(part)
    return list(dict.fromkeys(found))


def inert(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula; `read_inert` takes it back."""
    return "'" + text if text.startswith(DANGEROUS) else text


def read_inert(text: str) -> str:
    """What a cell said before it was made inert."""
    return text[1:] if text.startswith("'") and text[1:].startswith(DANGEROUS) else text
