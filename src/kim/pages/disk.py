"""The pages one machine keeps on its disk: shared by its web processes, and laid out so that a front server finds them.

`open/<host>/<path>/index.html` with `.gz` and `.br` beside it holds what has no query string; a front server may serve
it as it is. Other kept answers lie in `asked/`. `index.sqlite` knows the tags. A folder is trusted only while somebody
who hears of changes uses it: the first to come empties it.
"""

import fcntl
import hashlib
import json
import os
import re
import shutil
import sqlite3
import threading
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from uuid import uuid4

from kim.pages.packed import Page

FORMS = (
    "",
    ".gz",
    ".br",
)  # the plain one last when written, first when removed: it is the one a front server looks for
ADDRESS = re.compile(r"[a-z0-9][a-z0-9.-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*/")
TABLES = """
CREATE TABLE IF NOT EXISTS page (key TEXT PRIMARY KEY, file TEXT, headers TEXT, tags TEXT, born REAL, until REAL, size INT);
CREATE INDEX IF NOT EXISTS page_age ON page (born);
CREATE TABLE IF NOT EXISTS shown (tag TEXT, key TEXT, PRIMARY KEY (tag, key)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS shown_key ON shown (key);
CREATE TABLE IF NOT EXISTS touch (tag TEXT PRIMARY KEY, at REAL) WITHOUT ROWID;
"""


class Disk:
    """The folder of one machine. Every method may be called by several processes and threads at once."""

    def __init__(self, folder: Path, most_bytes: int) -> None:
        self.folder, self.most_bytes = folder, most_bytes
        self._local = threading.local()
        folder.mkdir(parents=True, exist_ok=True)
        self._enter()

    def get(self, key: str, *, since: float) -> Page | None:
        """A page made after `since`, the moment from which the asking process has heard of every change."""
        row = self._index.execute("SELECT file, headers, tags, born, until FROM page WHERE key = ?", [key]).fetchone()
        if row is None or row[3] < since or row[4] <= monotonic():
            return None
        file, headers, tags, born, until = row
        try:
            gzipped, brotlied = ((self.folder / (file + form)).read_bytes() for form in FORMS[1:])
        except FileNotFoundError:
            return None
        told = [(name, value) for name, value in json.loads(headers)]
        return Page(told, gzipped, brotlied, tags=tags.split(), born=born, until=until)

    def put(self, key: str, page: Page) -> None:
        """Keep a page, unless something it shows was touched since its making began."""
        tags = sorted(page.tags)
        asked = [*tags, "*"]
        with self._writing() as index:
            marks = ",".join("?" * len(asked))
            (latest,) = index.execute(f"SELECT max(at) FROM touch WHERE tag IN ({marks})", asked).fetchone()
            if latest is not None and latest >= page.born:
                return
            self._remove(index, [key])
            file = self._file(key, page)
            for form, body in ((".br", page.brotli[0]), (".gz", page.gzip[0]), ("", page.plain())):
                self._write(file + form, body)
            row = [key, file, json.dumps(page.headers), " ".join(tags), page.born, page.until, page.size * 2]
            index.execute("INSERT INTO page VALUES (?, ?, ?, ?, ?, ?, ?)", row)
            index.executemany("INSERT INTO shown VALUES (?, ?)", [(tag, key) for tag in tags])

    def touch(self, tags: Iterable[str]) -> None:
        """What shows one of these is gone; what is being made at this moment will not be kept."""
        tags, now = sorted(set(tags)), monotonic()
        with self._writing() as index:
            index.executemany("INSERT OR REPLACE INTO touch VALUES (?, ?)", [(tag, now) for tag in tags])
            found = index.execute(f"SELECT DISTINCT key FROM shown WHERE tag IN ({','.join('?' * len(tags))})", tags)
            everything = "SELECT key FROM page"
            self._remove(index, [key for (key,) in (index.execute(everything) if "*" in tags else found).fetchall()])

    def trim(self) -> None:
        """Forget what has ended, and the oldest beyond the bound."""
        now = monotonic()
        with self._writing() as index:
            index.execute("DELETE FROM touch WHERE at < ?", [now - 600])
            ended = "SELECT key FROM page WHERE until <= ? LIMIT 5000"
            self._remove(index, [key for (key,) in index.execute(ended, [now]).fetchall()])
            (size,) = index.execute("SELECT coalesce(sum(size), 0) FROM page").fetchone()
            rows = (
                index.execute("SELECT key, size FROM page ORDER BY born").fetchall() if size > self.most_bytes else []
            )
            surplus, over = [], size - int(self.most_bytes * 0.9)
            for key, weight in rows:
                if over <= 0:
                    break
                surplus.append(key)
                over -= weight
            self._remove(index, surplus)

    def close(self) -> None:
        """Nothing here may be trusted any more: the open folder vanishes at once, its files after it."""
        with self._writing() as index:
            gone = self.folder / f"gone-{uuid4().hex}"
            if (self.folder / "open").exists():
                (self.folder / "open").rename(gone)
            for table in ("page", "shown"):
                index.execute(f"DELETE FROM {table}")
            index.execute("INSERT OR REPLACE INTO touch VALUES ('*', ?)", [monotonic()])
        for left in (*self.folder.glob("gone-*"), self.folder / "asked"):
            shutil.rmtree(left, ignore_errors=True)

    def leave(self) -> None:
        """This process no longer hears for the folder."""
        self._alive.close()
        self._index.close()

    @contextmanager
    def alone(self, key: str) -> Iterator[None]:
        """Only one process and thread of the machine at a time makes this page; the others wait here, then find it."""
        number = int(hashlib.sha256(key.encode()).hexdigest()[:2], 16)
        with (self.folder / f"turn-{number:02x}").open("w") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
            yield

    def _enter(self) -> None:
        """Share the folder with those who live; whoever finds nobody alive trusts nothing that lies here."""
        self._alive = (self.folder / "alive").open("w")
        try:
            fcntl.flock(self._alive, fcntl.LOCK_EX | fcntl.LOCK_NB)
            for left in self.folder.glob("index.sqlite*"):
                left.unlink()
            self.close()
        except BlockingIOError:
            pass
        fcntl.flock(self._alive, fcntl.LOCK_SH)

    @property
    def _index(self) -> sqlite3.Connection:
        if not hasattr(self._local, "index"):
            index = sqlite3.connect(self.folder / "index.sqlite", timeout=5, isolation_level=None)
            index.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;" + TABLES)
            self._local.index = index
        return self._local.index

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        index = self._index
        index.execute("BEGIN IMMEDIATE")
        try:
            yield index
        except BaseException:
            index.execute("ROLLBACK")
            raise
        index.execute("COMMIT")

    def _remove(self, index: sqlite3.Connection, keys: list[str]) -> None:
        for key in keys:
            row = index.execute("SELECT file FROM page WHERE key = ?", [key]).fetchone()
            if row is not None:
                for form in FORMS:
                    (self.folder / (row[0] + form)).unlink(missing_ok=True)
                index.execute("DELETE FROM page WHERE key = ?", [key])
                index.execute("DELETE FROM shown WHERE key = ?", [key])

    def _file(self, key: str, page: Page) -> str:
        """Where the front server would look for it; what has a question, or is not HTML, lies where it never looks."""
        address, _, query = key.partition("?")
        host, _, path = address.partition("/")
        address = f"{host.partition(':')[0].lower()}/{path}"  # as a front server names it
        kind = next((value for name, value in page.headers if name.lower() == "content-type"), "")
        if not query and kind.startswith("text/html") and ADDRESS.fullmatch(address):
            return f"open/{address}index.html"
        return f"asked/{hashlib.sha256(key.encode()).hexdigest()}"

    def _write(self, file: str, body: bytes) -> None:
        target = self.folder / file
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f".{uuid4().hex}")
        part.write_bytes(body)
        # Front servers make the ETag of size and time: a time taken from the words tells two pages of one second apart.
        stamp = zlib.crc32(body) >> 1  # some file systems know no time after 2038
        os.utime(part, (stamp, stamp))
        part.rename(target)
