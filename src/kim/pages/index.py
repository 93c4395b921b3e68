"""What the disk knows of its pages: `index.sqlite`, one connection for each thread, one writer at a time."""

import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

TABLES = """
CREATE TABLE IF NOT EXISTS page (key TEXT PRIMARY KEY, file TEXT, headers TEXT, tags TEXT, born REAL, until REAL, size INT);
CREATE INDEX IF NOT EXISTS page_age ON page (born);
CREATE INDEX IF NOT EXISTS page_end ON page (until);
CREATE TABLE IF NOT EXISTS shown (tag TEXT, key TEXT, PRIMARY KEY (tag, key)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS shown_key ON shown (key);
CREATE TABLE IF NOT EXISTS touch (tag TEXT PRIMARY KEY, at REAL) WITHOUT ROWID;
"""


class Index:
    """The tables of one folder. It may be lost at any time: then nothing that lies there is found any more."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "index.sqlite"
        self._local = threading.local()

    @property
    def rows(self) -> sqlite3.Connection:
        """The connection of this thread; never one that was copied with its process."""
        if getattr(self._local, "process", None) != os.getpid():
            rows = sqlite3.connect(self.file, timeout=5, isolation_level=None)
            rows.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;" + TABLES)
            self._local.rows, self._local.process = rows, os.getpid()
        return self._local.rows

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """All or nothing, and nobody else meanwhile; whatever fails, the turn is given back."""
        rows = self.rows
        rows.execute("BEGIN IMMEDIATE")
        try:
            yield rows
            rows.execute("COMMIT")
        except BaseException:
            if rows.in_transaction:
                rows.execute("ROLLBACK")
            raise

    def close(self) -> None:
        """The connection of this thread."""
        if getattr(self._local, "process", None) == os.getpid():
            self._local.rows.close()
            del self._local.rows, self._local.process

    def remove(self) -> None:
        for left in self.file.parent.glob(f"{self.file.name}*"):
            left.unlink()


def latest_touch(rows: sqlite3.Connection, tags: Iterable[str]) -> float:
    """When one of these tags, or everything, was touched last; 0 when never."""
    asked = [*tags, "*"]
    marks = ",".join("?" * len(asked))
    (latest,) = rows.execute(f"SELECT max(at) FROM touch WHERE tag IN ({marks})", asked).fetchone()
    return latest or 0.0


def showing(rows: sqlite3.Connection, tags: list[str]) -> list[str]:
    """The keys of the pages that show one of these, first those a front server might serve."""
    marks = ",".join("?" * len(tags))
    found = f"SELECT key FROM page WHERE key IN (SELECT key FROM shown WHERE tag IN ({marks})) ORDER BY file DESC"
    return [key for (key,) in rows.execute(found, tags).fetchall()]
