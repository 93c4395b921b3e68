"""Limits per account and per device, never per shared IP alone: a whole village may sit behind one address."""

from datetime import timedelta

from django.db import connection
from django.utils.crypto import salted_hmac

from kim.kernel import clock
from kim.kernel.lines import network_of
from kim.kernel.results import NotAllowed

_KNOCK = """
INSERT INTO doors_knock (bucket, count, until) VALUES (%s, 1, %s)
ON CONFLICT (bucket) DO UPDATE SET
  count = CASE WHEN doors_knock.until < %s THEN 1 ELSE doors_knock.count + 1 END,
  until = CASE
    WHEN doors_knock.until < %s OR doors_knock.count + 1 = %s THEN EXCLUDED.until
    ELSE doors_knock.until END
RETURNING count, until
"""


LINE_BITS = 20


class TooOften(NotAllowed):
    """The bucket is full; the message says until when."""


def knock(bucket: str, *, limit: int, per: timedelta) -> None:
    """Count one knock in one statement; raises TooOften beyond `limit` within `per`.

    The window begins with the first knock, and once more with the last allowed one: a full bucket stays shut for
    the whole of `per`.
    """
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(_KNOCK, [bucket[:120], now + per, now, now, limit])
        count, until = cursor.fetchone()
    if count > limit:
        minutes = max(1, round((until - now).total_seconds() / 60))
        raise TooOften(f"Sudah terlalu sering dicoba. Tunggu {minutes} menit, lalu coba lagi.")


def forget(bucket: str) -> None:
    """A good knock empties the bucket."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM doors_knock WHERE bucket = %s", [bucket[:120]])


def line_mark(address: str) -> str:
    """A mark to count by that tells no address: twenty bits of a keyed digest, the same for thousands of lines.

    With a million marks, two lines of one hour hardly ever share a bucket; and nobody can go back from a mark to a line.
    """
    digest = salted_hmac("kim.doors.line", network_of(address), algorithm="sha256").digest()
    return f"{int.from_bytes(digest[:4]) >> (32 - LINE_BITS):05x}"
