"""A look at what lies on the disk of this machine, by somebody who keeps no pages and changes nothing there."""

import gzip
import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

import brotli

SAMPLE = "SELECT key, file, headers, tags, born FROM page ORDER BY random() LIMIT ?"
ONE = "SELECT key, file, headers, tags, born FROM page WHERE key = ?"


class Kept(NamedTuple):
    """A kept page in every form somebody may be served."""

    key: str
    bodies: dict[str, bytes]
    etag: str
    tags: frozenset[str]
    born: float

    @property
    def is_whole(self) -> bool:
        """Whether every form still is what was made: the ETag is a digest of it (kim.doors.access)."""
        return all(hashlib.sha256(body).hexdigest()[:24] in self.etag for body in self.bodies.values())


@contextmanager
def _index(folder: Path) -> Iterator[sqlite3.Connection | None]:
    file = folder / "index.sqlite"
    if not file.exists():
        yield None
        return
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=5)) as rows:
        yield rows


def sample(folder: Path, limit: int) -> list[Kept]:
    """Some of the kept pages, drawn at random; nothing where none are kept."""
    with _index(folder) as rows:
        found = rows.execute(SAMPLE, [limit]).fetchall() if rows else []
    return [page for row in found if (page := _read(folder, *row))]


def one(folder: Path, key: str) -> Kept | None:
    """The page kept under this key, if there is one."""
    with _index(folder) as rows:
        row = rows.execute(ONE, [key]).fetchone() if rows else None
    return _read(folder, *row) if row else None


def _read(folder: Path, key: str, file: str, headers: str, tags: str, born: float) -> Kept | None:
    """Its forms unpacked; None when it went away meanwhile. What cannot be unpacked is shown as it is: not our bytes."""
    try:
        plain, zipped, packed = ((folder / (file + form)).read_bytes() for form in ("", ".gz", ".br"))
    except OSError:
        return None
    bodies = {"": plain, ".gz": _unpacked(gzip.decompress, zipped), ".br": _unpacked(brotli.decompress, packed)}
    etag = next((value for name, value in json.loads(headers) if name.lower() == "etag"), "")
    return Kept(key, bodies, etag, frozenset(tags.split()), born)


def _unpacked(unpack, data: bytes) -> bytes:
    try:
        return unpack(data)
    except (OSError, EOFError, ValueError, brotli.error):
        return data
