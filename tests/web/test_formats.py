"""Dates, times and numbers as people in Indonesia write them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from kim.kernel import clock
from kim.web.templatetags import formats

MOMENT = datetime(2025, 11, 22, 2, 41, tzinfo=UTC)


def test_a_date_is_written_with_its_day():
    assert formats.tanggal(date(2025, 11, 22)) == "Sabtu, 22 November 2025"
    assert formats.tanggal_pendek(date(2025, 8, 1)) == "1 Agu 2025"
    assert formats.bulan(date(2025, 5, 1)) == "Mei 2025"


def test_a_moment_is_told_on_the_clock_of_its_zone():
    assert formats.jam(MOMENT) == "09.41 WIB"
    assert formats.jam(MOMENT, "Asia/Makassar") == "10.41 WITA"
    assert formats.waktu(MOMENT, "Asia/Jayapura") == "Sabtu, 22 November 2025, 11.41 WIT"
    assert formats.iso(MOMENT) == "2025-11-22T02:41+00:00"


def test_a_late_evening_in_utc_is_the_next_day_in_papua():
    assert formats.tanggal(datetime(2025, 11, 21, 16, 0, tzinfo=UTC), "Asia/Jayapura") == "Sabtu, 22 November 2025"


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (1240, "1.240"),
        (1234567, "1.234.567"),
        (Decimal("12.50"), "12,5"),
        (-1500, "-1.500"),
        (None, ""),
    ],
)
def test_numbers_take_dots_for_thousands(number, text):
    assert formats.angka(number) == text


def test_money_and_sizes_are_plain():
    assert formats.ukuran(240 * 1024) == "240 KB"
    assert formats.ukuran(int(5.1 * 1024 * 1024)) == "5,1 MB"
    assert formats.ukuran(1) == "1 KB"


def test_nothing_gives_nothing():
    names = ("tanggal", "tanggal_pendek", "bulan", "jam", "waktu", "iso", "angka", "ukuran", "lalu")
    assert [getattr(formats, name)(None) for name in names] == [""] * len(names)


@pytest.mark.parametrize(
    ("ago", "text"),
    [
        (timedelta(seconds=20), "baru saja"),
        (timedelta(minutes=5), "5 menit lalu"),
        (timedelta(hours=2), "2 jam lalu"),
        (timedelta(days=1, hours=1), "kemarin"),
        (timedelta(days=9), "9 hari lalu"),
    ],
)
def test_the_past_is_told_in_words(ago, text):
    assert formats.lalu(clock.now() - ago) == text
