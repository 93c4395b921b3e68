"""Which database a command works with: an outside one by DATABASE_URL, else the one that comes along."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import fasteners
import psycopg

from kim.config import postgres
from kim.config.launch.trouble import Trouble

OLDEST = 15


@contextmanager
def database(home: Path) -> Iterator[str]:
    """Set DATABASE_URL for the work inside. The embedded server stops when its last user leaves."""
    if os.environ.get("DATABASE_URL"):
        yield outside()
        return
    with embedded(home / "postgres") as address:
        os.environ["DATABASE_URL"] = address
        yield address


def outside() -> str:
    """The outside database, looked at before anything is started with it."""
    address = os.environ.get("DATABASE_URL")
    if not address:
        raise Trouble(
            "DATABASE_URL belum diisi; perintah ini bekerja dengan basis data di luar. Pakai kim run untuk satu mesin."
        )
    _examine(address)
    os.environ["KIM_OUTSIDE_DATABASE"] = address
    return address


@contextmanager
def embedded(folder: Path, *, durable: bool = True) -> Iterator[str]:
    """The embedded server, shared by processes: each holds a read lock, the one who can get the write lock stops it."""
    folder.mkdir(parents=True, exist_ok=True)
    users = fasteners.InterProcessReaderWriterLock(folder / "users")
    users.acquire_read_lock()
    try:
        yield postgres.start(folder, durable=durable)
    finally:
        users.release_read_lock()
        if users.acquire_write_lock(blocking=False):
            try:
                postgres.stop(folder)
            finally:
                users.release_write_lock()


def _examine(address: str) -> None:
    try:
        with psycopg.connect(address, connect_timeout=5) as connection:
            version = connection.info.server_version // 10000
    except psycopg.ProgrammingError as error:
        raise Trouble(
            "DATABASE_URL tidak dapat dibaca; bentuknya postgresql://nama:sandi@alamat:5432/basisdata."
        ) from error
    except psycopg.OperationalError as error:
        raise Trouble(f"Basis data di DATABASE_URL tidak dapat dihubungi: {_short(error)}") from error
    if version < OLDEST:
        raise Trouble(
            f"Basis data di DATABASE_URL adalah PostgreSQL {version}; KIM.id memerlukan {OLDEST} atau lebih baru."
        )


def _short(error: Exception) -> str:
    return next((line.strip() for line in str(error).splitlines() if line.strip()), "tanpa pesan")
