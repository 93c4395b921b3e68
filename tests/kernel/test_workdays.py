"""The clock of working days: never backwards, right over holidays and zones, not led astray by a wrong phone."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from kim.kernel import workdays

DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2027, 11, 30), timezones=st.just(UTC))
ZONES = st.sampled_from(["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"])
COUNTS = st.integers(0, 60)


def test_weekends_holidays_and_joint_leave_do_not_count():
    assert workdays.after(date(2025, 12, 24), 1) == date(2025, 12, 29)  # Natal, cuti bersama, weekend
    assert workdays.after(date(2026, 3, 17), 1) == date(2026, 3, 25)  # Nyepi and Idul Fitri with their joint leave
    assert workdays.after(date(2026, 11, 27), 3) == date(2026, 12, 2)


def test_a_free_day_of_the_place_counts_besides_the_national_ones():
    off = {date(2026, 11, 30)}
    assert workdays.after(date(2026, 11, 27), 1) == date(2026, 11, 30)
    assert workdays.after(date(2026, 11, 27), 1, off) == date(2026, 12, 1)


@given(DAYS, COUNTS, st.sets(DAYS, max_size=6))
def test_what_is_counted_forward_is_the_same_counted_between(day, count, off):
    later = workdays.after(day, count, off)
    assert workdays.between(day, later, off) == count
    assert count == 0 or workdays.is_workday(later, off)


@given(MOMENTS, MOMENTS, COUNTS, COUNTS, ZONES)
def test_later_begun_or_longer_never_ends_earlier(one, other, count, more, zone):
    first, second = sorted((one, other))
    assert workdays.due_at(first, count, zone) <= workdays.due_at(second, count, zone)
    assert workdays.due_at(first, count, zone) <= workdays.due_at(first, count + more, zone)


@given(MOMENTS, COUNTS, ZONES)
def test_it_ends_at_midnight_on_the_wall_there(start, count, zone):
    there = workdays.due_at(start, count, zone).astimezone(ZoneInfo(zone))
    assert (there.hour, there.minute, there.second) == (0, 0, 0) and there > start


@given(st.none() | MOMENTS, MOMENTS)
def test_a_phone_is_believed_within_a_month_and_never_about_the_future(captured, received):
    believed = workdays.believed(captured, received)
    assert received - timedelta(days=30) <= believed <= received
    assert captured is None or captured > received or believed == max(captured, received - workdays.SKEW)
