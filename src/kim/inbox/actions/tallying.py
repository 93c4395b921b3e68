"""Counting what a channel did in a day, in one statement that several workers may send at once."""

from django.db import connection

from kim.kernel import clock

_COUNT = """
INSERT INTO inbox_tally (channel, day, sent, delivered, failed, given_up, cost) VALUES (%s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (channel, day) DO UPDATE SET
  sent = inbox_tally.sent + EXCLUDED.sent, delivered = inbox_tally.delivered + EXCLUDED.delivered,
  failed = inbox_tally.failed + EXCLUDED.failed, given_up = inbox_tally.given_up + EXCLUDED.given_up,
  cost = inbox_tally.cost + EXCLUDED.cost
"""


def tally(
    channel: str, *, sent: int = 0, delivered: int = 0, failed: int = 0, given_up: int = 0, cost: int = 0
) -> None:
    """Add to the day's counts; adding nothing asks nothing."""
    counts = [int(count) for count in (sent, delivered, failed, given_up, cost)]
    if any(counts):
        with connection.cursor() as cursor:
            cursor.execute(_COUNT, [channel, clock.today(), *counts])
