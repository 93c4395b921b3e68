"""The Chromium that the browser tests drive: the system's, else apt-get's, else Playwright's own download."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from kim.config.launch.trouble import Trouble

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
ASK = "from playwright.sync_api import sync_playwright as p\nwith p() as b: print(b.chromium.executable_path)"


def chromium() -> str:
    """The path of a Chromium that exists; raises Trouble where none can be had, so that no test is skipped."""
    return _named() or _of_the_system() or _from_apt() or _from_playwright() or _give_up()


def _named() -> str | None:
    named = os.environ.get("KIM_CHROMIUM")
    if named and not Path(named).exists():
        raise Trouble(f"KIM_CHROMIUM menunjuk ke {named}, tetapi berkas itu tidak ada.")
    return named


def _of_the_system() -> str | None:
    return next(filter(None, map(shutil.which, NAMES)), None) or (str(MAC) if MAC.exists() else None)


def _from_apt() -> str | None:
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return None
    print("Memasang Chromium dari paket sistem …", flush=True)
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", "chromium"]):
        subprocess.run(["apt-get", *arguments], env=quiet, stdout=subprocess.DEVNULL, check=False)
    return _of_the_system()


def _from_playwright() -> str | None:
    print("Mengunduh Chromium lewat Playwright …", flush=True)
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    asked = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, check=False)
    path = asked.stdout.strip()
    return path if path and Path(path).exists() else None


def _give_up() -> str:
    raise Trouble(
        "Chromium tidak ditemukan dan tidak dapat dipasang; pasang sendiri, atau isi KIM_CHROMIUM dengan letaknya."
    )
