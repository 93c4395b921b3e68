"""The disk as far as it works. A full, broken or closed one costs the pages it would have kept, and nothing else."""

import logging
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from time import monotonic

from kim.pages.disk import Disk
from kim.pages.packed import Page

log = logging.getLogger(__name__)
TROUBLE = (OSError, sqlite3.Error)
QUIET_FOR = 60.0  # seconds between two complaints
TRIM_EVERY = 60.0


class Shelf:
    """A Disk that never fails. After a change it could not note, it hands nothing out until all it had is gone."""

    def __init__(self, folder: Path, most_bytes: int, site: str = "") -> None:
        self.folder = folder
        self._is_doubtful = False
        self._complained = self._trimmed = 0.0
        self._disk: Disk | None = None
        try:
            self._disk = Disk(folder, most_bytes, site)
        except TROUBLE as error:
            self._complain(error)

    @property
    def disk(self) -> Disk | None:
        """The disk, as long as it may be believed."""
        return None if self._is_doubtful else self._disk

    def get(self, key: str, *, since: float) -> Page | None:
        try:
            return self.disk.get(key, since=since) if self.disk else None
        except TROUBLE as error:
            self._complain(error)
            return None

    def put(self, key: str, page: Page) -> None:
        if self.disk:
            self._works(partial(self.disk.put, key, page))

    def touch(self, tags: Iterable[str]) -> None:
        if not (self.disk and self._works(partial(self.disk.touch, tags))):
            self.close()

    def close(self) -> None:
        """Nothing here may be trusted any more."""
        if self._disk:
            self._is_doubtful = not self._works(self._disk.close)

    def tend(self) -> None:
        """What has to be done every second or so."""
        if self._is_doubtful:
            self.close()
        if self.disk:
            self._works(self.disk.end)
        if self.disk and monotonic() - self._trimmed > TRIM_EVERY:
            self._trimmed = monotonic()
            self._works(self.disk.trim)

    def leave(self) -> None:
        if self._disk:
            self._disk.leave()

    @contextmanager
    def alone(self, key: str) -> Iterator[None]:
        """Only one at a time makes this page, where the disk can tell one from the other."""
        disk = self._disk
        with ExitStack() as turn:
            if disk:
                self._works(lambda: turn.enter_context(disk.alone(key)))
            yield

    def _works(self, work: Callable[[], object]) -> bool:
        try:
            work()
        except TROUBLE as error:
            self._complain(error)
            return False
        return True

    def _complain(self, error: Exception) -> None:
        if monotonic() - self._complained > QUIET_FOR:
            self._complained = monotonic()
            log.warning("pages are not kept on the disk: %s: %s", type(error).__name__, error)
