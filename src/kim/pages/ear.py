"""Hears on a connection of its own what every act changed, and knows until when it may be believed to have heard all."""

import json
import logging
import select
import threading
from collections.abc import Callable, Set
from time import monotonic, time
from typing import Any

import psycopg

from kim.pages.tags import of_act
from kim.pages.touch import CHANNEL

log = logging.getLogger(__name__)
PULSE = 0.25  # seconds between two signs of life
LEASE = 1.0  # seconds after the last sign of life for which kept pages may be served
REST = 1.0  # seconds before the next try to connect
SIGN, POSITION = "SELECT 1", "SELECT pg_current_wal_insert_lsn()::text"
IMPATIENT = {"connect_timeout": 2, "tcp_user_timeout": 1500, "keepalives_idle": 2, "keepalives_interval": 1}


class Ear(threading.Thread):
    """A thread that calls `on_touch(tags)` for each act, and `on_lapse()` when it may have missed one.

    `until`: kept pages may be served up to this moment of `time.monotonic()`. `since`: everything after it was heard.
    """

    def __init__(
        self,
        address: Callable[[], dict[str, Any]],
        *,
        on_touch: Callable[[Set[str]], None],
        on_lapse: Callable[[], None],
        quiet: Set[str] = frozenset(),
        on_position: Callable[[str], None] | None = None,
    ) -> None:
        super().__init__(name="ear", daemon=True)
        self.address, self.on_touch, self.on_lapse = address, on_touch, on_lapse
        self.quiet, self.on_position = quiet, on_position
        self.until = 0.0
        self.since = float("inf")
        self._told: list[str] = []
        self._ending = threading.Event()

    def run(self) -> None:
        while not self._ending.is_set():
            try:
                self._listen()
            except (psycopg.Error, OSError) as error:
                log.warning("not hearing of changes: %s", error)
            except Exception:  # whatever it was: no thread, no kept pages
                log.exception("hearing of changes failed")
            self.until, self.since = 0.0, float("inf")
            self._lapse()
            self._ending.wait(REST)

    def stop(self) -> None:
        self._ending.set()

    def _lapse(self) -> None:
        try:
            self.on_lapse()
        except Exception:
            log.exception("what was kept could not be dropped")

    def _listen(self) -> None:
        with psycopg.connect(**(self.address() | IMPATIENT), autocommit=True) as connection:
            connection.add_notify_handler(lambda notice: self._told.append(notice.payload))
            connection.execute(f"LISTEN {CHANNEL}")
            self._know(connection)  # what was told before anybody listened may not be missing on a replica either
            self.since, apart = monotonic(), time() - monotonic()
            news = select.poll()  # unlike select.select it knows descriptors beyond 1,023
            news.register(connection.fileno(), select.POLLIN)
            while not self._ending.is_set():
                sent = monotonic()
                connection.execute(SIGN)
                self._pass_on(connection)
                if abs(time() - monotonic() - apart) > LEASE:
                    raise OSError("the clock of this machine was set")  # midnights are elsewhere now
                self.until = sent + LEASE
                news.poll(PULSE * 1000)

    def _pass_on(self, connection: psycopg.Connection) -> None:
        if not self._told:
            return
        told, self._told = self._told, []
        tags = set().union(*map(self._tags, told))
        if tags:
            self._know(connection)  # asked after the news came, so it lies behind the act that was told
            self.on_touch(tags)

    def _know(self, connection: psycopg.Connection) -> None:
        """Tell how far the primary is: what is made from now on may not be older."""
        if self.on_position:
            (position,) = connection.execute(POSITION).fetchone()
            self.on_position(position)

    def _tags(self, payload: str) -> set[str]:
        said = json.loads(payload)
        if "tags" in said:
            return set(said["tags"])
        return set() if said["verb"] in self.quiet else of_act(said)
