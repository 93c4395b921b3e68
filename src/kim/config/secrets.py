"""The installation's own secret: made once, kept beside its data, readable by its owner only."""

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path


def secret_key(home: Path) -> str:
    """The key in `<home>/secret_key`; made on first use. Two starters at once agree on one key."""
    path = home / "secret_key"
    if not path.exists() or not path.stat().st_size:
        _make(path)
    return path.read_text()


def _make(path: Path) -> None:
    """Written whole beside its place, then moved there: a full disk or a cut never leaves half a key."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(dir=path.parent, prefix=".secret")
    try:
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(50))
        if path.exists() and not path.stat().st_size:
            path.unlink()
        with suppress(FileExistsError):
            os.link(part, path)
    finally:
        os.unlink(part)
