"""One packet to every KIM of the nation while people use the site: how long it takes, and how much slower pages answer.

People ask at a steady pace, as people do: whoever asks as fast as the server can answer measures the queue, not the page.
Quiet, fan-out, quiet: the two quiet spells together are what the fan-out is held against.
"""

import json
import threading
import time
from collections.abc import Callable
from typing import Any

from suite.load import Wrong
from suite.servers import LOOPBACK, Site
from suite.staleness import share
from suite.visitor import Visitor

PACE = 8.0  # of each kind of page, per second
LONGEST = 180.0  # seconds until every KIM must have its copy
KINDS = ("article", "home", "province", "desk", "office", "reach")


def blow(site: Site, *, port: int, cold: int, seconds: float, say: Callable[[str], None]) -> dict[str, Any]:
    """Measure; `port` keeps pages, `cold` makes each anew. Names with `cold-` are asked there."""
    asked = _asked(site, port, cold)
    say(f"quiet for {seconds:.0f} s")
    quiet = _spell(asked, seconds)
    begun = time.monotonic()
    packet = json.loads(site.run("-m", "inside", "packet", "issue"))["id"]
    say("a packet to every KIM")
    busy = _spell(asked, seconds)
    told = _wait(site, packet, begun)
    say(f"quiet again for {seconds:.0f} s")
    again = _spell(asked, seconds)
    return told | {"pages": {name: _compared(quiet[name], again[name], busy[name]) for name in asked}}


def _asked(site: Site, port: int, cold: int) -> dict[str, tuple[int, str, list[str]]]:
    """Name → port, cookie, paths."""
    ways = site.prepared["paths"] | {name: [path] for name, (path, _) in site.prepared["desks"].items()}
    cookies = {name: cookie for name, (_, cookie) in site.prepared["desks"].items()}
    found = {name: (port, cookies.get(name, ""), ways[name]) for name in KINDS if name in ways}
    return found | {f"cold-{name}": (cold, "", ways[name]) for name in ("article", "province", "search")}


def _spell(asked: dict[str, tuple[int, str, list[str]]], seconds: float) -> dict[str, list[float]]:
    """The milliseconds of every answer; what was not answered well ends the measurement."""
    until, took = time.monotonic() + seconds, {name: [] for name in asked}
    crew = [threading.Thread(target=_ask, args=(*how, until, took[name])) for name, how in asked.items()]
    for one in crew:
        one.start()
    for one in crew:
        one.join()
    return took


def _ask(port: int, cookie: str, paths: list[str], until: float, took: list[float]) -> None:
    visitor, number = Visitor(f"http://{LOOPBACK}:{port}", cookie), 0
    start = time.monotonic()
    while (due := start + number / PACE) < until:
        time.sleep(max(0.0, due - time.monotonic()))
        begun = time.perf_counter()
        status, _ = visitor.get(paths[number % len(paths)])
        took.append(1000 * (time.perf_counter() - begun) if status == 200 else float("inf"))
        number += 1
    visitor.close()


def _wait(site: Site, packet: str, begun: float) -> dict[str, Any]:
    """Until every KIM has its copy; how many that are and how long it took."""
    while time.monotonic() < begun + LONGEST:
        told = json.loads(site.run("-m", "inside", "packet", "told", packet))
        if told["is_done"]:
            return told
        time.sleep(1)
    raise Wrong("The packet did not reach every KIM in time; is the worker of the site running?")


def _compared(quiet: list[float], again: list[float], busy: list[float]) -> dict[str, float]:
    before = [*quiet, *again]
    figures = {
        f"{name}_p{round(100 * at)}": share(some, at)
        for name, some in (("quiet", before), ("busy", busy))
        for at in (0.5, 0.99)
    }
    return figures | {
        "p50_ratio": figures["busy_p50"] / figures["quiet_p50"], "p99_ratio": figures["busy_p99"] / figures["quiet_p99"],
        "errors": sum(one == float("inf") for one in (*before, *busy)), "answers": len(busy),
    }  # fmt: skip
