"""Writing spreadsheets that nobody's Excel takes for formulas."""

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import IO

import xlsxwriter

from kim.kernel.cells import inert
from kim.kernel.spreadsheet import Grid

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
_PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def xlsx(grid: Grid, *, sheet: str, notes: Grid | None = None) -> bytes:
    """A workbook with a frozen heading; every cell is text, so a phone keeps its zero. `notes` go on a second sheet."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _PLAIN) as book:
        bold = book.add_format(
            {"bold": True, "bg_color": "#F3E9D2", "text_wrap": True, "valign": "top", "num_format": "@"}
        )
        plain = book.add_format({"num_format": "@", "valign": "top"})
        for name, rows in ((sheet, grid), ("Petunjuk", notes or [])):
            if not rows:
                continue
            page = book.add_worksheet(name)
            page.freeze_panes(1, 0)
            for at, width in enumerate(_widths(rows)):
                page.set_column(at, at, width)
            for number, row in enumerate(rows):
                for at, text in enumerate(row):
                    page.write_string(number, at, inert(text), plain if number else bold)
    return out.getvalue()


def semicolons(grid: Grid) -> bytes:
    """A CSV as Indonesian Excel opens it: semicolons, and a mark that says UTF-8."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows([inert(text) for text in row] for row in grid)
    return out.getvalue().encode("utf-8-sig")


def semicolons_of(rows: Iterable[Sequence[str]], *, at_once: int = 500) -> Iterator[bytes]:
    """The same piece by piece, for a list of any length."""
    out = io.StringIO(newline="")
    out.write("\ufeff")
    writer = csv.writer(out, delimiter=";")
    for number, row in enumerate(rows, 1):
        writer.writerow([inert(text) for text in row])
        if number % at_once == 0:
            yield _emptied(out)
    yield _emptied(out)


def _emptied(out: io.StringIO) -> bytes:
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text.encode()


def xlsx_of(rows: Iterable[Sequence[str]], *, sheet: str, widths: Sequence[int]) -> IO[bytes]:
    """A workbook of any length as a file that vanishes when it is closed; rows pass through, none is kept."""
    out = tempfile.TemporaryFile()  # noqa: SIM115  it is closed by the answer that carries it
    options = {**_PLAIN, "in_memory": False, "constant_memory": True}
    with xlsxwriter.Workbook(out, options) as book:
        bold, plain = book.add_format({"bold": True, "bg_color": "#F3E9D2"}), book.add_format({"num_format": "@"})
        page = book.add_worksheet(sheet)
        page.freeze_panes(1, 0)
        for at, width in enumerate(widths):
            page.set_column(at, at, width, plain)
        for number, row in enumerate(rows):
            for at, text in enumerate(row):
                if text:
                    page.write_string(number, at, inert(text), plain if number else bold)
    out.seek(0)
    return out


def _widths(rows: Grid) -> list[int]:
    width = max(len(row) for row in rows)
    return [min(48, max(10, *(len(row[at]) + 2 for row in rows[:200] if at < len(row)))) for at in range(width)]
