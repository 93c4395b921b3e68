"""Several processes at one task. Each is this command again; they share the work through the notes in the database."""

import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress

from django.db import connection

from kim.bench.portions import WORK

LOOK = 0.5  # seconds between two looks at how far it is


class CrewFailed(Exception):
    """One of the processes ended badly; what it said is on the screen."""


def run(what: str, jobs: int, tell: Callable[[], None]) -> None:
    """Do a task of `WORK` to its end, with so many processes; `tell` is called while it goes on."""
    if jobs <= 1:
        for _ in WORK[what]():
            tell()
    else:
        _together(what, jobs, tell)
    tell()


def _together(what: str, jobs: int, tell: Callable[[], None]) -> None:
    words = [sys.executable, "-m", "django", "bench", "work", what, "--database", connection.settings_dict["NAME"]]
    crew = [subprocess.Popen(words, stdin=subprocess.DEVNULL) for _ in range(jobs)]
    try:
        while any(process.poll() is None for process in crew):
            if any(process.poll() for process in crew):
                break
            time.sleep(LOOK)
            tell()
    finally:
        _dismiss(crew)
    if any(process.returncode for process in crew):
        raise CrewFailed


def _dismiss(crew: list[subprocess.Popen]) -> None:
    for process in crew:
        if process.poll() is None:
            process.terminate()
    for process in crew:
        with suppress(subprocess.TimeoutExpired):
            process.wait(20)
