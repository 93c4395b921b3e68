"""Where the heading of a sheet is, and what its columns probably say. The officer has the last word."""

import re
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from kim.importing.models import Column
from kim.kernel.spreadsheet import Grid, Sheet
from kim.kernel.text import squeeze

_LOOKED_AT = 25
_IGNORED = re.compile(
    r"no|tahun sk|no urut|nomor|nomor urut|nik|no kk|email|e mail|ket|keterangan|perlu dibetulkan|yang perlu dibetulkan"
)

# The first pattern that fits wins, so the narrow ones stand above the wide ones.
_SYNONYMS: list[tuple[Column, re.Pattern[str]]] = [
    (column, re.compile(pattern))
    for column, pattern in (
        (Column.DECREE_UNTIL, r"berlaku|masa bakti|masa kerja|berakhir|kedaluwarsa|kadaluarsa|periode"),
        (Column.DECREE_DATE, r"\b(tgl|tanggal)\b.*\bsk\b|\bsk\b.*\b(tgl|tanggal)\b|tanggal penetapan"),
        (Column.DECREE_OFFICE, r"penerbit|ditetapkan|menetapkan|pejabat|penandatangan|ditandatangani"),
        (Column.DECREE_NUMBER, r"\bsk\b|surat keputusan|dasar hukum|legalitas"),
        (Column.PHONE, r"\b(hp|telepon|telp|tlp|telpon|handphone|ponsel|kontak|contact|cp|wa)\b"),
        (Column.MEMBER_COUNT, r"\b(jumlah|jml|jlh|banyaknya)\b.*(anggota|pengurus|personil|orang|\bl\b|\bp\b)?"),
        (Column.MEMBERS, r"\banggota\b"),
        (Column.SECRETARY, r"\bse[kc]r?e?t?e?r?t?aris\b|\bsekr\b"),
        (Column.TREASURER, r"\bbendahara\b|\bbend\b"),
        (Column.PATRON, r"\b(pembina|penasehat|penasihat|pelindung)\b"),
        (Column.CHAIR, r"\b(ketua|pimpinan|penanggung jawab|nama pengurus)\b"),
        (Column.INSTAGRAM, r"\b(instagram|ig)\b"),
        (Column.FACEBOOK, r"\b(facebook|fb|fanpage)\b"),
        (Column.TIKTOK, r"\btik ?tok\b"),
        (Column.YOUTUBE, r"\b(youtube|yt)\b"),
        (Column.WHATSAPP, r"\b(whatsapp|whats app)\b"),
        (Column.BLOG, r"\b(website|web|blog|situs|laman|url)\b"),
        (Column.SOCIAL, r"media sosial|medsos|sosmed|akun|\bmedia\b"),
        (Column.SECRETARIAT, r"\bsekretariat\b|\balamat\b(?!.*\b(desa|ds|kelurahan|kel|kecamatan|kec)\b)"),
        (Column.CODE, r"\bkode\b"),
        (Column.FOUNDED, r"\b(berdiri|berdirinya|dibentuk|terbentuk|pembentukan|pendirian)\b"),
        (Column.VILLAGE, r"\b(desa|ds|kelurahan|kel|gampong|nagari|kampung|pekon|kalurahan|tiyuh|lembang)\b"),
        (Column.DISTRICT, r"\b(kecamatan|kec|distrik|kapanewon|kemantren)\b"),
        (Column.REGENCY, r"\b(kabupaten|kab|kota)\b"),
        (Column.ICT, r"\b(kategori|klasifikasi|tik|tipe|strata|cara kerja|jenis kim)\b"),
        (Column.FOCUS, r"\b(bidang|fokus|potensi|unggulan)\b"),
        (Column.KIM_NAME, r"\bkim\b|nama (kelompok|komunitas|lembaga|organisasi)|kelompok informasi|^nama$"),
    )
]


@dataclass(frozen=True, slots=True)
class Layout:
    """A sheet with its heading found: column texts, and the position of the first row below."""

    sheet: Sheet
    header: list[str]
    begins: int
    score: int


def best_layout(sheets: list[Sheet]) -> Layout:
    """The sheet that looks most like a list of KIM, with its heading of one row or two."""
    return max((_layout(sheet) for sheet in sheets), key=lambda layout: (layout.score, len(layout.sheet.rows)))


def guess(header: list[str]) -> dict[str, str]:
    """Position → Column for every heading that is understood; each Column once, the first heading wins."""
    found: dict[str, str] = {}
    for position, text in enumerate(header):
        column = recognise(text)
        if column and column not in found.values():
            found[str(position)] = column.value
    return found


def guessed_for(header: list[str], remembered: dict[str, str]) -> dict[str, str]:
    """Like `guess`, but what an officer chose earlier for the same heading goes first."""
    found = {str(at): remembered[text] for at, text in enumerate(header) if text in remembered}
    rest = {at: what for at, what in guess(header).items() if at not in found and what not in found.values()}
    return {**found, **{at: what for at, what in rest.items() if not remembered or header[int(at)] not in remembered}}


def recognise(text: str) -> Column | None:
    """What one heading says."""
    words = squeeze(re.sub(r"[^a-z0-9]+", " ", text.lower()))
    if not words or len(words) > 80 or _IGNORED.fullmatch(words):
        return None
    return next((column for column, pattern in _SYNONYMS if pattern.search(words)), None)


def is_numbering(cells: list[str]) -> bool:
    """The row `(1) (2) (3)` that forms carry under their heading."""
    figures = [cell.strip("() ") for cell in cells if cell]
    if len(figures) < 3 or not all(figure.isascii() and figure.isdigit() for figure in figures):
        return False
    numbers = [int(figure) for figure in figures]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _layout(sheet: Sheet) -> Layout:
    candidates = []
    for at, row in enumerate(sheet.rows[:_LOOKED_AT]):
        candidates.append((len(guess(row)), -at, row, at + 1))
        below = sheet.rows[at + 1] if at + 1 < len(sheet.rows) else []
        if _stands_below(row, below):
            both = _joined(row, below)
            candidates.append((len(guess(both)), -at, both, at + 2))
    score, _, header, begins = max(candidates, key=lambda candidate: candidate[:2])
    if score < 2:
        header, begins, score = [], next(at for at, row in enumerate(sheet.rows) if row), 0
    return Layout(sheet, _named(header, _width(sheet.rows[begins:], header)), begins, score)


def _stands_below(row: list[str], below: list[str]) -> bool:
    """Whether a row only divides merged headings above it; a row of data also fills the columns that stand alone."""
    width = max(len(row), len(below))
    above = row + [""] * (width + 1 - len(row))
    filled = [at for at, text in enumerate(below) if text]
    if not filled or any(below[at].isdigit() or len(below[at]) > 40 for at in filled):
        return False
    return any(not above[at] for at in filled) and all(not above[at] or not above[at + 1] for at in filled)


def _joined(row: list[str], below: list[str]) -> list[str]:
    width, group, joined = max(len(row), len(below)), "", []
    for at in range(width):
        top = row[at] if at < len(row) else ""
        bottom = below[at] if at < len(below) else ""
        group = top or group
        joined.append(squeeze(f"{group} {bottom}") if bottom else top)
    return joined


def _width(rows: Grid, header: list[str]) -> int:
    return max([len(header), *(len(row) for row in rows)])


def _named(header: list[str], width: int) -> list[str]:
    texts = [squeeze(text)[:80] for text in header] + [""] * (width - len(header))
    return [text or f"Kolom {get_column_letter(at)}" for at, text in enumerate(texts, 1)]
