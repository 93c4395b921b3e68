"""Buckets fill per account and device, stay shut for the whole window, and open again."""

from datetime import timedelta

import pytest
import time_machine

from kim.doors.throttle import TooOften, forget, knock
from kim.kernel import clock

pytestmark = pytest.mark.django_db
WINDOW = timedelta(minutes=15)


def fill(bucket="pin:1", times=3):
    for _ in range(times):
        knock(bucket, limit=3, per=WINDOW)


def test_the_knock_beyond_the_limit_is_refused_with_the_time_to_wait():
    fill()
    with pytest.raises(TooOften, match="Tunggu 15 menit"):
        knock("pin:1", limit=3, per=WINDOW)


def test_another_bucket_is_not_touched():
    fill()
    knock("pin:2", limit=3, per=WINDOW)


def test_a_heavy_knock_counts_as_many_and_fills_the_bucket_for_the_whole_window():
    knock("heavy:1", limit=10, per=WINDOW, weight=7)
    with pytest.raises(TooOften):
        knock("heavy:1", limit=10, per=WINDOW, weight=4)


def test_a_full_bucket_stays_shut_for_the_whole_window_from_its_last_knock():
    start = clock.now()
    fill(times=2)
    with time_machine.travel(start + timedelta(minutes=14)):
        fill(times=1)
    with time_machine.travel(start + timedelta(minutes=28)), pytest.raises(TooOften):
        knock("pin:1", limit=3, per=WINDOW)
    with time_machine.travel(start + timedelta(minutes=30)):
        knock("pin:1", limit=3, per=WINDOW)


def test_knocking_on_does_not_lengthen_the_wait():
    start = clock.now()
    fill()
    with time_machine.travel(start + timedelta(minutes=10)), pytest.raises(TooOften, match="Tunggu 5 menit"):
        knock("pin:1", limit=3, per=WINDOW)


def test_a_good_knock_empties_the_bucket():
    fill()
    forget("pin:1")
    fill()


def test_a_very_long_name_of_a_bucket_is_cut_and_still_counts():
    fill("pin:" + "x" * 500)
    with pytest.raises(TooOften):
        knock("pin:" + "x" * 500, limit=3, per=WINDOW)
