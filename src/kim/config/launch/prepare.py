"""One process, one Django boot: tables, region tree, demo data and hashed static files. Run by `kim run`."""

import io
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
import psycopg
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command, get_commands
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from kim.config.launch.home import State, load_state, save_state, stamp
from kim.config.launch.trouble import Trouble, explain, full, unexpected

TURN = 7_201_850  # the advisory lock of a set-up
ROOM = 32_000_000  # PostgreSQL writes in 16 MB steps: with less than two left, a failure is the full disk's


class Count(io.TextIOBase):
    """Turns the lines of `migrate` into one line that counts."""

    def __init__(self, total: int) -> None:
        self.total, self.done = total, 0

    def write(self, text: str) -> int:
        if " OK" in text:
            self.done += 1
            ending = "\r" if sys.stdout.isatty() and self.done < self.total else "\n"
            if ending == "\r" or self.done % 20 == 0 or self.done == self.total:
                print(f"  tabel {self.done} dari {self.total}", end=ending, flush=True)
        return len(text)


def prepare(home: Path, wish: str) -> None:
    """Bring the database of this data folder up to date. Safe to repeat after a cut at any place."""
    if wish == "static":
        django.setup()
        collect_static()
        return
    current, state = stamp(), load_state(home)
    os.environ["KIM_DEMO"] = os.environ.get("KIM_DEMO", "1" if wish != "empty" and state.demo != "no" else "0")
    django.setup()
    with alone():
        migrate()
        load_regions()
    state.demo = demo_decision(state, wish)
    save_state(home, state)
    load_demo(home, state)
    collect_static()
    state.stamp = current
    save_state(home, state)


@contextmanager
def alone() -> Iterator[None]:
    """Several machines may be set up at the same moment; they take turns at the tables."""
    address = os.environ.get("KIM_LISTEN_URL") or os.environ["DATABASE_URL"]
    with psycopg.connect(address, autocommit=True) as turn:
        turn.execute("SELECT pg_advisory_lock(%s)", [TURN])
        yield


def collect_static() -> None:
    root = Path(settings.STATIC_ROOT)
    if (root / "staticfiles.json").exists() and not os.access(root, os.W_OK):
        return  # a container image brings them along
    say("Menata berkas tampilan …")
    # css/ holds the sources; pages use what `manage stylesheets` built from them.
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["css/*"])


def migrate() -> None:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        say("Menyiapkan tabel …")
        call_command("migrate", interactive=False, verbosity=1, stdout=Count(len(plan)), no_color=True)


def load_regions() -> None:
    if not _holds("regions", "Region") and "regions" in get_commands():
        say("Memuat pohon wilayah: 38 provinsi sampai 83.762 desa dan kelurahan …")
        call_command("regions", "load")


def demo_decision(state: State, wish: str) -> str:
    """Demo data comes on a first run only, never beside people who are already there unless asked for."""
    if wish == "demo" and state.demo != "done":
        return "wanted"
    if state.demo:
        return state.demo
    return "no" if wish == "empty" or get_user_model()._default_manager.exists() else "wanted"


def load_demo(home: Path, state: State) -> None:
    if state.demo == "wanted" and "demo" in get_commands():
        say("Memuat data contoh …")
        call_command("demo", "load")
        state.demo = "done"
        save_state(home, state)


def say(sentence: str) -> None:
    print(sentence, flush=True)


def _holds(app: str, model: str) -> bool:
    manager: Any = apps.get_model(app, model)._default_manager
    return bool(manager.exists())


def main() -> int:
    home = Path(os.environ["KIM_HOME"])
    try:
        prepare(home, sys.argv[1])
    except Exception as error:
        print(sentence_for(error, home), file=sys.stderr)
        return 1
    return 0


def sentence_for(error: Exception, home: Path) -> str:
    """One sentence, whatever it was; what nobody foresaw is written down beside it."""
    if shutil.disk_usage(home).free < ROOM:
        return full(home)
    if isinstance(error, (Trouble, CommandError)):
        return str(error)
    if isinstance(error, OSError):
        return explain(error, home)
    return unexpected(error, home)


if __name__ == "__main__":
    sys.exit(main())
