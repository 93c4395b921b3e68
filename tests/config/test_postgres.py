"""The embedded server: any path, any accident, the same data."""

import multiprocessing
import os
import signal
from pathlib import Path

import psutil
import psycopg
import pytest

from kim.config import postgres
from kim.config.launch.account import account_for
from kim.config.launch.database import database, embedded
from kim.config.launch.trouble import Trouble


@pytest.fixture
def folder(tmp_path):
    """A data folder; whatever a test leaves running in it is stopped."""
    yield tmp_path / "postgres"
    postgres.stop(tmp_path / "postgres")


def ask(address: str, statement: str) -> list[tuple]:
    with psycopg.connect(address, autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def come_and_go(folder: Path) -> None:
    with embedded(folder, durable=False):
        pass


def kill_everything(folder: Path) -> None:
    residents = postgres.residents(folder / "data")
    assert residents
    for process in residents:
        process.kill()
    psutil.wait_procs(residents, timeout=5)


def test_a_second_start_returns_the_same_server(folder):
    address = postgres.start(folder, durable=False)
    pids = {process.pid for process in postgres.residents(folder / "data")}
    assert postgres.start(folder, durable=False) == address
    assert pids <= {process.pid for process in postgres.residents(folder / "data")}


def test_the_socket_does_not_break_under_a_very_long_path(tmp_path):
    folder = tmp_path / ("sangat-panjang-" * 8) / ("sekali-" * 12)
    try:
        address = postgres.start(folder, durable=False)
        assert len(str(folder)) > 200
        assert ask(address, "SELECT current_database()") == [("kim",)]
    finally:
        postgres.stop(folder)


def test_kill_9_and_a_new_start_keep_what_was_written(folder):
    address = postgres.start(folder)
    ask(address, "CREATE TABLE kept AS SELECT 42 AS answer")
    kill_everything(folder)
    assert ask(postgres.start(folder), "SELECT answer FROM kept") == [(42,)]


def test_a_pid_file_that_names_a_stranger_is_no_obstacle(folder):
    postgres.start(folder, durable=False)
    data = folder / "data"
    lines = (data / "postmaster.pid").read_text().splitlines()
    postgres.stop(folder)
    (data / "postmaster.pid").write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    assert ask(postgres.start(folder, durable=False), "SELECT 1") == [(1,)]


def test_a_server_whose_socket_is_gone_is_replaced(folder):
    address = postgres.start(folder, durable=False)
    for file in postgres.socket_folder(folder, account_for(folder / "data", Path("/"))).glob(".s.*"):
        file.unlink()
    assert postgres.start(folder, durable=False) == address
    assert ask(address, "SELECT 1") == [(1,)]


def test_a_hung_half_start_is_replaced(folder):
    postgres.start(folder, durable=False)
    server = int((folder / "data" / "postmaster.pid").read_text().splitlines()[0])
    os.kill(server, signal.SIGKILL)
    assert ask(postgres.start(folder, durable=False), "SELECT 1") == [(1,)]


def test_a_half_made_data_folder_is_made_anew(folder):
    (folder / "data.part").mkdir(parents=True)
    (folder / "data.part" / "PG_VERSION").write_text("18")
    assert ask(postgres.start(folder, durable=False), "SELECT 1") == [(1,)]
    assert not (folder / "data.part").exists()


def test_two_processes_starting_at_once_get_one_server(folder):
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        first, second = pool.map(postgres.start, [folder, folder])
    assert first == second


def test_stop_leaves_no_process(folder):
    postgres.start(folder, durable=False)
    postgres.stop(folder)
    assert postgres.residents(folder / "data") == []
    assert not postgres.is_running(folder)


def test_the_server_stops_with_its_last_user_only(tmp_path):
    with embedded(tmp_path, durable=False):
        other = multiprocessing.get_context("spawn").Process(target=come_and_go, args=[tmp_path])
        other.start()
        other.join()
        assert other.exitcode == 0
        assert postgres.is_running(tmp_path)
    assert not postgres.is_running(tmp_path)


def test_data_of_another_version_is_refused_in_one_sentence(folder):
    postgres.start(folder, durable=False)
    postgres.stop(folder)
    (folder / "data" / "PG_VERSION").write_text("13\n")
    with pytest.raises(Trouble, match="dibuat oleh versi PostgreSQL lain"):
        postgres.start(folder, durable=False)


def test_a_stranger_in_the_way_of_the_folder_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(Trouble, match="tidak dapat dibaca atau ditulis"):
        postgres.start(tmp_path / "file" / "postgres")


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("postgresql://kim@127.0.0.1:1/kim", "tidak dapat dihubungi"),
        ("bukan alamat", "tidak dapat dibaca"),
    ],
)
def test_an_outside_database_out_of_reach_is_one_sentence(monkeypatch, tmp_path, address, sentence):
    monkeypatch.setenv("DATABASE_URL", address)
    with pytest.raises(Trouble, match=sentence), database(tmp_path):
        pass


def test_an_outside_database_that_is_too_old_is_one_sentence(monkeypatch, tmp_path, folder):
    monkeypatch.setenv("DATABASE_URL", postgres.start(folder, durable=False))
    monkeypatch.setattr("kim.config.launch.database.OLDEST", 99)
    with pytest.raises(Trouble, match="memerlukan 99 atau lebih baru"), database(tmp_path):
        pass
