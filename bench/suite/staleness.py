"""How old what readers saw was, reckoned from what was committed when and what each look at a page showed.

An act is on a page when the page shows it or a later one. A look is stale by the time between the commit of the
earliest act it should have shown, and did not, and the moment its answer had arrived.
"""

from bisect import bisect_right
from collections.abc import Iterable
from typing import Any, NamedTuple


class Look(NamedTuple):
    """One answer: which page over which connection, when, and the numbers of the storm it showed."""

    place: str
    page: str
    asked: float
    answered: float
    status: int
    numbers: tuple[int, ...]


class Acts:
    """The acts one page has to show, in the order of their commits."""

    def __init__(self, committed: dict[int, float]) -> None:
        self.at = committed
        self.times = sorted(committed.values())

    def newest_shown(self, numbers: Iterable[int]) -> float:
        return max((self.at[number] for number in numbers if number in self.at), default=float("-inf"))

    def stale(self, look: Look) -> float:
        """Seconds this answer was behind; 0 when it showed everything that had been committed."""
        place = bisect_right(self.times, self.newest_shown(look.numbers))
        if place == len(self.times) or self.times[place] > look.answered:
            return 0.0
        return look.answered - self.times[place]


def everywhere(acts: Acts, looks: list[Look], places: set[str]) -> list[float]:
    """For each act, seconds from its commit until every place had shown it or a later one; unseen ones are left out."""
    first: dict[str, list[tuple[float, float]]] = {place: [] for place in places}
    best = dict.fromkeys(places, float("-inf"))
    for look in sorted(looks, key=lambda look: look.answered):
        newest = acts.newest_shown(look.numbers)
        if newest > best[look.place]:
            best[look.place] = newest
            first[look.place].append((newest, look.answered))
    found = []
    for committed in acts.times:
        seen = [next((at for newest, at in rows if newest >= committed), None) for rows in first.values()]
        if seen and all(at is not None for at in seen):
            found.append(max(at for at in seen if at is not None) - committed)
    return found


def share(values: list[float], part: float) -> float | None:
    """The value below which this part of them lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))] if ordered else None


def reckon(looks: list[Look], shown_on: dict[str, Acts]) -> dict[str, Any]:
    """Per page and in all: the longest staleness, how often an old page was seen, and when new texts were everywhere."""
    pages: dict[str, dict[str, Any]] = {}
    for page, acts in shown_on.items():
        mine = [look for look in looks if look.page == page and look.status == 200]
        stale = [acts.stale(look) for look in mine]
        seen = everywhere(acts, mine, {look.place for look in mine})
        pages[page] = {
            "looks": len(mine),
            "acts": len(acts.times),
            "stale_looks": sum(value > 0 for value in stale),
            "max_stale": max(stale, default=None),
            "everywhere_median": share(seen, 0.5),
            "everywhere_p99": share(seen, 0.99),
            "everywhere_max": max(seen, default=None),
            "never_everywhere": len(acts.times) - len(seen),
        }
    worst = [page["max_stale"] for page in pages.values() if page["max_stale"] is not None]
    return {"pages": pages, "max_stale_seconds": max(worst, default=None), "looks": len(looks)}
