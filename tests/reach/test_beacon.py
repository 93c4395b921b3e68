"""The door of the counting: always the same answer, no cookie, no session, no database, and only readers are noted."""

import pytest
from django.contrib.sessions.middleware import SessionMiddleware
from django.test import Client

from kim.config.front import is_public
from kim.kernel.ids import new_id
from kim.reach.actions import Counter, counter
from kim.reach.models import Readers
from publishing.factories import house

PHONE = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36"
)


class Note(Counter):
    """Notes, and never begins."""

    def begin(self) -> None:
        pass


@pytest.fixture
def noted(settings, monkeypatch):
    """What was noted of this test's knocks."""
    settings.KIM_REACH = True
    monkeypatch.setattr(counter, "COUNTER", Note())
    return counter.COUNTER._waiting


def knock(path: str, *, method: str = "post", agent: str = PHONE, host: str = "localhost", **headers: str):
    headers = {"user-agent": agent, "host": host} | headers
    return getattr(Client(enforce_csrf_checks=True), method)(path, headers=headers)


def test_the_beacon_and_the_dot_are_heard_and_answer_without_database_or_session(noted, monkeypatch):
    def refuse(*_):
        raise AssertionError("a session was looked for")

    monkeypatch.setattr(SessionMiddleware, "process_request", refuse)
    key = f"article/{new_id()}"
    beacon, dot = knock(f"/dibaca/{key}/?dari=qr"), knock(f"/dibaca/{key}.gif", method="get")
    assert (beacon.status_code, beacon.content) == (204, b"")
    assert (dot.status_code, dot.headers["Content-Type"], dot.content[:6]) == (200, "image/gif", b"GIF89a")
    for answer in (beacon, dot):
        assert not answer.cookies and answer.headers["Cache-Control"] == "no-store"
        assert "ETag" not in answer.headers and "Cookie" not in answer.headers.get("Vary", "")
    assert [(one.key, one.way, one.address) for one in noted] == [
        (key.replace("/", ":"), "qr", "127.0.0.1"), (key.replace("/", ":"), "halaman", "127.0.0.1"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "path",
    ["/dibaca/article/1/", "/dibaca/apa/itu/", f"/dibaca/{'a' * 300}/{'b' * 300}/", "/dibaca/article/1/?dari=x&dari=y"],
)
def test_whatever_is_told_the_answer_is_the_same(noted, path):
    assert knock(path).status_code == 204
    assert all(len(one.key) <= 80 and one.way == "halaman" for one in noted)


def test_a_kim_s_own_host_counts_too(noted, settings):
    host = f"satu.{settings.KIM_DOMAIN}"
    assert knock(f"/dibaca/article/{new_id()}/", host=host).status_code == 204
    assert knock(f"/dibaca/article/{new_id()}.gif", method="get", host=host).status_code == 200
    assert len(noted) == 2


@pytest.mark.parametrize(
    "agent",
    [
        "", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "facebookexternalhit/1.1",
        "WhatsApp/2.24.1 A", "TelegramBot (like TwitterBot)", "curl/8.5", "python-requests/2.32", "Go-http-client/1.1",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/140.0 Safari/537.36",
    ],
)  # fmt: skip
def test_programs_are_no_readers(noted, agent):
    assert knock("/dibaca/article/1/", agent=agent).status_code == 204
    assert not noted


@pytest.mark.parametrize(
    "agent",
    [
        PHONE, "Mozilla/5.0 (Linux; Android 11; CUBOT KING KONG 5) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605 Mobile/15E148 [FBAN/FBIOS;FBAV/440.0]",
        "Opera/9.80 (J2ME/MIDP; Opera Mini/9.80/191.370; U; id) Presto/2.12.423 Version/12.16",
    ],
)  # fmt: skip
def test_phones_are_readers(noted, agent):
    knock("/dibaca/article/1/", agent=agent)
    assert len(noted) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-purpose": "prefetch;prerender"},
        {"purpose": "prefetch"},
        {"x-moz": "prefetch"},
        {"sec-fetch-site": "cross-site"},
    ],
)
def test_what_is_fetched_ahead_or_from_another_site_is_not_read(noted, headers):
    assert knock("/dibaca/article/1/", **headers).status_code == 204
    assert not noted


def test_no_other_way_of_asking_counts(noted):
    assert knock("/dibaca/article/1/", method="get").status_code == 405
    assert knock("/dibaca/article/1.gif").status_code == 405
    assert knock("/dibaca/article/1.gif", method="head").status_code == 200
    assert not noted


def test_the_counting_is_never_kept_and_no_search_engine_is_led_there(client):
    assert not is_public("localhost", "/dibaca/article/1.gif")
    assert "Disallow: /dibaca/" in client.get("/robots.txt").content.decode()


def test_switched_off_nobody_is_noted(noted, settings):
    settings.KIM_REACH = False
    assert knock("/dibaca/article/1/").status_code == 204
    assert not noted


@pytest.mark.django_db
def test_the_page_of_an_article_counts_with_and_without_scripts_and_is_the_same_for_all(noted):
    text = house().published()
    first, second = (knock(text.get_absolute_url(), method="get", agent=agent) for agent in (PHONE, "Lain"))
    words = first.content.decode()
    assert first.content == second.content and not noted
    assert f'<noscript data-count="article:{text.id}"><img src="/dibaca/article/{text.id}.gif"' in words
    assert "Dibaca" not in words
    counter.COUNTER.note(counter.Knock(text.key, "halaman", "36.1.1.1", 1))
    counter.COUNTER.count()
    assert Readers.objects.count() == 1
    assert knock(text.get_absolute_url(), method="get").content == first.content


@pytest.mark.django_db
def test_a_short_link_says_by_which_way_somebody_came(client):
    text = house().published()
    whole = text.get_absolute_url()
    ways = {"": "tautan", "?dari=qr": "qr", "?dari=layar": "layar", "?dari=apa": "tautan"}
    for said, way in ways.items():
        assert client.get(text.short_url + said).headers["Location"].endswith(f"{whole}?ref={way}")
