"""Files of population: how many people live where, by whose count and of which year.

A CSV with the head `kode,jumlah,tahun,sumber` (or `code,number,year,source`), with commas or semicolons.
"""

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kim.kernel import codes
from kim.kernel.results import Refused

NAMES = {"kode": "code", "jumlah": "number", "tahun": "year", "sumber": "source"}
MOST = 2_000_000_000  # more people than any country has
EARLIEST = 1990


@dataclass(frozen=True, slots=True)
class Count:
    """One line: so many people live in this region."""

    code: str
    number: int
    year: int
    source: str


def read(path: Path) -> list[Count]:
    """The counts of a file; a Refused sentence that names the first wrong line."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(f"Berkas penduduk {path} tidak bisa dibaca.") from error
    head = text.partition("\n")[0]
    rows = csv.reader(text.splitlines(), delimiter=";" if head.count(";") > head.count(",") else ",")
    names = [NAMES.get(cell.strip().lower(), cell.strip().lower()) for cell in next(rows, [])]
    if missing := {"code", "number", "year", "source"} - set(names):
        raise Refused(
            f"Kolom berkas penduduk belum lengkap: {', '.join(sorted(missing))}. Perlu kode,jumlah,tahun,sumber."
        )
    return [_count(dict(zip(names, row, strict=False)), line) for line, row in enumerate(rows, 2) if any(row)]


def _count(row: dict[str, str], line: int) -> Count:
    try:
        number = int(row["number"].strip().replace(".", "").replace(" ", ""))
        count = Count(row["code"].strip(), number, int(row["year"]), row["source"].strip()[:120])
    except (KeyError, ValueError) as error:
        raise Refused(f"Baris {line} berkas penduduk belum lengkap, atau angkanya salah.") from error
    if not codes.is_code(count.code) or not count.source:
        raise Refused(f"Baris {line} berkas penduduk: kode {count.code or 'kosong'} salah, atau sumbernya kosong.")
    if not 0 <= count.number <= MOST or not EARLIEST <= count.year <= date.today().year:
        raise Refused(f"Baris {line} berkas penduduk: jumlah {count.number} atau tahun {count.year} tidak mungkin.")
    return count
