"""Readers become sketches in rows: nobody lost, nobody twice, nothing written of what is not there."""

import threading
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import Error, connection

from kim.config import tasks
from kim.kernel import clock
from kim.kernel.ids import new_id
from kim.kernel.sketch import Sketch
from kim.publishing import actions as publishing
from kim.reach import actions, queries
from kim.reach.actions import Counter, Knock, counter, folding
from kim.reach.models import Readers, Salt, Way
from publishing.factories import house
from reach.factories import read

PAGE = Way.PAGE.value


@pytest.fixture
def text():
    return house().published()


def knocks(count: int, key: str, way: str = PAGE) -> list[Knock]:
    return [Knock(key, way, f"36.{n // 65536}.{n // 256 % 256}.{n % 256}", n % 7) for n in range(count)]


def count(*heard: Knock) -> None:
    one = Counter()
    for knock in heard:
        one.note(knock)
    one.count()


@pytest.mark.django_db
def test_a_reader_who_comes_again_is_one_and_two_lines_are_two(text):
    count(*knocks(120, text.key), *knocks(120, text.key))
    assert queries.readers_today(text.key) == 120
    assert queries.recent(text.key) == ("kira-kira 120 orang", "kira-kira 120 kunjungan harian")


@pytest.mark.django_db
def test_by_two_ways_a_reader_is_one_of_all_and_one_of_each(text):
    count(*knocks(30, text.key), *knocks(20, text.key, Way.QR.value))
    assert queries.readers_today(text.key) == 30
    assert queries.per_way(text.key) == {"halaman": 30, "qr": 20}


@pytest.mark.django_db
def test_nothing_is_written_of_things_that_nobody_may_read(text):
    draft = house("35.02.17.1009").draft()
    other = house("35.02.17.1010")
    gone = publishing.unpublish(other.published().id, category="wrong", reason="Keliru", actor=other.editor)
    strange = [draft.key, gone.key, f"article:{new_id()}", "article:apa", "article:", "bulletin:1", "x", str(text.id)]
    strange += [text.key.upper(), text.key.replace("-", ""), f"article:{{{text.id}}}"]
    count(*(Knock(key, PAGE, "36.1.1.1", 1) for key in strange), Knock(text.key, PAGE, "36.1.1.1", 1))
    assert list(Readers.objects.values_list("key", flat=True)) == [text.key]


@pytest.mark.django_db
def test_one_question_finds_out_which_of_all_the_things_are_there(text, django_assert_num_queries):
    seen = {(f"article:{new_id()}", clock.today(), PAGE): Sketch() for _ in range(700)}
    with django_assert_num_queries(1):
        actions.fold(seen)


@pytest.mark.django_db
def test_a_fold_that_tells_nothing_new_writes_nothing(text, django_assert_num_queries):
    read(text.key, 1, 2, 3)
    with django_assert_num_queries(5):  # known?, begin, rows there, locked, end
        read(text.key, 1, 2, 3)
    assert queries.readers_today(text.key) == 3


@pytest.mark.django_db
def test_numbers_of_several_days_are_visits(text):
    today = clock.today()
    read(text.key, *range(20), day=date(2026, 3, 1))
    read(text.key, *range(20, 50), day=date(2026, 3, 2))
    read(text.key, *range(50, 55), day=today)
    assert queries.per_day(text.key) == {date(2026, 3, 1): 20, date(2026, 3, 2): 30, today: 5}
    assert queries.readers(text.key, until=date(2026, 3, 31)) == 50
    assert queries.readers(text.key) == 55
    assert queries.readers(text.key, since=today) == 5


@pytest.mark.django_db
def test_many_things_are_one_question(text, django_assert_num_queries):
    other = house("35.02.17.1009").published()
    read(text.key, 1, 2)
    read(other.key, 1, 2, 3)
    with django_assert_num_queries(1):
        assert queries.many([text.key, other.key, "article:none"]) == {text.key: 2, other.key: 3}


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "kurang dari 10 orang"), (9, "kurang dari 10 orang"), (10, "kira-kira 10 orang"), (37, "kira-kira 37 orang"),
        (124, "kira-kira 120 orang"), (1_249, "kira-kira 1.200 orang"), (83_762, "kira-kira 84.000 orang"),
    ],
)  # fmt: skip
def test_a_number_is_told_no_more_exactly_than_it_is_known(number, words):
    assert queries.about(number) == words


# The salt of the day


@pytest.mark.django_db
def test_everybody_has_the_same_salt_all_day_and_another_the_next_day_and_only_one_is_there():
    with time_machine.travel(datetime(2026, 3, 1, 10, tzinfo=UTC), tick=False):
        first = actions.salt_of_today()
        assert actions.salt_of_today() == first
    with time_machine.travel(datetime(2026, 3, 1, 17, 30, tzinfo=UTC), tick=False):  # past midnight in WIB
        tasks.tidy_readers()
        second = actions.salt_of_today()
    assert (first[0], second[0]) == (date(2026, 3, 1), date(2026, 3, 2))
    assert first[1] != second[1] and len(second[1]) == 32
    assert [bytes(row.salt) for row in Salt.objects.all()] == [second[1]]


@pytest.mark.django_db
def test_a_machine_whose_clock_is_late_takes_the_salt_that_is_there():
    with time_machine.travel(datetime(2026, 3, 2, 10, tzinfo=UTC), tick=False):
        there = actions.salt_of_today()
    with time_machine.travel(datetime(2026, 3, 1, 10, tzinfo=UTC), tick=False):
        assert actions.salt_of_today() == there


@pytest.mark.django_db(transaction=True)
def test_on_a_new_day_all_processes_get_one_salt():
    def ask(_):
        try:
            return actions.salt_of_today()
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(ask, range(6)))) == 1
    assert Salt.objects.count() == 1


@pytest.mark.django_db
def test_the_salt_is_in_no_log_no_replica_and_no_base_backup():
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence::text FROM pg_class WHERE relname = 'reach_salt'")
        assert cursor.fetchone() == ("u",)


# Who is one and who are two


def test_a_device_makes_up_half_of_its_long_address_itself():
    lines = {counter.network_of(f"2001:db8:1:2::{n:x}") for n in range(1, 50)}
    assert lines == {"2001:db8:1:2::/64"}
    assert counter.network_of("2001:db8:1:3::1") not in lines
    assert counter.network_of("::ffff:36.1.2.3") == counter.network_of("36.1.2.3") == "36.1.2.3"
    assert counter.network_of("unix:") == "unix:" and counter.network_of("") == ""


@pytest.mark.django_db
def test_one_line_is_never_a_crowd_however_it_calls_itself(text):
    names = (Knock(text.key, PAGE, "36.1.1.1", counter.device_of(f"Peramban {n}")) for n in range(3000))
    count(*names)
    assert 200 < queries.readers_today(text.key) <= 256


# Bounds


def test_the_list_of_knocks_is_bounded():
    one = Counter()
    tracemalloc.start()
    for n in range(3 * counter.MOST_WAITING):
        one.note(Knock(f"article:{new_id()}", PAGE, f"36.1.{n // 256 % 256}.{n % 256}", n % 256))
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(one._waiting) == counter.MOST_WAITING == 10_000
    assert size < 8 * 1024 * 1024
    assert one.ident is None  # nobody began it


@pytest.mark.django_db(transaction=True)
def test_while_the_database_is_away_sketches_wait_within_bounds_and_addresses_do_not(text, monkeypatch, caplog):
    one = Counter()
    monkeypatch.setattr(counter, "fold", broken)
    monkeypatch.setattr(counter, "MOST_SKETCHES", 3)
    for key in (text.key, *(f"article:{new_id()}" for _ in range(9))):
        one.note(Knock(key, PAGE, "36.1.1.1", 1))
    one.count()
    assert not one._waiting and len(one._seen) == 3
    assert "readers wait to be counted: away" in caplog.text
    monkeypatch.setattr(counter, "fold", folding.fold)
    one.count()
    assert not one._seen and queries.readers_today(text.key) == 1


def broken(seen) -> None:
    raise Error("away")


@pytest.mark.django_db
def test_without_a_salt_nobody_is_counted_and_no_address_stays(text, monkeypatch):
    one = Counter()
    monkeypatch.setattr(counter, "salt_of_today", lambda: broken({}))
    one.note(Knock(text.key, PAGE, "36.1.1.1", 1))
    one.count()
    assert not one._waiting and not one._seen


# At once


@pytest.mark.django_db
def test_who_comes_while_others_are_being_folded_is_not_lost(text, monkeypatch):
    one, late = Counter(), knocks(2, text.key)
    one.note(late[0])

    def slow(seen) -> None:
        folding.fold(seen)
        one.note(late[1])

    monkeypatch.setattr(counter, "fold", slow)
    one.count()
    one.count()
    assert queries.readers_today(text.key) == 2


@pytest.mark.django_db(transaction=True)
def test_many_processes_at_once_lose_nobody():
    texts = [house(f"35.02.17.10{n:02d}").published().key for n in (8, 9, 10)]
    ready = threading.Barrier(6)

    def work(number: int) -> None:
        try:
            ready.wait()
            for turn in range(5):
                people = [1000 * number + 10 * turn + n for n in range(10)]
                for key in texts[number % 3 :] + texts[: number % 3]:
                    read(key, *people)
                actions.fold({(key, clock.today(), way): Sketch() for key in texts for way in Way.values})
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(work, range(6)))
    assert queries.many(texts) == dict.fromkeys(texts, 300)


@pytest.mark.django_db(transaction=True)
def test_the_thread_folds_by_itself_and_at_its_end():
    text = house().published()
    one = Counter(every=0.05)
    one.begin()
    one.begin()
    for knock in knocks(40, text.key):
        one.note(knock)
    one.stop()
    assert queries.readers_today(text.key) == 40
    assert not one.is_alive() and not one.daemon


# What becomes of old days


@pytest.mark.django_db
def test_days_become_months_after_four_hundred_days(text):
    for month, day in ((1, 1), (1, 9), (1, 31), (2, 3), (2, 4)):
        read(text.key, *range(100 * month + day, 100 * month + day + 30), day=date(2026, month, day))
    read(text.key, 1, 2, way=Way.QR.value, day=date(2026, 1, 20))
    with time_machine.travel(datetime(2027, 3, 20, tzinfo=UTC), tick=False):  # 400 days before it was 13 February
        assert actions.tidy() == 3
        assert actions.tidy() == 0
    kept = list(Readers.objects.order_by("day", "way").values_list("day", "way"))
    january = [(date(2026, 1, 1), "halaman"), (date(2026, 1, 1), "qr")]
    assert kept == [*january, (date(2026, 2, 3), "halaman"), (date(2026, 2, 4), "halaman")]
    assert queries.per_way(text.key, until=date(2026, 1, 31)) == {"halaman": 60, "qr": 2}
