"""Public pages read from a streaming replica, where there is one, and never older than what this process knows of.

The replica is used when it has replayed as far as `needs` was told by whoever hears of changes for the kept pages
(without KIM_PAGES nobody does, and it is not used); everything else, and everything while it is away or behind, is
read from the primary. A page that fails on the replica is made again on the primary, so that its death
is nobody's error page.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connections

log = logging.getLogger(__name__)
ALIAS = "replica"
WROTE = "kim_menulis"  # says for some seconds that this reader has written; the page cache lets it pass by as well
WROTE_FOR = 10
SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")
FIRST_REST, LONGEST_REST = 5, 60  # seconds before a replica that failed is tried again

POSITION = "SELECT pg_current_wal_lsn()::text"
PROGRESS = "SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()::text END"

_is_reading: ContextVar[bool] = ContextVar("is_reading", default=False)


class Standing:
    """What this process knows about the replica."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.needed: int | None = None  # unknown until the primary was asked once
        self.failures = 0
        self.shut_until = 0.0
        self.seen = threading.local()  # how far the replica was, on this thread's connection


standing = Standing()


def needs(lsn: str) -> None:
    """From now on a page made here must know everything up to this place in the log of the primary."""
    with standing.lock:
        standing.needed = max(standing.needed or 0, place(lsn))


def place(lsn: str) -> int:
    high, _, low = lsn.partition("/")
    return (int(high, 16) << 32) + int(low, 16)


class Router:
    """Reads inside `from_replica` go there, unless a transaction is open; everything else goes to the primary."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        return ALIAS if _is_reading.get() and not connections[DEFAULT_DB_ALIAS].in_atomic_block else DEFAULT_DB_ALIAS

    def db_for_write(self, model: Any, **hints: Any) -> str:
        _is_reading.set(False)  # what is read after it may depend on it
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == DEFAULT_DB_ALIAS


class ReplicaMiddleware:
    """Sends the reads of public pages to the replica. It stands last, next to the view.

    Whoever has just written gets a short-lived cookie; with it, or with a session, nothing is read from the replica.
    """

    def __init__(self, get_response: Callable[[Any], Any]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> Any:
        response = self.get_response(request)
        if request.method not in SAFE and response.status_code < 400:
            response.set_cookie(
                WROTE, "1", max_age=WROTE_FOR, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
            )
        return response

    def process_view(self, request: Any, view: Callable, args: tuple, kwargs: dict) -> Any:
        is_wanted = settings.KIM_REPLICA_URL and settings.KIM_PAGES and _is_for_everybody(request, view)
        if not is_wanted or not is_fit():
            return None
        try:
            with from_replica():
                return view(request, *args, **kwargs)
        except Exception as error:  # Django runs the view again, on the primary, and raises there what is to be raised
            if isinstance(error, Error) and not _is_whole():
                _shut(error)
            return None


def _is_for_everybody(request: Any, view: Callable) -> bool:
    cookies = request.COOKIES
    return (
        getattr(view, "access", "") == "public"
        and request.method in SAFE
        and WROTE not in cookies
        and settings.SESSION_COOKIE_NAME not in cookies
    )


@contextmanager
def from_replica() -> Iterator[None]:
    """Reads inside go to the replica, until something is written."""
    token = _is_reading.set(True)
    try:
        yield
    finally:
        _is_reading.reset(token)


def is_fit() -> bool:
    """The replica answers and knows everything this process has heard of. Most often no question is asked for it."""
    if monotonic() < standing.shut_until:
        return False
    if standing.needed is None:
        needs(_asked(DEFAULT_DB_ALIAS, POSITION))
    try:
        return _last_seen() >= standing.needed or _look() >= standing.needed
    except Error as error:
        _shut(error)
        return False


def _last_seen() -> int:
    """How far it was when last asked; another connection may lead to another server, and counts from nothing."""
    is_same = getattr(standing.seen, "connection", None) is connections[ALIAS].connection
    return standing.seen.place if is_same and connections[ALIAS].connection is not None else -1


def _look() -> int:
    lsn = _asked(ALIAS, PROGRESS)
    if lsn is None:
        raise Error("the server at KIM_REPLICA_URL is no replica")
    standing.failures = 0
    standing.seen.connection, standing.seen.place = connections[ALIAS].connection, place(lsn)
    return standing.seen.place


def _asked(alias: str, question: str) -> Any:
    with connections[alias].cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]


def _is_whole() -> bool:
    """The connection stands: the error was the question's own, such as a page cancelled by the replay."""
    connection = connections[ALIAS].connection
    return connection is not None and not connection.closed


def _shut(error: Exception) -> None:
    rest = min(FIRST_REST * 2**standing.failures, LONGEST_REST)
    standing.shut_until, standing.failures = monotonic() + rest, min(standing.failures + 1, 10)
    log.warning("reading from the primary for %d s: %s", rest, error)
    with suppress(Error):
        connections[ALIAS].close()
