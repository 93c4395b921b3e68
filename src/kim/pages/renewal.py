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
TEND_EVERY = 1.0
MOST_WAITING = 2000


class Renewal(threading.Thread):
    """A thread with a queue of addresses; asking twice for the same one is asking once. It also tends what is kept."""

    def __init__(self, fetch: Callable[..., Any], tend: Callable[[], None]) -> None:
        super().__init__(name="renewal", daemon=True)
        self._fetch, self._tend = fetch, tend
        self._waiting: dict[str, Asked] = {}
        self._done: dict[str, float] = {}
        self._tended = 0.0
        self._wake = threading.Event()
        self._is_ending = False

    def ask(self, key: str, environ: dict[str, Any]) -> None:
        if key not in self._waiting and len(self._waiting) < MOST_WAITING:
            self._waiting[key] = Asked(environ)
            self._wake.set()

    def run(self) -> None:
        while not self._is_ending:
            pause = self._quietly(self._step)
            self._wake.wait(TEND_EVERY if pause is None else pause)
            self._wake.clear()
        connections.close_all()

    def stop(self) -> None:
        self._is_ending = True
        self._wake.set()

    def _step(self) -> float:
        """Make one page, if one is due; returns for how long there is nothing to do."""
        now = monotonic()
        if now - self._tended >= TEND_EVERY:
            self._tended = now
            self._done = {key: at for key, at in self._done.items() if at > now - 2 * APART}
            self._quietly(self._tend)
        waiting = list(self._waiting)  # in one go: readers add to it meanwhile
        if not waiting:
            return TEND_EVERY
        key = min(waiting, key=lambda one: self._done.get(one, 0.0))
        pause = self._done.get(key, 0.0) + APART - now
        if pause > 0:
            return pause
        self._quietly(self._fetch, self._waiting[key], is_renewal=True)
        self._done[key] = monotonic()
        self._waiting.pop(key, None)
        return 0.0

    def _quietly(self, work: Callable[..., Any], *given: Any, **named: Any) -> Any:
        """A failure here leaves the page to its next reader, who makes it in the foreground."""
        try:
            return work(*given, **named)
        except Exception:
            log.exception("a page could not be made anew")
            return None
