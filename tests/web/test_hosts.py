"""A KIM's site by its own host name."""

import pytest

from registry.factories import kim
from web.factories import article

pytestmark = pytest.mark.django_db
HOST = {"host": "satu.localhost"}


@pytest.fixture
def text():
    return article(kim("35.02.19.2007", name="KIM Satu", slug="satu"))


def test_the_host_shows_the_site_and_names_one_address(client, text):
    page = client.get("/", headers=HOST).content.decode()
    assert "KIM Satu" in page
    assert '<link rel="canonical" href="http://localhost:8000/satu/">' in page
    assert 'href="http://localhost:8000/kabar/"' in page


@pytest.mark.parametrize("path", ["/kabar/", "/umpan.xml", "/atom.xml", "/robots.txt", "/sehat/"])
def test_its_own_addresses_answer_there(client, text, path):
    assert client.get(path, headers=HOST).status_code == 200


def test_articles_their_print_and_their_drawing_answer_there(client, text):
    address = f"/kabar/{text.slug}-{text.short_code}/"
    assert text.title in client.get(address, headers=HOST).content.decode()
    assert client.get(f"{address}cetak/", headers=HOST).status_code == 200
    assert client.get(f"{text.short_url}qr.svg", headers=HOST).status_code == 200
    assert client.get(text.short_url, headers=HOST).headers["Location"].startswith("http://localhost:8000/satu/kabar/")


def test_all_else_leads_to_the_main_address(client, text):
    answer = client.get("/wilayah/35.02/?a=b", headers=HOST)
    assert (answer.status_code, answer.headers["Location"]) == (302, "http://localhost:8000/wilayah/35.02/?a=b")


def test_an_unknown_name_is_told_so(client, text):
    answer = client.get("/", headers={"host": "entah.localhost"})
    assert answer.status_code == 404
    assert "Halaman ini tidak ada" in answer.content.decode()


@pytest.mark.parametrize("host", ["localhost", "www.localhost", "127.0.0.1"])
def test_the_main_names_show_the_front_page(client, text, host):
    assert "Kabar desa, dari warga desa." in client.get("/", headers={"host": host}).content.decode()
