"""The sentences of the `kim` command and the decisions behind a start."""

import errno
import os
from pathlib import Path

import pytest

from kim.config import command
from kim.config.launch import address, browser, home
from kim.config.launch.home import State, load_state, open_home, save_state, stamp
from kim.config.launch.prepare import demo_decision, sentence_for
from kim.config.launch.trouble import Trouble, explain


@pytest.fixture
def own_home(monkeypatch, tmp_path):
    monkeypatch.setenv("KIM_HOME", str(tmp_path / "var"))
    monkeypatch.delenv("KIM_OUTSIDE_DATABASE", raising=False)
    (tmp_path / "var" / "postgres").mkdir(parents=True)
    return tmp_path / "var"


def test_help_names_every_command(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["kim"])
    assert command.main() == 0
    said = capsys.readouterr().out
    assert all(f"kim {name}" in said for name in ("run", "test", "check", "manage", "help"))


def test_an_unknown_command_is_told_so(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["kim", "terbang"])
    assert command.main() == 2
    assert "Perintah terbang tidak dikenal" in capsys.readouterr().err


def test_what_nobody_foresaw_is_a_sentence_and_a_file(monkeypatch, capsys, own_home):
    monkeypatch.setattr("sys.argv", ["kim", "check"])
    monkeypatch.setattr(command, "check", lambda: 1 / 0)
    assert command.main() == 1
    assert "ZeroDivisionError" in (own_home / "error.log").read_text()
    assert "Traceback" not in capsys.readouterr().err


def test_a_full_disk_is_a_sentence(tmp_path):
    assert "Disk penuh" in explain(OSError(errno.ENOSPC, "No space left on device"), tmp_path)


def test_any_failure_of_the_set_up_on_a_full_disk_is_the_full_disk(monkeypatch, tmp_path):
    monkeypatch.setattr("kim.config.launch.prepare.ROOM", 10**18)
    assert "Disk penuh" in sentence_for(RuntimeError("something else"), tmp_path)


def test_a_state_that_was_cut_short_counts_as_none(own_home):
    home.state_file(own_home).write_text('{"stamp": "a')
    assert load_state(own_home) == State()


def test_a_state_is_kept_for_each_database(own_home, monkeypatch):
    save_state(own_home, State("a", "no"))
    monkeypatch.setenv("KIM_OUTSIDE_DATABASE", "postgresql://elsewhere/kim")
    assert load_state(own_home) == State()


def test_the_stamp_is_steady_and_notices_a_changed_migration(monkeypatch, tmp_path):
    monkeypatch.setattr(home, "PACKAGE", tmp_path)
    (tmp_path / "desa" / "migrations").mkdir(parents=True)
    before = stamp()
    (tmp_path / "desa" / "views.py").write_text("")
    assert stamp() == before
    (tmp_path / "desa" / "migrations" / "0001_initial.py").write_text("")
    assert stamp() != before


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("known", "wish", "decision"),
    [
        ("", "any", "wanted"),
        ("", "empty", "no"),
        ("wanted", "any", "wanted"),
        ("done", "any", "done"),
        ("no", "any", "no"),
        ("no", "demo", "wanted"),
    ],
)
def test_demo_data_comes_on_a_first_run_or_when_asked_for(known, wish, decision):
    assert demo_decision(State(demo=known), wish) == decision


@pytest.mark.django_db
def test_demo_data_never_comes_by_itself_beside_people(django_user_model):
    django_user_model._default_manager.create(name="Seseorang")
    assert demo_decision(State(), "any") == "no"


@pytest.mark.parametrize(
    ("host", "port", "sentence"),
    [
        ("127.0.0.1", 99999, "tidak ada"),
        ("192.0.2.55", 8000, "bukan milik mesin ini"),
        ("tidak-ada.invalid", 8000, "tidak dikenal"),
    ],
)
def test_an_address_that_cannot_be_is_one_sentence(host, port, sentence):
    with pytest.raises(Trouble, match=sentence):
        address.claim(host, port)


def test_listening_everywhere_answers_to_the_name_in_the_network(monkeypatch):
    monkeypatch.delenv("KIM_HOSTS", raising=False)
    monkeypatch.delenv("KIM_BASE_URL", raising=False)
    monkeypatch.setattr(address, "local_address", lambda: "192.168.1.20")
    assert address.announce("0.0.0.0", 8000) == "http://192.168.1.20:8000"
    assert "192.168.1.20" in os.environ["KIM_HOSTS"].split(",")


def test_a_chromium_that_cannot_be_had_is_an_error_and_no_skip(monkeypatch):
    monkeypatch.delenv("KIM_CHROMIUM", raising=False)
    for way in ("_of_the_system", "_from_apt", "_from_playwright"):
        monkeypatch.setattr(browser, way, lambda: None)
    with pytest.raises(Trouble, match="Chromium tidak ditemukan"):
        browser.chromium()


def test_a_named_chromium_must_exist(monkeypatch, tmp_path):
    monkeypatch.setenv("KIM_CHROMIUM", str(tmp_path / "chromium"))
    with pytest.raises(Trouble, match="berkas itu tidak ada"):
        browser.chromium()


def test_the_data_folder_is_where_kim_home_says(own_home):
    assert open_home() == own_home
    assert Path(os.environ["KIM_HOME"]) == own_home
