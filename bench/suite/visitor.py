"""Somebody with a browser: cookies, forms with their hidden fields, files; over one connection that stays open."""

import http.client
import re
import time
from collections.abc import Iterator
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

HIDDEN = re.compile(r'<input[^>]*type="hidden"[^>]*>')
NAME, VALUE = re.compile(r'name="([^"]*)"'), re.compile(r'value="([^"]*)"')


class Visitor:
    """One person. `source` is the loopback address they come from: a village has more than one."""

    def __init__(self, base: str, cookie: str = "", source: str = "127.0.0.1") -> None:
        parts = urlsplit(base)
        self.connection = http.client.HTTPConnection(
            parts.hostname or "127.0.0.1", parts.port, timeout=60, source_address=(source, 0)
        )
        self.cookies = dict([cookie.split("=", 1)]) if cookie else {}

    def get(self, path: str) -> tuple[int, str]:
        status, _, body = self._ask("GET", path)
        return status, body

    def post(self, path: str, fields: list[tuple[str, str]]) -> tuple[int, str, float]:
        """Status, where it leads to, and the seconds until the answer was there."""
        head = {"Content-Type": "application/x-www-form-urlencoded"}
        begun = time.perf_counter()
        status, to, _ = self._ask("POST", path, urlencode(fields).encode(), head)
        return status, to, time.perf_counter() - begun

    def send_file(self, path: str, fields: list[tuple[str, str]], name: str, data: bytes) -> tuple[int, str]:
        """A form with a file in the field `file`."""
        mark = uuid4().hex
        parts = [
            f'--{mark}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n' for key, value in fields
        ]
        parts.append(f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n')
        body = "".join(parts).encode() + b"Content-Type: text/csv\r\n\r\n" + data + f"\r\n--{mark}--\r\n".encode()
        status, to, _ = self._ask("POST", path, body, {"Content-Type": f"multipart/form-data; boundary={mark}"})
        return status, to

    def stream(self, path: str, fields: list[tuple[str, str]]) -> tuple[int, Iterator[bytes]]:
        """The status of a download, and its bytes as they come."""
        head = {"Content-Type": "application/x-www-form-urlencoded", **self._cookie()}
        self.connection.request("POST", path, urlencode(fields).encode(), head)
        answer = self.connection.getresponse()
        return answer.status, iter(lambda: answer.read1(65_536), b"")

    def close(self) -> None:
        self.connection.close()

    def _ask(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, str, str]:
        self.connection.request(method, path, body, {**(headers or {}), **self._cookie()})
        answer = self.connection.getresponse()
        text = answer.read().decode(errors="replace")
        for word in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = word.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.getheader("Location", ""), text

    def _cookie(self) -> dict[str, str]:
        words = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"Cookie": words} if words else {}


def hidden_fields(page: str) -> list[tuple[str, str]]:
    """The hidden fields of the page's forms: the CSRF token, the key that makes a write happen once, the rest."""
    found: dict[str, str] = {}
    for tag in HIDDEN.findall(page):
        name, value = NAME.search(tag), VALUE.search(tag)
        if name and value:
            found.setdefault(name[1], value[1])
    return list(found.items())
