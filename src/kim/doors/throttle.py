"""Limits per account and per device, never per shared IP alone: a whole village may sit behind one address."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils.crypto import salted_hmac

from kim.doors.models import Knock
from kim.kernel import clock
from kim.kernel.lines import network_of
from kim.kernel.results import NotAllowed

_KNOCK = """
INSERT INTO doors_knock (bucket, count, until) VALUES (%(bucket)s, %(weight)s, %(until)s)
ON CONFLICT (bucket) DO UPDATE SET
  count = CASE WHEN doors_knock.until < %(now)s THEN %(weight)s ELSE doors_knock.count + %(weight)s END,
  until = CASE
    WHEN doors_knock.until < %(now)s THEN EXCLUDED.until
    WHEN doors_knock.count < %(limit)s AND doors_knock.count + %(weight)s >= %(limit)s THEN EXCLUDED.until
    ELSE doors_knock.until END
RETURNING count, until
"""


LINE_BITS = 20


class TooOften(NotAllowed):
    """The bucket is full; the message says until when."""


def knock(bucket: str, *, limit: int, per: timedelta, weight: int = 1) -> None:
    """Count one knock in one statement, a heavy one as so many; raises TooOften beyond `limit` within `per`.

    The window begins with the first knock, and once more with the last allowed one: a full bucket stays shut for
    the whole of `per`.
    """
    now = clock.now()
    with connection.cursor() as cursor:
        known: dict[str, Any] = {
            "bucket": bucket[:120],
            "weight": weight,
            "until": now + per,
            "now": now,
            "limit": limit,
        }
        cursor.execute(_KNOCK, known)
        count, until = cursor.fetchone()
    if count > limit:
        raise _too_often(until)


def demand_room(limits: Mapping[str, int]) -> None:
    """Raise TooOften where one of these buckets is full already; counts nothing. For doors that count what was wrong.

    Of tries that come in the same moment each may still find room: as many more as are answered at once.
    """
    open_ = Knock.objects.filter(bucket__in=limits, until__gte=clock.now()).values_list("bucket", "count", "until")
    full = [until for bucket, count, until in open_ if count >= limits[bucket]]
    if full:
        raise _too_often(max(full))


def is_full(bucket: str, *, limit: int) -> bool:
    """Whether whoever knocks there now comes too often; counts nothing."""
    return Knock.objects.filter(bucket=bucket, until__gte=clock.now(), count__gte=limit).exists()


def _too_often(until: datetime) -> TooOften:
    minutes = max(1, round((until - clock.now()).total_seconds() / 60))
    return TooOften(f"Sudah terlalu sering dicoba. Tunggu {minutes} menit, lalu coba lagi.")


def forget(bucket: str) -> None:
    """A good knock empties the bucket."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM doors_knock WHERE bucket = %s", [bucket[:120]])


def line_mark(address: str, about: str = "") -> str:
    """A mark to count by that tells no address: twenty bits of a keyed digest, the same for thousands of lines.

    With `about` it is the mark of a line and a thing together, and tells neither.

    With a million marks, two lines of one hour hardly ever share a bucket; and nobody can go back from a mark to a line.
    """
    digest = salted_hmac("kim.doors.line", network_of(address) + about, algorithm="sha256").digest()
    return f"{int.from_bytes(digest[:4]) >> (32 - LINE_BITS):05x}"
