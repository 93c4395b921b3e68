"""A question answers what its queryset would, is prepared once, and mistakes no value for a part of the statement."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection, transaction
from django.db.utils import DataError
from django.test.utils import CaptureQueriesContext
from psycopg.errors import QueryCanceled

from accounts.factories import person
from kim.accounts.models import Person
from kim.doors.questions import Given, Question, ask_within
from kim.kernel import clock
from kim.registry.models import Kim
from registry.factories import decree, kim

pytestmark = pytest.mark.django_db
NAMED = Question(lambda: Person.objects.filter(name=Given("name")).only("name").order_by("id"))


def test_objects_come_with_the_columns_of_only_and_what_hangs_on_them():
    group = kim("35.02.19.2007", name="KIM Satu")
    paper, chain = decree(group), group.region.chain
    rows = Kim.objects.filter(region=Given("code")).select_related("region").with_decree().only("name", "region__chain")
    with CaptureQueriesContext(connection) as asked:
        found = Question(lambda: rows).first(code="35.02.19.2007")
        assert (found.pk, found.name, found.region.chain) == (group.pk, "KIM Satu", chain)
        assert (found.decree_now, found.decree_until) == (paper.pk, paper.valid_until)
    assert len(asked) == 1
    assert "slug" in found.get_deferred_fields()


def test_tuples_come_with_the_values_as_django_reads_them():
    person("Sumi", joined_at=clock.now() - timedelta(days=1))
    ask = Question(lambda: Person.objects.filter(joined_at__lt=Given("now")).values_list("name", "joined_at"))
    assert ask.all(now=clock.now()) == list(Person.objects.values_list("name", "joined_at"))
    assert ask.all(now=clock.now() - timedelta(days=2)) == []


@pytest.mark.parametrize("name", ["100 % %s %(a)s", "'; DROP TABLE x; --", "\\' \\", "$1 {} 🙂"])
def test_a_value_stays_a_value_whether_it_is_given_or_part_of_the_question(name):
    person(name)
    assert [one.name for one in NAMED.all(name=name)] == [name]
    fixed = Question(lambda: Person.objects.filter(name=name).exclude(name=Given("other")))
    assert [one.name for one in fixed.all(other="%s")] == [name]


def test_nothing_found_is_none():
    assert NAMED.first(name="Tidak ada") is None


def test_a_statement_is_prepared_once():
    for n in range(3):
        NAMED.all(name=f"Orang {n}")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement ~ 'person.*name. = .[$]1'")
        assert cursor.fetchone() == (1,)


def test_errors_are_those_of_django():
    ask = Question(lambda: Person.objects.filter(id=Given("id")))
    with pytest.raises(DataError):
        ask.all(id="bukan-uuid")


def test_a_bounded_question_answers_and_leaves_no_bound_behind():
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        before = cursor.fetchone()
    assert ask_within(5_000, "SELECT %(one)s::int + 1", {"one": 1}, alias="default") == [(2,)]
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == before


@pytest.mark.django_db(transaction=True)
def test_a_question_stopped_by_its_bound_leaves_the_connection_as_it_was():
    for _ in range(2):
        with pytest.raises(OperationalError) as stopped:
            ask_within(20, "SELECT pg_sleep(5)", {}, alias="default")
        assert isinstance(stopped.value.__cause__, QueryCanceled)
        assert not connection.in_atomic_block and Person.objects.count() == 0
    assert ask_within(5_000, "SELECT 7", {}, alias="default") == [(7,)]


def test_a_question_stopped_within_a_transaction_ends_with_its_part_of_it():
    with pytest.raises(OperationalError), transaction.atomic():
        ask_within(20, "SELECT pg_sleep(5)", {}, alias="default")
    assert Person.objects.count() == 0
