"""The plan: which page of which target under how many connections, and the rounds in which the cells take turns."""

import statistics
import sys
import time
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from suite.load import Target, measure
from suite.machine import wait_for_quiet

NOISE = 0.10  # share of the machine that others may take during a run
GRACE = 1.6  # seconds a cell takes beside its own: warming, starting, stopping


class Cell(NamedTuple):
    """One thing to measure again and again."""

    target: str
    kind: str
    connections: int


Runs = dict[Cell, list[dict[str, Any]]]


def plan(targets: Iterable[Target], kinds: Iterable[str], connections: Iterable[int]) -> list[Cell]:
    """The cells of these targets: the same page beside itself, so that rivals are measured next to each other."""
    found = list(targets)
    return [
        Cell(target.name, kind, number)
        for kind in kinds
        for number in connections
        for target in found
        if kind in target.paths
    ]


def turned(cells: list[Cell], number: int) -> list[Cell]:
    """The same cells, each group of rivals beginning one further: drift of the machine falls on all alike."""
    groups: dict[tuple[str, int], list[Cell]] = {}
    for cell in cells:
        groups.setdefault((cell.kind, cell.connections), []).append(cell)
    return [cell for group in groups.values() for cell in group[number % len(group) :] + group[: number % len(group)]]


def run_rounds(
    cells: list[Cell],
    targets: dict[str, Target],
    *,
    seconds: float,
    rounds: int,
    until: float,
    is_hurried: bool = False,
    say: Callable[[str], None],
) -> Runs:
    """Measure every cell once per round until the rounds or the time are over; the first round is always whole.

    A run in which others took more than their share of the machine is measured once more, and the quieter one kept;
    whoever is in a hurry takes what comes.
    """
    runs: Runs = {cell: [] for cell in cells}
    for number in range(rounds):
        for cell in turned(cells, number):
            if number and time.monotonic() + seconds + GRACE > until:
                return runs
            if not is_hurried:
                wait_for_quiet(patience=5)
            told = measure(targets[cell.target], cell.kind, cell.connections, seconds)
            if told["other"] > NOISE and not is_hurried and time.monotonic() < until:
                again = measure(targets[cell.target], cell.kind, cell.connections, seconds)
                told = min(told, again, key=lambda one: one["other"])
            runs[cell].append(told)
            say(line(number, cell, told))
    return runs


def line(number: int, cell: Cell, told: dict[str, Any]) -> str:
    return (
        f"round {number + 1}  {cell.target:<18} {cell.kind:<14} c={cell.connections:<3} {told['rate']:>9.1f}/s "
        f" p50 {told['p50']:>8.2f}  p99 {told['p99']:>8.2f} ms  cpu {told['cpu']:.3f}  errors {told['errors']}"
        + (f"  others took {told['other']:.0%}" if told["other"] > NOISE else "")
    )


def median(runs: list[dict[str, Any]]) -> dict[str, Any]:
    """The middle of the rounds, figure by figure; errors are added up."""
    told = {name: statistics.median(run[name] for run in runs) for name in ("rate", "p50", "p99", "cpu", "bytes")}
    rates = [run["rate"] for run in runs]
    return told | {
        "errors": sum(run["errors"] for run in runs),
        "low": min(rates),
        "high": max(rates),
        "other": max(run["other"] for run in runs),
        "rounds": len(runs),
    }


def medians(runs: Runs) -> dict[Cell, dict[str, Any]]:
    return {cell: median(some) for cell, some in runs.items() if some}


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)
