"""What our pages are held against: files from nginx, the least WSGI program, bare Django, and targets from outside."""

import gzip
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

from kim.config.launch.database import embedded
from suite import machine
from suite.load import Target, Wrong, fetch
from suite.servers import BENCH, LOOPBACK, MODULES, Running, Site

OURS = ("static", "trivial", "floor", "kim", "kim-cold", "kim+nginx")
FIXED = ("home", "article", "province", "regency", "village", "kim")


def render(site: Site, base: str, folder: Path) -> dict[str, list[str]]:
    """Our own pages as files with their gzip beside them; the same bytes for nginx and for the least program."""
    shutil.rmtree(folder, ignore_errors=True)
    paths = {kind: site.prepared["paths"][kind] for kind in FIXED}
    for path in {path for some in paths.values() for path in some}:
        status, body = fetch(base, path, encoding="identity")
        if status != 200:
            raise Wrong(f"{path} answers {status} and cannot be rendered to a file.")
        file = folder / path.strip("/") / "index.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(body)
        file.with_name("index.html.gz").write_bytes(gzip.compress(body, 9, mtime=0))
    return paths


def static(running: Running, port: int, folder: Path, paths: dict[str, list[str]]) -> Target:
    pid = running.nginx("static", port, BENCH / "nginx" / "static.conf", {"FILES": str(folder)})
    return Target("static", f"http://{LOOPBACK}:{port}", paths, lambda: [pid])


def trivial(running: Running, port: int, folder: Path, paths: dict[str, list[str]]) -> Target:
    environment = {"BENCH_FILES": str(folder), "PYTHONPATH": MODULES}
    pid = running.web("trivial", port, environment, "trivial:application")
    return Target("trivial", f"http://{LOOPBACK}:{port}", paths, lambda: [pid])


def floor(running: Running, port: int, folder: Path, site: Site) -> Target:
    """Bare Django with the newest 10,000 articles of the site, on a PostgreSQL of the same kind."""
    address = running.stack.enter_context(embedded(folder / "postgres"))
    environment = {
        "FLOOR_DATABASE": address, "SOURCE_DATABASE": site.environment["DATABASE_URL"],
        "DJANGO_SETTINGS_MODULE": "floor.settings", "PYTHONPATH": MODULES,
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "floor"], env={**os.environ, **environment}, cwd=BENCH, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    if done.returncode:
        raise Wrong(f"The floor cannot be filled: {done.stderr.strip()[-600:]}")
    paths = json.loads(done.stdout)
    paths["search"] = site.prepared["paths"]["search"]
    paths["search-common"] = site.prepared["paths"]["search-common"]
    pid = running.web("floor", port, environment, "floor.wsgi:application")
    postmaster = int((folder / "postgres" / "data" / "postmaster.pid").read_text().split()[0])
    return Target("floor", f"http://{LOOPBACK}:{port}", paths, lambda: [pid, postmaster])


def front(running: Running, port: int, site: Site) -> Target:
    """The shipped nginx configuration before our own server, with its paths and ports changed and nothing else."""
    home = running.folder / "front"
    kim = home / "kim"
    kim.mkdir(parents=True, exist_ok=True)
    modules = [file for file in Path("/etc/nginx/modules-enabled").glob("*brotli*") if file.exists()]
    for name, text in shipped(site.home, kim, site.port, has_brotli=bool(modules)).items():
        (kim / name).write_text(text)
    words = {"MODULES": "\n".join(f"include {file};" for file in modules), "MIME": "/etc/nginx/mime.types"}
    pid = running.nginx("front", port, BENCH / "nginx" / "front.conf", words)
    paths = {kind: site.prepared["paths"][kind] for kind in FIXED}
    return Target("kim+nginx", f"http://{LOOPBACK}:{port}", paths, lambda: [pid, *site.roots("warm")])


def shipped(home: Path, folder: Path, web: int, *, has_brotli: bool) -> dict[str, str]:
    """The files of ops/nginx as one of its readers would adapt them."""
    texts = {file.name: file.read_text() for file in (machine.ROOT / "ops" / "nginx").glob("*.conf")}
    texts["http.conf"] = texts.pop("kim.conf").partition("\nserver {")[0]
    changes = {
        "/var/lib/kim": str(home), "/var/cache/kim": str(home), "/var/cache/nginx-kim": str(folder / "photos"),
        "/etc/nginx/kim": str(folder), "127.0.0.1:8000": f"127.0.0.1:{web}",
    } | ({} if has_brotli else {"brotli_static on;": ""})  # fmt: skip
    for old, new in changes.items():
        texts = {name: text.replace(old, new) for name, text in texts.items()}
    if f"root {home}/pages/open;" not in texts["site.conf"]:
        raise Wrong("ops/nginx names the folder of kept pages in a way the benchmarks do not know.")
    return texts


def outside(file: Path, only: set[str]) -> list[Target]:
    """Targets somebody else has started: a list of name, base_url, paths by kind, ports whose processes count."""
    found = []
    for told in json.loads(file.read_text()):
        parts = urlsplit(told["base_url"])
        if parts.hostname not in (LOOPBACK, "localhost"):
            raise Wrong(f"{told['base_url']} is not on this machine; only loopback is measured.")
        if only and told["name"] not in only:
            continue
        ports = set(told.get("ports") or [parts.port or 80])
        named = [file.parent / name for name in told.get("pidfiles", [])]
        pids = [*machine.listeners(ports), *(int(one.read_text().split()[0]) for one in named)]
        paths = {kind: [one] if isinstance(one, str) else one for kind, one in told["paths"].items()}
        headers = {"*": told["headers"]} if told.get("headers") else {}
        name = f"{told['name']} outside" if told["name"] in OURS else told["name"]
        found.append(Target(name, told["base_url"].rstrip("/"), paths, lambda pids=pids: pids, headers))
    return found
