"""The next page begins after the last row seen; a damaged mark begins at the start."""

from datetime import timedelta

import pytest

from accounts.factories import person
from kim.accounts.models import Person
from kim.doors.paging import page
from kim.kernel import clock

pytestmark = pytest.mark.django_db
KEYS = ("-joined_at", "-id")


@pytest.fixture
def seven():
    now = clock.now()
    return [person(f"Orang {n}", joined_at=now - timedelta(hours=n // 2)) for n in range(7)]


def walk(size):
    after, seen, pages = "", [], 0
    while pages == 0 or after:
        found = page(Person.objects.all(), after=after, size=size, keys=KEYS)
        seen, after, pages = [*seen, *found], found.next, pages + 1
    return seen, pages


@pytest.mark.parametrize(("size", "pages"), [(1, 7), (2, 4), (3, 3), (7, 1), (20, 1)])
def test_every_row_is_seen_once_in_order_even_with_equal_times(seven, size, pages):
    assert walk(size) == (list(Person.objects.order_by(*KEYS)), pages)


def test_a_new_row_does_not_push_one_onto_the_next_page(seven):
    first = page(Person.objects.all(), size=3, keys=KEYS)
    person("Baru")
    second = page(Person.objects.all(), after=first.next, size=3, keys=KEYS)
    assert not set(first) & set(second)


@pytest.mark.parametrize("mark", ["x", "🙂", "W10", "eyJ9", "A" * 10_000, "WzEsMl0", "WyJ4IiwgInkiXQ"])
def test_a_damaged_mark_begins_at_the_start(seven, mark):
    assert len(page(Person.objects.all(), after=mark, size=3, keys=KEYS)) == 3
