"""Which system account runs the embedded PostgreSQL; the server refuses to run as root."""

import os
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

if sys.platform != "win32":
    import pwd

CANDIDATES = ("postgres", "nobody")


@dataclass(frozen=True)
class Account:
    """How to start a process as this account, and how to hand it a folder."""

    uid: int
    gid: int
    prefix: tuple[str, ...] = ()  # a command put before the server's
    identity: dict[str, Any] = field(default_factory=dict)  # arguments for subprocess.run

    def give(self, folder: Path) -> None:
        if os.geteuid() == 0:
            os.chown(folder, self.uid, self.gid)


def account_for(data: Path, binary: Path) -> Account:
    """Ourselves, unless we are root: then the owner of the data, or an account that every system has."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    entry = _entry(data)
    if _reaches(entry.pw_uid, data, binary):
        return Account(
            entry.pw_uid,
            entry.pw_gid,
            identity={"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []},
        )
    return Account(entry.pw_uid, entry.pw_gid, prefix=_keeping_the_way(entry))


def _entry(data: Path) -> "pwd.struct_passwd":
    if data.exists() and data.stat().st_uid != 0:
        return pwd.getpwuid(data.stat().st_uid)
    for name in CANDIDATES:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise PermissionError("Permission denied: no account to run the server")


def _reaches(uid: int, data: Path, binary: Path) -> bool:
    """Can the account walk to its data and to the program? A checkout under /root says no."""
    real = binary.resolve()
    ways = {*data.parents, *real.parents}
    return bool(real.stat().st_mode & 0o005 == 0o005) and all(
        way.stat().st_mode & 0o001 or way.stat().st_uid == uid for way in ways
    )


def _keeping_the_way(entry: "pwd.struct_passwd") -> tuple[str, ...]:
    """Change the account but keep root's right to walk through closed folders; no permission is loosened."""
    setpriv = shutil.which("setpriv")
    if not setpriv:
        raise PermissionError("Permission denied: the folder is closed to the server's account")
    return (
        setpriv, f"--reuid={entry.pw_uid}", f"--regid={entry.pw_gid}", "--clear-groups",
        "--inh-caps=+dac_override", "--ambient-caps=+dac_override", "--",
    )  # fmt: skip
