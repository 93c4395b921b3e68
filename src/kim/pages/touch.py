"""Telling every web process that something changed; heard when the transaction commits, never before."""

import json

from django.db import connection

CHANNEL = "kim_pages"
MOST = 100  # tags in one message, which may hold 8,000 bytes; beyond that everything is told to be old


def touched(*tags: str) -> None:
    """Every kept page that shows one of these is old from the commit of this transaction on."""
    if tags:
        told = list(tags) if len(tags) <= MOST else ["*"]
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, json.dumps({"tags": told})])
