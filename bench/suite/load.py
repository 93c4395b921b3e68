"""One target under load for some seconds: wrk asks, /proc tells what the answers cost."""

import gzip
import http.client
import os
import resource
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from suite import machine

SCRIPT = Path(__file__).with_name("wrk.lua")
SLOW = 0.03  # seconds of one answer from which warming with load would leave abandoned requests behind


class Wrong(Exception):
    """The measurement cannot go on; the message says why in one sentence."""


@dataclass
class Target:
    """Something that answers over HTTP on this machine. `roots` gives the processes that work for it."""

    name: str
    base: str
    paths: dict[str, list[str]]
    roots: Callable[[], list[int]]
    headers: dict[str, dict[str, str]] = field(default_factory=dict)  # of a kind of page
    size: str = ""

    def headers_for(self, kind: str) -> dict[str, str]:
        return {**self.headers.get("*", {}), **self.headers.get(kind, {})}


def fetch(base: str, path: str, headers: dict[str, str] | None = None, encoding: str = "gzip") -> tuple[int, bytes]:
    """Status and the body as sent."""
    parts = urlsplit(base)
    connection = http.client.HTTPConnection(parts.hostname or "127.0.0.1", parts.port or 80, timeout=60)
    try:
        connection.request("GET", path, headers={"Accept-Encoding": encoding, **(headers or {})})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def plain(body: bytes) -> bytes:
    return gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body


def told(output: str) -> dict[str, float]:
    """The figures of wrk's last line."""
    line = next((line for line in reversed(output.splitlines()) if line.startswith("TOLD ")), "")
    if not line:
        raise Wrong(f"wrk gave no figures: {output.strip()[-300:]}")
    return {name: float(value) for name, value in (part.split("=") for part in line.split()[1:])}


def begin_wrk(
    base: str, paths: list[str], headers: dict[str, str], connections: int, seconds: float
) -> tuple[subprocess.Popen[str], Path]:
    """Start wrk and return at once, with the file of addresses to remove afterwards."""
    handle, name = tempfile.mkstemp(suffix=".paths")
    with os.fdopen(handle, "w") as file:
        file.write("\n".join(paths) + "\n")
    command = [machine.tool("wrk"), "-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s", "--timeout", "30s"]
    for word, value in {"Accept-Encoding": "gzip", **headers}.items():
        command += ["-H", f"{word}: {value}"]
    command += ["-s", str(SCRIPT), base, "--", name]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True), Path(name)


def end_wrk(process: subprocess.Popen[str], file: Path) -> dict[str, float]:
    output, _ = process.communicate(timeout=180)
    file.unlink(missing_ok=True)
    return told(output)


def wrk(base: str, paths: list[str], headers: dict[str, str], connections: int, seconds: float) -> dict[str, float]:
    return end_wrk(*begin_wrk(base, paths, headers, connections, seconds))


def reckon(told: dict[str, float], *, server: float, client: float, machine_busy: float, cores: int) -> dict[str, Any]:
    """The figures of one run from what wrk said and the processor seconds of server, wrk and whole machine."""
    requests, seconds = max(1.0, told["requests"]), told["seconds"]
    other = max(0.0, machine_busy - server - client) / seconds / cores
    return {
        "rate": told["requests"] / seconds,
        "p50": told["p50"],
        "p99": told["p99"],
        "cpu": 1000 * server / requests,
        "bytes": told["bytes"] / requests,
        "errors": int(told["refused"] + told["broken"]),
        "other": round(other, 3),
    }


def measure(target: Target, kind: str, connections: int, seconds: float) -> dict[str, Any]:
    """Warm up, load, reckon. A slow page is warmed with two requests only."""
    paths, headers = target.paths[kind], target.headers_for(kind)
    _warm(target, kind, connections)
    processes = machine.family(target.roots())
    server, busy, client = machine.processor_seconds(processes), machine.busy_seconds(), _children()
    told = wrk(target.base, paths, headers, connections, seconds)
    return reckon(
        told,
        server=machine.processor_seconds(machine.family(target.roots())) - server,
        client=_children() - client,
        machine_busy=machine.busy_seconds() - busy,
        cores=os.cpu_count() or 1,
    )


def demand_answers(target: Target) -> dict[str, int]:
    """Every address answers 200 before anything is measured, which fills caches too; returns how large pages are."""
    sizes = {}
    for kind, paths in target.paths.items():
        found = {path: fetch(target.base, path, target.headers_for(kind)) for path in dict.fromkeys(paths)}
        for path, (status, _) in found.items():
            if status != 200:
                raise Wrong(f"{target.name}: {path} answers {status} instead of 200.")
        sizes[kind] = len(found[paths[0]][1])
    return sizes


def _warm(target: Target, kind: str, connections: int) -> None:
    for _ in range(2):  # the first may have to be made; the second tells how long an answer takes
        begun = time.monotonic()
        fetch(target.base, target.paths[kind][0], target.headers_for(kind))
    if time.monotonic() - begun < SLOW:
        wrk(target.base, target.paths[kind], target.headers_for(kind), connections, 1)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
