"""Ids are made where the thing is made, and sort by the time of their making (UUID version 7, RFC 9562)."""

import os
import secrets
import time
from uuid import UUID

READABLE = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that looks like something else on paper


def as_id(words: str) -> UUID | None:
    """The id that somebody wrote; nothing when it is none."""
    try:
        return UUID(words)
    except ValueError:
        return None


def new_id() -> UUID:
    """A fresh UUIDv7: 48 bits of milliseconds, then 74 bits of chance."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds << 80) | int.from_bytes(os.urandom(10), "big")
    value = (value & ~(0xF << 76)) | (0x7 << 76)
    value = (value & ~(0x3 << 62)) | (0x2 << 62)
    return UUID(int=value)


def short_code(letters: int) -> str:
    """A code by chance, for the short address of a thing on paper."""
    return "".join(secrets.choice(READABLE) for _ in range(letters))
