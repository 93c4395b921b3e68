"""Fetching from a stranger: nobody is led inside, nothing lasts or grows without end."""

import gzip
import socket
import time
from datetime import timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kim.kernel import clock, outside
from kim.kernel.internet import is_public
from kim.kernel.outside import Bounds, Trouble, fetch
from sources.site import Line, Site, certified

AGENT = "KIM.id/1 (+https://kim.example/; uji)"
INSIDE = [
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.100.100.200", "100.127.255.255", "127.0.0.1", "127.8.8.8",
    "168.63.129.16", "169.254.0.1", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.2.1",
    "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.9", "224.0.0.1",
    "239.255.255.250", "240.0.0.1", "255.255.255.255", "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
    "::ffff:8.8.8.8", "::ffff:0:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::1", "100::1", "2001::1",
    "2001:0:7f00:1::", "2001:2::1", "2001:10::1", "2001:20::1", "2001:db8::1", "2002:7f00:1::1", "2002:808:808::1",
    "3fff::1", "4000::1", "5f00::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1",
    "ff0e::1", "", "localhost", "0x7f000001", "127.1", "2130706433",
]  # fmt: skip
OUTSIDE = ["1.1.1.1", "8.8.8.8", "36.92.0.1", "103.10.10.1", "172.15.0.1", "172.32.0.1", "192.0.1.1", "100.128.0.1",
           "2001:200::1", "2400:cb00::1", "2606:4700::1111", "2a00:1450::1"]  # fmt: skip


@pytest.fixture
def site():
    made = Site()
    yield made
    made.close()


@pytest.fixture
def go(site):
    """Fetches a path of the site on this machine, which is let through; anything else is as in earnest."""

    def go(address: str, *, seconds: float = 5, size: int = 20_000, redirects: int = 3, **more):
        bounds = Bounds(seconds=seconds, size=size, redirects=redirects, doors=frozenset({site.door}))
        return fetch(site.at(address) if address.startswith("/") else address, agent=AGENT, bounds=bounds, **more)

    return go


def moved(to: str, status: int = 302):
    return lambda line: line.say(status, Location=to)


def at(*addresses: str):
    """A resolver that answers so, and writes down what it was asked."""

    def look_up(host: str, port: int) -> list[str]:
        look_up.asked.append((host, port))
        return list(addresses)

    look_up.asked = []
    return look_up


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_that_is_not_of_the_public_internet_is_shut(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", OUTSIDE)
def test_an_address_of_the_public_internet_is_open(address):
    assert is_public(address)


@given(st.ip_addresses(v=4, network="10.0.0.0/8") | st.ip_addresses(v=6, network="fc00::/7"))
def test_no_private_address_is_open(address):
    assert not is_public(str(address)) and not is_public(f"::ffff:{address}")


@pytest.mark.parametrize("address", [one for one in INSIDE if one and "%" not in one and one[0] in "0123456789:f"])
def test_a_host_that_leads_inside_is_never_connected_to(address, monkeypatch):
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("it was connected to"))
    with pytest.raises(Trouble, match=outside.NOT_PUBLIC):
        fetch("http://dinas.example/", agent=AGENT, look_up=at(address))


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://2130706433/",
        "http://0x7f000001/", "http://0177.0.0.1/", "http://127.1/", "http://0/", "https://127.0.0.1./",
    ],
)  # fmt: skip
def test_this_machine_is_not_reached_by_any_of_its_names(address):
    with pytest.raises(Trouble, match=f"{outside.NOT_PUBLIC}|{outside.NOT_FOUND}"):
        fetch(address, agent=AGENT)


def test_one_address_inside_among_many_shuts_the_host():
    with pytest.raises(Trouble, match=outside.NOT_PUBLIC):
        fetch("http://dinas.example/", agent=AGENT, look_up=at("8.8.8.8", "10.0.0.1"))


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("", outside.NO_ADDRESS),
        ("dinas.example/feed", outside.NO_ADDRESS),
        ("ftp://dinas.example/", outside.NO_ADDRESS),
        ("file:///etc/passwd", outside.NO_ADDRESS),
        ("gopher://dinas.example/", outside.NO_ADDRESS),
        ("http:///feed", outside.NO_ADDRESS),
        ("http://dinas.example\\@10.0.0.1/", outside.NO_ADDRESS),
        ("http://dinas.example/a b", outside.NO_ADDRESS),
        ("http://dinas.example/\r\nX: y", outside.NO_ADDRESS),
        ("http://dinas.example:99999/", outside.NO_ADDRESS),
        ("http://[::1", outside.NO_ADDRESS),
        ("http://[fe80::1%25eth0]/", outside.NO_ADDRESS),
        ("http://din%61s.example/", outside.NO_ADDRESS),
        ("http://" + "a" * 1000, outside.NO_ADDRESS),
        ("http://siapa:sandi@dinas.example/", outside.NO_PASSWORDS),
        ("http://@dinas.example/", outside.NO_PASSWORDS),
        ("http://dinas.example:22/", outside.NO_SUCH_PORT),
        ("http://dinas.example:5432/", outside.NO_SUCH_PORT),
    ],
)
def test_an_odd_address_is_refused_before_anybody_is_asked(address, said):
    ask = at("8.8.8.8")
    with pytest.raises(Trouble) as trouble:
        fetch(address, agent=AGENT, look_up=ask)
    assert str(trouble.value) == said and ask.asked == []


def test_the_address_that_was_judged_is_the_one_connected_to(site, go):
    """DNS rebinding: whatever the name leads to a moment later, nobody asks again."""
    site.pages["/feed"] = b"isi"
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    asked = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return next(answers)

    found = go(f"http://dinas.example:{site.server_port}/feed", look_up=rebinding)
    assert found.body == b"isi" and asked == ["dinas.example"]
    assert site.asked[0][1]["Host"] == f"dinas.example:{site.server_port}"


def test_a_public_answer_is_not_exchanged_for_an_inner_one(monkeypatch):
    reached = []
    monkeypatch.setattr(socket.socket, "connect", lambda _, address: reached.append(address))
    monkeypatch.setattr(socket.socket, "sendall", lambda *_: (_ for _ in ()).throw(OSError))
    with pytest.raises(Trouble):
        fetch("http://dinas.example/", agent=AGENT, look_up=at("8.8.8.8"))
    assert reached == [("8.8.8.8", 80)]


def test_tls_is_spoken_with_the_name_and_not_with_the_address(tmp_path):
    theirs, ours = certified(tmp_path, "umpan.example")
    named = []
    theirs.sni_callback = lambda _, name, __: named.append(name)
    site = Site(theirs)
    site.pages["/feed"] = b"rahasia"
    bounds = Bounds(seconds=5, doors=frozenset({site.door}))
    found = fetch(
        f"https://umpan.example:{site.server_port}/feed", agent=AGENT, bounds=bounds, look_up=at("127.0.0.1"), tls=ours
    )
    assert found.body == b"rahasia" and named == ["umpan.example"]
    for host, tls in (("lain.example", ours), ("umpan.example", None)):
        with pytest.raises(Trouble, match=outside.NOT_SAFE):
            fetch(
                f"https://{host}:{site.server_port}/feed", agent=AGENT, bounds=bounds, look_up=at("127.0.0.1"), tls=tls
            )
    site.close()


def test_a_redirect_is_followed_a_few_times_and_judged_each_time(site, go):
    site.pages |= {"/1": moved("/2", 301), "/2": moved("/3", 307), "/3": moved(site.at("/4"), 308), "/4": b"tiba"}
    found = go("/1")
    assert (found.body, found.url) == (b"tiba", site.at("/4"))
    with pytest.raises(Trouble, match=outside.IN_CIRCLES):
        go("/1", redirects=2)


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("http://127.0.0.1/admin", outside.NOT_PUBLIC),
        ("http://169.254.169.254/latest/meta-data/", outside.NOT_PUBLIC),
        ("//[::1]/", outside.NOT_PUBLIC),
        ("http://127.0.0.1:5432/", outside.NOT_PUBLIC),
        ("file:///etc/passwd", outside.NO_ADDRESS),
        ("gopher://127.0.0.1:11211/_stats", outside.NO_ADDRESS),
        ("http://siapa:sandi@dinas.example/", outside.NO_PASSWORDS),
    ],
)
def test_a_redirect_does_not_lead_inside(to, said, site, go):
    site.pages["/"] = moved(to)
    with pytest.raises(Trouble) as trouble:
        go("/")
    assert str(trouble.value) in (said, outside.NO_SUCH_PORT)
    assert len(site.asked) == 1


def test_a_redirect_in_circles_ends(site, go):
    site.pages |= {"/a": moved("/b"), "/b": moved("/a"), "/nowhere": lambda line: line.say(302)}
    for path in ("/a", "/nowhere"):
        with pytest.raises(Trouble, match=outside.IN_CIRCLES):
            go(path)
    assert len(site.asked) == 8


def test_https_is_not_given_up_on_the_way(tmp_path):
    theirs, ours = certified(tmp_path, "127.0.0.1")
    site = Site(theirs)
    site.pages["/"] = moved("http://dinas.example/")
    with pytest.raises(Trouble, match=outside.LESS_SAFE):
        fetch(f"https://{site.door}/", agent=AGENT, bounds=Bounds(seconds=5, doors=frozenset({site.door})), tls=ours)
    site.close()


def drip(line: Line) -> None:
    """A byte now and then: each read succeeds, and it would go on for ever."""
    line.say(200, b"", Content_Length="10000")
    while not line.server.closing.wait(0.05):
        line.wfile.write(b".")
        line.wfile.flush()


def drip_headers(line: Line) -> None:
    line.wfile.write(b"HTTP/1.1 200 OK\r\n")
    while not line.server.closing.wait(0.05):
        line.wfile.write(b"X-A: b\r\n")
        line.wfile.flush()


def silent(line: Line) -> None:
    line.server.closing.wait(30)


@pytest.mark.parametrize("slow", [drip, drip_headers, silent])
def test_the_time_is_bounded_in_all_and_not_per_read(slow, site, go):
    site.pages["/"] = slow
    began = time.monotonic()
    with pytest.raises(Trouble, match=outside.TOO_SLOW):
        go("/", seconds=0.6)
    assert 0.5 < time.monotonic() - began < 3


def test_a_resolver_that_never_answers_holds_nobody_up(site):
    began = time.monotonic()
    with pytest.raises(Trouble, match=outside.TOO_SLOW):
        fetch("http://dinas.example/", agent=AGENT, bounds=Bounds(seconds=0.3), look_up=lambda *_: time.sleep(5) or [])
    assert time.monotonic() - began < 3


def test_redirects_share_one_time(site, go):
    site.pages |= {
        "/1": lambda line: (time.sleep(0.4), line.say(302, Location="/2")),
        "/2": lambda line: (time.sleep(0.4), line.say(302, Location="/3")),
        "/3": lambda line: (time.sleep(0.4), line.say(200, b"tiba")),
    }
    with pytest.raises(Trouble, match=outside.TOO_SLOW):
        go("/1", seconds=0.9)


def flood(line: Line) -> None:
    """No length and no end."""
    line.send_response(200)
    line.send_header("Content-Type", "text/xml")
    line.end_headers()
    while True:
        line.wfile.write(b"x" * 10_000)


def endless_chunks(line: Line) -> None:
    line.say(200, b"", Transfer_Encoding="chunked", Content_Length="")
    while True:
        line.wfile.write(b"2710\r\n" + b"x" * 10_000 + b"\r\n")


def huge_header(line: Line) -> None:
    line.wfile.write(b"HTTP/1.1 200 OK\r\nX: " + b"a" * 500_000 + b"\r\n\r\n")


def many_headers(line: Line) -> None:
    line.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 50_000 + b"\r\n")


def more_of_the_same(line: Line) -> None:
    """Interim answers without end."""
    while True:
        line.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")


def bomb(line: Line) -> None:
    line.say(200, gzip.compress(b"\0" * 50_000_000), Content_Encoding="gzip")


@pytest.mark.parametrize(
    "big", [flood, endless_chunks, huge_header, many_headers, more_of_the_same, bomb], ids=lambda one: one.__name__
)
def test_nothing_grows_without_end(big, site, go):
    site.pages["/"] = big
    with pytest.raises(Trouble, match=f"{outside.TOO_BIG}|{outside.GARBLED}"):
        go("/", size=100_000)


def test_what_fits_exactly_is_taken_packed_or_not(site, go):
    words = bytes(range(256)) * 40
    site.pages |= {"/": words, "/gz": lambda line: line.say(200, gzip.compress(words), Content_Encoding="gzip")}
    assert go("/", size=len(words)).body == go("/gz", size=len(words)).body == words
    for path in ("/", "/gz"):
        with pytest.raises(Trouble, match=outside.TOO_BIG):
            go(path, size=len(words) - 1)


@pytest.mark.parametrize(
    "broken",
    [
        lambda line: line.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n"),
        lambda line: line.say(200, b"ha", Content_Length="100"),
        lambda line: line.say(200, b"not gzip", Content_Encoding="gzip"),
        lambda line: line.say(200, gzip.compress(b"a" * 9000)[:-20], Content_Encoding="gzip"),
        lambda line: line.say(200, b"ha", Content_Encoding="br"),
        lambda line: line.say(200, b"zz\r\n", Transfer_Encoding="chunked", Content_Length=""),
        lambda line: None,
    ],
)
def test_a_broken_answer_is_said_to_be_broken(broken, site, go):
    def page(line: Line) -> None:
        broken(line)
        line.close_connection = True

    site.pages["/"] = page
    with pytest.raises(Trouble, match=outside.GARBLED):
        go("/")


def test_only_the_kinds_that_are_wanted_are_read(site, go):
    site.pages |= {"/": lambda line: line.say(200, b"<html>", kind="text/html; charset=utf-8"), "/xml": b"<rss/>"}
    assert go("/xml", kinds=("application/rss+xml",)).body == b"<rss/>"
    with pytest.raises(Trouble, match="text/html"):
        go("/", kinds=("application/rss+xml",))


def test_a_second_question_is_conditional(site, go):
    def page(line: Line) -> None:
        if line.headers.get("If-None-Match") == '"v1"':
            return line.say(304, kind="", ETag='"v1"', Content_Length="")
        return line.say(200, b"isi", ETag='"v1"', Last_Modified="Sat, 22 Nov 2025 00:00:00 GMT")

    site.pages["/"] = page
    first = go("/")
    again = go("/", etag=first.etag, last_modified=first.last_modified)
    assert again.is_same and again.body == b""
    assert site.asked[1][1]["If-Modified-Since"] == "Sat, 22 Nov 2025 00:00:00 GMT"
    assert site.asked[0][1]["User-Agent"] == AGENT


def test_nothing_a_server_sent_can_add_a_header_next_time(site, go):
    site.pages["/"] = b"isi"
    go("/", etag='"a"\r\nX-Injected: 1', last_modified="é")
    assert not {"X-Injected", "If-None-Match", "If-Modified-Since"} & site.asked[0][1].keys()


@pytest.mark.parametrize(
    ("asked", "least", "most"),
    [("120", 120, 120), ("99999999999", 604800, 604800), ("", None, None), ("besok", None, None), ("-5", None, None)],
)
def test_whoever_asks_to_be_left_alone_is(asked, least, most, site, go):
    site.pages["/"] = lambda line: line.say(503, Retry_After=asked)
    with pytest.raises(Trouble, match="503") as trouble:
        go("/")
    wait = trouble.value.wait
    assert wait is None if least is None else least <= wait.total_seconds() <= most


def test_being_left_alone_may_be_a_date(site, go):
    until = format_datetime(clock.now() + timedelta(hours=1))
    site.pages["/"] = lambda line: line.say(429, Retry_After=until)
    with pytest.raises(Trouble, match="429") as trouble:
        go("/")
    assert timedelta(minutes=58) < trouble.value.wait <= timedelta(hours=1)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 418, 500, 502, 204, 206])
def test_anything_but_a_plain_answer_is_a_trouble_in_words(status, site, go):
    site.pages["/"] = lambda line: line.say(status)
    with pytest.raises(Trouble, match=str(status)):
        go("/")


def test_a_house_without_anybody_in_it(site, go):
    site.close()
    with pytest.raises(Trouble, match=outside.NO_ANSWER):
        go("/")


def test_an_address_is_written_as_servers_know_it():
    place = outside.target("HTTP://Dinas.Example.:80/kabar desa?q=ü#akhir".replace(" ", "%20"))
    assert (place.host, place.port, place.path) == ("dinas.example", 80, "/kabar%20desa?q=%C3%BC")
    assert outside.target("https://dinás.example").url == "https://xn--dins-7na.example/"
