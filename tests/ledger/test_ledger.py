"""The ledger is written once, never changed, and every errand is carried."""

import pytest
from django.db import DatabaseError, transaction

from kim.accounts.actor import SYSTEM
from kim.ledger import actions, queries
from kim.ledger.models import Dispatch, Entry

pytestmark = pytest.mark.django_db


def _record(verb: str = "kim.submitted") -> Entry:
    return actions.record(verb, "kim:1", actor=SYSTEM, region="35.02", note="uji")


@pytest.mark.parametrize("change", [lambda: Entry.objects.update(verb="x"), lambda: Entry.objects.all().delete()])
def test_an_entry_is_never_changed_nor_deleted(change):
    _record()
    with pytest.raises(DatabaseError), transaction.atomic():
        change()
    assert queries.timeline("kim:1").get().verb == "kim.submitted"


def test_every_reader_hears_an_entry_once():
    heard = []
    entry = _record()
    assert actions.dispatch([heard.append, heard.append]) == 1
    assert heard == [entry, entry]
    assert actions.dispatch([heard.append]) == 0


def test_a_broken_reader_loses_nothing_and_is_asked_again_later():
    _record()

    def broken(_):
        raise ValueError("rusak")

    actions.dispatch([broken])
    errand = Dispatch.objects.get()
    assert errand.tries == 1 and "rusak" in errand.error
    Dispatch.objects.update(next_at="2020-01-01T00:00Z")
    heard = []
    actions.dispatch([heard.append])
    assert len(heard) == 1 and not Dispatch.objects.exists()


def test_of_many_errands_only_the_broken_one_waits():
    for number in range(5):
        actions.record("kim.submitted", f"kim:{number}", actor=SYSTEM, region="35.02")
    calls = []

    def fragile(entry):
        calls.append(entry.key)
        if entry.key == "kim:2":
            raise ValueError("rusak")

    assert actions.dispatch([fragile]) == 5
    assert Dispatch.objects.get().entry.key == "kim:2"
    assert calls.count("kim:4") == 1  # not reached in the first round, which was taken back


def test_some_readers_hear_many_at_once():
    for _ in range(7):
        _record()
    crowds = []
    assert actions.dispatch([], together=[lambda entries: crowds.append(len(entries))]) == 7
    assert crowds == [7]


def test_a_hundred_errands_are_few_questions(django_assert_max_num_queries):
    for _ in range(100):
        _record()
    with django_assert_max_num_queries(14):
        assert actions.dispatch([lambda entry: None]) == 100


def test_a_region_reads_what_happened_under_it():
    _record()
    assert queries.of_region("35").count() == queries.of_region("ID").count() == 1
    assert queries.of_region("36").count() == 0
