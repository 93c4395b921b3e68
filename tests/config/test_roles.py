"""`kim prepare`, `kim web`, `kim worker`: what each refuses, and what it becomes."""

import sys

import pytest

from kim.config import command
from kim.config.launch import database, measures, roles

REFUSED = "DATABASE_URL belum diisi"


@pytest.fixture
def became(monkeypatch, tmp_path):
    """The command a role turned into, instead of turning into it; the database is not looked at."""
    monkeypatch.setenv("KIM_HOME", str(tmp_path / "var"))
    monkeypatch.setenv("DATABASE_URL", "postgresql://kim@db.example/kim")
    for name in ("KIM_WEB_WORKERS", "KIM_HOSTS", "KIM_BASE_URL", "KIM_OUTSIDE_DATABASE", "KIM_DEMO", "KIM_STATIC_ROOT"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    monkeypatch.setattr(database, "_examine", lambda address: None)
    told: list[list[str]] = []
    monkeypatch.setattr(roles.os, "execv", lambda program, arguments: told.append(arguments))
    (tmp_path / "var" / "static").mkdir(parents=True)
    (tmp_path / "var" / "static" / "staticfiles.json").write_text("{}")
    return told


def kim(monkeypatch, *arguments: str) -> int:
    monkeypatch.setattr("sys.argv", ["kim", *arguments])
    return command.main()


@pytest.mark.parametrize("name", ["web", "worker"])
def test_a_role_without_an_outside_database_is_told_so(became, monkeypatch, capsys, name):
    monkeypatch.delenv("DATABASE_URL")
    assert kim(monkeypatch, name) == 1
    assert REFUSED in capsys.readouterr().err
    assert not became


def test_web_becomes_the_web_server_with_as_many_processes_as_asked(became, monkeypatch):
    monkeypatch.setenv("KIM_WEB_WORKERS", "3")
    kim(monkeypatch, "web", "--port", "18731")
    kim(monkeypatch, "web", "--port", "18731", "--workers", "5")
    assert [line[line.index("--workers") + 1] for line in became] == ["3", "5"]
    assert became[0][:3] == [sys.executable, "-m", "granian"]


def test_web_asks_for_the_set_up_first(became, monkeypatch, capsys, tmp_path):
    (tmp_path / "var" / "static" / "staticfiles.json").unlink()
    assert kim(monkeypatch, "web", "--port", "18731") == 1
    assert "kim prepare" in capsys.readouterr().err


def test_web_reminds_of_the_common_key(became, monkeypatch, capsys):
    monkeypatch.delenv("KIM_SECRET_KEY", raising=False)
    kim(monkeypatch, "web", "--port", "18731")
    assert "kunci yang sama" in capsys.readouterr().err


def test_worker_becomes_the_worker(became, monkeypatch):
    kim(monkeypatch, "worker")
    assert became == [[sys.executable, "-m", "django", "worker"]]


def test_a_number_of_processes_that_cannot_be_is_one_sentence(became, monkeypatch, capsys):
    assert kim(monkeypatch, "web", "--port", "18731", "--workers", "0") == 1
    monkeypatch.setenv("KIM_WEB_WORKERS", "banyak")
    assert kim(monkeypatch, "web", "--port", "18731") == 1
    assert capsys.readouterr().err.count("angka antara 1 dan 64") == 2


def test_kept_pages_of_an_earlier_server_are_taken_out_of_sight(tmp_path):
    (tmp_path / "pages" / "open" / "kim.example").mkdir(parents=True)
    roles.distrust(tmp_path)
    roles.distrust(tmp_path)
    assert not (tmp_path / "pages" / "open").exists()


@pytest.mark.parametrize(
    ("memory", "room", "buffers", "wal"),
    [(2048, 20_000, "128MB", "512MB"), (2048, 1_000, "128MB", "256MB"), (24_000, 500_000, "1500MB", "4096MB")],
)
def test_the_embedded_database_is_sized_by_the_machine(memory, room, buffers, wal):
    values = measures.measures(memory, room)
    assert (values["shared_buffers"], values["max_wal_size"], values["jit"]) == (buffers, wal, "off")
