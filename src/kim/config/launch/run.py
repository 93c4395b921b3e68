"""`kim run`: database, set-up, web server and worker, kept alive until Ctrl-C or SIGTERM."""

import argparse
import os
import signal
import sys
import time
from pathlib import Path
from types import FrameType

import fasteners

from kim.config import postgres
from kim.config.launch.address import announce, claim, wait_until_ready
from kim.config.launch.children import Child, finish, sweep
from kim.config.launch.database import database
from kim.config.launch.home import State, load_state, open_home, stamp
from kim.config.launch.roles import distrust, web_command, workers
from kim.config.launch.trouble import Trouble

PULSE = 0.5
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """Ctrl-C, SIGTERM or a closed terminal."""


def run(options: argparse.Namespace) -> int:
    """Serve until told to stop; whatever happens, no process stays behind."""
    home = open_home()
    turn = fasteners.InterProcessLock(home / "lock")
    if not turn.acquire(blocking=False):
        raise Trouble(f"KIM.id sudah berjalan dengan folder data {home}; hentikan dulu yang itu.")
    for name in SIGNALS:
        if name != signal.SIGHUP or signal.getsignal(name) != signal.SIG_IGN:  # nohup asked to stay
            signal.signal(name, _stop)
    try:
        sweep(home)
        claim(options.host, options.port)
        say("Menyalakan basis data …")
        with database(home):
            try:
                serve(home, options)
            finally:
                _deaf()
                sweep(home)
                distrust(home)
    except Stopped:
        say("\nKIM.id berhenti.")
    finally:
        turn.release()
    return 0


def serve(home: Path, options: argparse.Namespace) -> None:
    state = make_ready(home, options)
    os.environ.setdefault("KIM_DEMO", "1" if state.is_demo else "0")
    address = announce(options.host, options.port)
    say("Menyalakan server web …")
    command = web_command(options.host, options.port, workers(options.workers))
    web = Child("Server web", command, home, mourn=lambda: distrust(home))
    wait_until_ready(options.host, options.port, lambda: web.is_alive)
    worker = Child("Pekerja latar", ["-m", "django", "worker"], home)
    say(f"\n  KIM.id siap di {address}\n  Tekan Ctrl-C untuk berhenti.\n")
    if state.demo == "done":
        say("  Masuk untuk mencoba (semua orang dan isi di sini karangan):\n")
        finish(["-m", "django", "demo", "signins"], home)
    watch(home, [web, worker])


def make_ready(home: Path, options: argparse.Namespace) -> State:
    """Skip the set-up when nothing changed since the last one; an outside database is always looked at."""
    state = load_state(home)
    asks = "demo" if options.demo else "empty" if options.empty else "any"
    is_done = state.stamp == stamp() and state.demo in ("no", "done") and not (options.demo and state.demo == "no")
    if is_done and (home / "static").exists() and not os.environ.get("KIM_OUTSIDE_DATABASE"):
        return state
    if finish(["-m", "kim.config.launch.prepare", asks], home):
        sys.exit(1)  # it has said its sentence
    return load_state(home)


def watch(home: Path, children: list[Child]) -> None:
    while True:
        time.sleep(PULSE)
        if not os.environ.get("KIM_OUTSIDE_DATABASE") and not postgres.is_running(home / "postgres"):
            say("Basis data terhenti; dinyalakan lagi …")
            postgres.start(home / "postgres")
        for child in children:
            if not child.is_alive:
                say(f"{child.name} terhenti (kode {child.process.returncode}); dinyalakan lagi …")
                if not child.revive():
                    raise Trouble(f"{child.name} berulang kali terhenti; KIM.id dihentikan. Pesannya ada di atas.")


def say(sentence: str) -> None:
    print(sentence, file=sys.stdout, flush=True)


def _stop(_signal: int, _frame: FrameType | None) -> None:
    _deaf()
    raise Stopped


def _deaf() -> None:
    """Once stopping has begun, further signals must not cut it short."""
    for name in SIGNALS:
        signal.signal(name, signal.SIG_IGN)
