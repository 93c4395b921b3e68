"""The kept pages before the real Django and the real database of the tests."""

import io
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.db import connections

from kim.config.front import address, is_public
from kim.config.wiring import QUIET
from kim.pages import touched
from kim.pages.ear import Ear
from kim.pages.front import Front
from kim.pages.memory import Memory
from kim.pages.packed import Page
from kim.pages.shelf import Shelf

HOST = "localhost"
MB = 1024 * 1024


class Kept:
    """A front with its ear, as a web process has it. `heard` lists every set of tags that came in."""

    def __init__(self, folder: Path, django: Any = None, *, megabytes: int = 8) -> None:
        self.heard: list[set[str]] = []
        self.memory, self.disk = Memory(megabytes * MB), Shelf(folder, megabytes * MB)
        self.ear = Ear(address, on_touch=self._touch, on_lapse=self._lapse, quiet=QUIET)
        self.front = Front(
            django or WSGIHandler(), is_public=is_public, memory=self.memory, disk=self.disk, ear=self.ear
        )

    def _touch(self, tags: set[str]) -> None:
        self.memory.touch(tags)
        self.disk.touch(tags)
        self.heard.append(tags)

    def _lapse(self) -> None:
        self.memory.clear()
        self.disk.close()

    def begin(self) -> "Kept":
        self.get("/sehat/")
        wait_for(lambda: self.ear.until > time.monotonic())
        return self

    def stop(self) -> None:
        self.front.stop()
        self.disk.leave()
        connections.close_all()

    def catch_up(self) -> None:
        """Wait until everything that was committed before this moment has been heard."""
        mark = f"sync:{time.monotonic_ns()}"
        touched(mark)
        wait_for(lambda: any(mark in tags for tags in self.heard))

    def ask(self, path: str, *, method: str = "GET", **headers: str) -> tuple[str, dict[str, str], bytes]:
        """(status line, headers in small letters, body) of one request at the boundary."""
        environ, said = request(path, method=method, **headers), []
        body = self.front(environ, lambda status, told, failure=None: said.extend((status, told)))
        parts = b"".join(body)
        if hasattr(body, "close"):
            body.close()
        return said[0], {name.lower(): value for name, value in said[1]}, parts

    def get(self, path: str, **headers: str) -> bytes:
        return self.ask(path, **headers)[2]

    def fill(self, paths: Iterable[str]) -> None:
        for path in paths:
            self.get(path)

    def page(self, path: str) -> Page | None:
        address, _, query = path.partition("?")
        return self.memory.get(f"{HOST}{address}?{query}")

    def keeps(self, path: str) -> bool:
        return self.page(path) is not None


def request(path: str, *, method: str = "GET", **headers: str) -> dict[str, Any]:
    """A WSGI environ such as the web server makes it; headers as `HTTP_COOKIE="…"`."""
    address, _, query = path.partition("?")
    return {
        "REQUEST_METHOD": method, "SCRIPT_NAME": "", "PATH_INFO": address, "QUERY_STRING": query, "HTTP_HOST": HOST,
        "SERVER_NAME": HOST, "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "198.51.100.7",
        "wsgi.version": (1, 0), "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(), "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True, "wsgi.multiprocess": True, "wsgi.run_once": False, **headers,
    }  # fmt: skip


def wait_for(happened: Callable[[], object], patience: float = 20) -> None:
    end = time.monotonic() + patience
    while not happened():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.01)
