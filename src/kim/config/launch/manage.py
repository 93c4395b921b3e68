"""`kim manage`: any management command, with the data folder and the database in place."""

import os
import signal
import subprocess
import sys

from kim.config.launch.database import database
from kim.config.launch.home import load_state, open_home, save_state

# What brings invented data or takes it away, and what the site is afterwards.
INVENTED: dict[tuple[str, ...], str] = {
    ("demo", "load"): "done",
    ("demo", "remove"): "no",
    ("bench", "load"): "done",
    ("bench", "remove"): "no",
}


def manage(arguments: list[str]) -> int:
    """Run it in a process of its own, so that the database can be stopped after it whatever it does."""
    home = open_home()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with database(home):
        state, becomes = load_state(home), INVENTED.get(tuple(arguments[:2]))
        os.environ.setdefault("KIM_DEMO", "1" if state.is_demo or becomes == "done" else "0")
        code = _finish([sys.executable, "-m", "django", *arguments])
        if code == 0 and becomes:
            state.demo = becomes
            save_state(home, state)
    return code


def _finish(command: list[str]) -> int:
    process = subprocess.Popen(command)
    try:
        return process.wait()
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait()
