"""The boundary between the web server and Django: a kept page is answered here, before anything else is done.

Only bare requests ever make a page that is kept: no cookie, no address, no header of the reader reaches Django with
them, so nothing personal can be in it.
"""

import sys
import threading
from collections.abc import Callable, Iterable
from time import monotonic
from typing import Any

from kim.pages.ear import Ear
from kim.pages.making import Answer, Asked, ask, made
from kim.pages.memory import Memory
from kim.pages.packed import Page, encoding_for
from kim.pages.renewal import Renewal
from kim.pages.shelf import Shelf

WROTE = "kim_menulis="  # the short-lived cookie of somebody who has just written and reads past the kept pages
TURN = 0.0005  # seconds a page being made may hold up one that is ready (Python's own 0.005 is ten times as long)
SPELLINGS = 100  # ways to write a host that are remembered
UNKEPT_FOR, MOST_UNKEPT = 5.0, 2000  # seconds, addresses
Environ = dict[str, Any]
Application = Callable[..., Iterable[bytes]]


class Front:
    """A WSGI application around Django's. `is_public(host, path)` says which addresses may be kept.

    `lag`: seconds by which another process of the machine may make a page from older data than this one has heard of.
    """

    def __init__(
        self,
        django: Application,
        *,
        is_public: Callable[[str, str], bool],
        memory: Memory,
        disk: Shelf,
        ear: Ear,
        lag: float = 0.0,
    ) -> None:
        self.django, self.is_public, self.lag = django, is_public, lag
        self.memory, self.disk, self.ear = memory, disk, ear
        self.pages = memory.pages
        self.renewal = Renewal(self.fetch, disk.tend)
        self._hosts: dict[str, str] = {}  # as readers write it → its one name
        self._unkept: dict[str, float] = {}
        self._beginning = threading.Lock()

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        said = environ.get("HTTP_HOST", "")
        key = self._hosts.get(said, said) + environ["PATH_INFO"] + "?" + environ["QUERY_STRING"]
        page = self.pages.get(key)
        if page is None or environ["REQUEST_METHOD"] != "GET":
            return self.miss(environ, start_response)
        now = monotonic()
        if now >= page.until or now >= self.ear.until or WROTE in environ.get("HTTP_COOKIE", ""):
            return self.miss(environ, start_response)
        page.is_used = True
        if page.is_old:
            self.renewal.ask(key, environ)
        return serve(page, environ, start_response)

    def miss(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Not at hand: find it under its proper address, have it made, or leave the whole request to Django."""
        if self.ear.ident is None:
            self._begin()
        asked = Asked(environ)
        if not (asked.may_be_kept and self.ear.until > monotonic() and self.is_public(asked.host, asked.path)):
            return self.django(environ, start_response)
        if WROTE in environ.get("HTTP_COOKIE", ""):
            return self.django(environ, start_response)
        if self._unkept.get(asked.key, 0.0) > monotonic():
            return self.django(environ, start_response)
        found = self.fetch(asked)
        if isinstance(found, Page):
            self._remember(environ["HTTP_HOST"], asked.host)
            return serve(found, environ, start_response)
        start_response(found.status, found.headers)
        return found.body

    def fetch(self, asked: Asked, *, is_renewal: bool = False) -> Page | Answer:
        """The page of an address, made at most once at a time on this machine; or what Django says instead of a page."""
        page = None if is_renewal else self.memory.get(asked.key)
        if page is not None:
            return page
        with self.disk.alone(asked.key):
            page = self.memory.get(asked.key)
            if page is not None and not page.is_old:
                return page
            page = self.disk.get(asked.key, since=self.ear.since)
            if page is not None and self.memory.put(asked.key, page, lag=self.lag) and not page.is_old:
                return page
            if self._unkept.get(asked.key, 0.0) <= monotonic():
                return self._make(asked)
        return ask(self.django, asked)  # whoever had the turn before found that there is nothing to wait for

    def _make(self, asked: Asked) -> Page | Answer:
        born = monotonic()
        answer = ask(self.django, asked)
        page = made(answer, born=born)
        if page is None:
            self._pass(asked.key)
            return answer
        heard_all = self.ear.since <= born and monotonic() < self.ear.until
        if heard_all and self.memory.put(asked.key, page) and not page.is_old:
            self.disk.put(asked.key, page)
        return page

    def _pass(self, key: str) -> None:
        """No page to keep (a text that is gone, a long list): for some seconds nobody waits for another's making of it."""
        if len(self._unkept) >= MOST_UNKEPT:
            self._unkept.clear()
        self._unkept[key] = monotonic() + UNKEPT_FOR

    def _remember(self, said: str, host: str) -> None:
        if said != host:
            if len(self._hosts) >= SPELLINGS:
                self._hosts.clear()
            self._hosts[said] = host

    def stop(self) -> None:
        """End both threads, for a process that lives on."""
        for thread in (self.ear, self.renewal):
            thread.stop()
            if thread.ident is not None:
                thread.join()

    def _begin(self) -> None:
        """Threads begin with the first request: a web server may have copied this process after it was made."""
        with self._beginning:
            if self.ear.ident is None:
                sys.setswitchinterval(TURN)
                self.ear.start()
                self.renewal.start()


def serve(page: Page, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The page in the best encoding the reader takes, or the word that it has not changed."""
    known = environ.get("HTTP_IF_NONE_MATCH")
    if known and page.etag in known:
        start_response("304 Not Modified", page.short_headers)
        return ()
    encoding = encoding_for(environ.get("HTTP_ACCEPT_ENCODING", ""))
    if encoding == "br":
        start_response("200 OK", page.brotli_headers)
        return page.brotli
    if encoding == "gzip":
        start_response("200 OK", page.gzip_headers)
        return page.gzip
    body = page.plain()
    start_response("200 OK", [*page.headers, ("Content-Length", str(len(body)))])
    return (body,)
