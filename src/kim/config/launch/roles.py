"""`kim prepare`, `kim web`, `kim worker`: the parts of `kim run`, for systemd, containers and several machines.

Each of the two servers takes the place of this process, so that whoever started it signals the server itself.
"""

import argparse
import os
import sys
from contextlib import suppress
from pathlib import Path

import fasteners

from kim.config.launch.address import announce, claim
from kim.config.launch.children import finish
from kim.config.launch.database import database, outside
from kim.config.launch.home import open_home
from kim.config.launch.trouble import Trouble

KILL_AFTER = "25s"  # a request may take that long once a stop was asked for


def workers(asked: int | None) -> int:
    """How many web processes: as asked, else KIM_WEB_WORKERS, else two, or one on a machine with one processor."""
    wished = os.environ.get("KIM_WEB_WORKERS", "") if asked is None else str(asked)
    if not wished:
        return min(2, os.cpu_count() or 1)
    if not wished.isdecimal() or not 1 <= int(wished) <= 64:
        raise Trouble(f"Banyaknya proses web ({wished}) tidak dapat dipakai; isi angka antara 1 dan 64.")
    return int(wished)


def web_command(host: str, port: int, count: int) -> list[str]:
    # Two threads per process: while one makes a page or checks a PIN, the other hands out pages that are ready.
    return [
        "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(count), "--blocking-threads", "2", "--no-ws", "--http", "1", "--log-level", "warning",
        "--respawn-failed-workers", "--respawn-interval", "0.5", "--workers-kill-timeout", KILL_AFTER,
        "kim.config.wsgi:application",
    ]  # fmt: skip


def prepare(options: argparse.Namespace) -> int:
    """Tables, region tree and hashed static files, without demo data; safe to repeat, one machine at a time."""
    home = open_home()
    if options.static:
        return finish(["-m", "kim.config.launch.prepare", "static"], home)
    with database(home), fasteners.InterProcessLock(home / "prepare.lock"):
        return finish(["-m", "kim.config.launch.prepare", "empty"], home)


def web(options: argparse.Namespace) -> int:
    """Become the web server of this machine. Nothing is set up: `kim prepare` has done that."""
    home = open_home()
    outside()
    static = Path(os.environ.get("KIM_STATIC_ROOT") or home / "static")
    if not (static / "staticfiles.json").exists():
        raise Trouble("Berkas tampilan belum ditata; jalankan dulu: kim prepare")
    claim(options.host, options.port)
    announce(options.host, options.port)
    _remind(home)
    distrust(home)
    return _become(web_command(options.host, options.port, workers(options.workers)))


def worker() -> int:
    """Become the worker. As many as one likes may run at once, on any machine."""
    open_home()
    outside()
    return _become(["-m", "django", "worker"])


def distrust(home: Path) -> None:
    """Take the pages a front server may serve from disk out of its sight: nobody here hears of changes just now."""
    pages = Path(os.environ.get("KIM_PAGES_FOLDER") or home / "pages")
    with suppress(FileNotFoundError):
        (pages / "open").rename(pages / f"gone-{os.getpid()}")


def _remind(home: Path) -> None:
    if not os.environ.get("KIM_SECRET_KEY"):
        print(
            f"KIM_SECRET_KEY kosong: dipakai {home / 'secret_key'}. Beberapa mesin harus memakai kunci yang sama.",
            file=sys.stderr, flush=True,
        )  # fmt: skip


def _become(arguments: list[str]) -> int:
    os.environ.setdefault("KIM_DEMO", "0")
    os.execv(sys.executable, [sys.executable, *arguments])
