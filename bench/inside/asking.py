"""Asks pages and queries again and again inside the site's own Django, and keeps what the database had to do for it."""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection
from django.test import Client

ROUNDS, MOST = 3, 120  # each address so often, but no more answers than this of one kind
Ask = Callable[[], None]


@dataclass
class Told:
    """What one answer cost: milliseconds until the database had answered, those it worked, questions, rows of the largest."""

    took: float = 0.0
    worked: float = 0.0
    questions: int = 0
    rows: int = 0
    slowest: tuple[float, str] = (0.0, "")

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        begun = time.perf_counter()
        answer = execute(sql, params, many, context)
        took = 1000 * (time.perf_counter() - begun)
        self.took, self.questions = self.took + took, self.questions + 1
        self.rows = max(self.rows, context["cursor"].rowcount)
        self.slowest = max(self.slowest, (took, " ".join(sql.split())))
        return answer


@contextmanager
def listening() -> Iterator[Told]:
    told = Told()
    with connection.execute_wrapper(told):
        before = _worked()
        yield told
        told.worked = _worked() - before


def _worked() -> float:
    """Milliseconds of processor the database's own process for us has had (Linux tells it to the nanosecond; else nothing)."""
    connection.ensure_connection()
    file = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return int(file.read_text().split()[0]) / 1e6 if file.exists() else 0.0


def page(path: str, cookie: str = "") -> Ask:
    """One page as a browser asks for it, made anew; whatever is not 200 ends the measurement."""
    client = Client(SERVER_NAME="localhost", **({"HTTP_COOKIE": cookie} if cookie else {}))

    def ask() -> None:
        answer = client.get(path)
        if answer.status_code != 200:
            raise SystemExit(f"{path} answers {answer.status_code} instead of 200.")

    return ask


def costs(asks: Sequence[Ask]) -> dict[str, Any]:
    """The figures of one kind: every ask once to warm up, then in turn; the middle, 95 of 100, the longest."""
    chance = random.Random(7)
    chosen = list(asks) if len(asks) <= MOST else chance.sample(list(asks), MOST)
    for ask in chosen:
        ask()
    told = [_one(ask) for _ in range(min(ROUNDS, max(1, MOST // len(chosen)))) for ask in chosen]
    took, worked = sorted(one.took for one in told), sorted(one.worked for one in told)
    return {
        "p50": took[len(took) // 2], "p95": _share(took, 0.95), "max": took[-1],
        "worked_p50": worked[len(worked) // 2], "worked_p95": _share(worked, 0.95), "worked_max": worked[-1],
        "questions": max(one.questions for one in told), "fewest": min(one.questions for one in told),
        "rows": max(one.rows for one in told), "answers": len(told), "slowest": max(one.slowest for one in told)[1][:400],
    }  # fmt: skip


def _share(sorted_: Sequence[float], part: float) -> float:
    return sorted_[min(len(sorted_) - 1, int(part * len(sorted_)))]


def _one(ask: Ask) -> Told:
    with listening() as told:
        ask()
    return told
