"""A page as it goes over the wire: its bytes in the two encodings, and the headers of each."""

import gzip
from collections.abc import Iterable
from functools import lru_cache

import brotli

Headers = list[tuple[str, str]]
OWN = ("content-length", "content-encoding")  # headers that belong to one encoding only
SHORT = ("etag", "cache-control", "vary")  # what an answer 304 repeats
OVERHEAD = 2000  # bytes a page takes beside its own: lists, headers, entries of the tables


class Page:
    """Ready to serve. Times are of `time.monotonic()`, which all processes of a machine share."""

    __slots__ = (
        "born", "brotli", "brotli_headers", "etag", "gzip", "gzip_headers", "headers",
        "is_old", "is_used", "short_headers", "size", "tags", "until",
    )  # fmt: skip

    def __init__(
        self, headers: Headers, gzipped: bytes, brotlied: bytes, *, tags: Iterable[str], born: float, until: float
    ) -> None:
        self.headers = [pair for pair in headers if pair[0].lower() not in OWN]
        self.etag = next((value for name, value in headers if name.lower() == "etag"), "")
        self.short_headers = [pair for pair in self.headers if pair[0].lower() in SHORT]
        self.gzip, self.brotli = [gzipped], [brotlied]
        self.gzip_headers = encoded(self.headers, "gzip", gzipped)
        self.brotli_headers = encoded(self.headers, "br", brotlied)
        self.tags, self.born, self.until = frozenset(tags), born, until
        self.is_old = self.is_used = False
        self.size = len(gzipped) + len(brotlied) + OVERHEAD

    def grow_old(self, until: float) -> None:
        """A change was heard: another page is due, and this one ends then at the latest."""
        self.is_old, self.until = True, min(self.until, until)

    def plain(self) -> bytes:
        return gzip.decompress(self.gzip[0])


@lru_cache(512)
def encoding_for(accepted: str) -> str:
    """The best encoding this reader takes, by `Accept-Encoding`: `br`, `gzip`, or none; `gzip;q=0` is a refusal."""
    taken = set()
    for choice in accepted[:500].lower().split(","):
        name, _, weight = choice.replace(" ", "").partition(";q=")
        if weight.strip("0.") or not weight:
            taken.add(name)
    return next((name for name in ("br", "gzip") if name in taken), "")


def encoded(headers: Headers, encoding: str, body: bytes) -> Headers:
    return [*headers, ("Content-Encoding", encoding), ("Content-Length", str(len(body)))]


def gzipped(body: bytes) -> bytes:
    """The same bytes for the same page, always (no time in the header)."""
    return gzip.compress(body, 6, mtime=0)


def brotlied(body: bytes) -> bytes:
    return brotli.compress(body, quality=5)
