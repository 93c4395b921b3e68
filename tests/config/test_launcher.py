"""The POSIX launcher, tried with a pretended Python so that each accident takes milliseconds."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FAKE = """#!/bin/sh
# Pretends to be Python: obeys what the launcher asks and writes down each request.
printf '%s\\n' "$*" >>"$RECORD"
case "$*" in
*version_info*) exit "${WRONG_VERSION:-0}" ;;
*ensurepip*) exit "${NO_VENV:-0}" ;;
*sysconfig*) echo "$SITE" ;;
"-m venv "*) mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
"-m pip "*)
    [ -z "${PIP_KILLED:-}" ] || kill -9 "$PPID" $(ps -o ppid= "$PPID")
    echo "${PIP_SAYS:-}"
    exit "${PIP_FAILS:-0}"
    ;;
"-m kim.config.command"*) echo "jalan: $*" ;;
esac
"""


@pytest.fixture
def checkout(tmp_path):
    """A checkout with a lock and a pretended Python beside it."""
    root = tmp_path / "salinan kode"
    root.mkdir()
    shutil.copy(ROOT / "kim", root)
    (root / "requirements.lock").write_text("django==5.2.19 \\\n    --hash=sha256:0\n")
    fake = tmp_path / "python"
    fake.write_text(FAKE)
    fake.chmod(0o755)
    return root


@pytest.fixture
def launch(checkout, tmp_path):
    def run(*arguments: str, **surroundings: str) -> subprocess.CompletedProcess[str]:
        environment = {
            "PATH": os.environ["PATH"],
            "KIM_PYTHON": str(tmp_path / "python"),
            "RECORD": str(tmp_path / "record"),
            "SITE": str(tmp_path),
        }
        return subprocess.run(
            [str(checkout / "kim"), *arguments],
            env=environment | surroundings,
            capture_output=True,
            text=True,
            timeout=30,
        )

    return run


@pytest.fixture
def asked(tmp_path):
    def times(request: str) -> int:
        record = tmp_path / "record"
        return sum(request in line for line in record.read_text().splitlines()) if record.exists() else 0

    return times


def test_the_first_start_sets_up_and_the_second_does_not(launch, asked):
    assert launch("help").stdout == "jalan: -m kim.config.command help\n"
    assert launch("run", "--port", "8001").stdout == "jalan: -m kim.config.command run --port 8001\n"
    assert asked("-m venv") == asked("-m pip") == 1


def test_packages_are_installed_by_hash_and_nothing_else(launch, asked):
    launch("help")
    assert asked("pip install --require-hashes --no-deps") == 1


def test_a_changed_lock_installs_again_into_the_same_environment(launch, asked, checkout):
    launch("help")
    (checkout / "requirements.lock").write_text("django==5.2.20 \\\n    --hash=sha256:1\n")
    assert launch("help").returncode == 0
    assert (asked("-m venv"), asked("-m pip")) == (1, 2)


def test_a_set_up_that_was_cut_is_made_anew(launch, asked, checkout):
    launch("help", PIP_KILLED="1")
    (checkout / ".venv" / "half").write_text("")
    assert launch("help").stdout == "jalan: -m kim.config.command help\n"
    assert not (checkout / ".venv" / "half").exists()
    assert asked("-m venv") == 2


@pytest.mark.parametrize(
    ("surroundings", "sentence"),
    [
        ({"WRONG_VERSION": "1"}, "memerlukan Python 3.11"),
        ({"NO_VENV": "1"}, "python3-venv"),
        ({"PIP_FAILS": "1"}, "periksa sambungan internet"),
        ({"PIP_FAILS": "1", "PIP_SAYS": "[Errno 28] No space left on device"}, "Disk penuh"),
        ({"PIP_FAILS": "1", "PIP_SAYS": "THESE PACKAGES DO NOT MATCH THE HASHES"}, "tidak cocok"),
    ],
)
def test_a_failure_is_one_sentence_and_the_next_try_recovers(launch, surroundings, sentence):
    failed = launch("help", **surroundings)
    assert failed.returncode == 1
    assert sentence in failed.stderr.strip().splitlines()[-1]
    assert launch("help").stdout == "jalan: -m kim.config.command help\n"


def test_a_turn_left_behind_by_a_killed_start_is_taken_over(launch, checkout):
    (checkout / ".venv.lock").mkdir()
    (checkout / ".venv.lock" / "pid").write_text("999999999\n")
    assert launch("help").returncode == 0
    assert not (checkout / ".venv.lock").exists()


def test_the_lock_names_no_registry_and_no_machine():
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text()
        assert "--hash=sha256:" in text
        assert not any(mark in text for mark in ("://", "--index", "--find-links", "--trusted-host", " @ "))
