"""Makes old pages anew in the background while their readers are still served, not more often than twice a second each."""

import logging
import threading
from collections.abc import Callable
from time import monotonic
from typing import Any

from django.db import connections

from kim.pages.making import Asked

log = logging.getLogger(__name__)
APART = 0.4  # seconds between two makings of the same page
TRIM_EVERY = 60.0
MOST_WAITING = 2000


class Renewal(threading.Thread):
    """A thread with a queue of addresses; asking twice for the same one is asking once."""

    def __init__(self, fetch: Callable[..., Any], trim: Callable[[], None]) -> None:
        super().__init__(name="renewal", daemon=True)
        self._fetch, self._trim = fetch, trim
        self._waiting: dict[str, Asked] = {}
        self._done: dict[str, float] = {}
        self._wake = threading.Event()
        self._is_ending = False

    def ask(self, key: str, environ: dict[str, Any]) -> None:
        if key not in self._waiting and len(self._waiting) < MOST_WAITING:
            self._waiting[key] = Asked(environ)
            self._wake.set()

    def run(self) -> None:
        trimmed = monotonic()
        while not self._is_ending:
            self._wake.wait(1.0)
            self._wake.clear()
            self._renew()
            if monotonic() - trimmed > TRIM_EVERY:
                trimmed = monotonic()
                self._quietly(self._trim)
        connections.close_all()

    def stop(self) -> None:
        self._is_ending = True
        self._wake.set()

    def _renew(self) -> None:
        while self._waiting and not self._is_ending:
            key = min(self._waiting, key=lambda one: self._done.get(one, 0.0))
            pause = self._done.get(key, 0.0) + APART - monotonic()
            if pause > 0:
                self._wake.wait(pause)
                self._wake.clear()
                continue
            asked = self._waiting[key]
            self._quietly(self._fetch, asked, is_renewal=True)
            self._done[key] = monotonic()
            self._waiting.pop(key, None)
        self._done = {key: at for key, at in self._done.items() if at > monotonic() - 2 * APART}

    def _quietly(self, work: Callable[..., Any], *given: Any, **named: Any) -> None:
        """A failure here leaves the page to its next reader, who makes it in the foreground."""
        try:
            work(*given, **named)
        except Exception:
            log.exception("a page could not be made anew")
