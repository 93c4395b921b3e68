"""What people write into spreadsheets: dates, places, phones, names. Readers of strangers' text never fall over."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kim.kernel import cells, dates_id, places_id
from kim.kernel.cells import BadCell, inert, read_count, read_inert, read_names, read_phone
from kim.kernel.dates_id import BadDate, read_date, read_founding, read_period, spell
from kim.kernel.phone import BadPhone
from kim.kernel.places_id import bare_name, read_code, read_place

DAYS = st.dates(min_value=dates_id.FIRST, max_value=dates_id.LAST)


@pytest.mark.parametrize(
    "text",
    [
        "12 Januari 2022", "12 JANUARI 2022", "12 Jan 2022", "12 jan. 22", "12/1/22", "12-01-2022", "12.01.2022", "2022-01-12",
        "2022/01/12 00:00:00", "12 - 1 - 2022", "44573", "Ponorogo, 12 Januari 2022", "Rabu, 12 Januari 2022", "tgl. 12 Januari 2022",
        "12-Jan-22", " 12  Januari  2022 ",
    ],
)  # fmt: skip
def test_a_day_is_one_however_it_is_written(text):
    assert read_date(text) == date(2022, 1, 12)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("30 Februari 2022", "kalender"), ("1/13/2022", "kalender"), ("2022", "kurang lengkap"), ("Januari 2022", "kurang lengkap"),
        ("1 Maret 1890", "1890"), ("1 Maret 2190", "2190"), ("besok", "belum terbaca"), ("", "belum terbaca"), ("0", "belum terbaca"),
        ("12 Januarius 2022", "belum terbaca"), ("٠٣/٠٤/٢٠٢٢", "belum terbaca"), ("99/99/9999", "kalender"), ("00000", "1899"),
    ],
)  # fmt: skip
def test_a_day_that_cannot_be_is_refused_with_a_sentence(text, words):
    with pytest.raises(BadDate, match=words):
        read_date(text)


def test_a_founding_year_alone_is_enough():
    assert read_founding("2019") == date(2019, 1, 1)
    assert read_founding("12/1/2019") == date(2019, 1, 12)
    with pytest.raises(BadDate):
        read_founding("1890")


@pytest.mark.parametrize(
    "text", ["12 Jan 2022 s/d 12 Jan 2027", "12-01-2022 s.d. 12-01-2027", "12/1/2022 sampai dengan 12/1/2027"]
)
def test_a_period_has_a_beginning_and_an_end(text):
    assert read_period(text) == (date(2022, 1, 12), date(2027, 1, 12))
    assert read_period("s/d 12 Jan 2027") == (None, date(2027, 1, 12))
    assert read_period("12 Jan 2027") == (None, date(2027, 1, 12))


@given(DAYS)
def test_every_day_is_read_back_from_words_figures_and_excel(day):
    assert read_date(spell(day)) == day
    assert read_date(f"{day:%d/%m/%Y}") == day
    assert read_date(day.isoformat()) == day
    serial = (day - date(1899, 12, 30)).days
    assert read_date(f"{serial:05d}") == day


@given(st.text(max_size=60))
def test_no_text_breaks_a_reader(text):
    for reader, refusals in (
        (read_date, BadDate), (read_founding, BadDate), (read_period, BadDate), (read_count, BadCell), (read_phone, (BadPhone, BadCell)),
    ):  # fmt: skip
        try:
            reader(text)
        except refusals as refusal:
            assert str(refusal)
    read_place(text)
    read_names(text)


@pytest.mark.parametrize(
    ("text", "kind", "village", "district", "regency"),
    [
        ("Ngebel", "", "ngebel", "", ""),
        ("Ds. Ngebel", "desa", "ngebel", "", ""),
        ("DS.NGEBEL", "desa", "ngebel", "", ""),
        ("Kel Bangunsari", "kelurahan", "bangunsari", "", ""),
        ("Kel.Bangunsari", "kelurahan", "bangunsari", "", ""),
        ("Desa Selur Kec. Ngrayun", "desa", "selur", "ngrayun", ""),
        ("Selur, Kecamatan Ngrayun, Kabupaten Ponorogo", "", "selur", "ngrayun", "ponorogo"),
        ("Keniten (Ponorogo)", "", "keniten", "ponorogo", ""),
        ("Selur Kec Ngrayun Kab. Ponorogo Prov. Jawa Timur", "", "selur", "ngrayun", "ponorogo"),
        ("Desa/Kelurahan Selur", "", "selur", "", ""),
        ("Kota Baru", "", "kotabaru", "", ""),
        ("Kecapi", "", "kecapi", "", ""),
        ("Kelutan", "", "kelutan", "", ""),
        ("Desa", "", "desa", "", ""),
    ],
)
def test_a_village_is_found_in_the_words_around_it(text, kind, village, district, regency):
    words = read_place(text)
    assert (words.kind, words.village, words.district, words.regency) == (kind, village, district, regency)


NAMES = st.sampled_from(
    ["Ngebel", "Selur", "Bangunsari", "Wates Wetan", "Pangkal Pinang", "Keniten", "Sungai Raya", "Desa Baru"]
)


@given(
    village=NAMES,
    district=NAMES,
    kind=st.sampled_from(["", "Desa ", "Ds. ", "Kel. ", "KELURAHAN "]),
    upper=st.booleans(),
)
def test_kind_and_kecamatan_never_change_the_name(village, district, kind, upper):
    text = f"{kind}{village} Kec. {district}"
    words = read_place(text.upper() if upper else text)
    stripped = village.removeprefix("Desa ") if not kind else village
    assert words.village == stripped.lower().replace(" ", "")
    assert words.district == district.lower().replace(" ", "")


def test_a_code_is_read_with_and_without_dots():
    assert read_code("3502171008") == read_code(" 35.02.17.1008 ") == "35.02.17.1008"
    assert read_code("35.02.17") == read_code("٣٥٠٢١٧١٠٠٨") == ""
    assert read_place("3502171008") == places_id.PlaceWords(code="35.02.17.1008")
    assert bare_name("Kec. Ngrayun") == bare_name("KECAMATAN NGRAYUN") == "ngrayun"


@pytest.mark.parametrize(
    "text",
    ["81234567890", "0812-3456-7890", "0812.3456.7890", "0812 3456 7890 / 0857 1111 2222", "6281234567890", "'081234567890",
     "+62 812 3456 7890"],
)  # fmt: skip
def test_a_phone_that_excel_mangled_is_mended(text):
    assert read_phone(text) == "+6281234567890"


def test_a_phone_in_powers_of_ten_is_lost():
    with pytest.raises(BadCell, match="terpotong"):
        read_phone("8,12346E+10")


def test_counts_and_names():
    assert read_count("15") == read_count("15 orang") == read_count("15.0") == 15
    with pytest.raises(BadCell):
        read_count("banyak")
    assert read_names("1. Ani\n2. Budi Contoh, S.Pd.\n3. Citra") == ["Ani", "Budi Contoh, S.Pd.", "Citra"]
    assert read_names("Ani, Budi; Citra, S.E., M.M.") == ["Ani", "Budi", "Citra, S.E., M.M."]
    assert cells.is_empty(" - ") and cells.is_empty("Nihil") and not cells.is_empty("Ngebel")


@given(st.text(max_size=30))
def test_what_was_made_inert_comes_back_and_starts_no_formula(text):
    assert not inert(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    if not text.startswith("'"):
        assert read_inert(inert(text)) == text
