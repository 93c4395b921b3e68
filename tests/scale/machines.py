"""Several machines on this one: network namespaces where we may make them, other loopback addresses where we may not.

A `Net` hands out places; a `Place` is an address and the words before a command that has to run there. PostgreSQL and
the front server stand on the machine itself.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import NamedTuple

import psycopg

from kim.config import postgres
from kim.config.launch.account import account_for

KEPT = {name: value for name, value in os.environ.items() if not name.startswith(("KIM_", "DATABASE", "DJANGO", "PG"))}
OPS = Path(__file__).resolve().parents[2] / "ops"
PATIENCE = 30
# The PostgreSQL that comes along, or another one, such as Debian's in /usr/lib/postgresql/15/bin.
BINARIES = Path(os.environ.get("KIM_TEST_POSTGRES") or postgres._binary("postgres").parent)


@dataclass(frozen=True)
class Place:
    """Where a machine stands."""

    name: str
    address: str
    prefix: tuple[str, ...] = ()

    def cut(self) -> None:
        """Pull its network cable (only where it has one)."""
        if self.prefix:
            subprocess.run(["ip", "link", "set", f"{self.name}-out", "down"], check=True)

    def mend(self) -> None:
        if self.prefix:
            subprocess.run(["ip", "link", "set", f"{self.name}-out", "up"], check=True)


class Net:
    """A bridge with a namespace for each machine; or, without the right to make them, 127.0.0.2 and so on."""

    def __init__(self) -> None:
        self.bridge = f"kim{os.getpid() % 100_000}"
        self.number = os.getpid() % 200 + 20
        self.places: list[Place] = []
        self.is_real = self._lay()
        self.address = f"10.{self.number}.77.1" if self.is_real else "127.0.0.1"
        self.range = f"10.{self.number}.77.0/24" if self.is_real else "127.0.0.0/8"

    def _lay(self) -> bool:
        if os.geteuid() != 0 or not shutil.which("ip"):
            return False
        return _quietly("ip", "link", "add", self.bridge, "type", "bridge") and _all(
            ("ip", "addr", "add", f"10.{self.number}.77.1/24", "dev", self.bridge),
            ("ip", "link", "set", self.bridge, "up"),
        )

    def place(self, name: str) -> Place:
        number = len(self.places) + 2
        if not self.is_real:
            found = Place(name, f"127.0.0.{number}")
        else:
            space = f"{self.bridge}{name}"
            address = f"10.{self.number}.77.{number}"
            made = _all(
                ("ip", "netns", "add", space),
                ("ip", "link", "add", f"{space}-out", "type", "veth", "peer", "name", "eth0", "netns", space),
                ("ip", "link", "set", f"{space}-out", "master", self.bridge, "up"),
                ("ip", "-n", space, "addr", "add", f"{address}/24", "dev", "eth0"),
                ("ip", "-n", space, "link", "set", "eth0", "up"),
                ("ip", "-n", space, "link", "set", "lo", "up"),
            )
            assert made, f"the namespace {space} could not be made"
            found = Place(space, address, ("ip", "netns", "exec", space))
        self.places.append(found)
        return found

    def close(self) -> None:
        if self.is_real:
            for place in self.places:
                _quietly("ip", "netns", "del", place.name)
            _quietly("ip", "link", "del", self.bridge)


def _quietly(*command: str) -> bool:
    return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode == 0


def _all(*commands: tuple[str, ...]) -> bool:
    return all(_quietly(*command) for command in commands)


def free_port(address: str = "127.0.0.1") -> int:
    with socket.socket() as probe:
        probe.bind((address, 0))
        return probe.getsockname()[1]


def until(is_so: Callable[[], object], what: str, patience: float = PATIENCE) -> float:
    """Wait for something to become true; returns how long it took. What never becomes true fails with its name."""
    begun = time.monotonic()
    while not is_so():
        assert time.monotonic() - begun < patience, f"waited in vain: {what}"
        time.sleep(0.02)
    return time.monotonic() - begun


class Postgres:
    """A cluster on TCP: a primary of its own, or the streaming replica of another."""

    more = ""

    def __init__(self, folder: Path, net: Net, *, of: "Postgres | None" = None) -> None:
        folder.mkdir(parents=True)
        self.data, self.log, self.net = folder / "data", folder / "data" / "server.log", net
        self.port = free_port(net.address)
        self.sockets = folder / "s" if len(str(folder)) < 80 else Path(f"/tmp/kim-{os.getpid()}-{self.port}")
        self.account = account_for(self.data, BINARIES / "postgres")
        for given in (folder, self.sockets):
            given.mkdir(exist_ok=True)
            self.account.give(given)
        if of is None:
            self._make()
        else:
            self.do("pg_basebackup", "-D", self.data, "-R", "-c", "fast", "-d", of.url("postgres"))
        self.start()

    def _make(self) -> None:
        self.do("initdb", "-D", self.data, "-U", "kim", "-E", "UTF8", "--auth=trust", "--no-instructions", "-N")
        with (self.data / "pg_hba.conf").open("a") as rules:
            rules.write(f"host all all {self.net.range} trust\nhost replication all {self.net.range} trust\n")

    def do(self, program: str, *arguments: object) -> None:
        done = postgres._run(self.account, str(BINARIES / program), *map(str, arguments))
        assert done.returncode == 0, done.stdout

    def start(self) -> None:
        options = (
            f"-c listen_addresses={self.net.address} -c port={self.port} -k {self.sockets} -c fsync=off {self.more}"
        )
        self.do("pg_ctl", "start", "-D", self.data, "-l", self.log, "-w", "-s", "-o", options)

    def stop(self, how: str = "immediate") -> None:
        if (self.data / "postmaster.pid").exists():
            self.do("pg_ctl", "stop", "-D", self.data, "-m", how, "-w", "-s")

    def url(self, database: str = "kim") -> str:
        return f"postgresql://kim@{self.net.address}:{self.port}/{database}"

    def ask(self, statement: str, *values: object, database: str = "kim") -> list[tuple]:
        with psycopg.connect(self.url(database), autocommit=True, connect_timeout=5) as connection:
            cursor = connection.execute(statement, values)
            return cursor.fetchall() if cursor.description else []


class Running:
    """One command of ours at a place, in a session of its own, so that all of it can be killed at once."""

    def __init__(self, place: Place, home: Path, *command: str, **settings: str) -> None:
        home.mkdir(parents=True, exist_ok=True)
        self.place, self.home, self.command = place, home, command
        self.settings = KEPT | {"KIM_HOME": str(home), "PYTHONUNBUFFERED": "1"} | settings
        self.begin()

    def begin(self) -> None:
        with (self.home / "said.log").open("a") as said:
            self.process = subprocess.Popen(
                [*self.place.prefix, sys.executable, "-m", "kim.config.command", *self.command],
                env=self.settings, stdin=subprocess.DEVNULL, stdout=said, stderr=said, start_new_session=True,
            )  # fmt: skip

    @property
    def said(self) -> str:
        return (self.home / "said.log").read_text()

    def stop(self) -> int:
        self.process.terminate()
        return self.process.wait(PATIENCE)

    def kill(self) -> None:
        """As when the plug is pulled: every process at once, with no time to say anything."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Web(Running):
    """A web machine: one process, its own data folder, its own kept pages."""

    def __init__(self, place: Place, home: Path, **settings: str) -> None:
        self.port = free_port(place.address) if not place.prefix else 8000
        at = ("--host", place.address, "--port", str(self.port))
        super().__init__(place, home, "web", *at, "--workers", "1", **settings)


class Front:
    """nginx with the shipped configuration. `doors` names what listens: a machine's name leads to it alone."""

    def __init__(self, folder: Path, static: Path) -> None:
        self.folder, self.static = folder, static
        folder.mkdir(parents=True)
        self.doors: dict[str, int] = {}
        self.blocks: list[str] = []

    def open(self, name: str, *webs: Web, kept: Path | None = None) -> None:
        """A door to these machines; with `kept` the pages of that folder are served from the disk first."""
        self.doors[name] = free_port()
        shipped = (OPS / "nginx" / "site.conf").read_text()
        site = shipped.replace("/var/cache/kim/pages/open", str(kept or self.folder / "none"))
        site = site.replace("/var/cache/kim/static", str(self.static)).replace("http://kim;", f"http://{name};")
        site = site.replace("/etc/nginx/kim/", f"{OPS / 'nginx'}/")
        servers = "".join(f"server {web.place.address}:{web.port} max_fails=1 fail_timeout=5s;\n" for web in webs)
        self.blocks.append(f"upstream {name} {{ {servers} keepalive 32; keepalive_timeout 15s; }}")
        self.blocks.append(f"server {{ listen 127.0.0.1:{self.doors[name]}; server_name kim.test *.kim.test; {site} }}")

    def start(self) -> None:
        (self.folder / "nginx.conf").write_text(f"""
            {modules()}
            user {"root" if os.geteuid() == 0 else "nobody"};
            daemon off; pid {self.folder}/pid; worker_processes 1; error_log {self.folder}/error.log;
            events {{ }}
            http {{
                include /etc/nginx/mime.types; access_log off;
                client_body_temp_path {self.folder}/body; proxy_temp_path {self.folder}/proxy;
                fastcgi_temp_path {self.folder}/f; uwsgi_temp_path {self.folder}/u; scgi_temp_path {self.folder}/s;
                {maps().replace("/var/cache/nginx-kim", f"{self.folder}/photos")}
                {" ".join(self.blocks)}
            }}""")
        command = ["nginx", "-e", self.folder / "error.log", "-c", self.folder / "nginx.conf"]
        tried = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
        assert tried.returncode == 0, tried.stderr
        self.process = subprocess.Popen(command)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(PATIENCE)

    def request(self, door: str, path: str, *, cookie: str = "", host: str = "kim.test") -> urllib.request.Request:
        headers = {"Host": host, "Cookie": cookie}
        return urllib.request.Request(f"http://127.0.0.1:{self.doors[door]}{path}", headers=headers)

    def get(self, door: str, path: str, *, cookie: str = "", **headers: str) -> "Answer":
        request = self.request(door, path, cookie=cookie)
        for name, value in headers.items():
            request.add_header(name.replace("_", "-"), value)
        return self.send(request)

    def wait(self, door: str, web: Web) -> None:
        """Until the machine behind this door is fit to be given readers."""

        def is_ready() -> bool:
            assert web.process.poll() is None, web.said
            return self.get(door, "/siap/").status == 200

        until(is_ready, f"{web.place.name} is ready: {web.said}")

    def send(self, request: urllib.request.Request) -> "Answer":
        """What a reader gets, redirects not followed; status 0 when nobody answers."""
        try:
            with OPENER.open(request, timeout=15) as response:
                return Answer(response.status, response.read(), response.headers)
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.read(), error.headers)
        except OSError as error:
            return Answer(0, str(error).encode(), Message())


class Caddy(Front):
    """Caddy with the shipped configuration; one door only."""

    def open(self, name: str, *webs: Web, kept: Path | None = None) -> None:
        self.doors[name] = free_port()
        shipped = (OPS / "caddy" / "Caddyfile").read_text()
        named = f"http://kim.test:{self.doors[name]}, http://*.kim.test:{self.doors[name]}"
        words = shipped.replace("kim.example, *.kim.example", named).replace("{\n", "{\n\tadmin off\n", 1)
        words = words.replace("/var/cache/kim/pages/open", str(kept)).replace("/var/cache/kim/static", str(self.static))
        (self.folder / "Caddyfile").write_text(
            words.replace("127.0.0.1:8000", " ".join(f"{web.place.address}:{web.port}" for web in webs))
        )

    def start(self) -> None:
        command = ["caddy", "run", "--adapter", "caddyfile", "--config", str(self.folder / "Caddyfile")]
        with (self.folder / "said.log").open("w") as said:
            own = KEPT | {"HOME": str(self.folder), "XDG_DATA_HOME": str(self.folder)}
            self.process = subprocess.Popen(command, env=own, stdout=said, stderr=said)


def maps() -> str:
    """What the shipped configuration says before its upstream."""
    return (OPS / "nginx" / "kim.conf").read_text().partition("upstream kim {")[0]


def modules() -> str:
    return "\n".join(f"include {path};" for path in sorted(Path("/etc/nginx/modules-enabled").glob("*.conf")))


class Answer(NamedTuple):
    """What a reader got."""

    status: int
    body: bytes
    headers: Message

    @property
    def text(self) -> str:
        return self.body.decode()


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


OPENER = urllib.request.build_opener(_Stay)
