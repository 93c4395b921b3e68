"""A disk that is full, closed or broken, threads that meet the unexpected: readers get their pages, and nothing old."""

import resource
import socket
import sqlite3
import threading
from time import monotonic

import pytest
from django.db import connection

from kim.pages import ear, renewal, touched
from kim.pages.disk import Disk
from kim.pages.ear import Ear
from kim.pages.memory import Memory
from kim.pages.renewal import Renewal
from kim.pages.shelf import Shelf
from pages.keeping import Kept, request, wait_for
from pages.test_disk import page
from pages.test_front import Village


def fails(*_, **__):
    raise OSError(28, "No space left on device")


def breaks(*_, **__):
    raise sqlite3.OperationalError("database or disk is full")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("method", "trouble"), [("get", breaks), ("put", fails), ("alone", fails)])
def test_whatever_the_disk_fails_at_readers_get_their_page(keep, monkeypatch, method, trouble):
    monkeypatch.setattr(Disk, method, trouble)
    kept: Kept = keep(django=Village()).begin()
    assert kept.ask("/")[0] == "200 OK"
    wait_for(lambda: kept.keeps("/"))


def test_a_folder_that_cannot_be_written_is_done_without(tmp_path):
    (tmp_path / "pages").write_text("not a folder")
    shelf = Shelf(tmp_path / "pages", 10**6)
    shelf.put("localhost/a/?", page())
    shelf.touch({"kim:1"}), shelf.close(), shelf.tend()
    with shelf.alone("localhost/a/?"):
        assert shelf.get("localhost/a/?", since=0.0) is None
    shelf.leave()


@pytest.mark.parametrize("stranger", ["machine", "site"])
def test_a_folder_shared_by_mistake_is_done_without(tmp_path, monkeypatch, stranger):
    own = Shelf(tmp_path / "pages", 10**6, "satu")
    own.put("localhost/a/?", page())
    if stranger == "machine":
        monkeypatch.setattr("kim.pages.disk.this_machine", lambda: "another")
    other = Shelf(tmp_path / "pages", 10**6, "dua" if stranger == "site" else "satu")
    assert other.disk is None and other.get("localhost/a/?", since=0.0) is None
    assert own.get("localhost/a/?", since=0.0)
    monkeypatch.undo()
    third = Shelf(tmp_path / "pages", 10**6, "satu")
    assert third.get("localhost/a/?", since=0.0)
    for shelf in (own, other, third):
        shelf.leave()


def test_a_change_that_could_not_be_noted_takes_everything_out_of_sight(tmp_path, monkeypatch):
    shelf = Shelf(tmp_path / "pages", 10**6)
    shelf.put("localhost/a/?", page())
    shelf.put("localhost/a/?sesudah=x", page())
    monkeypatch.setattr(Disk, "touch", breaks)
    monkeypatch.setattr("kim.pages.index.Index.writing", breaks)
    shelf.touch({"region:35"})
    assert not (shelf.folder / "open").exists() and not (shelf.folder / "asked").exists()
    assert shelf.disk is None
    monkeypatch.undo()
    shelf.tend()
    shelf.put("localhost/a/?", page())
    assert shelf.get("localhost/a/?", since=0.0)
    shelf.leave()


def test_what_was_being_made_when_everything_was_dropped_is_not_kept_as_new():
    kept, late = Memory(10**6), page()
    kept.clear()
    kept.put("a", late)
    assert late.is_old


def test_a_page_of_another_process_is_old_when_that_one_may_not_have_heard_yet():
    kept = Memory(10**6)
    kept.touch({"kim:1"})
    made = page()
    kept.put("a", made, lag=ear.LEASE)
    assert made.is_old


def test_the_thread_that_makes_pages_anew_outlives_whatever_happens(monkeypatch):
    monkeypatch.setattr(renewal, "TEND_EVERY", 0.01)
    made, tended = threading.Event(), []

    def tend() -> None:
        tended.append(monotonic())
        raise RuntimeError("dictionary changed size during iteration")

    thread = Renewal(lambda asked, is_renewal: made.set(), tend)
    thread.start()
    wait_for(lambda: len(tended) > 2)
    thread.ask("a", request("/"))
    assert made.wait(20) and thread.is_alive()
    thread.stop()
    thread.join()


@pytest.mark.django_db(transaction=True)
def test_the_ear_outlives_a_drop_that_fails_and_a_clock_that_is_set(monkeypatch):
    monkeypatch.setattr(ear, "REST", 0.05)
    lapses, offset = [], [0.0]

    def lapse() -> None:
        lapses.append(monotonic())
        raise OSError("disk")

    monkeypatch.setattr(ear, "time", lambda: monotonic() + offset[0])
    thread = Ear(lambda: connection.get_connection_params(), on_touch=lambda tags: None, on_lapse=lapse)
    thread.start()
    wait_for(lambda: thread.until > monotonic())
    offset[0] = 3600.0
    wait_for(lambda: lapses)
    wait_for(lambda: thread.until > monotonic())
    thread.stop()
    thread.join()


@pytest.mark.django_db(transaction=True)
def test_it_hears_behind_a_thousand_open_connections():
    heard, (_, most) = [], resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    crowd = [socket.socketpair() for _ in range(520)]
    thread = Ear(connection.get_connection_params, on_touch=heard.append, on_lapse=lambda: None)
    thread.start()
    wait_for(lambda: thread.until > monotonic())
    touched("kim:1")
    wait_for(lambda: {"kim:1"} in heard)
    thread.stop()
    thread.join()
    for pair in crowd:
        for one in pair:
            one.close()
