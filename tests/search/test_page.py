"""What the search page says when there is too much to read, and at the end of what is paged through."""

import pytest

from kim.search import queries
from search.test_search import put

pytestmark = pytest.mark.django_db


def test_a_search_that_is_too_broad_is_told_so_in_a_sentence_and_still_finds_places(client, monkeypatch):
    put("Posyandu Ngebel")

    def stopped(*_: object) -> None:
        raise queries.TooBroad

    monkeypatch.setattr(queries, "_ask", stopped)
    page = client.get("/cari/?q=ngebel").content.decode()
    assert "Pencarian ini terlalu luas" in page
    assert "/wilayah/35.02.19.2007/" in page
    assert "Tidak ketemu" not in page


def test_the_last_page_says_that_there_is_more_and_how_to_find_it(client, monkeypatch):
    monkeypatch.setattr(queries, "NEWEST", 20)
    for n in range(22):
        put(f"Posyandu {n}", days=n)
    assert "Sampai di sini" not in client.get("/cari/?q=posyandu").content.decode()
    last = client.get("/cari/?q=posyandu&halaman=2").content.decode()
    assert "Sampai di sini" in last and "halaman=3" not in last
