"""A long list downloaded whole: how fast its rows come, and whether the web server's memory stays flat meanwhile."""

import threading
import time
from typing import Any

from suite import machine
from suite.load import Wrong
from suite.servers import Site
from suite.visitor import Visitor, hidden_fields

ROWS = 100_000
LIST, DOWNLOAD = "/kantor/kabar/?rak=terbit", "/kantor/kabar/unduh.csv"


class Scale(threading.Thread):
    """Weighs some processes again and again, and keeps the most."""

    def __init__(self, roots: list[int]) -> None:
        super().__init__(daemon=True)
        self.roots, self.most, self.is_over = roots, machine.proportional_megabytes(roots), False

    def run(self) -> None:
        while not self.is_over:
            self.most = max(self.most, machine.proportional_megabytes(self.roots))
            time.sleep(0.1)


def export(site: Site) -> dict[str, Any]:
    """The ministry downloads the list of articles, up to its 100,000th row."""
    roots = [site.pids["warm"]]
    visitor = Visitor(site.base, site.prepared["ministry"])
    _, page = visitor.get(LIST)
    before, begun = machine.proportional_megabytes(roots), time.perf_counter()
    scale = Scale(roots)
    scale.start()
    rows = _rows(visitor, [*hidden_fields(page), ("rak", "terbit")])
    seconds = time.perf_counter() - begun
    scale.is_over = True
    scale.join()
    visitor.close()
    return {"rows": rows, "seconds": round(seconds, 2), "rows_per_second": rows / seconds,
            "before_mb": before, "most_mb": scale.most, "grown_mb": round(scale.most - before, 1)}  # fmt: skip


def _rows(visitor: Visitor, fields: list[tuple[str, str]]) -> int:
    status, parts = visitor.stream(DOWNLOAD, fields)
    if status != 200:
        raise Wrong(f"The download of the list answers {status}.")
    rows = -1  # the heading
    for part in parts:
        rows += part.count(b"\n")
        if rows >= ROWS:
            break
    return rows
