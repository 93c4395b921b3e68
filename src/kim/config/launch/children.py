"""Child processes: each in a session of its own, marked with the data folder it serves, and never left behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psutil

MARK = "KIM_CHILD_OF"
GRACE = 8  # seconds between a polite stop and a kill


class Child:
    """A command of ours that should keep running; `revive` starts it again, slower each time it falls early."""

    def __init__(
        self, name: str, arguments: list[str], home: Path, *, mourn: Callable[[], None] = lambda: None
    ) -> None:
        self.name, self.arguments, self.home = name, arguments, home
        self.mourn = mourn  # what has to be done at once when it fell
        self.falls: list[float] = []
        self.begin()

    def begin(self) -> None:
        # Its own session: Ctrl-C at the terminal reaches the supervisor only, which then stops things in order.
        self.process = subprocess.Popen(
            [sys.executable, *self.arguments],
            env=os.environ | {MARK: str(self.home)}, stdin=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip

    @property
    def is_alive(self) -> bool:
        return self.process.poll() is None

    def revive(self) -> bool:
        """Begin again after a pause; False when it fell five times within a minute."""
        self.mourn()
        now = time.monotonic()
        self.falls = [fall for fall in self.falls if now - fall < 60] + [now]
        if len(self.falls) >= 5:
            return False
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)  # its own children would still hold the port
        time.sleep(min(2 ** (len(self.falls) - 1), 8))
        self.begin()
        return True


def finish(arguments: list[str], home: Path) -> int:
    """Run one command of ours to its end and return its exit code."""
    return Child("sekali", arguments, home).process.wait()


def sweep(home: Path, *, grace: float = GRACE) -> None:
    """Stop every process marked with this data folder, also those an earlier, killed start left behind."""
    left = _marked(home)
    parents = {process.pid for process in left}
    for process in left:
        # A web server asked to stop stops its own workers; losing them first it would only start new ones.
        with suppress(psutil.NoSuchProcess):
            if process.ppid() not in parents:
                process.terminate()
    _, stubborn = psutil.wait_procs(left, timeout=grace)
    for process in {*stubborn, *_marked(home)}:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(stubborn, timeout=2)


def _marked(home: Path) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error, OSError):
            if process.environ().get(MARK) == str(home) and process.pid != os.getpid():
                found.append(process)
    return found
