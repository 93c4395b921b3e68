"""A bounded list of knocks in each web process, and the thread that makes sketches of them every two seconds.

Whoever knocks waits for nothing: a knock is one entry in a list. An address lives in that list for two seconds, then
there is only a hash under the salt of the day, and next day nobody can make that hash again. A crash loses these
seconds; the end of a process folds them. People behind one address with devices of one kind count as one: a school, a
balai desa or a mobile network is undercounted, never named.
"""

import hashlib
import logging
import threading
from collections import deque
from datetime import date
from typing import NamedTuple

from django.conf import settings
from django.db import Error, connections

from kim.kernel import clock
from kim.kernel.lines import network_of
from kim.kernel.sketch import Sketch
from kim.reach.actions.folding import Seen, fold, salt_of_today
from kim.reach.models import Way

log = logging.getLogger(__name__)
EVERY = 2.0  # seconds
MOST_WAITING = 10_000  # knocks of one process within that time
MOST_SKETCHES = 5_000  # kept while the database is away
LONGEST_KEY = 80


class Knock(NamedTuple):
    """Somebody has a thing before their eyes. `device` is one of 256: what the browser calls itself is not kept."""

    key: str
    way: str
    address: str
    device: int


class Counter(threading.Thread):
    """Notes knocks without waiting, and folds them in the background until the process ends."""

    def __init__(self, every: float = EVERY) -> None:
        # No daemon: Python waits for it at the end, and it ends with the main thread, by whose end it is woken.
        super().__init__(name="readers", daemon=False)
        self.every = every
        self._waiting: deque[Knock] = deque()
        self._seen: Seen = {}
        self._day: date | None = None
        self._salt = b""
        self._is_ending = False
        self._beginning = threading.Lock()

    def note(self, knock: Knock) -> None:
        """Remember it for a moment; beyond the bound nobody is counted."""
        if len(self._waiting) < MOST_WAITING:
            self._waiting.append(knock)

    def begin(self) -> None:
        """With the first knock: a web server may have copied this process after it was made."""
        with self._beginning:
            if self.ident is None:
                self.start()

    def run(self) -> None:
        while not self._is_ending and threading.main_thread().is_alive():
            threading.main_thread().join(self.every)
            self.count()
        connections.close_all()

    def stop(self) -> None:
        """End it, for a process that lives on; what waits is folded."""
        self._is_ending = True
        self.join()

    def count(self) -> None:
        """Everything that waits goes into the rows. While the database is away, sketches wait and addresses do not."""
        try:
            self._hash()
            fold(self._seen)
            self._seen = {}
        except Error as error:
            log.warning("readers wait to be counted: %s", error)
            connections.close_all()
        except Exception:  # whatever it was: the thread goes on
            log.exception("readers could not be counted")

    def _hash(self) -> None:
        """Sketches of whoever waits now; others may come meanwhile. Without a salt they are let go."""
        waiting = [self._waiting.popleft() for _ in range(len(self._waiting))]
        if waiting and self._day != clock.today():
            self._day, self._salt = salt_of_today()
        for knock in waiting:
            place = (knock.key, self._day, knock.way)
            if place in self._seen or len(self._seen) < MOST_SKETCHES:
                self._seen.setdefault(place, Sketch()).add(_mark(self._salt, self._day, knock))


COUNTER = Counter()


def hear(key: str, *, way: str, address: str, agent: str) -> None:
    """Somebody reads this thing. Costs nothing here and now; an unknown way counts as the page, an unknown thing not at all."""
    if not settings.KIM_REACH or len(key) > LONGEST_KEY:
        return
    way = way if way in Way.values else Way.PAGE.value
    COUNTER.note(Knock(key, way, address, device_of(agent)))
    if COUNTER.ident is None:
        COUNTER.begin()


def device_of(agent: str) -> int:
    """One of 256: one line is so many readers of a thing and day at most, by however many names it calls itself."""
    return hashlib.blake2b(agent.encode(errors="replace"), digest_size=1).digest()[0]


def _mark(salt: bytes, day: date | None, knock: Knock) -> int:
    """64 bits that are the same for the same reader all day, and tell nothing without the salt."""
    words = f"{day}\n{network_of(knock.address)}\n{knock.device}".encode()
    return int.from_bytes(hashlib.blake2b(words, key=salt, digest_size=8).digest())
