"""Public pages are answered before session, forms and person; all others pass them, and the headers are the same."""

import pytest
from django.contrib.sessions.middleware import SessionMiddleware
from django.test import Client

from kim.config import replica
from registry.factories import kim
from web.factories import article

pytestmark = pytest.mark.django_db
PERSONAL, PUBLIC = "/masuk/", "/tentang/"
HEADERS = (
    "Content-Security-Policy", "X-Frame-Options", "Referrer-Policy", "X-Content-Type-Options",
    "Cross-Origin-Opener-Policy",
)  # fmt: skip


def test_both_kinds_of_pages_carry_the_same_headers(client):
    pages = [client.get(path) for path in (PERSONAL, PUBLIC, "/tidak-ada/", "/wilayah/99/", "/masuk/tidak-ada/")]
    assert [page.status_code for page in pages] == [200, 200, 404, 404, 404]
    for header in HEADERS:
        assert len({page.headers[header] for page in pages}) == 1, header
    assert all(int(page.headers["Content-Length"]) == len(page.content) for page in pages)


def test_https_is_asked_for_on_both(client, settings):
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = True, 60
    for path in (PERSONAL, PUBLIC):
        assert Client().get(path).headers["Location"] == f"https://testserver{path}"
        assert Client().get(path, secure=True).headers["Strict-Transport-Security"].startswith("max-age=60")


def test_a_public_page_never_comes_near_a_session(client, monkeypatch):
    def refuse(*_):
        raise AssertionError("a session was looked for")

    text = article(kim("35.02.19.2007", slug="satu"))
    monkeypatch.setattr(SessionMiddleware, "process_request", refuse)
    for path in ("/", "/satu/", text.get_absolute_url(), "/kabar/", "/tidak-ada-kim/", "/robots.txt", "/k/tiada/"):
        assert client.get(path).status_code in (200, 404)
    for path in (PERSONAL, "/kantor/", "/kerja/"):
        with pytest.raises(AssertionError, match="session"):
            client.get(path)


def test_a_public_page_takes_no_form_and_an_unknown_name_is_no_error(client):
    assert client.post(PUBLIC, {"a": "b"}).status_code == 405
    assert client.get("/tidak-ada/").status_code == 404
    assert client.get("/tentang").headers["Location"] == "/tentang/"


def test_public_views_are_shown_to_the_replica(client, monkeypatch):
    seen = []
    monkeypatch.setattr(replica, "_is_for_everybody", lambda request, view: seen.append(view.access))
    monkeypatch.setattr("django.conf.settings.KIM_REPLICA_URL", "postgres://somewhere", raising=False)
    assert client.get(PUBLIC).status_code == 200
    assert seen == ["public"]
