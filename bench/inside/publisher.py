"""Publishes, or corrects, at a steady pace through the product's own actions; writes a line for each act.

`at` is taken inside the transaction, right before it commits: no reader can have seen the new text earlier.
"""

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from kim.accounts.actor import Actor
from kim.accounts.models import Mandate
from kim.accounts.queries import actor_for
from kim.publishing import actions
from kim.publishing.models import Article, CheckPoint

POINTS = tuple(CheckPoint.values)


class Hats:
    """The actors of the boards, made once."""

    def __init__(self) -> None:
        self.known: dict[str, Actor] = {}

    def __getitem__(self, hat_id: str) -> Actor:
        if hat_id not in self.known:
            mandate = Mandate.objects.select_related("person").get(id=hat_id)
            self.known[hat_id] = actor_for(mandate.person, hat_id=hat_id, officially=False)
        return self.known[hat_id]


def publish(one: dict[str, Any], hats: Hats) -> float:
    with transaction.atomic():
        actions.publish(one["id"], points=POINTS, actor=hats[one["hat"]])
        return time.monotonic()


def correct(one: dict[str, Any], hats: Hats) -> float:
    """The title gets the number of this correction, so that a reader can tell which one is shown."""
    article = Article.objects.get(id=one["id"])
    fields = {"title": one["title"], "gist": article.gist, "body": article.body}
    with transaction.atomic():
        actions.correct(
            one["id"], fields=fields, ralat=f"Ralat ukur {one['number']}", version=article.version,
            accepts_personal=True, actor=hats[one["hat"]],
        )  # fmt: skip
        return time.monotonic()


def at_pace(work: list[dict[str, Any]], act: Callable[..., float], *, pace: float, start: float, until: float) -> list:
    """One act every 1/pace seconds; who falls behind hurries, nobody waits for the answer of another."""
    hats, done = Hats(), []
    for number, one in enumerate(work):
        due = start + number / pace
        if max(due, time.monotonic()) >= until:
            break
        time.sleep(max(0.0, due - time.monotonic()))
        begun = time.monotonic()
        try:
            done.append({"number": one["number"], "url": one.get("url", ""), "mine": one.get("mine", False),
                         "at": act(one, hats), "took": time.monotonic() - begun})  # fmt: skip
        except Exception as error:  # every failure is counted; the storm goes on
            done.append({"number": one["number"], "error": f"{type(error).__name__}: {error}"[:200]})
    return done


def told_when(ready: Path, begin: Path) -> tuple[float, float]:
    """Say that everything is set up, and wait for the others."""
    ready.touch()
    while not begin.exists():
        time.sleep(0.02)
    start, until = json.loads(begin.read_text())
    return start, until


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("told", type=Path)
    parser.add_argument("--begin", type=Path, required=True, help="a file that will tell when to begin and to end")
    parser.add_argument("--pace", type=float, required=True)
    parser.add_argument("--shift", type=float, default=0)
    parser.add_argument("--correct", action="store_true")
    options = parser.parse_args()
    connection.ensure_connection()
    work = json.loads(options.work.read_text())
    act = correct if options.correct else publish
    start, until = told_when(options.told.with_suffix(".ready"), options.begin)
    done = at_pace(work, act, pace=options.pace, start=start + options.shift, until=until)
    options.told.write_text(json.dumps(done))


if __name__ == "__main__":
    main()
