"""The wheel installs the same `kim` command, with every template, static file and the packed tree inside."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.slow]


def run(*command: str | Path, cwd: Path) -> str:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("KIM_", "PYTHON", "DJANGO", "DATABASE"))
    }
    done = subprocess.run(list(map(str, command)), cwd=cwd, env=kept, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    """A fresh environment with the wheel in it; the dependencies are lent by the environment of the tests."""
    folder = tmp_path_factory.mktemp("fresh")
    venv.create(folder, with_pip=False)
    python = folder / "bin" / "python"
    run(
        sys.executable,
        "-m",
        "pip",
        "--python",
        python,
        "install",
        "--no-deps",
        "--no-index",
        wheel,
        cwd=folder,
    )
    site = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip()
    (Path(site) / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder


def test_every_file_of_the_package_is_in_the_wheel(wheel):
    inside = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        str(path.relative_to(ROOT / "src"))
        for path in (ROOT / "src" / "kim").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
    }
    assert wanted - inside == set()
    assert any("/templates/" in name for name in inside)
    assert any("/static/css/" in name for name in inside)


def test_the_installed_command_is_the_same_and_comes_from_the_wheel(installed, tmp_path):
    kim, python = installed / "bin" / "kim", installed / "bin" / "python"
    assert "kim run" in run(kim, "help", cwd=tmp_path)
    assert str(installed.resolve()) in run(python, "-c", "import kim; print(kim.__file__)", cwd=tmp_path)


def test_the_installed_command_reaches_its_database_and_its_files(installed, tmp_path):
    said = run(installed / "bin" / "kim", "manage", "findstatic", "css/tokens.css", cwd=tmp_path)
    assert str(installed.resolve()) in said
    assert (tmp_path / "var" / "postgres" / "data" / "PG_VERSION").exists()
