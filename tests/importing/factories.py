"""Lists as offices really send them, for tests. Every name is invented."""

import io
from datetime import datetime

from openpyxl import Workbook

from accounts.factories import actor
from kim.accounts.actor import Actor
from kim.accounts.models import Role
from kim.importing import actions
from kim.importing.models import Batch
from kim.importing.queries.columns import guess
from kim.kernel import spreadsheet
from regions.factories import plant

BANGUNSARI, KENITEN, SELUR, NGEBEL = "35.02.17.1008", "35.02.17.1017", "35.02.02.2008", "35.02.19.2007"
WATES_SLAHUNG, WATES_JENANGAN, TAMBAKMAS_MADIUN = "35.02.01.2008", "35.02.18.2016", "35.19.01.2001"
VILLAGES = (BANGUNSARI, KENITEN, SELUR, NGEBEL, WATES_SLAHUNG, WATES_JENANGAN, TAMBAKMAS_MADIUN)


def officer(code: str = "35.02", role: Role = Role.REGENCY) -> Actor:
    """Somebody of Diskominfo there, with the villages of these tests around."""
    plant(*VILLAGES)
    return actor(role, code)


def messy_book() -> bytes:
    """Titles above, a merged heading of two rows, a row of numbers, text dates, a section, a total, a signature."""
    book = Workbook()
    book.active.title = "Sampul"
    book.active["A1"] = "Dinas Komunikasi, Informatika dan Statistik"
    page = book.create_sheet("Data KIM")
    page["A1"] = "REKAPITULASI KELOMPOK INFORMASI MASYARAKAT"
    page["A2"] = "KABUPATEN PONOROGO TAHUN 2022"
    page.merge_cells("A1:L1")
    top = [
        "NO",
        "NAMA KIM",
        "DESA / KELURAHAN",
        "KECAMATAN",
        "PENGURUS",
        None,
        None,
        "NO. HP",
        "SK",
        None,
        None,
        "ALAMAT",
    ]
    below = [None, None, None, None, "KETUA", "SEKRETARIS", "BENDAHARA", None, "NOMOR", "TANGGAL", "BERLAKU S/D", None]
    for at, (one, two) in enumerate(zip(top, below, strict=True), 1):
        page.cell(4, at, one)
        page.cell(5, at, two)
    for span in ("A4:A5", "B4:B5", "C4:C5", "D4:D5", "E4:G4", "H4:H5", "I4:K4", "L4:L5"):
        page.merge_cells(span)
    for at in range(1, 13):
        page.cell(6, at, at)
    page.append(
        [
            1,
            "KIM TELAGA CONTOH",
            "Kel. Bangunsari",
            "Ponorogo",
            "Sari Contoh, S.Pd",
            "Budi Contoh",
            "-",
            81234567890,
            "489/07/401.403.6/2014",
            "12 Januari 2022",
            "12 Januari 2027",
            "Jl. Contoh 1",
        ]
    )
    page.append(
        [
            2,
            "KIM Selur Jaya",
            "Desa Selur Kec. Ngrayun",
            None,
            "Joko Contoh",
            None,
            None,
            "0812.9999.0001",
            "188/02/2023",
            datetime(2023, 5, 17),
            None,
            None,
        ]
    )
    page.append([None] * 12)
    page.append([None, "KECAMATAN PONOROGO"])
    page.append(
        [
            3,
            "KIM Keniten Asri",
            "Keniten",
            None,
            "Wati Contoh",
            None,
            None,
            "0857 1111 2222 / 0812",
            None,
            44573,
            None,
            None,
        ]
    )
    page.append(
        [
            4,
            "KIM Salah Tanggal",
            "Bangunsari",
            "Ponorogo",
            "Agus Contoh",
            None,
            None,
            "123",
            "5/2020",
            "32 Mei 2020",
            None,
            None,
        ]
    )
    page.append([5, "KIM Tanpa Desa", None, None, "Rini Contoh", None, None, None, None, None, None, None])
    page.append(["JUMLAH", None, "=COUNTA(C7:C12)", None, None, None, None, None, None, None, None, None])
    page.append([None, None, None, None, None, None, None, None, None, "Ponorogo, 31 Desember 2022"])
    page.append([None, None, None, None, None, None, None, None, None, "Kepala Dinas"])
    return saved(book)


def book_of(*rows: list[object]) -> bytes:
    """A tidy workbook of one sheet."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    return saved(book)


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def brought(who: Actor, data: bytes, name: str = "daftar.xlsx") -> Batch:
    """A list uploaded, mapped by guess, and checked."""
    batch = uploaded(who, data, name)
    actions.map_columns(batch.id, actor=who, mapping=guess(batch.header))
    return actions.check(batch.id, actor=who)


def uploaded(who: Actor, data: bytes, name: str = "daftar.xlsx") -> Batch:
    return actions.upload(actor=who, name=name, sha256=str(hash(data)), sheets=spreadsheet.read(data))[0]
