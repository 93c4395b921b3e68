"""The installation's own secrets: made once, kept beside its data, readable by their owner only."""

import os
import secrets
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from kim.kernel import webpush


def secret_key(home: Path) -> str:
    """The key in `<home>/secret_key`; made on first use. Two starters at once agree on one key."""
    return _kept(home / "secret_key", lambda: secrets.token_urlsafe(50))


def push_key(home: Path) -> str:
    """The key that signs pushes, in `<home>/push_key`; browsers subscribe to it, so it is never changed."""
    return _kept(home / "push_key", webpush.new_key)


def _kept(path: Path, make: Callable[[], str]) -> str:
    if not path.exists() or not path.stat().st_size:
        _make(path, make())
    return path.read_text()


def _make(path: Path, words: str) -> None:
    """Written whole beside its place, then moved there: a full disk or a cut never leaves half a key."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(dir=path.parent, prefix=".secret")
    try:
        with os.fdopen(handle, "w") as file:
            file.write(words)
        if path.exists() and not path.stat().st_size:
            path.unlink()
        with suppress(FileExistsError):
            os.link(part, path)
    finally:
        os.unlink(part)
