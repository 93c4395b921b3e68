"""The pages of the kit for an article: one screen, a card, posters, a script, a sheet; and what the article says of them."""

import io
import re

import pytest
from PIL import Image

from kim.kernel import clock
from kim.publishing.models import Article
from kim.web.queries.shareables import bytes_of, shareable
from registry.factories import kim
from web.factories import article

pytestmark = pytest.mark.django_db
NGEBEL = "35.02.19.2007"
FILES = {"kartu.png": "image/png", "kartu-persegi.png": "image/png", "poster-a4.pdf": "application/pdf",
         "poster-a3.pdf": "application/pdf"}  # fmt: skip
PAGES = ("bagikan/", "siaran/", "lembar-besar/")


@pytest.fixture
def text() -> Article:
    return article(kim(NGEBEL, name="KIM Telaga Ngebel", slug="telaga-ngebel"))


def page(client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    assert "Set-Cookie" not in answer.headers
    return answer.content.decode()


def test_one_screen_has_everything_to_copy_send_and_download(client, text):
    shown = page(client, f"{text.short_url}bagikan/")
    assert shown.count("https://wa.me/?text=") == 2
    assert shown.count("<textarea") == 4
    for name in (*FILES, "siaran/", "lembar-besar/", "qr.svg"):
        assert f"{text.short_url}{name}" in shown
    assert f"{text.get_absolute_url()}cetak/" in shown
    assert 'name="robots" content="noindex"' in shown


@pytest.mark.parametrize("name", FILES)
def test_files_are_the_same_for_everyone_and_kept_for_a_day(client, text, name):
    first = client.get(text.short_url + name)
    assert first.headers["Content-Type"] == FILES[name]
    assert first.headers["Cache-Control"] == "public, max-age=86400"
    assert client.get(text.short_url + name, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_a_changed_word_gives_the_card_another_address(client, text):
    before = re.search(r"kartu\.png\?v=(\w+)", page(client, text.get_absolute_url()))[1]
    Article.objects.filter(pk=text.pk).update(title="Panen durian diundur")
    after = re.search(r"kartu\.png\?v=(\w+)", page(client, text.get_absolute_url()))[1]
    assert before != after
    assert f"v={after}" in page(client, f"{text.short_url}bagikan/")


def test_without_a_photo_the_card_is_what_networks_show(client, text):
    shown = page(client, text.get_absolute_url())
    assert re.search(r'property="og:image" content="http://localhost:8000/k/\w+/kartu\.png\?v=\w+"', shown)
    assert "og:image:width" in shown


def test_with_a_photo_networks_show_the_photo(client):
    photographed = article(kim(NGEBEL), with_photo=True)
    shown = page(client, photographed.get_absolute_url())
    assert f'og:image" content="http://localhost:8000/berkas/{photographed.cover_id}/1200.webp"' in shown
    assert "kartu.png" not in shown


def test_a_photo_that_is_gone_leaves_the_card_without_it(client):
    photographed = article(kim(NGEBEL), with_photo=True)
    assert bytes_of(photographed.cover) == b""
    assert Image.open(io.BytesIO(client.get(f"{photographed.short_url}kartu.png").content)).size == (1200, 630)


def test_the_article_leads_to_the_kit(client, text):
    assert page(client, text.get_absolute_url()).count("Bagikan ke warga") == 1


def test_the_script_and_the_big_sheet_say_what_matters(client, text):
    script = page(client, f"{text.short_url}siaran/")
    assert "Diikuti seratus lima belas warga." in script and "detik" in script
    sheet = page(client, f"{text.short_url}lembar-besar/")
    assert text.title in sheet and "<svg" in sheet


@pytest.mark.parametrize("name", [*FILES, *PAGES])
def test_a_withdrawn_text_is_not_spread_any_more(client, text, name):
    Article.objects.filter(pk=text.pk).update(stage="unpublished", withdrawn_at=clock.now(), withdrawn_category="wrong")
    assert client.get(text.short_url + name).headers["Location"].endswith(text.get_absolute_url())


@pytest.mark.parametrize("name", [*FILES, *PAGES])
def test_what_is_not_published_has_no_kit(client, text, name):
    Article.objects.filter(pk=text.pk).update(stage="draft")
    assert client.get(text.short_url + name).status_code == 404
    assert client.get(f"/k/tidakada/{name}").status_code == 404


def test_an_activity_ahead_says_when_and_where_first():
    ahead = article(
        kim(NGEBEL), kind="activity", held_on=clock.today(), place="Balai Desa Ngebel", kim_note="Datanglah."
    )
    of = shareable(Article.objects.select_related("kim", "region", "cover").get(pk=ahead.pk))
    assert of.points[0].endswith(", di Balai Desa Ngebel.")
    assert of.advice == "Datanglah." and of.kind == "Kegiatan"


def test_each_page_asks_one_question(client, text, django_assert_num_queries):
    for name in (*PAGES, *FILES):
        with django_assert_num_queries(1):
            client.get(text.short_url + name)
