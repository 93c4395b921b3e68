"""Feeds that lead on to the first text there ever was, and sitemaps that stay within what search engines take."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kim.evaluation import actions as evaluation
from kim.evaluation.models import Figure
from kim.kernel import clock
from kim.web.queries import maps
from registry.factories import kim
from web.factories import article

pytestmark = pytest.mark.django_db
NGEBEL, KAKAP = "35.02.19.2007", "61.12.09.2001"


def words(client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()


@pytest.mark.parametrize("form", ["umpan", "atom"])
def test_a_feed_leads_on_until_its_first_item(client, form):
    group = kim(NGEBEL, slug="satu")
    for days in range(45):
        article(group, days=days, slug=f"ke-{days}")
    for place in ("/kabar/", "/wilayah/35.02/", "/satu/", "/kabar/topik/kegiatan-desa/"):
        path, items, pages = f"{place}{form}.xml", [], 0
        while path:
            page = words(client, path)
            items += re.findall(r"urn:uuid:[0-9a-f-]+", page)
            onward = re.search(r'rel="next"[^>]*href="[^"]*?(/[^"/]*[^"]*)"|href="([^"]*)"[^>]*rel="next"', page)
            path = next(filter(None, onward.groups())).partition("//")[2].partition("/")[2] if onward else ""
            path = f"/{path}" if path else ""
            pages += 1
        assert (len(set(items)), len(items), pages) == (45, 45, 3), place


def parts(client) -> list[str]:
    return re.findall(r"/sitemap/([^<]+)[.]xml", words(client, "/sitemap.xml"))


def test_parts_are_few_while_there_is_little_and_small_when_there_is_much(client, monkeypatch):
    one, other = kim(NGEBEL, slug="satu"), kim(KAKAP, slug="dua")
    texts = [article(one, days=0), article(other, days=1), article(other, days=40)]
    evaluation.recount()
    few = parts(client)
    assert few[:4] == ["halaman", "kim", "wilayah", "info"]
    assert all(re.fullmatch(r"kabar-[0-9]{4}-[0-9]{2}", p) for p in few[4:])
    monkeypatch.setattr(maps, "MOST", 2)
    Figure.objects.filter(region_id="ID").update(kims=3)
    many = parts(client)
    assert many[:6] == ["halaman", "kim-35", "kim-61", "wilayah-35", "wilayah-61", "info"]
    assert len(many) == 6 + 41
    told = "".join(words(client, f"/sitemap/{part}.xml") for part in many)
    assert all(text.get_absolute_url() in told for text in texts)
    assert all(f"/{group.slug}/<" in told for group in (one, other))
    assert words(client, "/sitemap/kim-61.xml").count("<url>") == 1


def test_a_part_never_holds_more_than_may_be_and_fetches_no_more(client, monkeypatch):
    group = kim(NGEBEL)
    for n in range(8):
        article(group, days=0, published_at=clock.now() - timedelta(minutes=n))
    monkeypatch.setattr(maps, "MOST", 5)
    assert words(client, f"/sitemap/kabar-{clock.today()}.xml").count("<url>") == 5


@pytest.mark.parametrize(
    "part", ["kabar-2025-13", "kabar-9999-12", "kabar-x", "kim-3502", "kim-x", "halaman-35", "", "abc"]
)
def test_a_part_that_is_none_is_not_found(client, part):
    assert client.get(f"/sitemap/{part}.xml").status_code == 404


def test_the_index_counts_nothing(client):
    article(kim(NGEBEL))
    with CaptureQueriesContext(connection) as caught:
        parts(client)
    assert not [one["sql"] for one in caught if "COUNT(" in (one["sql"] or "").upper()]
