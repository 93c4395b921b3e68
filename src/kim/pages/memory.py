"""The pages one web process keeps: a bounded table by address, and by tag."""

import threading
from collections import defaultdict, deque
from collections.abc import Iterable
from time import monotonic

from kim.pages.packed import Page
from kim.pages.tags import EVERYTHING

GRACE = 1.2  # seconds a page that is read all the time may still be served while its successor is being made
REMEMBERED = 30.0  # seconds a touch is remembered, for pages whose making began before it


class Memory:
    """Pages by key. Reading is one look into `pages`; every change goes through here and holds the lock."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.pages: dict[str, Page] = {}
        self.bytes = 0
        self._by_tag: dict[str, set[str]] = defaultdict(set)
        self._touches: deque[tuple[float, frozenset[str]]] = deque()
        self._lock = threading.Lock()

    def get(self, key: str) -> Page | None:
        """The page, unless its time is over."""
        page = self.pages.get(key)
        if page is None or monotonic() < page.until:
            return page
        self.drop(key)
        return None

    def put(self, key: str, page: Page, *, lag: float = 0.0) -> bool:
        """Keep a page; what was touched since its making began gets only the grace that is left. False: it is old already.

        `lag`: whoever made it may have heard of a change so much later than this process.
        """
        with self._lock:
            self._age(page, page.born - lag)
            if monotonic() >= page.until or page.size > self.most_bytes:
                return False
            self._remove(key)
            self.pages[key] = page
            self.bytes += page.size
            for tag in page.tags:
                self._by_tag[tag].add(key)
            self._make_room()
        return True

    def drop(self, key: str) -> None:
        with self._lock:
            self._remove(key)

    def clear(self) -> None:
        """Drop everything; what is being made at this moment may not be true either."""
        with self._lock:
            self._note(monotonic(), frozenset((EVERYTHING,)))
            self.pages.clear()
            self._by_tag.clear()
            self.bytes = 0

    def touch(self, tags: Iterable[str]) -> None:
        """From now on every page with one of these tags is old: it may be served for the grace, and is made anew."""
        now, tags = monotonic(), frozenset(tags)
        with self._lock:
            self._note(now, tags)
            for key in self._keys(tags):
                self.pages[key].grow_old(now + GRACE)

    def _note(self, now: float, tags: frozenset[str]) -> None:
        self._touches.append((now, tags))
        while self._touches[0][0] < now - REMEMBERED:
            self._touches.popleft()

    def _keys(self, tags: frozenset[str]) -> set[str]:
        if EVERYTHING in tags:
            return set(self.pages)
        return set().union(*(self._by_tag[tag] for tag in tags if tag in self._by_tag))

    def _age(self, page: Page, born: float) -> None:
        """A page whose making began before a touch was heard may show what was before."""
        for at, tags in self._touches:
            if at >= born and (EVERYTHING in tags or not tags.isdisjoint(page.tags)):
                page.grow_old(at + GRACE)
                return

    def _make_room(self) -> None:
        """Drop what was kept longest and not read since; what was read gets another round."""
        while self.bytes > self.most_bytes:
            key = next(iter(self.pages))
            page = self.pages[key]
            if page.is_used:
                page.is_used = False
                self.pages[key] = self.pages.pop(key)
            else:
                self._remove(key)

    def _remove(self, key: str) -> None:
        page = self.pages.pop(key, None)
        if page is None:
            return
        self.bytes -= page.size
        for tag in page.tags:
            self._by_tag[tag].discard(key)
            if not self._by_tag[tag]:
                del self._by_tag[tag]
