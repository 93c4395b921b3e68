"""The pages one machine keeps on its disk: shared by its web processes, and laid out so that a front server finds them.

`open/<host>/<path>/index.html` with `.gz` and `.br` beside it holds what has no query string; a front server may serve
it as it is. Other kept answers lie in `asked/`. A page is written down in the index before its files are there, and
its files are gone before it is struck out, so a process may die between any two lines. A folder is trusted only while
somebody who hears of changes uses it: the first to come empties it.
"""

import fcntl
import hashlib
import json
import os
import platform
import re
import secrets
import shutil
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic
from uuid import uuid4

from kim.pages.index import Index, latest_touch, showing
from kim.pages.packed import Page

# The plain one last when written, first when removed: it is the one a front server looks for.
FORMS = ("", ".gz", ".br")
ADDRESS = re.compile(r"[a-z0-9][a-z0-9.-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*/")
AT_ONCE = 200  # pages removed before another may have the index
MOST_TAGS = 5000  # touched at once; beyond that everything is
TURNS = 1024
REMEMBERED = 600  # seconds a touch is remembered, for pages whose making began before it


class Disk:
    """The folder of one machine. Every method may be called by several processes and threads at once."""

    def __init__(self, folder: Path, most_bytes: int, site: str = "") -> None:
        self.folder, self.most_bytes = folder, most_bytes
        self._owner = hashlib.sha256(f"{this_machine()} {site}".encode()).digest()
        self.index = Index(folder)
        for needed in (folder, folder / "turns"):
            needed.mkdir(parents=True, exist_ok=True)
        self._enter()

    def get(self, key: str, *, since: float) -> Page | None:
        """A page made after `since`, the moment from which the asking process has heard of every change."""
        asked = "SELECT file, headers, tags, born, until FROM page WHERE key = ?"
        row = self.index.rows.execute(asked, [key]).fetchone()
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
        file = self._file(key, page)
        with self.index.writing() as rows:
            if latest_touch(rows, page.tags) >= page.born:
                return
            self._remove(rows, [key])
            row = [key, file, json.dumps(page.headers), " ".join(page.tags), page.born, page.until, page.size * 2]
            rows.execute("INSERT INTO page VALUES (?, ?, ?, ?, ?, ?, ?)", row)
            rows.executemany("INSERT INTO shown VALUES (?, ?)", [(tag, key) for tag in page.tags])
        with self.index.writing() as rows:  # a touch may have come in between
            if rows.execute("SELECT born FROM page WHERE key = ?", [key]).fetchone() == (page.born,):
                for form, body in ((".br", page.brotli[0]), (".gz", page.gzip[0]), ("", page.plain())):
                    self._write(file + form, body)

    def touch(self, tags: Iterable[str]) -> None:
        """What shows one of these is gone; what is being made at this moment will not be kept."""
        tags = sorted(set(tags))
        if "*" in tags or len(tags) > MOST_TAGS:
            self.close()
            return
        with self.index.writing() as rows:
            now = monotonic()
            rows.executemany("INSERT OR REPLACE INTO touch VALUES (?, ?)", [(tag, now) for tag in tags])
            found = showing(rows, tags)
            self._remove(rows, found[:AT_ONCE])
        self._forget(found[AT_ONCE:])

    def end(self) -> None:
        """Forget what has ended by itself."""
        ended = "SELECT key FROM page WHERE until <= ? LIMIT 5000"
        self._forget([key for (key,) in self.index.rows.execute(ended, [monotonic()]).fetchall()])

    def trim(self) -> None:
        """Forget the oldest beyond the bound, and what is left of folders that are trusted no more."""
        for left in self.folder.glob("gone-*"):
            shutil.rmtree(left, ignore_errors=True)
        with self.index.writing() as rows:
            rows.execute("DELETE FROM touch WHERE at < ?", [monotonic() - REMEMBERED])
            (size,) = rows.execute("SELECT coalesce(sum(size), 0) FROM page").fetchone()
        surplus, over = [], size - int(self.most_bytes * 0.9)
        if size > self.most_bytes:
            for key, weight in self.index.rows.execute("SELECT key, size FROM page ORDER BY born").fetchall():
                if over <= 0:
                    break
                surplus.append(key)
                over -= weight
        self._forget(surplus)

    def close(self) -> None:
        """Nothing here may be trusted any more: the folders vanish at once, even if the index cannot be written."""
        self._hide()
        with self.index.writing() as rows:
            self._hide()  # what somebody wrote in between
            for table in ("page", "shown"):
                rows.execute(f"DELETE FROM {table}")
            rows.execute("INSERT OR REPLACE INTO touch VALUES ('*', ?)", [monotonic()])

    def leave(self) -> None:
        """This process no longer hears for the folder."""
        self._alive.close()
        self.index.close()

    @contextmanager
    def alone(self, key: str) -> Iterator[None]:
        """Only one process and thread of the machine at a time makes this page; the others wait here, then find it.

        Which other pages share its turn depends on a secret, so nobody can choose one to hold it up.
        """
        digest = hashlib.blake2b(key.encode(), key=self._secret, digest_size=4).digest()
        number = int.from_bytes(digest) % TURNS
        with (self.folder / "turns" / f"{number:03x}").open("w") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
            yield

    def _enter(self) -> None:
        """Share the folder with those who live; whoever finds nobody alive trusts nothing that lies here."""
        self._alive = (self.folder / "alive").open("a+b")
        try:
            fcntl.flock(self._alive, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._hide()
            self.index.remove()
            self.close()
            self._alive.truncate(0)
            self._alive.write(self._owner + secrets.token_bytes(32))
            self._alive.flush()
        except BlockingIOError:
            pass
        fcntl.flock(self._alive, fcntl.LOCK_SH)
        self._alive.seek(0)
        owner, self._secret = self._alive.read(32), self._alive.read(32)
        if owner != self._owner:
            self._alive.close()
            raise OSError(f"{self.folder} is used by another machine or another site")
        self.index.close()  # a web server may copy this process from here on

    def _hide(self) -> None:
        for name in ("open", "asked"):
            with suppress(FileNotFoundError):
                (self.folder / name).rename(self.folder / f"gone-{uuid4().hex}")

    def _forget(self, keys: list[str]) -> None:
        """Remove many pages, and let others have the index now and then."""
        for begin in range(0, len(keys), AT_ONCE):
            with self.index.writing() as rows:
                self._remove(rows, keys[begin : begin + AT_ONCE])

    def _remove(self, rows: sqlite3.Connection, keys: Iterable[str]) -> None:
        for key in keys:
            row = rows.execute("SELECT file FROM page WHERE key = ?", [key]).fetchone()
            if row is not None:
                for form in FORMS:
                    (self.folder / (row[0] + form)).unlink(missing_ok=True)
                self._remove_empty((self.folder / row[0]).parent)
                rows.execute("DELETE FROM page WHERE key = ?", [key])
                rows.execute("DELETE FROM shown WHERE key = ?", [key])

    def _remove_empty(self, place: Path) -> None:
        """The folders of a page that is gone: a reader of every address leaves no trace of empty ones."""
        with suppress(OSError):
            while place != self.folder:
                place.rmdir()
                place = place.parent

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
        # Front servers make the ETag of size and time: a time taken from the words tells two pages of one second apart.
        stamp = zlib.crc32(body) >> 1  # some file systems know no time after 2038
        try:
            part.write_bytes(body)
            os.utime(part, (stamp, stamp))
            part.rename(target)
        except OSError:
            part.unlink(missing_ok=True)
            raise


def this_machine() -> str:
    """Changes with the machine and with each start of it, as its `monotonic` clock does."""
    boot = Path("/proc/sys/kernel/random/boot_id")
    return boot.read_text() if boot.exists() else platform.node()
