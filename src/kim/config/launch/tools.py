"""`kim test` and `kim check`: what a developer and the CI run in a checkout."""

import os
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from kim.config.launch.browser import chromium
from kim.config.launch.database import embedded
from kim.config.launch.home import CHECKOUT
from kim.config.launch.machine import bring_programs
from kim.config.launch.trouble import Trouble

PYTHON = [sys.executable, "-m"]
CHECKS = {
    "ruff check": [*PYTHON, "ruff", "check", "."],
    "ruff format": [*PYTHON, "ruff", "format", "--check", "."],
    "mypy": [*PYTHON, "mypy"],
    "lapisan (lint-imports)": [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command as c; c()",
    ],
    "migrasi": [*PYTHON, "django", "makemigrations", "--check", "--dry-run"],
    "pengaturan (check --deploy)": [*PYTHON, "django", "check", "--deploy", "--fail-level", "WARNING"],
    "templat (djade)": [str(Path(sys.executable).with_name("djade")), "--check", "--target-version", "5.2"],
}


def test(arguments: list[str]) -> int:
    """Run the whole suite, or what pytest is asked for, on a database server of its own."""
    root = _tools()
    os.environ["KIM_CHROMIUM"] = chromium()
    if not arguments or any("scale" in argument for argument in arguments):
        bring_programs()
    spread = [] if arguments else ["-n", str(min(os.cpu_count() or 1, 4)), "--dist", "loadgroup"]
    with _private_server():
        return subprocess.run([*PYTHON, "pytest", *spread, *arguments], cwd=root, check=False).returncode


def check() -> int:
    """Run every check, two at a time, and print a table; the output of those that fail comes first."""
    root = _tools()
    templates = sorted(str(path) for path in (root / "src").rglob("templates/**/*.html"))
    with _private_server(), ThreadPoolExecutor(2) as pool:
        environment = os.environ | {"KIM_TLS": "1", "DJANGO_SETTINGS_MODULE": "kim.config.settings"}
        runs = {
            name: pool.submit(_timed, [*command, *(templates if "djade" in name else [])], root, environment)
            for name, command in CHECKS.items()
        }
        outcomes = {name: run.result() for name, run in runs.items()}
    for name, (code, _, output) in outcomes.items():
        if code:
            print(f"── {name} ──\n{output.rstrip()}\n")
    for name, (code, seconds, _) in outcomes.items():
        print(f"{'GAGAL' if code else 'baik':<6} {name:<28} {seconds:5.1f} d")
    return int(any(code for code, _, _ in outcomes.values()))


def _timed(command: list[str], root: Path, environment: dict[str, str]) -> tuple[int, float, str]:
    begun = time.monotonic()
    done = subprocess.run(
        command,
        cwd=root,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode, time.monotonic() - begun, done.stdout


@contextmanager
def _private_server() -> Iterator[None]:
    """A throw-away data folder, so that neither the site's own data nor another run is in the way."""
    with tempfile.TemporaryDirectory(prefix="kim-test-", ignore_cleanup_errors=True) as folder:
        home = Path(folder).resolve()
        os.environ["KIM_HOME"] = str(home)
        with embedded(home / "postgres", durable=False) as address:
            os.environ["DATABASE_URL"] = address
            yield


def _tools() -> Path:
    """Install the developer's packages once per version of their lock; return the checkout."""
    if CHECKOUT is None:
        raise Trouble(
            "Perintah ini hanya berjalan di dalam salinan kode sumber (git clone), bukan dari paket terpasang."
        )
    lock, stamp = CHECKOUT / "requirements-dev.lock", Path(sys.prefix) / "kim-dev.stamp"
    wanted = str(zlib.crc32(lock.read_bytes()))
    if not stamp.exists() or stamp.read_text() != wanted:
        print("Memasang paket untuk pengembang (sekali saja) …", flush=True)
        _install(lock)
        stamp.write_text(wanted)
    return CHECKOUT


def _install(lock: Path) -> None:
    options = [
        "--require-hashes",
        "--no-deps",
        "--only-binary",
        ":all:",
        "--disable-pip-version-check",
        "--no-input",
    ]
    log = Path(sys.prefix) / "setup-dev.log"
    with log.open("w") as output:
        done = subprocess.run(
            [*PYTHON, "pip", "install", *options, "-r", str(lock)],
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if done.returncode:
        raise Trouble(f"Paket pengembang tidak dapat dipasang; periksa sambungan internet. Rincian: {log}")
