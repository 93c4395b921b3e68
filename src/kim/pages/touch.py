"""Telling every web process that something changed; heard when the transaction commits, never before."""

import json

from django.db import connection

CHANNEL = "kim_pages"
AT_ONCE = 100  # tags in one message, which may hold 8,000 bytes
MOST = 3000  # tags in one telling; beyond that everything is told to be old


def touched(*tags: str) -> None:
    """Every kept page that shows one of these is old from the commit of this transaction on."""
    if tags:
        told = tags if len(tags) <= MOST else ("*",)
        parts = [told[begin : begin + AT_ONCE] for begin in range(0, len(told), AT_ONCE)]
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_notify(%s, message) FROM unnest(%s::text[]) message",
                [CHANNEL, [json.dumps({"tags": part}) for part in parts]],
            )
