"""The notes of a load, in a schema of their own that no other part of KIM.id knows: what was ordered and what is done."""

import json
from collections.abc import Iterable
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from kim.bench.plan import Order, Portion

MAKE = """
CREATE SCHEMA IF NOT EXISTS bench;
CREATE TABLE IF NOT EXISTS bench.load (
  id int PRIMARY KEY DEFAULT 1 CHECK (id = 1), wish jsonb NOT NULL, villages int NOT NULL, covers jsonb NOT NULL DEFAULT '[]',
  secret text NOT NULL, begun_at timestamptz NOT NULL DEFAULT now(), done_at timestamptz, leaving bool DEFAULT false
);
CREATE TABLE IF NOT EXISTS bench.portion (
  number int PRIMARY KEY, first int NOT NULL, last int NOT NULL, articles int NOT NULL, rows int, done_at timestamptz
);
CREATE TABLE IF NOT EXISTS bench.aside (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, weight int NOT NULL, restore text NOT NULL UNIQUE
);
"""


def exists() -> bool:
    """Whether a load was begun here and not yet removed."""
    return bool(_one("SELECT to_regclass('bench.load') IS NOT NULL")[0]) and _one("SELECT count(*) FROM bench.load")[0]


@transaction.atomic
def begin(order: Order, villages: int, secret: str, found: Iterable[Portion]) -> None:
    """Write down what is to be done."""
    with connection.cursor() as cursor:
        cursor.execute(MAKE)
        cursor.execute(
            "INSERT INTO bench.load (wish, villages, secret) VALUES (%s, %s, %s)",
            [json.dumps(order.kept()), villages, secret],
        )
        rows = [(portion.number, portion.first, portion.last, portion.articles) for portion in found]
        cursor.executemany("INSERT INTO bench.portion (number, first, last, articles) VALUES (%s, %s, %s, %s)", rows)


def keep_covers(covers: list[str]) -> None:
    """The pictures that texts may show."""
    _run("UPDATE bench.load SET covers = %s", [json.dumps(covers)])


def note() -> dict[str, Any]:
    """The row of the load; raises TypeError when there is none, so ask `exists` first."""
    names = ("wish", "villages", "covers", "secret", "begun_at", "done_at", "leaving")
    row = dict(zip(names, _one(f"SELECT {', '.join(names)} FROM bench.load"), strict=True))
    return row | {"wish": Order.read(_read(row["wish"])), "covers": _read(row["covers"])}


def progress() -> dict[str, Any]:
    """How far the load is: portions (each of about the same weight) and articles done and in all, rows written."""
    done = "FILTER (WHERE done_at IS NOT NULL)"
    row = _one(
        f"SELECT count(*) {done}, count(*), coalesce(sum(articles) {done}, 0), coalesce(sum(articles), 0),"
        " coalesce(sum(rows), 0) FROM bench.portion"
    )
    return dict(zip(("portions", "of_portions", "articles", "of_articles", "rows"), row, strict=True))


@contextmanager
def next_portion(*, is_done: bool):
    """A portion that is done or not, locked while the caller works on it in the same transaction; None when there is none.

    When the block ends well the portion has changed sides, in the transaction of its rows: exactly once.
    """
    state = "IS NOT NULL" if is_done else "IS NULL"
    with transaction.atomic():
        row = _one(
            f"SELECT number, first, last, articles FROM bench.portion WHERE done_at {state} "
            "ORDER BY number LIMIT 1 FOR UPDATE SKIP LOCKED"
        )
        result: dict[str, int] = {}
        yield (Portion(*row), result) if row else None
        if row:
            change = "done_at = NULL, rows = NULL" if is_done else "done_at = clock_timestamp(), rows = %s"
            values = [row[0]] if is_done else [result.get("rows", 0), row[0]]
            _run(f"UPDATE bench.portion SET {change} WHERE number = %s", values)


def finish() -> None:
    _run("UPDATE bench.load SET done_at = clock_timestamp()", [])


def leave() -> None:
    """From here on the load is only taken away."""
    _run("UPDATE bench.load SET leaving = true", [])


def forget() -> None:
    """Nothing of the notes is left."""
    _run("DROP SCHEMA IF EXISTS bench CASCADE", [])


def _read(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _one(sql: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()


def _run(sql: str, values: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
