"""A country on several machines: a primary, two web machines and a front server, shared by the tests of this folder."""

import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest

from kim.publishing.models import CheckPoint
from media.bucket import KEY, NAME, REGION, SECRET, Store
from scale.machines import KEPT, Front, Net, Postgres, Web

TESTS = Path(__file__).resolve().parents[1]
TEXTS = 24
CSRF = "c" * 32
needs_nginx = pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed (apt-get install nginx)")


@dataclass
class Country:
    """Everything the tests stand on, and what the stage set up."""

    folder: Path
    net: Net
    primary: Postgres
    settings: dict[str, str]
    static: Path
    bucket: Store
    told: dict
    newest: str = "Kabar pertama dari Ngebel"

    @property
    def site(self) -> str:
        """The address of the KIM, whose page lists what it published."""
        return f"/{self.told['kim']}/"

    def run(self, *arguments: str, **settings: str) -> str:
        """A Django process of its own on the primary; what it prints."""
        more = {"KIM_HOME": str(self.folder / "office"), "PYTHONPATH": f"{TESTS}{os.pathsep}{TESTS.parent / 'src'}"}
        environment = KEPT | self.settings | more | settings
        done = subprocess.run(
            [sys.executable, *arguments], env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def publish(self, front: Front, door: str) -> str:
        """The editor publishes the next text through that door; its title."""
        article = self.told["ready"].pop()
        form = [("do", "terbit"), *(("points", point) for point in CheckPoint.values)]
        request = front.request(
            door, f"/kerja/kabar/{article}/periksa/", cookie=f"sessionid={self.told['session']}; csrftoken={CSRF}"
        )
        request.data = urlencode(form).encode()
        request.add_header("X-CSRFToken", CSRF)
        said = front.send(request)
        assert said.status == 302, said.text
        self.newest = self.primary.ask("SELECT title FROM publishing_article WHERE id = %s", article)[0][0]
        return self.newest


@pytest.fixture(scope="session")
def country(tmp_path_factory):
    folder = tmp_path_factory.mktemp("country")
    folder.chmod(0o755)
    net = Net()
    bucket = Store(net.address)
    primary = Postgres(folder / "primary", net)
    try:
        primary.ask("CREATE DATABASE kim", database="postgres")
        settings = {
            "DATABASE_URL": primary.url(), "KIM_SECRET_KEY": "one-key-for-all-machines", "KIM_DOMAIN": "kim.test",
            "KIM_HOSTS": "kim.test,.kim.test", "KIM_STATIC_ROOT": str(folder / "static"),
            "DJANGO_SETTINGS_MODULE": "kim.config.settings", "KIM_PROXIES": f"127.0.0.1,{net.address}",
            "KIM_S3_BUCKET": NAME, "KIM_S3_ENDPOINT": bucket.endpoint, "KIM_S3_REGION": REGION, "KIM_S3_KEY": KEY,
            "KIM_S3_SECRET": SECRET, "KIM_S3_STYLE": "path",
        }  # fmt: skip
        here = Country(folder, net, primary, settings, folder / "static", bucket, {})
        with ThreadPoolExecutor(1) as beside:
            collected = beside.submit(here.run, "-m", "kim.config.command", "prepare", "--static")
            here.run("-m", "django", "migrate", "-v", "0")
            here.told = json.loads(here.run(str(TESTS / "scale" / "stage.py"), str(TEXTS)).splitlines()[-1])
            collected.result()
        yield here
    finally:
        primary.stop()
        bucket.close()
        net.close()


@pytest.fixture(scope="session")
def webs(country):
    """Two web machines with a front server before them, and one with kept pages on the disk before the first."""
    places = [country.net.place(name) for name in ("a", "b")]
    found = [Web(place, country.folder / place.name, **country.settings) for place in places]
    front = Front(country.folder / "front", country.static)
    front.open("both", *found)
    front.open("a", found[0])
    front.open("b", found[1])
    front.open("disk", found[0], kept=found[0].home / "pages" / "open")
    front.start()
    try:
        for name, web in zip("ab", found, strict=True):
            front.wait(name, web)
        yield front, *found
    finally:
        for one in (front, *found):
            one.stop()
