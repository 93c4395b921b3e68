"""The least a WSGI application can do: hand out bytes that were compressed beforehand.

`BENCH_FILES` names a folder of rendered pages (`…/index.html.gz`); all of them are read when the server starts.
"""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

ROOT = Path(os.environ["BENCH_FILES"])
PAGES = {
    "/" + "".join(f"{part}/" for part in file.parent.relative_to(ROOT).parts): file.read_bytes()
    for file in ROOT.rglob("index.html.gz")
}
HEADERS = [("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding")]


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    body = PAGES.get(environ["PATH_INFO"], b"")
    start_response("200 OK" if body else "404 Not Found", [*HEADERS, ("Content-Length", str(len(body)))])
    return [body]
