"""Starting what is measured on loopback, and stopping exactly that, by process id."""

import json
import os
import subprocess
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kim.config.launch.database import embedded
from kim.config.launch.roles import web_command, workers
from suite import machine
from suite.load import Wrong, fetch

BENCH = machine.ROOT / "bench"
MODULES = f"{BENCH}{os.pathsep}{machine.ROOT / 'src'}"
LOOPBACK = "127.0.0.1"
PATIENCE = 60


class Running:
    """Processes of ours; all of them end with the `with` block, the newest first."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.stack = folder, ExitStack()
        folder.mkdir(parents=True, exist_ok=True)

    def __enter__(self) -> "Running":
        return self

    def __exit__(self, *_: object) -> None:
        self.stack.close()

    def start(self, name: str, command: list[str], environment: dict[str, str], cwd: Path = BENCH) -> int:
        """Start one process with its words in a log of its own; returns its id."""
        log = self.stack.enter_context((self.folder / f"{name}.log").open("w"))
        process = subprocess.Popen(
            command, env={**os.environ, **environment}, cwd=cwd, stdin=subprocess.DEVNULL, stdout=log,
            stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        self.stack.callback(stop, process)
        return process.pid

    def web(self, name: str, port: int, environment: dict[str, str], application: str = "") -> int:
        """A web server with the very flags of `kim run`; another application in place of ours, if named."""
        pid = self.start(name, serving(port, application), environment)
        self.wait(name, port, pid)
        return pid

    def nginx(self, name: str, port: int, template: Path, words: dict[str, str]) -> int:
        """nginx in the foreground with a configuration of its own, made from a template with @NAMES@."""
        home = self.folder / name
        (home / "tmp").mkdir(parents=True, exist_ok=True)
        text = template.read_text()
        user = "user root root;" if os.geteuid() == 0 else ""  # the pages of a root's folder can be read by root alone
        for word, value in {"HOME": str(home), "PORT": str(port), "USER": user, **words}.items():
            text = text.replace(f"@{word}@", value)
        file = home / "nginx.conf"
        file.write_text(text)
        command = [machine.tool("nginx"), "-c", str(file), "-e", str(home / "error.log")]
        pid = self.start(name, command, {})
        self.wait(name, port, pid)
        return pid

    def wait(self, name: str, port: int, pid: int) -> None:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if pid not in {process.pid for process in machine.family([pid]) if process.status() != "zombie"}:
                break
            try:
                fetch(f"http://{LOOPBACK}:{port}", "/sehat/")
                return
            except OSError:
                time.sleep(0.1)
        raise Wrong(f"{name} does not answer on port {port}: see {self.folder / name}.log")


def serving(port: int, application: str = "") -> list[str]:
    """The command of a web server as `kim run` gives it."""
    command = [sys.executable, *web_command(LOOPBACK, port, workers(None))]
    return [*command[:-1], application or command[-1]]


def stop(process: subprocess.Popen[Any]) -> None:
    """Ask, wait, and only then kill; a server's own children go with it."""
    below = machine.family([process.pid])
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for one in below:
        if one.is_running() and one.pid != process.pid:
            one.kill()


@dataclass
class Site:
    """A nation of one size: its database, its environment, the ids of the processes that serve it."""

    size: str
    home: Path
    port: int
    environment: dict[str, str] = field(default_factory=dict)
    prepared: dict[str, Any] = field(default_factory=dict)
    pids: dict[str, int] = field(default_factory=dict)

    @property
    def base(self) -> str:
        return f"http://{LOOPBACK}:{self.port}"

    def postmaster(self) -> int:
        return int((self.home / "postgres" / "data" / "postmaster.pid").read_text().split()[0])

    def roots(self, *names: str) -> list[int]:
        """The processes named, with the database."""
        return [*(self.pids[name] for name in names), self.postmaster()]

    def open(self, running: Running) -> None:
        """Start the database and bring its tables and static files up to date, as `kim run` would."""
        address = running.stack.enter_context(embedded(self.home / "postgres"))
        self.environment = {
            "KIM_HOME": str(self.home), "DATABASE_URL": address, "KIM_DEMO": "0", "KIM_BASE_URL": self.base,
            "KIM_LOG_LEVEL": "ERROR", "DJANGO_SETTINGS_MODULE": "kim.config.settings", "PYTHONPATH": MODULES,
        }  # fmt: skip
        self.run("-m", "kim.config.launch.prepare", "empty")

    def run(self, *arguments: str) -> str:
        """Run a script with the site's environment to its end; returns what it said."""
        done = subprocess.run(
            [sys.executable, *arguments], env={**os.environ, **self.environment}, cwd=BENCH,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise Wrong(f"{' '.join(arguments[:3])} failed for {self.size}: {done.stderr.strip()[-600:]}")
        return done.stdout

    def prepare(self, *arguments: str) -> None:
        """Addresses, people and drafts, chosen and made by the site's own Django."""
        self.prepared = json.loads(self.run("-m", "inside", "prepare", *arguments))

    def serve(self, running: Running) -> None:
        """The web server and the worker of `kim run`."""
        self.pids["warm"] = running.web(f"warm-{self.size}", self.port, {**self.environment, "KIM_PAGES": "on"})
        self.pids["worker"] = running.start(
            f"worker-{self.size}", [sys.executable, "-m", "django", "worker"], self.environment
        )

    def serve_cold(self, running: Running, port: int) -> str:
        """A second web server on the same database that keeps no page; returns its address."""
        self.pids["cold"] = running.web(f"cold-{self.size}", port, {**self.environment, "KIM_PAGES": "off"})
        return f"http://{LOOPBACK}:{port}"
