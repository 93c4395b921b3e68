"""A stranger's file: what is taken, what is refused, and where its heading is."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from importing.factories import book_of, messy_book, saved
from kim.importing.models import Column
from kim.importing.queries.columns import best_layout, guess, guessed_for, is_numbering, recognise
from kim.importing.queries.example import EXAMPLE
from kim.kernel import spreadsheet
from kim.kernel.spreadsheet import BadSheet, read
from kim.kernel.spreadsheet_out import semicolons, xlsx


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


SKELETON = {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"MZ\x90\x00" + b"\x00" * 200, "bukan berkas Excel"),
        (b"MZ plain text that claims nothing", "bukan berkas Excel"),
        (b"%PDF-1.7 ...", "bukan berkas Excel"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "bukan berkas Excel"),
        (b"<html><table><tr><td>KIM</td></tr></table></html>", "bukan berkas Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 100, "Excel lama"),
        (b"PK\x03\x04 not a zip at all", "rusak"),
        (zipped({"word/document.xml": b"<w/>", "[Content_Types].xml": b"<Types/>"}), "bukan berkas Excel"),
        (zipped(SKELETON), "rusak"),
        (zipped(SKELETON | {"xl/evil.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}), "rusak"),
        (b"", "tidak berisi"),
        (b"\n\n ; ; \n", "tidak berisi"),
        (b"x" * (spreadsheet.MAX_BYTES + 1), "5 MB"),
    ],
    ids=["exe", "exe-text", "pdf", "png", "html", "xls", "zip", "docx", "hollow", "entity", "empty", "blank", "big"],
)
def test_what_is_no_list_is_refused_with_a_sentence(data, words):
    with pytest.raises(BadSheet, match=words):
        read(data)


def test_a_zip_bomb_is_never_unpacked():
    bomb = zipped(SKELETON | {"xl/worksheets/sheet1.xml": b"0" * 30_000_000})
    assert len(bomb) < 100_000
    with pytest.raises(BadSheet, match="jauh lebih besar"):
        read(bomb)
    many = zipped(SKELETON | {f"xl/x{n}.xml": b"<a/>" for n in range(500)})
    with pytest.raises(BadSheet, match="jauh lebih besar"):
        read(many)


def test_a_bomb_that_lies_about_its_size_is_cut_at_what_it_declared():
    bomb = bytearray(zipped(SKELETON | {"xl/worksheets/sheet1.xml": b"0" * 30_000_000}))
    true_size = (30_000_000).to_bytes(4, "little")
    lie = bytes(bomb).replace(true_size, (1000).to_bytes(4, "little"))
    with pytest.raises(BadSheet):
        read(lie)


def test_an_outside_entity_is_never_fetched(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("rahasia")
    book = zipfile.ZipFile(io.BytesIO(book_of(["Nama KIM", "Desa"], ["a", "b"])))
    sheet = book.read("xl/worksheets/sheet1.xml").decode().replace(">a<", ">&x;<")
    evil = f'<!DOCTYPE worksheet [<!ENTITY x SYSTEM "{secret.as_uri()}">]>' + sheet
    parts = {name: book.read(name) for name in book.namelist()}
    assert read(zipped(parts))
    for encoding in ("utf-8", "utf-16"):  # the second hides the word DOCTYPE from a plain search
        with pytest.raises(BadSheet, match="rusak"):
            read(zipped(parts | {"xl/worksheets/sheet1.xml": evil.encode(encoding)}))


def test_too_many_rows_and_columns_are_refused_and_far_cells_cost_nothing():
    with pytest.raises(BadSheet, match=r"5\.000"):
        read(b"a;b\n" * 6000)
    with pytest.raises(BadSheet, match="60 kolom"):
        read(";".join("x" * 70).encode())
    book = Workbook()
    book.active["A1"], book.active.cell(1_048_576, 1).value = "Nama KIM", "jauh"
    assert read(saved(book))[0].rows == [["Nama KIM"]]
    assert len(read(b"x" * 100_000)[0].rows[0][0]) == spreadsheet.MAX_CELL


def test_formulas_come_as_values_and_dates_as_days():
    sheet = read(messy_book())[1]
    assert sheet.name == "Data KIM"
    assert sheet.rows[7][9] == "2023-05-17"
    assert not any(cell.startswith("=") for row in sheet.rows for cell in row)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_a_csv_is_read_in_every_usual_dress(encoding, mark):
    lines = [["Nama KIM", "Desa", "Alamat"], ["KIM Café", "Ngebel", "Jl. A, No. 1; RT 2"]]
    text = "\r\n".join(mark.join(f'"{cell}"' for cell in line) for line in lines)
    assert read(text.encode(encoding))[0].rows == lines


def test_the_heading_is_found_below_titles_and_over_two_rows():
    layout = best_layout(read(messy_book()))
    assert (layout.sheet.name, layout.begins) == ("Data KIM", 5)
    assert layout.header[4:7] == ["PENGURUS KETUA", "PENGURUS SEKRETARIS", "PENGURUS BENDAHARA"]
    assert list(guess(layout.header).values()) == [
        "kim_name", "village", "district", "chair", "secretary", "treasurer", "phone", "decree_number", "decree_date",
        "decree_until", "secretariat",
    ]  # fmt: skip
    assert is_numbering([str(n) for n in range(1, 13)]) and is_numbering(["(1)", "(2)", "(3)"])
    assert not is_numbering(["1", "KIM Satu", "Ngebel"])


def test_a_first_row_of_data_is_not_taken_for_a_second_heading():
    layout = best_layout(read(book_of(["Nama KIM", "Desa", "Ketua", None], ["KIM Satu", "Desa Ngebel", "Sari", "x"])))
    assert layout.begins == 1
    assert layout.header == ["Nama KIM", "Desa", "Ketua", "Kolom D"]


def test_a_list_without_heading_keeps_all_its_rows():
    layout = best_layout(read(book_of(["KIM Satu", "Ngebel"], ["KIM Dua", "Selur"])))
    assert (layout.begins, layout.header) == (0, ["Kolom A", "Kolom B"])


def test_our_own_words_and_our_own_example_are_understood():
    assert {column: recognise(column.label) for column in Column} == {column: column for column in Column}
    assert recognise("Yang perlu dibetulkan") is None and recognise("NIK") is None
    assert len(guess(EXAMPLE[0])) == len(EXAMPLE[0])
    assert best_layout(read(xlsx(EXAMPLE, sheet="Daftar"))).header == EXAMPLE[0]


def test_an_earlier_choice_goes_before_a_guess():
    assert guessed_for(["Kelompok", "Desa"], {"Kelompok": "kim_name", "Desa": "district"}) == {
        "0": "kim_name",
        "1": "district",
    }


@pytest.mark.parametrize("write", [semicolons, lambda grid: xlsx(grid, sheet="x")])
def test_a_download_starts_no_formula_and_reads_back(write):
    grid = [["Judul"], ["=HYPERLINK(1)"], ["+62812"], ["-1"], ["@x"]]
    rows = read(write(grid))[0].rows
    assert [row[0] for row in rows] == ["Judul", "'=HYPERLINK(1)", "'+62812", "'-1", "'@x"]


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("ALAMAT DESA/KEL", Column.VILLAGE),
        ("ALAMAT KECAMATAN", Column.DISTRICT),
        ("ALAMAT", Column.SECRETARIAT),
        ("Alamat sekretariat (desa)", Column.SECRETARIAT),
    ],
)
def test_a_heading_of_an_address_says_which_part_it_means(heading, column):
    assert recognise(heading) == column
