"""`kim manage`: any management command, with the data folder and the database in place."""

import os
import signal
import subprocess
import sys

from kim.config.launch.database import database
from kim.config.launch.home import load_state, open_home, save_state


def manage(arguments: list[str]) -> int:
    """Run it in a process of its own, so that the database can be stopped after it whatever it does."""
    home = open_home()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with database(home):
        state = load_state(home)
        os.environ.setdefault("KIM_DEMO", "1" if state.is_demo or arguments[:2] == ["demo", "load"] else "0")
        code = _finish([sys.executable, "-m", "django", *arguments])
        if code == 0 and arguments[:2] in (["demo", "load"], ["demo", "remove"]):
            state.demo = "done" if arguments[1] == "load" else "no"
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
