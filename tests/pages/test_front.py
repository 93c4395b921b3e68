"""The boundary: encodings, 304, what makes a page of its own, one making for a crowd, and silence when nothing is heard."""

import gzip
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import brotli
import pytest
from django.db import connection, transaction

from kim.pages import ear, touched
from kim.pages.making import Asked
from kim.pages.packed import encoding_for
from pages.keeping import Kept, request, wait_for

pytestmark = pytest.mark.django_db(transaction=True)


class Village:
    """Counts how often it is asked; each answer has another number. Slow, if told so."""

    def __init__(self, pause: float = 0.0) -> None:
        self.asked, self.pause = 0, pause

    def __call__(self, environ, start_response):
        self.asked += 1
        number = self.asked
        time.sleep(self.pause)
        environ["kim.tags"] = ["region:35"]
        told = [("Content-Type", "text/html"), ("Cache-Control", "public"), ("Vary", "Accept-Encoding")]
        start_response("200 OK", [*told, ("ETag", f'"{number}"'), ("Content-Length", "500")])
        return [str(number).ljust(500).encode()]


def test_a_page_goes_out_in_the_encoding_the_reader_takes(keep):
    kept: Kept = keep(django=Village()).begin()
    plain = kept.get("/")
    for accepted, decode in (("gzip, deflate, br", brotli.decompress), ("gzip", gzip.decompress)):
        status, headers, body = kept.ask("/", HTTP_ACCEPT_ENCODING=accepted)
        assert (status, decode(body)) == ("200 OK", plain)
        assert int(headers["content-length"]) == len(body) and headers["vary"] == "Accept-Encoding"
    assert kept.ask("/")[1]["content-length"] == "500"


def test_a_reader_who_has_it_is_told_so_in_a_line(keep):
    kept: Kept = keep(django=Village()).begin()
    tag = kept.ask("/")[1]["etag"]
    status, headers, body = kept.ask("/", HTTP_IF_NONE_MATCH=tag)
    assert (status, body) == ("304 Not Modified", b"")
    assert headers == {"etag": tag, "cache-control": "public", "vary": "Accept-Encoding"}


def test_trackers_make_no_page_of_their_own_and_searches_are_not_kept(keep):
    village = Village()
    kept: Kept = keep(django=village).begin()
    kept.get("/kabar/?wilayah=35")
    before = village.asked
    kept.get("/kabar/?utm_source=wa&wilayah=35&fbclid=abc")
    assert village.asked == before
    kept.get("/kabar/?wilayah=35&q=banjir"), kept.get("/kabar/?wilayah=35&q=banjir")
    kept.get("/kabar/?wilayah=35&wilayah=64")
    assert village.asked == before + 3


def test_a_question_has_one_order_and_it_is_the_one_our_links_write():
    for said in ("wilayah=35.02&sesudah=abc", "sesudah=abc&wilayah=35.02", "wilayah=35.02&utm_source=wa&sesudah=abc"):
        assert Asked(request(f"/kabar/?{said}")).query == "wilayah=35.02&sesudah=abc"


def test_other_methods_go_to_django(keep):
    village = Village()
    kept: Kept = keep(django=village).begin()
    kept.get("/")
    before = village.asked
    kept.ask("/", method="HEAD"), kept.ask("/", method="POST")
    assert village.asked == before + 2


@pytest.mark.parametrize("query", ["x=1", "wilayah=35&x=1", "sesudah=" + "a" * 700])
def test_a_question_nobody_foresaw_is_not_kept(query):
    assert not Asked(request(f"/kabar/?{query}")).may_be_kept


def test_a_crowd_before_a_cold_page_has_it_made_once(keep):
    village = Village(pause=0.3)
    first, second = (keep(django=village).begin() for _ in range(2))  # two web processes, one machine
    before = village.asked
    with ThreadPoolExecutor(24) as crowd:
        bodies = set(crowd.map(lambda number: (first, second)[number % 2].get("/"), range(24)))
    assert village.asked == before + 1 and len(bodies) == 1


def test_readers_are_served_while_the_new_page_is_made_and_have_it_within_two_seconds(keep):
    village = Village()
    kept: Kept = keep(django=village).begin()
    old = kept.get("/")
    village.pause = 0.2
    touched("region:35")
    kept.catch_up()
    since = time.monotonic()
    assert kept.get("/") == old  # nobody waits
    wait_for(lambda: kept.get("/") != old)
    assert time.monotonic() - since < 2
    assert not kept.memory.pages["localhost/?"].is_old


def test_a_change_on_one_machine_is_heard_on_another(keep):
    village = Village()
    here, there = keep("one", django=village).begin(), keep("two", django=village).begin()
    old = here.get("/"), there.get("/")
    touched("region:35")
    for kept, before in zip((here, there), old, strict=True):
        wait_for(lambda kept=kept, before=before: kept.get("/") != before)


def test_what_is_rolled_back_drops_nothing(keep):
    kept: Kept = keep(django=Village()).begin()
    kept.get("/")
    connection.set_autocommit(False)
    touched("region:35")
    connection.rollback()
    connection.set_autocommit(True)
    kept.catch_up()
    assert not kept.memory.pages["localhost/?"].is_old


def test_many_tags_come_in_several_messages_and_only_very_many_are_everything(keep):
    kept: Kept = keep(django=Village()).begin()
    many = [f"article:{number:036}" for number in range(250)]
    with transaction.atomic():
        touched(*many)
    kept.catch_up()
    assert set(many) <= set().union(*kept.heard) and not any("*" in tags for tags in kept.heard)
    touched(*(f"kim:{number}" for number in range(3001)))
    kept.catch_up()
    assert any("*" in tags for tags in kept.heard)


def test_who_no_longer_hears_serves_nothing_kept_and_goes_on_when_it_hears_again(keep, monkeypatch):
    monkeypatch.setattr(ear, "REST", 0.05)
    village = Village()
    kept: Kept = keep(django=village).begin()
    kept.get("/")
    assert (kept.disk.folder / "open/localhost/index.html").exists()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'SELECT 1%%' AND pid <> pg_backend_pid()"
            " AND datname = current_database()"
        )
    wait_for(lambda: not kept.memory.pages)
    assert not (kept.disk.folder / "open/localhost/index.html").exists()
    wait_for(lambda: kept.ear.until > time.monotonic())
    kept.get("/")
    assert kept.keeps("/")


def test_a_page_made_while_something_changed_is_not_kept_as_new(keep):
    village = Village(pause=0.4)
    kept: Kept = keep(django=village).begin()
    maker = threading.Thread(target=kept.get, args=["/"])
    maker.start()
    wait_for(lambda: village.asked == 2)  # the first was the health check
    kept.catch_up()
    touched("region:35")
    kept.catch_up()
    maker.join()
    page = kept.memory.pages.get("localhost/?")
    assert page is None or page.is_old
    assert kept.disk.get("localhost/?", since=0.0) is None


def test_without_room_everything_still_answers(keep):
    kept: Kept = keep(django=Village(), megabytes=0).begin()
    assert kept.get("/") and kept.get("/") and not kept.memory.pages


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br", "br"), ("br;q=0, gzip", "gzip"), ("gzip;q=0", ""), ("gzip; q=0.0, br; q=0", ""),
        ("GZIP;q=0.5", "gzip"), ("", ""), ("identity", ""), ("sebr", ""), ("zstd, br;q=1.0", "br"),
    ],
)  # fmt: skip
def test_an_encoding_that_is_refused_is_not_sent(accepted, encoding):
    assert encoding_for(accepted) == encoding


@pytest.mark.parametrize("host", ["localhost:8000", "LocalHost", "localhost.", "localhost:9"])
def test_one_host_is_one_page_however_it_is_written(keep, host):
    village = Village()
    kept: Kept = keep(django=village).begin()
    page = kept.get("/")
    assert [kept.get("/", HTTP_HOST=host) for _ in range(2)] == [page, page] and village.asked == 2
    assert kept.front._hosts == {host: "localhost"} and set(kept.memory.pages) == {"localhost/?"}


@pytest.mark.parametrize(
    "host", ["", "x.localhost.evil", "localhost/kabar", "a.b.localhost", "local host", "[::1", "../x"]
)
def test_for_a_host_that_is_not_ours_nothing_is_kept(keep, host):
    kept: Kept = keep(django=Village()).begin()
    assert kept.get("/", HTTP_HOST=host) != kept.get("/", HTTP_HOST=host)
    assert not kept.memory.pages


def test_nobody_waits_for_another_where_there_is_no_page_to_keep(keep):
    begun = threading.Barrier(3, timeout=20)

    def gone(environ, start_response):
        if environ["PATH_INFO"] == "/kabar/":
            begun.wait()
        start_response("410 Gone", [("Content-Type", "text/html")])
        return [b"ditarik"]

    kept: Kept = keep(django=gone).begin()
    kept.front._pass("localhost/kabar/?")
    with ThreadPoolExecutor(3) as crowd:
        assert set(crowd.map(lambda _: kept.ask("/kabar/")[0], range(3))) == {"410 Gone"}
    kept.ask("/")
    assert "localhost/?" in kept.front._unkept
