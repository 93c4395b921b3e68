"""Fetching from a stranger without being led inside: a name is looked up once, every address of it is judged, and exactly
a judged one is connected to. Time, bytes and redirects are bounded; a Trouble says in Indonesian what to do."""

import io
import re
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import UTC, timedelta
from email.utils import parsedate_to_datetime
from http.client import HTTPException, HTTPResponse
from queue import Empty, SimpleQueue
from threading import Thread
from typing import cast
from urllib.parse import quote, urljoin, urlsplit

from kim.kernel import clock
from kim.kernel.internet import is_public

LookUp = Callable[[str, int], list[str]]
PORTS = {"http": 80, "https": 443}
LONGEST = 1000  # characters of an address
PATIENCE = 15.0  # seconds for everything together
HEAD = 64 * 1024  # bytes of status line and headers
KNOCK = 5.0  # seconds for one of several addresses to open
LONGEST_WAIT = timedelta(days=7)
MOVED = {301, 302, 303, 307, 308}

NO_ADDRESS = "Alamat ini belum benar. Salin seluruhnya dari peramban, dimulai dengan https://."
NO_PASSWORDS = "Alamat ini berisi nama pengguna atau kata sandi. Pakai alamat yang terbuka untuk umum."
NO_SUCH_PORT = "Alamat ini memakai pintu (port) yang tidak biasa. Pakai alamat https:// biasa."
NOT_FOUND = "Nama situs ini tidak ditemukan. Periksa ejaannya."
NOT_PUBLIC = "Alamat ini tidak menuju internet umum, jadi tidak kami buka."
NO_ANSWER = "Situs itu tidak menjawab. Coba lagi nanti."
TOO_SLOW = "Situs itu terlalu lama menjawab. Coba lagi nanti."
NOT_SAFE = "Sertifikat keamanan situs itu tidak sah, jadi tidak kami baca. Beri tahu pengelolanya."
TOO_BIG = "Isinya terlalu besar untuk dibaca. Minta alamat yang lebih ringkas."
GARBLED = "Jawaban situs itu rusak di tengah jalan. Coba lagi nanti."
IN_CIRCLES = "Alamat ini terlalu sering dialihkan. Pakai alamat tujuannya langsung."
LESS_SAFE = "Alamat ini dialihkan dari https ke http yang tidak aman, jadi tidak kami ikuti."
OTHER_KIND = "Alamat ini bukan berisi yang kami cari ({kind})."
ANSWERED = {
    401: "Situs itu meminta kata sandi (401). Pakai alamat yang terbuka untuk umum.",
    403: "Situs itu menolak kami (403). Tanyakan kepada pengelolanya.",
    404: "Alamat ini tidak ada di situs itu (404). Periksa lagi alamatnya.",
    410: "Alamat ini sudah dihapus dari situs itu (410). Cari alamat barunya.",
    429: "Situs itu meminta kami kembali nanti (429).",
    503: "Situs itu sedang sibuk (503). Coba lagi nanti.",
}
ANSWERED_ELSE = "Situs itu menjawab dengan kesalahan ({status}). Coba lagi nanti."


class Trouble(Exception):
    """Nothing was fetched. The message is a sentence for a person; `wait` is how long the other side asked us to."""

    def __init__(self, sentence: str, *, wait: timedelta | None = None) -> None:
        super().__init__(sentence)
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Bounds:
    """How far a fetch goes. `doors` are `address:port` inside that may be reached all the same: for tests."""

    seconds: float = PATIENCE
    size: int = 2_000_000
    redirects: int = 3
    doors: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came: where it was found in the end, its words, and what to ask with next time."""

    url: str
    body: bytes
    charset: str
    etag: str
    last_modified: str
    is_same: bool = False  # 304: nothing changed since the last time


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart once, so that what is judged is what is asked."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """The Host header: brackets around IPv6, the port only where it is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.authority}{self.path}"


def target(address: str) -> Target:
    """The parts of a web address; raises Trouble for what is none, or carries a password."""
    address = address.strip()
    if not address or len(address) > LONGEST or not address.isprintable() or re.search(r"[\s\\]", address):
        raise Trouble(NO_ADDRESS)
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").rstrip("."), parts.port
        host = host if ":" in host else host.encode("idna").decode()
    except ValueError as error:
        raise Trouble(NO_ADDRESS) from error
    if parts.scheme not in PORTS or not re.fullmatch(r"[0-9a-z_.-]+|[0-9a-f:.]+", host):
        raise Trouble(NO_ADDRESS)
    if "@" in parts.netloc:
        raise Trouble(NO_PASSWORDS)
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/?%:@!$&'()*+,;=~-._[]")
    return Target(parts.scheme, host, port or PORTS[parts.scheme], f"{path}?{query}" if query else path)


def look_up(host: str, port: int) -> list[str]:
    """Every address of a host, as this machine's resolver has it."""
    return list(dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


def fetch(
    address: str,
    *,
    agent: str,
    kinds: Collection[str] = (),
    etag: str = "",
    last_modified: str = "",
    bounds: Bounds = Bounds(),
    look_up: LookUp = look_up,
    tls: ssl.SSLContext | None = None,
) -> Fetched:
    """GET an address, following a few redirects, each judged anew; raises Trouble.

    `kinds` are the content types wanted (any, when empty); `etag` and `last_modified` of the last time make the
    question conditional.
    """
    asked = {"If-None-Match": _safe(etag), "If-Modified-Since": _safe(last_modified)}
    headers = {"User-Agent": agent, "Accept": ", ".join([*kinds, "*/*;q=0.1"]), "Accept-Encoding": "gzip"} | asked
    errand = _Errand(headers, kinds, bounds, look_up, tls or ssl.create_default_context())
    place = target(address)
    for _ in range(bounds.redirects + 1):
        answer = errand.ask(place)
        if isinstance(answer, Fetched):
            return answer
        if place.scheme == "https" and answer.scheme == "http":
            raise Trouble(LESS_SAFE)
        place = answer
    raise Trouble(IN_CIRCLES)


def _safe(value: str) -> str:
    """A header that was sent to us and may be sent back: nothing that could begin another one."""
    return value if value.isascii() and value.isprintable() and len(value) <= 200 else ""


@dataclass
class _Errand:
    """One fetch with all its redirects; the time begins to run when it is made."""

    headers: dict[str, str]
    kinds: Collection[str]
    bounds: Bounds
    look_up: LookUp
    tls: ssl.SSLContext
    began: float = field(default_factory=time.monotonic)

    def left(self) -> float:
        """The seconds that are left for everything; raises Trouble when there are none."""
        seconds = self.began + self.bounds.seconds - time.monotonic()
        if seconds <= 0:
            raise Trouble(TOO_SLOW)
        return seconds

    def ask(self, place: Target) -> "Fetched | Target":
        """What one address answers: the thing itself, or where it has moved."""
        try:
            with self._connected(place) as line:
                return self._talk(place, line)
        except TimeoutError as error:
            raise Trouble(TOO_SLOW) from error
        except ssl.SSLError as error:
            raise Trouble(NOT_SAFE) from error
        except (OSError, HTTPException, zlib.error, ValueError) as error:
            raise Trouble(GARBLED) from error

    def _judged(self, place: Target) -> list[str]:
        """The addresses of a host, of which each has to be public: a mixed answer is an attempt."""
        if place.port not in PORTS.values() and not any(door.endswith(f":{place.port}") for door in self.bounds.doors):
            raise Trouble(NO_SUCH_PORT)
        found = self._looked_up(place)
        if not found:
            raise Trouble(NOT_FOUND)
        if not all(self._is_open(address, place.port) for address in found):
            raise Trouble(NOT_PUBLIC)
        return found

    def _is_open(self, address: str, port: int) -> bool:
        return f"{address}:{port}" in self.bounds.doors or (port in PORTS.values() and is_public(address))

    def _looked_up(self, place: Target) -> list[str]:
        """A resolver knows no time limit, so it is asked aside; nothing waits for it longer than there is time."""
        answer: SimpleQueue[list[str]] = SimpleQueue()

        def ask() -> None:
            try:
                answer.put(self.look_up(place.host, place.port))
            except (OSError, UnicodeError):
                answer.put([])

        Thread(target=ask, daemon=True).start()
        try:
            return answer.get(timeout=self.left())
        except Empty as error:
            raise Trouble(TOO_SLOW) from error

    def _connected(self, place: Target) -> socket.socket:
        """A line to the first judged address that opens, with TLS for the name that was asked."""
        for address in self._judged(place):
            line = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM)
            try:
                line.settimeout(min(KNOCK, self.left()))
                line.connect((address, place.port))
                line.settimeout(self.left())
                return self.tls.wrap_socket(line, server_hostname=place.host) if place.scheme == "https" else line
            except ssl.SSLError:
                line.close()
                raise
            except OSError:
                line.close()
            except BaseException:
                line.close()
                raise
        raise Trouble(NO_ANSWER)

    def _talk(self, place: Target, line: socket.socket) -> "Fetched | Target":
        said = {"Host": place.authority, **self.headers, "Connection": "close"}
        words = "".join(f"{name}: {value}\r\n" for name, value in said.items() if value)
        line.settimeout(self.left())
        line.sendall(f"GET {place.path} HTTP/1.1\r\n{words}\r\n".encode("ascii"))
        stream = _Stream(line, self)
        with HTTPResponse(cast(socket.socket, stream), method="GET") as answer:
            answer.begin()
            if answer.status in MOVED:
                return target(urljoin(place.url, answer.headers.get("Location", "")))
            if answer.status not in (200, 304):
                raise _refusal(answer)
            return self._read(place, answer, stream)

    def _read(self, place: Target, answer: HTTPResponse, stream: "_Stream") -> Fetched:
        most, headers = self.bounds.size, answer.headers
        kind = headers.get_content_type()
        etag, last_modified = _safe(headers.get("ETag", "")), _safe(headers.get("Last-Modified", ""))
        charset = headers.get_content_charset() or ""
        if answer.status == 304:
            return Fetched(place.url, b"", charset, etag, last_modified, is_same=True)
        if self.kinds and "Content-Type" in headers and kind not in self.kinds:
            raise Trouble(OTHER_KIND.format(kind=kind[:60]))
        stream.allowance = most + HEAD
        body = answer.read(most + 1)
        if len(body) > most:
            raise Trouble(TOO_BIG)
        if answer.length:
            raise Trouble(GARBLED)
        plain = _unpacked(body, headers.get("Content-Encoding", ""), most)
        return Fetched(place.url, plain, charset, etag, last_modified)


class _Stream(io.RawIOBase):
    """What comes down a line, as long as the time and the allowance of bytes last. An HTTPResponse reads from it."""

    def __init__(self, line: socket.socket, errand: _Errand) -> None:
        self.line, self.errand, self.allowance = line, errand, HEAD

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        self.line.settimeout(self.errand.left())
        count = self.line.recv_into(buffer)
        self.allowance -= count
        if self.allowance < 0:
            raise Trouble(TOO_BIG)
        return count

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(self)


def _unpacked(body: bytes, encoding: str, most: int) -> bytes:
    """The body as it was before it was packed, never more than `most` of it."""
    if encoding.strip().lower() in ("", "identity"):
        return body
    if encoding.strip().lower() not in ("gzip", "x-gzip"):
        raise Trouble(GARBLED)
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    plain = unpacker.decompress(body, most + 1)
    if len(plain) > most:
        raise Trouble(TOO_BIG)
    if not unpacker.eof:
        raise Trouble(GARBLED)
    return plain


def _refusal(answer: HTTPResponse) -> Trouble:
    sentence = ANSWERED.get(answer.status, ANSWERED_ELSE.format(status=answer.status))
    return Trouble(sentence, wait=_wait(answer.headers.get("Retry-After", "")))


def _wait(asked: str) -> timedelta | None:
    """Retry-After in seconds or as a date, up to a week."""
    if asked.isascii() and asked.isdigit():
        return min(timedelta(seconds=int(asked[:9])), LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(asked)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(timedelta(), min(moment - clock.now(), LONGEST_WAIT))
