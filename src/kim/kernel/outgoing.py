"""Speaking HTTP to other people's machines: one short question, bounded in time and size, and never led elsewhere."""

import email.utils
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import urllib3

CONNECT, SILENCE, WHOLE = 3.0, 6.0, 10.0  # seconds: to connect, between two bytes, for the whole answer
MOST_BYTES = 64 * 1024
LONGEST_REQUEST_TO_WAIT = 3600.0
NOBODY, SILENT = "Gerbang tidak dapat dihubungi.", "Gerbang tidak menjawab pada waktunya."

_pool = urllib3.PoolManager(num_pools=20, maxsize=8, retries=False, timeout=urllib3.Timeout(CONNECT, SILENCE))


class Unreachable(Exception):
    """No answer, or none that ends. The message is an Indonesian sentence and never holds an address or a secret."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, redirects included: those are never followed."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def is_good(self) -> bool:
        return 200 <= self.status < 300

    def json(self) -> dict[str, Any]:
        """The object in the body; an empty one when it holds anything else."""
        try:
            said = json.loads(self.body)
        except ValueError:
            return {}
        return said if isinstance(said, dict) else {}

    @property
    def retry_after(self) -> float:
        """The seconds we are asked to wait, at most an hour; 0 when nothing readable was said."""
        said = self.headers.get("Retry-After", "").strip()
        if said.isdecimal():
            return min(float(said), LONGEST_REQUEST_TO_WAIT)
        try:
            when = email.utils.parsedate_to_datetime(said).timestamp()
        except (ValueError, TypeError, OverflowError):
            return 0.0
        return min(max(when - time.time(), 0.0), LONGEST_REQUEST_TO_WAIT)


def post(url: str, body: bytes, headers: Mapping[str, str], *, method: str = "POST") -> Answer:
    """Send and read the answer; raises Unreachable."""
    until = time.monotonic() + WHOLE
    try:
        response = _pool.request(
            method, url, body=body or None, headers=dict(headers), redirect=False, preload_content=False
        )
        try:
            return Answer(response.status, response.headers, _bounded(response, until))
        finally:
            response.close()  # a whole answer has given its connection back before
    except (urllib3.exceptions.ReadTimeoutError, urllib3.exceptions.ConnectTimeoutError) as error:
        is_refused = isinstance(error, urllib3.exceptions.NewConnectionError)  # counted there as a timeout
        raise Unreachable(NOBODY if is_refused else SILENT) from error
    except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
        raise Unreachable(NOBODY) from error


def _bounded(response: urllib3.BaseHTTPResponse, until: float) -> bytes:
    body = b""
    while chunk := response.read1(8192):
        body += chunk
        if len(body) > MOST_BYTES or time.monotonic() > until:
            raise Unreachable("Jawaban gerbang tidak ada habisnya.")
    return body
