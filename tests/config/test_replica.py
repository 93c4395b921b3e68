"""What may be read from a replica, decided without one; `tests/scale` tries it with a real one."""

import pytest
from django.db import DEFAULT_DB_ALIAS, OperationalError, transaction
from django.http import HttpResponse
from django.test import RequestFactory

from kim.config import replica
from kim.config.replica import ALIAS, ReplicaMiddleware, Router, Standing, from_replica, needs, place
from kim.doors.access import anyone, public


@pytest.fixture
def fit(monkeypatch, settings):
    """A replica that is up and knows everything."""
    settings.KIM_REPLICA_URL = "postgresql://elsewhere/kim"
    monkeypatch.setattr(replica, "standing", Standing())
    monkeypatch.setattr(replica, "is_fit", lambda: True)


@public
def page(request):
    return HttpResponse(Router().db_for_read(None))


@anyone
def form(request):
    return HttpResponse(Router().db_for_read(None))


def where(view, method="GET", **cookies):
    """Which database a view reads from."""
    request = RequestFactory().generic(method, "/")
    request.COOKIES = cookies
    middleware = ReplicaMiddleware(lambda request: None)
    return (middleware.process_view(request, view, (), {}) or view(request)).content.decode()


def test_places_in_the_log_are_ordered_as_numbers():
    assert place("0/FFFFFFFF") < place("1/0") < place("A/1") < place("10/0")


def test_only_public_pages_of_readers_who_have_not_written_are_read_from_the_replica(fit):
    assert where(page) == ALIAS
    assert where(form) == DEFAULT_DB_ALIAS
    assert where(page, kim_menulis="1") == DEFAULT_DB_ALIAS
    assert where(page, sessionid="abc") == DEFAULT_DB_ALIAS


def test_without_the_setting_nothing_is_read_from_a_replica(fit, settings):
    settings.KIM_REPLICA_URL = ""
    assert where(page) == DEFAULT_DB_ALIAS


def test_outside_of_a_page_everything_is_on_the_primary():
    assert Router().db_for_read(None) == Router().db_for_write(None) == DEFAULT_DB_ALIAS


@pytest.mark.django_db
def test_inside_a_transaction_and_after_a_write_reads_stay_on_the_primary():
    with from_replica(), transaction.atomic():
        assert Router().db_for_read(None) == DEFAULT_DB_ALIAS
    with from_replica():
        Router().db_for_write(None)
        assert Router().db_for_read(None) == DEFAULT_DB_ALIAS


def test_a_page_that_fails_on_the_replica_is_made_on_the_primary(fit, monkeypatch):
    monkeypatch.setattr(replica, "_is_whole", lambda: False)
    shut = []
    monkeypatch.setattr(replica, "_shut", shut.append)

    @public
    def fails_there(request):
        if Router().db_for_read(None) == ALIAS:
            raise OperationalError("terminating connection due to administrator command")
        return HttpResponse("made")

    assert where(fails_there) == "made"
    assert len(shut) == 1


def test_a_replica_that_failed_is_left_alone_longer_each_time(monkeypatch):
    standing = Standing()
    monkeypatch.setattr(replica, "standing", standing)
    monkeypatch.setattr(replica, "monotonic", lambda: 1000.0)
    monkeypatch.setattr(replica, "connections", {ALIAS: type("Gone", (), {"close": lambda self: None})()})
    rests = []
    for _ in range(6):
        replica._shut(OperationalError("gone"))
        rests.append(standing.shut_until - 1000.0)
    assert rests == [5, 10, 20, 40, 60, 60]
    assert not replica.is_fit()


def test_what_is_needed_never_goes_back(monkeypatch):
    monkeypatch.setattr(replica, "standing", Standing())
    needs("0/300")
    needs("0/200")
    assert replica.standing.needed == 0x300


@pytest.mark.parametrize(
    ("method", "status", "is_marked"), [("POST", 302, True), ("POST", 409, False), ("GET", 200, False)]
)
def test_whoever_has_written_is_marked_for_some_seconds(method, status, is_marked):
    answered = ReplicaMiddleware(lambda request: HttpResponse(status=status))(RequestFactory().generic(method, "/"))
    assert (answered.cookies["kim_menulis"]["max-age"] == 10) if is_marked else not answered.cookies
