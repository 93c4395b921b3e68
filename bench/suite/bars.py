"""The bars of the issue, each reckoned from what this very run has measured. What was not measured says so."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from suite.cells import Cell

Medians = dict[Cell, dict[str, Any]]
WARM, FRONT, COLD = "kim", "kim+nginx", "kim-cold"
GROWN = 1.5
QUICK, NEAR = 50, 100  # milliseconds in the database of a page about voices, and of the search for a claim
QUESTIONS = 20  # of one page, whatever the size
FLAT = 24  # MB that count as flat: what a process may wander by itself


class Bar(NamedTuple):
    """One bar: what, how much, against what, and whether it is met (None: not measured)."""

    name: str
    value: float | None
    target: float
    is_least: bool  # the target is the least that will do; else the most
    unit: str = "×"

    @property
    def is_met(self) -> bool | None:
        if self.value is None:
            return None
        return self.value >= self.target if self.is_least else self.value <= self.target

    @property
    def verdict(self) -> str:
        return {True: "OK", False: "NO", None: "not measured"}[self.is_met]


def ratio(told: Medians, above: Cell, below: Cell, figure: str) -> float | None:
    """One cell's figure divided by another's of the same run."""
    one, other = told.get(above), told.get(below)
    if not one or not other or not other[figure]:
        return None
    return one[figure] / other[figure]


def all_bars(told: Medians, results: dict[str, Any]) -> list[Bar]:
    """Every bar in the order of the issue. `results` holds memory, storm and which sizes were measured."""
    return [
        *_warm(told),
        *_front(told),
        *_cold(told),
        *_growth(told, results),
        *_memory(results),
        *_voices(results),
        *_fan_out(results),
        *_storm(results),
    ]


def _worst(values: Iterable[float | None], pick: Callable[[list[float]], float]) -> float | None:
    known = [value for value in values if value is not None]
    return pick(known) if known else None


def _warm(told: Medians) -> list[Bar]:
    found = []
    for kind in ("article", "home"):
        for at in (8, 64):
            mine = Cell(WARM, kind, at)
            for rival, least in (("static", 0.6), ("trivial", 0.6), ("wordpress+cache", 5), ("wordpress", 500)):
                name = f"{kind} warm c={at}: requests/s against {rival}"
                found.append(Bar(name, ratio(told, mine, Cell(rival, kind, at), "rate"), least, True))
            cpu = told[mine]["cpu"] if mine in told else None
            found.append(Bar(f"{kind} warm c={at}: CPU seconds per 1,000", cpu, 0.04, False, " s"))
        p99 = ratio(told, Cell(WARM, kind, 64), Cell("static", kind, 64), "p99")
        found.append(Bar(f"{kind} warm c=64: p99 against static", p99, 2, False))
    return found


def _front(told: Medians) -> list[Bar]:
    return [
        Bar(
            f"{kind} behind shipped nginx c={at}: requests/s against static",
            ratio(told, Cell(FRONT, kind, at), Cell("static", kind, at), "rate"),
            1.0,
            True,
        )
        for kind in ("article", "home")
        for at in (8, 64)
    ]


def _cold(told: Medians) -> list[Bar]:
    pairs = (("article", "article"), ("home", "home"), ("kim", "kim"), ("province", "province"))
    found = []
    for floor in ("floor", "django-floor"):
        for kind, other in pairs:
            like = "list" if floor == "django-floor" and kind in ("kim", "province") else other
            value = ratio(told, Cell(COLD, kind, 8), Cell(floor, like, 8), "cpu")
            found.append(Bar(f"{kind} cold c=8: CPU against {floor}", value, 1.0, False))
        for kind, words in (("search", "search"), ("search-common", "search for a common word")):
            value = ratio(told, Cell(COLD, kind, 8), Cell(floor, "search", 8), "rate")
            if floor == "floor":
                value = ratio(told, Cell(COLD, kind, 8), Cell(floor, kind, 8), "rate")
            found.append(Bar(f"{words} c=8: requests/s of the nation against {floor} with 10,000", value, 1.0, True))
    return [bar for bar in found if bar.value is not None or "django-floor" not in bar.name]


def _growth(told: Medians, results: dict[str, Any]) -> list[Bar]:
    """The largest and the smallest size measured, page by page, cold and warm."""
    sizes = results.get("sizes") or []
    if len(sizes) < 2:
        return [Bar("growth from the smallest to the largest nation", None, GROWN, False)]
    small = sizes[-1]
    found = []
    for way in (COLD, WARM):
        for cell in [cell for cell in told if cell.target == way]:
            below = Cell(f"{way}@{small}", cell.kind, cell.connections)
            for figure in ("p50", "p99"):
                value = ratio(told, cell, below, figure)
                if value is not None:
                    name = f"{cell.kind} {'cold' if way == COLD else 'warm'} c={cell.connections}: {figure} {sizes[0]}/{small}"
                    found.append(Bar(name, value, GROWN, False))
    return found


def _memory(results: dict[str, Any]) -> list[Bar]:
    memory = results.get("memory") or {}
    exported = results.get("export") or {}
    grown = exported.get("grown_mb") if exported.get("rows", 0) >= 100_000 else None
    return [
        Bar("memory at rest, two web processes and the worker (PSS)", memory.get("rest_mb"), 350, False, " MB"),
        Bar("export of 100,000 rows: the web server grows by", grown, FLAT, False, " MB"),
    ]


def _voices(results: dict[str, Any]) -> list[Bar]:
    """The largest nation, page by page; and how many questions the page asks that asks most, at any size."""
    found = results.get("voices") or {}
    if not found:
        return [Bar("voices: database time", None, QUICK, False, " ms")]
    bars = [
        Bar(
            f"voices: {name}, database time of 95 in 100",
            one["p95"],
            NEAR if name == "near ones" else QUICK,
            False,
            " ms",
        )
        for name, one in next(iter(found.values()))["asked"].items()
    ]
    most = max(one["questions"] for told in found.values() for one in told["asked"].values())
    return [*bars, Bar("voices: most questions of one page", most, QUESTIONS, False, "")]


def _fan_out(results: dict[str, Any]) -> list[Bar]:
    """A packet of the centre goes to every KIM; kept pages, made ones and those of people signed in meanwhile."""
    found = results.get("fanout") or {}
    pages = found.get("pages") or {}
    bars = [Bar("fan-out to every KIM", found.get("seconds"), 60, False, " s")]
    bars += [
        Bar(f"fan-out: {name} {at} against quiet", one[f"{at}_ratio"], 2, False)
        for name, one in pages.items()
        for at in ("p50", "p99")
    ]
    return bars or [Bar("fan-out: pages against quiet", None, 2, False)]


def _storm(results: dict[str, Any]) -> list[Bar]:
    storm = results.get("storm") or {}
    errors = storm.get("errors")
    return [
        Bar("storm: publishes per second reached", storm.get("publishes_per_second"), 45, True, "/s"),
        Bar("storm: longest an old page was served after the commit", storm.get("max_stale_seconds"), 2, False, " s"),
        Bar("storm: errors", errors, 0, False, ""),
        Bar("storm: readers' p99 against quiet", storm.get("p99_ratio"), 3, False),
    ]


def counted(bars: list[Bar]) -> str:
    met = sum(bar.is_met is True for bar in bars)
    missed = sum(bar.is_met is False for bar in bars)
    return f"{met} bars met, {missed} missed, {len(bars) - met - missed} not measured"


def as_rows(bars: list[Bar]) -> list[dict[str, Any]]:
    return [{"bar": bar.name, "value": bar.value, "target": bar.target, "verdict": bar.verdict} for bar in bars]
