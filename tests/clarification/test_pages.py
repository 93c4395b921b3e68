"""The public pages: library, one clarification with ClaimReview, card, feeds, sitemap; kept and dropped at the right moment."""

import io
import json
import re

import pytest
from PIL import Image

from clarification.factories import ANSWER, MESSAGE, Country, country
from kim.clarification import actions, queries
from kim.clarification.models import Claim
from kim.clarification.workflow import Stage
from kim.config.wiring import QUIET
from kim.pages import tags
from kim.pages.tags import TAGS

pytestmark = pytest.mark.django_db


@pytest.fixture
def land() -> Country:
    return country()


def test_a_clarification_is_read_by_everybody_in_the_officers_words_alone(land, client):
    claim = land.at(Stage.ANSWERED)
    page = client.get(claim.get_absolute_url()).content.decode()
    assert ANSWER["gist"] in page
    assert "https://contoh.go.id/penjelasan" in page
    assert MESSAGE[:40] not in page
    assert f'data-count="clarification:{claim.id}"' in page


@pytest.mark.parametrize(
    ("verdict", "number"), [("false", "1"), ("true", "5"), ("misleading", "2"), ("satire", None), ("unproven", None)]
)
def test_it_says_so_as_claim_review(land, client, verdict, number):
    claim = actions.judge(
        land.at(Stage.SENT).id,
        fields=ANSWER | {"verdict": verdict, "title": 'Klaim </script> & "kutip"'},
        actor=land.regency,
    )
    page = client.get(claim.get_absolute_url()).content.decode()
    said = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[1])
    assert said["@type"] == "ClaimReview"
    assert said["claimReviewed"] == 'Klaim </script> & "kutip"'
    assert said["reviewRating"].get("ratingValue") == number
    assert said["citation"] == ["https://contoh.go.id/penjelasan"]


def test_cards_are_pictures_of_the_size_they_say(land, client):
    claim = land.at(Stage.ANSWERED)
    for name, size in (("kartu.png", (1200, 630)), ("kartu-persegi.png", (1080, 1080))):
        answer = client.get(f"{claim.short_url}{name}")
        assert Image.open(io.BytesIO(answer.content)).size == size
        assert len(answer.content) < 300_000


def test_what_is_not_answered_has_no_page_and_a_withdrawn_one_says_so(land, client):
    claim = land.at(Stage.WITHDRAWN)
    gone = client.get(claim.get_absolute_url())
    assert gone.status_code == 410
    assert "Kami keliru." in gone.content.decode()
    assert ANSWER["explanation"] not in gone.content.decode()
    assert client.get("/hoaks/abcdef/").status_code == 404


def test_a_revision_shows_what_changed_and_the_first_answer_stays_readable(land, client):
    claim = land.at(Stage.ANSWERED)
    actions.revise(
        claim.id,
        fields=ANSWER | {"gist": "Dendanya tidak ada, juga tahun depan."},
        change="Berlaku juga tahun depan.",
        actor=land.regency,
    )
    page = client.get(claim.get_absolute_url()).content.decode()
    assert "Berlaku juga tahun depan." in page
    old = client.get(f"{claim.get_absolute_url()}versi/1/").content.decode()
    assert ANSWER["gist"] in old
    assert "Jangan disebarkan lagi" in old
    assert client.get(f"{claim.get_absolute_url()}versi/9/").status_code == 404


def test_the_library_is_newest_first_narrowed_by_verdict_searched_and_paged(
    land, client, django_assert_max_num_queries
):
    for number in range(23):
        claim = land.asked(f"{MESSAGE} {' '.join(f'beda{number}{word}' for word in range(60))}").claim
        verdict = "true" if number == 5 else "false"
        actions.judge(
            claim.id,
            fields=ANSWER | {"title": f"Klaim nomor {number} tentang pupuk", "verdict": verdict},
            actor=land.regency,
        )
    with django_assert_max_num_queries(2):
        first = client.get("/hoaks/").content.decode()
    assert "Klaim nomor 22 " in first
    assert "Klaim nomor 2 " not in first
    more = re.search(r'rel="next" href="([^"]+)"', first)[1].replace("&amp;", "&")
    assert "Klaim nomor 2 " in client.get(f"/hoaks/{more}").content.decode()
    only = client.get("/hoaks/?putusan=true").content.decode()
    assert "Klaim nomor 5 " in only
    assert "Klaim nomor 6 " not in only
    assert "Klaim nomor" in client.get("/hoaks/?q=pupuk").content.decode()
    assert "Belum ada klarifikasi tentang itu" in client.get("/hoaks/?q=xyzzy").content.decode()
    assert "Klaim nomor" in client.get("/cari/?q=pupuk").content.decode()


@pytest.mark.parametrize("form", ["atom", "umpan"])
def test_feeds_and_sitemap_hold_it(land, client, form):
    claim = land.at(Stage.ANSWERED)
    feed = client.get(f"/hoaks/{form}.xml").content.decode()
    assert f"Salah: {claim.title}" in feed
    assert claim.get_absolute_url() in b"".join(client.get("/sitemap/hoaks.xml").streaming_content).decode()
    assert client.get("/hoaks/lain.xml").status_code == 404


def test_pages_depend_on_the_claim_and_the_library_on_every_answer(land, rf, client):
    claim = land.at(Stage.ANSWERED)
    shown = client.get("/hoaks/").wsgi_request.META[TAGS]
    assert shown == [tags.topic("hoaks")]
    assert client.get(claim.get_absolute_url()).wsgi_request.META[TAGS] == [claim.key]
    act = {"verb": "claim.judged", "key": claim.key, "region": "35.02", "kim": None, "topic": "hoaks"}
    assert {tags.topic("hoaks"), claim.key} <= tags.of_act(act)
    assert not {"claim.judged", "claim.revised", "claim.withdrawn"} & QUIET


def test_readers_are_counted_only_while_it_is_answered(land):
    claim = land.at(Stage.ANSWERED)
    assert queries.out_of([str(claim.id), "keliru"]) == [str(claim.id)]


def test_the_sheet_for_a_complaint_holds_links_and_evidence(land):
    report = land.asked(link="https://contoh-hoaks.com/a/1")
    claim = actions.judge(report.claim_id, fields=ANSWER, actor=land.regency)
    words = queries.complaint(claim, queries.answer_of(claim), queries.reports_of(claim, land.regency))
    assert "https://contoh-hoaks.com/a/1" in words
    assert "https://contoh.go.id/penjelasan" in words
    assert claim.code in words


def test_what_is_read_aloud_has_no_figures(land):
    claim = land.at(Stage.ANSWERED)
    answer = queries.answer_of(Claim.objects.get(id=claim.id))
    answer.title, answer.gist = "Bantuan Rp500.000 cair 1 Desember", "Tidak ada bantuan Rp500.000."
    assert not re.search(r"\d", queries.loudspeaker(answer))
