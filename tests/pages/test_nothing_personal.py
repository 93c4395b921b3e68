"""Nothing of a reader can enter a kept page: tests that try."""

from time import monotonic

import pytest

import world
from kim.config.front import is_public
from kim.pages.making import Answer, made
from pages.keeping import HOST, Kept

MARK = "RahasiaPembaca"
SECRET = {
    "HTTP_COOKIE": f"sessionid={MARK}; csrftoken={MARK}", "HTTP_AUTHORIZATION": f"Bearer {MARK}", "REMOTE_USER": MARK,
    "HTTP_X_FORWARDED_FOR": "198.51.100.99", "HTTP_USER_AGENT": MARK, "HTTP_REFERER": f"http://x/{MARK}",
    "HTTP_ACCEPT_LANGUAGE": MARK, "HTTP_X_ANYTHING": MARK,
}  # fmt: skip


def telltale(environ, start_response):
    """A Django gone wrong: it puts everything it knows of the reader on a page it calls public."""
    environ["kim.tags"] = ["region:ID"]
    told = [("Content-Type", "text/html"), ("Cache-Control", "public"), ("ETag", '"x"')]
    start_response("200 OK", told)
    return [repr(sorted((name, str(value)) for name, value in environ.items())).encode()]


@pytest.mark.django_db(transaction=True)
def test_what_django_is_told_of_a_reader_when_a_page_is_made_is_nothing(keep):
    kept: Kept = keep(django=telltale).begin()
    first = kept.get("/", **SECRET)
    assert kept.keeps("/")
    assert MARK not in first.decode() and "198.51.100" not in first.decode()
    assert kept.get("/") == first


@pytest.mark.django_db(transaction=True)
def test_a_signed_in_reader_fills_the_pages_with_nothing_of_their_own(keep):
    country = world.build()
    kept: Kept = keep().begin()
    for role, session in country.sessions.items():
        for path in ("/", "/wilayah/35.02/", f"/{country.ponorogo.kim.slug}/", "/kerja/", "/kantor/", "/akun/"):
            kept.ask(path, HTTP_COOKIE=f"sessionid={session}")
        name = country.people[role].name
        for key, page in kept.memory.pages.items():
            assert name not in page.plain().decode(), (role, key)
    assert {key.removeprefix(HOST) for key in kept.memory.pages} == {
        "/?", "/wilayah/35.02/?", f"/{country.ponorogo.kim.slug}/?",
    }  # fmt: skip


@pytest.mark.parametrize(
    "header", [("Set-Cookie", "a=b"), ("Vary", "Cookie, Accept"), ("Cache-Control", "private, no-store")]
)
def test_an_answer_that_smells_of_a_person_is_never_kept(header):
    good = {"Content-Type": "text/html", "Cache-Control": "public", "ETag": '"x"'}
    assert made(Answer("200 OK", list(good.items()), [b"x"], ["region:ID"], None), born=monotonic()) is not None
    bad = list((good | dict([header])).items())
    assert made(Answer("200 OK", bad, [b"x"], ["region:ID"], None), born=monotonic()) is None


@pytest.mark.parametrize("status", ["404 Not Found", "302 Found", "410 Gone", "500 Internal Server Error"])
def test_only_whole_pages_are_kept(status):
    told = [("Cache-Control", "public"), ("ETag", '"x"')]
    assert made(Answer(status, told, [b"x"], ["region:ID"], None), born=monotonic()) is None


def test_a_page_that_says_nothing_of_itself_is_not_kept():
    told = [("Cache-Control", "public"), ("ETag", '"x"')]
    assert made(Answer("200 OK", told, [b"x"], [], None), born=monotonic()) is None


@pytest.mark.parametrize("path", ["/kerja/", "/kantor/", "/akun/", "/masuk/", "/sehat/", "/keluar/", "/tidak/ada/ini/"])
def test_only_views_that_call_themselves_public_are_asked_bare(path):
    assert not is_public(HOST, path)


@pytest.mark.django_db(transaction=True)
def test_whoever_has_just_written_reads_past_the_kept_pages(keep):
    counted = []

    def django(environ, start_response):
        counted.append(environ.get("HTTP_COOKIE"))
        return telltale(environ, start_response)

    kept: Kept = keep(django=django).begin()
    kept.get("/"), kept.get("/")
    before = len(counted)
    kept.get("/", HTTP_COOKIE="a=1; kim_menulis=1")
    assert counted[before:] == ["a=1; kim_menulis=1"]
