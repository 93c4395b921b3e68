"""Several web machines on one PostgreSQL: what a reader sees, and what dies without a reader noticing."""

import signal
import threading
import time

import psycopg
import pytest

from scale.conftest import needs_nginx
from scale.machines import Front, Running, until

pytestmark = [pytest.mark.slow, needs_nginx]
SOON = 2.0  # seconds after which nobody may be shown the old page


class Readers:
    """People reading without a pause through one door; every answer's status is kept."""

    def __init__(self, front: Front, door: str, *paths: str, count: int = 4, cookie: str = "") -> None:
        self.front, self.door, self.paths, self.cookie = front, door, paths, cookie
        self.statuses: list[int] = []
        self.ended = threading.Event()
        self.threads = [threading.Thread(target=self.read, args=[n], daemon=True) for n in range(count)]

    def read(self, number: int) -> None:
        while not self.ended.is_set():
            path = self.paths[(number + len(self.statuses)) % len(self.paths)]
            self.statuses.append(self.front.get(self.door, path, cookie=self.cookie).status)

    def __enter__(self) -> "Readers":
        for thread in self.threads:
            thread.start()
        self.wait_for(20)
        return self

    def wait_for(self, more: int) -> None:
        """Until so many more answers came."""
        wanted = len(self.statuses) + more
        until(lambda: len(self.statuses) >= wanted, f"{more} more answers")

    def __exit__(self, *_: object) -> None:
        self.ended.set()
        for thread in self.threads:
            thread.join()


def test_what_is_published_on_one_machine_is_seen_on_the_other(country, webs):
    front, _, _ = webs
    for door in ("a", "b", "disk"):
        assert front.get(door, country.site).status == 200
    title = country.publish(front, "a")
    done = time.monotonic()
    for door in ("b", "disk", "a"):
        until(lambda door=door: title in front.get(door, country.site).text, f"{title} on {door}")
    assert time.monotonic() - done <= SOON


def test_a_photo_is_the_same_on_every_machine_and_a_private_one_is_nobodys(country, webs):
    front, _, _ = webs
    photo, private = (f"/berkas/{country.told[name]}/480.webp" for name in ("photo", "private"))
    (kept,) = {front.get(door, photo).body for door in ("a", "b", "disk")}
    assert kept[8:12] == b"WEBP"
    assert {front.get(door, private).status for door in ("a", "b", "disk")} == {404}
    assert country.bucket.refused == []
    country.bucket.mood = "500"
    try:
        assert front.get("disk", photo).body == kept, "nginx keeps what everybody may see for a minute"
        other = front.get("disk", photo.replace("480", "720"))
        assert (other.status, other.headers["Retry-After"]) == (503, "30")
        assert "tidak hilang" in other.text
    finally:
        country.bucket.mood = ""


def test_a_web_machine_that_dies_costs_no_reader_a_page(country, webs):
    front, first, _ = webs
    paths = ("/", country.site, "/cari/?q=durian", "/tentang/", country.told["first"])
    with Readers(front, "both", *paths) as readers:
        first.kill()
        readers.wait_for(150)
        first.begin()
        front.wait("a", first)
        readers.wait_for(50)
    assert set(readers.statuses) == {200}


def test_a_pulled_cable_costs_no_reader_a_page_and_nothing_old_is_shown_when_it_is_back(country, webs):
    front, first, _ = webs
    if not first.place.prefix:
        pytest.skip("no network namespaces here: a cable cannot be pulled on loopback")
    assert front.get("disk", country.site).status == 200
    try:
        with Readers(front, "both", "/", "/cari/?q=durian", country.told["first"]) as readers:
            first.place.cut()
            title = country.publish(front, "b")
            until(lambda: not (first.home / "pages" / "open" / "kim.test").exists(), "its kept pages are out of sight")
            readers.wait_for(50)
    finally:
        first.place.mend()
    assert set(readers.statuses) == {200}
    until(lambda: front.get("disk", country.site).status == 200, "it answers again")
    assert title in front.get("disk", country.site).text


def test_a_stopped_web_server_finishes_what_it_began(country, webs):
    front, first, _ = webs
    before = len(first.said)
    with Readers(front, "both", "/cari/?q=durian", "/tentang/") as readers:
        assert first.stop() in (0, 143)
        readers.wait_for(50)
    first.begin()
    front.wait("a", first)
    assert set(readers.statuses) == {200}
    assert "Traceback" not in first.said[before:]


def test_a_worker_that_dies_leaves_every_errand_to_be_done_once(country, webs):
    front, _, _ = webs
    for _ in range(6):
        country.publish(front, "b")
    waiting = "SELECT count(*) FROM ledger_dispatch"
    before = country.primary.ask(waiting)[0][0]
    place = country.net.place("w")
    with psycopg.connect(country.primary.url()) as held:
        held.execute("SELECT 1 FROM ledger_dispatch ORDER BY next_at DESC LIMIT 1 FOR UPDATE")  # never done to the end
        worker = Running(place, country.folder / "worker", "worker", **country.settings)
        until(lambda: country.primary.ask(waiting)[0][0] < before, "the worker began")
        worker.kill()
    assert country.primary.ask(waiting)[0][0], "it was killed in the middle of its work"
    pair = [worker, Running(place, country.folder / "worker-2", "worker", **country.settings)]
    worker.begin()
    until(lambda: country.primary.ask(waiting)[0][0] == 0, "two others did the rest")
    assert {one.stop() for one in pair} <= {0, -signal.SIGTERM}  # one may have been asked to stop before it was up
    told = country.primary.ask("SELECT count(*), count(DISTINCT (entry_id, person_id)) FROM inbox_delivery")[0]
    assert told[0] == told[1] > 0
    assert country.run("-c", COMPARE).strip() == "{}"


def test_a_primary_that_was_away_is_found_again_and_nothing_untrue_is_shown_meanwhile(country, webs):
    front, _, second = webs
    if second.process.poll() is not None:
        second.begin()
    until(lambda: front.get("b", "/").status == 200, "a page is kept")
    country.primary.stop()
    until(lambda: front.get("b", "/siap/").status == 503, "the balancer is told")
    until(
        lambda: front.get("b", "/").status >= 500, "kept pages are not served when nobody can say whether they are true"
    )
    assert front.get("b", "/sehat/").status == 200
    country.primary.start()
    until(lambda: front.get("b", "/siap/").status == front.get("b", "/").status == 200, "it serves again by itself")


COMPARE = "import django; django.setup(); from kim.evaluation.actions import compare; print(compare())"
