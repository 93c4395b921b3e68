"""Writing acts over HTTP, as people do them: signing in, publishing a decided text, importing a list."""

import csv
import io
import json
import re
import statistics
import threading
import time
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Any

from suite import machine
from suite.load import Wrong
from suite.servers import Site
from suite.visitor import Visitor, hidden_fields

POINTS = ("facts", "source", "consent", "respect", "privacy")
COLUMNS = ("Nama KIM", "Kode desa", "Ketua", "Jumlah anggota")
ROWS = 200
PATIENCE = 90


def as_json(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))


def sign_in(site: Site, *, hands: int, seconds: float) -> dict[str, Any]:
    """Boards come in by phone and PIN: the page, then the form. Each has an address and a browser of their own."""
    people: SimpleQueue[tuple[int, str]] = SimpleQueue()
    for number, board in enumerate(site.prepared["boards"]):
        people.put((number, board["phone"]))

    def one(_: int) -> float:
        number, phone = people.get_nowait()
        source = f"127.{number // 200 + 1}.{int(time.time()) % 250}.{number % 200 + 1}"
        visitor = Visitor(site.base, source=source)
        _, page = visitor.get("/masuk/")
        fields = [*hidden_fields(page), ("phone", phone), ("pin", site.prepared["pin"])]
        status, to, took = visitor.post("/masuk/", fields)
        visitor.close()
        if (status, to) != (302, "/kerja/"):
            raise Wrong(f"Signing in answers {status}.")
        return took

    return _crowd(site, one, hands=hands, seconds=seconds)


def publish(site: Site, *, hands: int, seconds: float) -> dict[str, Any]:
    """The board looks at the check page of a decided text, ticks everything and publishes it. The POST is timed."""
    waiting: SimpleQueue[dict[str, Any]] = SimpleQueue()
    for draft in site.prepared["drafts"]:
        waiting.put(draft)
    cookies = [board["cookie"] for board in site.prepared["boards"]]

    def one(_: int) -> float:
        draft = waiting.get_nowait()
        visitor = Visitor(site.base, cookies[draft["hat"]])
        path = f"/kerja/kabar/{draft['id']}/periksa/"
        _, page = visitor.get(path)
        fields = [*hidden_fields(page), *(("points", point) for point in POINTS), ("do", "terbit")]
        status, _, took = visitor.post(path, fields)
        visitor.close()
        if status != 302:
            raise Wrong(f"Publishing answers {status}.")
        return took

    return _crowd(site, one, hands=hands, seconds=seconds)


def import_list(site: Site) -> dict[str, Any]:
    """An office uploads a list of 200 KIM, says what the columns mean, confirms; the worker writes it."""
    roots = site.roots("warm", "worker")
    before, begun = machine.processor_seconds(machine.family(roots)), time.perf_counter()
    visitor = Visitor(site.base, site.prepared["office"])
    _, page = visitor.get("/kantor/impor/")
    status, to = visitor.send_file("/kantor/impor/", hidden_fields(page), "daftar.csv", _list(site))
    if status != 302:
        raise Wrong(f"Uploading the list answers {status}.")
    checked = _map(visitor, to)
    written = _confirm(visitor, to)
    seconds = time.perf_counter() - begun
    visitor.close()
    spent = machine.processor_seconds(machine.family(roots)) - before
    return {
        "rows": written, "seconds": round(seconds, 2), "checked_after": round(checked - begun, 2),
        "rate": written / seconds, "cpu": 1000 * spent / max(1, written), "errors": ROWS - written,
    }  # fmt: skip


def _list(site: Site) -> bytes:
    codes = site.prepared["villages"]
    stamp = f"{int(time.time()):x}"
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(COLUMNS)
    for number in range(ROWS):
        rows.writerow([f"KIM Ukur {stamp} {number}", codes[number % len(codes)], f"Ketua Ukur {number}", 12])
    return text.getvalue().encode()


def _map(visitor: Visitor, detail: str) -> float:
    """Take the columns as they are guessed, which checks the list; returns when that was done."""
    _, page = visitor.get(f"{detail}kolom/")
    chosen = re.findall(r'<select[^>]*name="(k\d+)".*?<option value="([^"]*)"[^>]*selected', page, re.DOTALL)
    status, _, _ = visitor.post(f"{detail}kolom/", [*hidden_fields(page), *chosen])
    if status != 302:
        raise Wrong(f"Mapping the columns of the list answers {status}.")
    return time.perf_counter()


def _confirm(visitor: Visitor, detail: str) -> int:
    """Confirm, wait until the worker has gone through the list; returns how many rows it wrote."""
    _, page = visitor.get(detail)
    status, _, _ = visitor.post(f"{detail}tulis/", hidden_fields(page))
    if status != 302:
        raise Wrong(f"Confirming the list answers {status}.")
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        _, page = visitor.get(detail)
        if "Sedang menulis" not in page:
            found = re.search(r"sudah ditulis</dt><dd>(\d+)", page)
            return int(found[1]) if found else 0
        time.sleep(0.2)
    raise Wrong(f"The worker did not write the list within {PATIENCE} seconds.")


def _crowd(site: Site, one: Callable[[int], float], *, hands: int, seconds: float) -> dict[str, Any]:
    """Several people at once, each doing it again and again until the time or the work is over."""
    took: list[float] = []
    wrong: list[str] = []
    roots = site.roots("warm", "worker")
    before, begun = machine.processor_seconds(machine.family(roots)), time.perf_counter()
    end = begun + seconds

    def work(number: int) -> None:
        while time.perf_counter() < end:
            try:
                took.append(one(number))
            except Empty:
                return
            except (Wrong, OSError) as error:
                wrong.append(str(error))

    threads = [threading.Thread(target=work, args=[number]) for number in range(hands)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lasted = time.perf_counter() - begun
    spent = machine.processor_seconds(machine.family(roots)) - before
    return summary(took, wrong, lasted, spent)


def summary(took: list[float], wrong: list[str], lasted: float, spent: float) -> dict[str, Any]:
    """The same figures as of a page; percentiles of what was timed."""
    ordered = sorted(took) or [0.0]
    return {
        "rate": len(took) / lasted,
        "count": len(took),
        "p50": 1000 * statistics.median(ordered),
        "p99": 1000 * ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))],
        "cpu": 1000 * spent / max(1, len(took)),
        "errors": len(wrong),
        "wrong": sorted(set(wrong))[:3],
    }
