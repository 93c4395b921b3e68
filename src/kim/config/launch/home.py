"""The data folder: where it is, whether it can be used, and what an earlier start left written there."""

import hashlib
import importlib.metadata
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from kim.config.launch.trouble import Trouble, explain

PACKAGE = Path(__file__).resolve().parents[2]
CHECKOUT = PACKAGE.parents[1] if (PACKAGE.parents[1] / "requirements.lock").exists() else None


def open_home() -> Path:
    """`KIM_HOME`, else `var/` in the checkout or where we stand; made if missing, and tried by writing."""
    home = Path(os.environ.get("KIM_HOME") or (CHECKOUT or Path.cwd()) / "var").resolve()
    probe = home / ".probe"
    try:
        home.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"x" * 65536)
        probe.unlink()
    except OSError as error:
        probe.unlink(missing_ok=True) if os.access(home, os.W_OK | os.X_OK) else None
        raise Trouble(explain(error, home)) from error
    os.environ["KIM_HOME"] = str(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kim.config.settings")
    return home


@dataclass
class State:
    """What is known about one database: the set-up it has had, and whether it holds demo data."""

    stamp: str = ""
    demo: str = ""  # "", "wanted" (decided, perhaps cut short), "done", "no"

    @property
    def is_demo(self) -> bool:
        return self.demo in ("wanted", "done")


def state_file(home: Path) -> Path:
    """Beside the data it speaks of: inside the embedded server's folder, or named after the outside address."""
    outside = os.environ.get("KIM_OUTSIDE_DATABASE")
    if outside:
        return home / f"outside-{hashlib.sha256(outside.encode()).hexdigest()[:12]}.json"
    return home / "postgres" / "state.json"


def load_state(home: Path) -> State:
    """An unreadable or half-written note counts as none: the set-up then simply looks again."""
    try:
        return State(**json.loads(state_file(home).read_text()))
    except (FileNotFoundError, ValueError, TypeError):
        return State()


def save_state(home: Path, state: State) -> None:
    file = state_file(home)
    part = file.with_suffix(".part")
    part.write_text(json.dumps(asdict(state)))
    part.replace(file)


def stamp() -> str:
    """Changes whenever a table, a static file, the packed tree or a package may have changed."""
    digest = hashlib.sha256()
    watched = ("migrations", "static", "data")
    for folder, folders, files in os.walk(PACKAGE):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        if any(part in watched for part in Path(folder).relative_to(PACKAGE).parts):
            for name in sorted(files):
                facts = os.stat(os.path.join(folder, name))
                digest.update(f"{folder}/{name} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    for path in sorted(entry.name for entry in _site_packages().glob("*.dist-info")):
        digest.update(path.encode())
    return digest.hexdigest()


def _site_packages() -> Path:
    return Path(str(importlib.metadata.distribution("django").locate_file("")))
