"""Reading a spreadsheet a stranger sends: sniffed, capped, and never believed. XLSX and CSV become plain rows of text."""

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from openpyxl import load_workbook

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED = 40 * 1024 * 1024
MAX_RATIO = 120
MAX_PARTS, MAX_SHEETS = 400, 20
MAX_ROWS, MAX_COLUMNS, MAX_CELL = 5_000, 60, 600
LAST_ROW = MAX_ROWS + 50  # titles and headings stand above the rows that count

TOO_BIG = "Berkas ini lebih besar dari 5 MB. Hapus gambar di dalamnya atau bagi menjadi beberapa berkas."
NOT_A_LIST = "Ini bukan berkas Excel (.xlsx) atau CSV. Buka daftarnya di Excel, lalu pilih Simpan sebagai .xlsx."
OLD_OR_LOCKED = "Berkas ini memakai Excel lama (.xls) atau kata sandi. Simpan lagi sebagai .xlsx tanpa kata sandi."
TOO_DENSE = (
    "Isi berkas ini jauh lebih besar dari ukurannya, jadi tidak kami buka. Salin daftarnya ke berkas Excel baru."
)
BROKEN = "Berkas Excel ini rusak dan tidak bisa dibaca. Simpan ulang dari Excel, lalu unggah lagi."
EMPTY = "Berkas ini tidak berisi baris apa pun."
TOO_LONG = "Daftar ini lebih dari 5.000 baris. Bagi menjadi beberapa berkas."
TOO_WIDE = "Daftar ini lebih dari 60 kolom. Hapus kolom yang tidak perlu."

Grid = list[list[str]]


class BadSheet(ValueError):
    """The message says in Indonesian why the file is not taken."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet as text. Row 1 of the sheet is `rows[0]`; dates are ISO texts, formulas their last value."""

    name: str
    rows: Grid


def read(data: bytes) -> list[Sheet]:
    """Every visible sheet with something in it; raises BadSheet with a sentence for anything else."""
    if len(data) > MAX_BYTES:
        raise BadSheet(TOO_BIG)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise BadSheet(OLD_OR_LOCKED)
    sheets = list(_workbook(data)) if data.startswith(b"PK\x03\x04") else [Sheet("CSV", _csv(_decoded(data)))]
    sheets = [sheet for sheet in sheets if sheet.rows]
    if not sheets:
        raise BadSheet(EMPTY)
    return sheets


def _workbook(data: bytes) -> Iterator[Sheet]:
    _guard(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of drawings and validations it leaves out
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            for page in book.worksheets[:MAX_SHEETS]:
                if page.sheet_state == "visible":
                    page.reset_dimensions()
                    yield Sheet(
                        page.title, _capped(page.iter_rows(max_row=LAST_ROW, max_col=MAX_COLUMNS + 1, values_only=True))
                    )
    except BadSheet:
        raise
    except Exception as error:  # a stranger's XML may break the parser in any way; the answer is one
        raise BadSheet(BROKEN) from error


def _guard(data: bytes) -> None:
    """Look at the declared sizes before anything is unpacked; Python never unpacks more than was declared."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            if "[Content_Types].xml" not in names or not any(name.startswith("xl/workbook") for name in names):
                raise BadSheet(NOT_A_LIST)
            if any(part.flag_bits & 1 for part in parts):
                raise BadSheet(OLD_OR_LOCKED)
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise BadSheet(TOO_DENSE)
            if any(part.file_size > 1_000_000 and part.file_size > MAX_RATIO * part.compress_size for part in parts):
                raise BadSheet(TOO_DENSE)
            for part in parts:
                if part.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in archive.open(part).read(4096).upper():
                    raise BadSheet(BROKEN)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, RuntimeError) as error:
        if isinstance(error, BadSheet):
            raise
        raise BadSheet(BROKEN) from error


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", "replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", "replace")
    strange = sum(not (ch.isprintable() or ch in "\r\n\t\xa0") for ch in text[:20_000])
    if (
        data[:2] == b"MZ"
        or "\x00" in text
        or strange > len(text[:20_000]) // 200
        or re.match(r"\s*(<[!?a-z]|%PDF|\{)", text, re.I)
    ):
        raise BadSheet(NOT_A_LIST)
    return text


def _csv(text: str) -> Grid:
    lines = text.splitlines()[:40]
    if lines and (named := re.fullmatch(r"sep=(.)", lines[0].strip())):
        return _capped(_csv_rows(text.partition("\n")[2], named[1]))
    delimiter = max(
        ";\t,|", key=lambda mark: sum(min(line.count(mark), 20) > 0 for line in lines) * 100 + _evenness(lines, mark)
    )
    return _capped(_csv_rows(text, delimiter))


def _evenness(lines: list[str], mark: str) -> int:
    """How many lines agree on the number of marks: the delimiter of a table is regular, a comma in a name is not."""
    counts = [line.count(mark) for line in lines if mark in line]
    return max((counts.count(count) * min(count, 9) for count in set(counts)), default=0)


def _csv_rows(text: str, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(MAX_BYTES)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise BadSheet(BROKEN) from error


def _capped(rows: Iterable[Iterable[Any]]) -> Grid:
    grid: Grid = []
    for row in rows:
        cells = [_text(value) for value in row]
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > MAX_COLUMNS:
            raise BadSheet(TOO_WIDE)
        grid.append(cells)
        if cells and len(grid) >= LAST_ROW:
            raise BadSheet(TOO_LONG)
        if len(grid) > 4 * LAST_ROW:
            break
    while grid and not grid[-1]:
        grid.pop()
    return grid


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "Ya" if value else "Tidak"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime() | date():
            return value.isoformat()[:10]
    return _clean(str(value))


def _clean(text: str) -> str:
    """Lines kept, everything unprintable gone, and never longer than the longest field plus a sign of its length."""
    lines = (
        "".join(ch if ch.isprintable() else " " for ch in line).strip() for line in text[: MAX_CELL * 2].splitlines()
    )
    return "\n".join(line for line in lines if line)[:MAX_CELL]
