"""A bare request to Django, and what of its answer may be kept."""

import io
import re
import sys
from collections.abc import Callable, Iterable
from time import monotonic
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode

from kim.kernel import clock
from kim.pages.memory import REMEMBERED
from kim.pages.packed import Headers, Page, brotlied, gzipped
from kim.pages.tags import TAGS, UNTIL, next_midnight

# Questions whose answers are pages of a list, in the order our links write them; any other is asked anew each time.
KEPT = ("wilayah", "sesudah")
# What says nothing of the page: where a reader comes from, and `v`, by which browsers know a picture drawn anew.
TRACKERS = re.compile(r"utm_\w+|fbclid|gclid|igshid|mc_[ce]id|ref|si|_ga|v")
LONGEST = 600  # characters of a query that is kept
HOST = re.compile(r"([a-z0-9.-]+|\[[0-9a-f:.]+\])(:[0-9]{1,5})?")
SECRETS = ("set-cookie",)
BARE = ("SERVER_NAME", "SERVER_PORT", "SERVER_PROTOCOL", "HTTP_X_FORWARDED_PROTO", "wsgi.url_scheme")


class Asked:
    """The address of a request without what makes it a person's: host, path, and the part of the query that counts."""

    __slots__ = ("bare", "host", "key", "may_be_kept", "path", "query")

    def __init__(self, environ: dict[str, Any]) -> None:
        self.host = host_of(environ.get("HTTP_HOST", ""))
        self.path = environ["PATH_INFO"]
        said = environ["QUERY_STRING"]
        self.query = _counting(said) if said else ""
        self.may_be_kept = environ["REQUEST_METHOD"] == "GET" and bool(self.host) and self.query is not None
        self.key = f"{self.host}{self.path}?{self.query}"
        self.bare = {name: environ[name] for name in BARE if name in environ}


def host_of(said: str) -> str:
    """The one name of a host, however it is written and whatever the port; empty for what is none."""
    found = HOST.fullmatch(said.lower())
    return found[1].rstrip(".") if found else ""


class Answer(NamedTuple):
    """What Django said: status line, headers, body, and what it noted about the page in the environ."""

    status: str
    headers: Headers
    body: list[bytes]
    tags: list[str]
    until: Any


def ask(django: Callable[..., Iterable[bytes]], asked: Asked) -> Answer:
    """Have Django answer as if a stranger without cookie, address and preferences had asked."""
    said: list[Any] = []
    environ = asked.bare | {
        "REQUEST_METHOD": "GET", "SCRIPT_NAME": "", "PATH_INFO": asked.path, "QUERY_STRING": asked.query,
        "HTTP_HOST": asked.host, "wsgi.version": (1, 0), "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr,
        "wsgi.multithread": True, "wsgi.multiprocess": True, "wsgi.run_once": False,
    }  # fmt: skip
    body = django(environ, lambda status, headers, failure=None: said.extend((status, headers)))
    try:
        parts = list(body)
    finally:
        if hasattr(body, "close"):
            body.close()
    return Answer(said[0], said[1], parts, environ.get(TAGS, []), environ.get(UNTIL))


def made(answer: Answer, *, born: float) -> Page | None:
    """The answer as a page to keep; None when it is no page, says nothing of itself, or belongs to somebody."""
    if not answer.status.startswith("200") or not answer.tags or monotonic() - born > REMEMBERED:
        return None
    told = {name.lower(): value.lower() for name, value in answer.headers}
    if any(name in told for name in SECRETS) or "cookie" in told.get("vary", "") or "content-encoding" in told:
        return None
    if not told.get("cache-control", "").startswith("public") or not told.get("etag"):
        return None
    now, body = clock.now(), b"".join(answer.body)
    ends = min(filter(None, (answer.until, next_midnight(now))))
    left = (ends - now).total_seconds()
    return Page(answer.headers, gzipped(body), brotlied(body), tags=answer.tags, born=born, until=born + left)


def _counting(said: str) -> str | None:
    """The query in its proper order without trackers; None when it asks for something that is not kept."""
    if len(said) > LONGEST:
        return None
    pairs = [(name, value) for name, value in parse_qsl(said) if not TRACKERS.fullmatch(name)]
    names = [name for name, _ in pairs]
    if any(name not in KEPT for name in names) or len(set(names)) < len(names):
        return None
    return urlencode(sorted(pairs, key=lambda pair: KEPT.index(pair[0])))
