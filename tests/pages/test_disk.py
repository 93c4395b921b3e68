"""What one machine keeps: found by every process that heard of all changes, laid out for a front server, bounded."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from time import monotonic

import pytest

from kim.pages.disk import Disk
from kim.pages.packed import Page, brotlied, gzipped

HTML = [("Content-Type", "text/html; charset=utf-8"), ("ETag", '"x"')]


def page(body: bytes = b"isi", *tags: str, born: float | None = None, headers=HTML) -> Page:
    born = monotonic() if born is None else born
    return Page(headers, gzipped(body), brotlied(body), tags=tags or ["kim:1"], born=born, until=born + 999)


@pytest.fixture
def disk(tmp_path):
    made = Disk(tmp_path / "pages", 10**6)
    yield made
    made.leave()


def open_files(disk: Disk) -> list[str]:
    return sorted(str(file.relative_to(disk.folder)) for file in (disk.folder / "open").rglob("*") if file.is_file())


def test_a_page_is_found_again_whole(disk):
    disk.put("localhost/a/?", page(b"isi halaman", "kim:1", "region:35"))
    found = disk.get("localhost/a/?", since=0.0)
    assert (found.plain(), found.etag, found.tags) == (b"isi halaman", '"x"', {"kim:1", "region:35"})


def test_a_front_server_finds_it_by_host_and_path(disk):
    disk.put("Ngebel.Kim.ID:8000/kabar/a-b1/?", page(b"isi"))
    assert open_files(disk) == [f"open/ngebel.kim.id/kabar/a-b1/index.html{form}" for form in ("", ".br", ".gz")]
    assert (disk.folder / "open/ngebel.kim.id/kabar/a-b1/index.html").read_bytes() == b"isi"


@pytest.mark.parametrize(
    "key",
    [
        "localhost/kabar/?wilayah=35", "localhost/../../etc/passwd?", "localhost/a/../b/?", "localhost//a/?",
        "localhost/.git/?", "../x/?", "localhost/a\\b/?", "localhost/%00/?", "[::1]/?", "/?", "localhost/umpan.xml?",
    ],
)  # fmt: skip
def test_what_a_front_server_must_not_find_lies_elsewhere(disk, key):
    disk.put(key, page(b"isi"))
    assert not (disk.folder / "open").exists() or not open_files(disk)
    assert disk.get(key, since=0.0).plain() == b"isi"
    assert {path.name for path in disk.folder.parent.iterdir()} == {"pages"}


def test_a_feed_is_kept_but_not_as_a_page(disk):
    disk.put("localhost/umpan/?", page(b"<rss/>", headers=[("Content-Type", "application/rss+xml"), ("ETag", '"x"')]))
    assert disk.get("localhost/umpan/?", since=0.0) and not (disk.folder / "open").exists()


def test_a_touch_takes_the_files_away_at_once(disk):
    disk.put("localhost/a/?", page(b"a", "region:35"))
    disk.put("localhost/b/?", page(b"b", "region:64"))
    disk.touch({"region:35", "kim:9"})
    assert disk.get("localhost/a/?", since=0.0) is None
    assert {name.split("/")[2] for name in open_files(disk)} == {"b"}


def test_a_page_begun_before_a_touch_is_not_kept(disk):
    born = monotonic()
    disk.touch({"region:35"})
    disk.put("localhost/a/?", page(b"a", "region:35", born=born))
    assert disk.get("localhost/a/?", since=0.0) is None and not (disk.folder / "open").exists()


def test_a_star_takes_everything_and_what_is_being_made(disk):
    born = monotonic()
    disk.put("localhost/a/?", page(b"a", "region:35"))
    disk.touch({"*"})
    disk.put("localhost/b/?", page(b"b", "kim:2", born=born))
    assert not open_files(disk)


def test_who_has_not_heard_everything_since_a_page_was_made_does_not_trust_it(disk):
    disk.put("localhost/a/?", page())
    assert disk.get("localhost/a/?", since=monotonic()) is None


def test_the_first_to_come_empties_the_folder_and_the_second_shares_it(tmp_path):
    first = Disk(tmp_path / "pages", 10**6)
    first.put("localhost/a/?", page())
    second = Disk(tmp_path / "pages", 10**6)
    assert second.get("localhost/a/?", since=0.0)
    first.leave()
    second.leave()
    third = Disk(tmp_path / "pages", 10**6)
    assert third.get("localhost/a/?", since=0.0) is None and not (tmp_path / "pages/open").exists()
    third.leave()


def test_when_nothing_may_be_trusted_the_open_folder_is_gone_in_one_step(disk):
    disk.put("localhost/a/?", page())
    begun = monotonic()
    disk.close()
    assert not (disk.folder / "open").exists() and disk.get("localhost/a/?", since=0.0) is None
    disk.put("localhost/a/?", page(born=begun))
    assert disk.get("localhost/a/?", since=0.0) is None
    disk.put("localhost/a/?", page())
    assert disk.get("localhost/a/?", since=0.0)


def test_the_folder_is_bounded_and_the_oldest_go_first(tmp_path):
    disk = Disk(tmp_path / "pages", 50_000)
    for number in range(20):
        disk.put(f"localhost/a{number}/?", page(b"x", f"kim:{number}"))
    disk.trim()
    left = {name.split("/")[2] for name in open_files(disk)}
    assert "a19" in left and "a0" not in left and 5 <= len(left) <= 12
    disk.leave()


@pytest.mark.parametrize("is_before", [True, False])
def test_a_process_that_dies_while_it_writes_leaves_no_file_that_nobody_knows(disk, monkeypatch, is_before):
    class Killed(BaseException):
        pass

    def write(own, file, body, real=Disk._write):
        if not is_before:
            real(own, file, body)
        if file.endswith("index.html"):
            raise Killed
        real(own, file, body)

    monkeypatch.setattr(Disk, "_write", write)
    with pytest.raises(Killed):
        disk.put("localhost/a/?", page(b"a", "region:35"))
    assert is_before or "open/localhost/a/index.html" in open_files(disk)
    monkeypatch.undo()
    disk.touch({"region:35"})
    assert not (disk.folder / "open").exists()


def test_a_page_that_goes_takes_its_folders_along(disk):
    disk.put("localhost/kabar/a-b1/?", page(b"a", "region:35"))
    disk.put("localhost/kabar/?", page(b"b", "region:64"))
    disk.touch({"region:35"})
    assert open_files(disk) and not (disk.folder / "open/localhost/kabar/a-b1").exists()


def test_what_has_ended_by_itself_is_no_longer_there_for_a_front_server(disk):
    made = page(b"a")
    made.until = monotonic() - 1
    disk.put("localhost/a/?", made)
    disk.end()
    assert not (disk.folder / "open").exists()


def test_many_pages_of_one_tag_go_and_the_index_is_given_back_between(disk, monkeypatch):
    monkeypatch.setattr("kim.pages.disk.AT_ONCE", 3)
    for number in range(10):
        disk.put(f"localhost/a{number}/?", page(b"a", "region:35"))
    disk.touch({"region:35"})
    assert not (disk.folder / "open").exists()


def test_a_failed_write_gives_the_turn_back(disk):
    with pytest.raises(sqlite3.Error), disk.index.writing() as rows:
        rows.execute("INSERT INTO nowhere VALUES (1)")
    with disk.index.writing():
        assert disk.index.rows.in_transaction
    assert not disk.index.rows.in_transaction


def test_a_copied_process_opens_the_index_anew(disk, monkeypatch):
    own = disk.index.rows
    monkeypatch.setattr("kim.pages.index.os.getpid", lambda: -1)
    assert disk.index.rows is not own
    disk.index.close()
    own.close()


def test_nobody_can_tell_which_pages_share_a_turn(tmp_path):
    folders = [Disk(tmp_path / name, 10**6) for name in "ab"]
    for disk in folders:
        for number in range(20):
            with disk.alone(f"localhost/{number}/?"):
                pass
    one, other = ({turn.name for turn in (disk.folder / "turns").iterdir()} for disk in folders)
    assert one != other
    for disk in folders:
        disk.leave()


def test_many_hands_at_once_leave_it_in_order(disk):
    def work(number: int) -> None:
        for turn in range(15):
            disk.put(f"localhost/a{turn % 5}/?", page(b"x" * turn, f"kim:{turn % 3}"))
            disk.touch({f"kim:{number % 3}"})
            disk.get(f"localhost/a{turn % 5}/?", since=0.0)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    disk.touch({"*"})
    assert not open_files(disk)
