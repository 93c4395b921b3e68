"""Indonesian said aloud: figures, dates, times, money and abbreviations in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kim.kernel.spoken import number, spoken

SAID = {
    "115 warga": "seratus lima belas warga",
    "1.240 orang": "seribu dua ratus empat puluh orang",
    "Sabtu, 5 Mei 2026": "Sabtu, lima Mei dua ribu dua puluh enam",
    "12/11/2025": "dua belas November dua ribu dua puluh lima",
    "2025-11-12": "dua belas November dua ribu dua puluh lima",
    "45/45/2025": "empat puluh lima, empat puluh lima, dua ribu dua puluh lima",
    "pukul 07.30 WIB": "pukul tujuh lewat tiga puluh menit waktu Indonesia barat",
    "jam 8:00": "pukul delapan",
    "08.00-11.15 WITA": "pukul delapan sampai pukul sebelas lewat lima belas menit waktu Indonesia tengah",
    "Mulai 19.00.": "Mulai pukul sembilan belas.",
    "Rp40.000,- per orang": "empat puluh ribu rupiah per orang",
    "Rp 1,5 juta": "satu koma lima juta rupiah",
    "Rp300.000,00": "tiga ratus ribu rupiah",
    "46%": "empat puluh enam persen",
    "HUT ke-80 RI": "ha-u-te kedelapan puluh er-i",
    "ke-1": "pertama",
    "3-5 Desember": "tiga sampai lima Desember",
    "RT 02/RW 03": "er-te nol dua, er-we nol tiga",
    "RT02": "er-te nol dua",
    "0812-3456-7890": "nol delapan satu dua, tiga empat lima enam, tujuh delapan sembilan nol",
    "+62 812 3456 7890": "nol delapan satu dua, tiga empat lima enam, tujuh delapan sembilan nol",
    "5 km": "lima kilometer",
    "200 m² sawah": "dua ratus meter persegi sawah",
    "3,5 kg": "tiga koma lima kilogram",
    "Jl. Raya No. 7, Kec. Ngebel": "jalan Raya nomor tujuh, kecamatan Ngebel",
    "beras, minyak, dll.": "beras, minyak, dan lain-lain.",
    "COVID-19": "COVID sembilan belas",
    "KIM dan UMKM bertemu PKK": "KIM dan u-em-ka-em bertemu pe-ka-ka",
    "KERJA BAKTI": "KERJA BAKTI",
    "desa/kelurahan": "desa atau kelurahan",
    "Bidang II": "Bidang dua",
    "Panen raya 🌾🎉 (Sabtu)": "Panen raya, Sabtu",
    "Buka https://kim.id/k/abc dan www.desa.id ya": "Buka dan ya",
    "versi 1.5": "versi satu titik lima",
    "1.000.000.000.000.000 butir": "satu nol nol nol nol nol nol nol nol nol nol nol nol nol nol nol butir",
}


@pytest.mark.parametrize("written", SAID)
def test_it_is_said_as_a_neighbour_would(written):
    assert spoken(written) == SAID[written]


@pytest.mark.parametrize(
    ("n", "words"),
    [(0, "nol"), (10, "sepuluh"), (11, "sebelas"), (19, "sembilan belas"), (21, "dua puluh satu"), (100, "seratus"),
     (1001, "seribu satu"), (21_000, "dua puluh satu ribu"), (101_000, "seratus satu ribu"), (10**6, "satu juta"),
     (2_000_000_015, "dua miliar lima belas"), (10**12, "satu triliun")],
)  # fmt: skip
def test_numbers(n, words):
    assert number(n) == words


@given(st.text())
def test_no_figure_is_left_whatever_stands_there(text):
    assert not any(sign.isdigit() or sign.isdecimal() for sign in spoken(text))


PIECES = ["12", ".", ",", "-", "/", ":", " ", "Rp", "%", "pukul", "ke-", "km", "0", "Ⅻ", "²", "٣", "s/d"]


@given(st.lists(st.sampled_from(PIECES)))
def test_no_figure_is_left_of_any_mixture_of_them(parts):
    said = spoken("".join(parts))
    assert not any(sign.isdigit() for sign in said)


@given(st.integers(0, 10**16))
def test_a_number_has_only_words(n):
    assert number(n).replace(" ", "").isalpha()
