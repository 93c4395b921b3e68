"""The command line of `bench/run.py`."""

import argparse
import os
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from kim.config.launch.trouble import Trouble
from suite import machine
from suite.load import Wrong
from suite.session import Session

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
SIZES = ("full", "p10", "p1")


@dataclass
class Options:
    """What was asked for, complete."""

    nation: Path
    sizes: list[str]
    only: set[str]
    beside: Path | None
    beside_only: set[str]
    rounds: int
    seconds: float
    connections: list[int]
    budget: float
    parts: set[str]
    work: Path
    port: int
    out: Path


def main() -> int:
    """Run what was asked for; whatever stands in the way is one sentence on stderr."""
    if sentence := machine.missing_tools():
        print(sentence, file=sys.stderr)
        return 1
    for name in SIGNALS:
        signal.signal(name, _stop)
    try:
        options = chosen()
        with Session(options) as session:
            return session.run()
    except (Wrong, Trouble) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def parser() -> argparse.ArgumentParser:
    found = argparse.ArgumentParser(prog="bench/run.py", description="Measure KIM.id beside its rivals.")
    add = found.add_argument
    add("--nation", type=Path, default=Path(os.environ.get("KIM_NATION", machine.ROOT / "var" / "nation")),
        help="folder with one data folder (KIM_HOME) per size: full, p10, p1")  # fmt: skip
    add("--size", default="", help="sizes to measure, the largest first (default: all there are)")
    add("--only", default="", help="pages to measure: home,article,search …")
    add("--parts", default="speed,cold,growth,acts,voices,fanout,storm", help="parts to measure")
    add("--beside", type=Path, help="targets already running: JSON list of name, base_url, paths, ports")
    add("--beside-only", default="", help="names of those to take")
    add("--rounds", type=int, default=3)
    add("--seconds", type=float, default=3, help="of one run")
    add("--connections", default="8,64")
    add("--budget", default="20m", help="no new round begins after this long, e.g. 20m")
    add("--quick", action="store_true", help="one round of one-second runs, to see that everything works")
    add("--work", type=Path, default=machine.ROOT / "var" / "bench", help="folder for logs and rendered pages")
    add("--port", type=int, default=8600, help="first of some twenty ports on 127.0.0.1")
    add("--out", type=Path, default=machine.ROOT / "bench" / "results")
    return found


def chosen(arguments: list[str] | None = None) -> Options:
    told = parser().parse_args(arguments)
    nation = told.nation.resolve()
    sizes = _words(told.size) or [size for size in SIZES if (nation / size / "postgres").is_dir()]
    if not sizes:
        raise Wrong(f"No nation lies in {nation}: load one first, as bench/README.md says.")
    for size in sizes:
        if not (nation / size / "postgres").is_dir():
            raise Wrong(f"There is no nation of size {size} in {nation}.")
    return Options(
        nation=nation,
        sizes=sizes,
        only=set(_words(told.only)),
        beside=told.beside,
        beside_only=set(_words(told.beside_only)),
        rounds=1 if told.quick else told.rounds,
        seconds=1 if told.quick else told.seconds,
        connections=[int(number) for number in _words(told.connections)],
        budget=time.monotonic() + 60 * float(told.budget.rstrip("m")),
        parts=set(_words(told.parts)),
        work=told.work.resolve(),
        port=told.port,
        out=told.out,
    )


def _stop(_signal: int, _frame: object) -> None:
    """However the end is asked for, everything that was started is stopped; asking twice does not cut that short."""
    for name in SIGNALS:
        signal.signal(name, signal.SIG_IGN)
    raise KeyboardInterrupt


def _words(text: str) -> list[str]:
    return [word for word in text.split(",") if word]
