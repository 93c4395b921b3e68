"""The programs of the system that `tests/scale` tries: brought by apt-get where we may, done without where we may not."""

import os
import shutil
import subprocess
from contextlib import suppress

PACKAGES = {"nginx": ("nginx", "libnginx-mod-http-brotli-static"), "ip": ("iproute2",), "openssl": ("openssl",)}
PATIENCE = 180


def bring_programs() -> None:
    """Never fatal: a test whose program is missing says so and is skipped."""
    missing = [package for program, packages in PACKAGES.items() if not shutil.which(program) for package in packages]
    if not missing or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    print(f"Memasang {', '.join(missing)} dari paket sistem …", flush=True)
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *missing]):
        with suppress(subprocess.TimeoutExpired):
            subprocess.run(["apt-get", *arguments], env=quiet, stdout=subprocess.DEVNULL, check=False, timeout=PATIENCE)
