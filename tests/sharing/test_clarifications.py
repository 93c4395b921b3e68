"""The kit for a clarification: the same pages as for a packet, with the verdict wherever the claim is repeated."""

import pytest
from django.test import Client

from clarification.factories import ANSWER, Country, country
from kim.clarification import actions, queries
from kim.clarification.models import Claim
from kim.clarification.workflow import Stage
from kim.sharing.queries import big_sheet, captions, long_text, loudspeaker, poster, short_text
from sharing.factories import shareable
from sharing.test_packets import FILES, PAGES

pytestmark = pytest.mark.django_db


@pytest.fixture
def land() -> Country:
    return country()


@pytest.fixture
def claim(land) -> Claim:
    return land.at(Stage.ANSWERED)


@pytest.mark.parametrize("name", [*PAGES, *FILES])
def test_every_page_and_file_of_the_kit_is_there_for_a_clarification(claim, name):
    answer = Client().get(claim.short_url + name)
    assert answer.status_code == 200 and not answer.cookies


def test_the_short_link_leads_to_its_page_and_says_how_somebody_came(claim):
    found = Client().get(f"{claim.short_url.upper().replace('/K/', '/k/')}?dari=qr").headers["Location"]
    assert found.endswith(f"{claim.get_absolute_url()}?ref=qr")


def test_everything_leads_to_it_from_its_page_and_from_the_copy_of_a_kim(land, claim):
    page = Client().get(claim.get_absolute_url()).content.decode()
    assert f'href="{claim.short_url}bagikan/"' in page and f"{claim.short_url}kartu.png?v=" in page


def test_the_claim_is_never_repeated_without_its_verdict(claim):
    of = queries.shareable(claim, queries.answer_of(claim))
    for words in (short_text(of), long_text(of), *captions(of).values(), big_sheet(of).title):
        assert f"Salah: {claim.title}" in words
    assert "kabar itu tidak benar" in loudspeaker(of).plain and "Jangan diteruskan" in loudspeaker(of).plain
    told = Client().get(f"{claim.short_url}bagikan/").content.decode()
    assert f"Salah: {claim.title}" in told and ANSWER["gist"] in told and claim.short_url in told


def test_the_sheet_in_big_type_holds_the_whole_sentence_and_what_to_do(claim):
    sheet = big_sheet(queries.shareable(claim, queries.answer_of(claim)))
    assert sheet.lines == (ANSWER["gist"],) and sheet.more.startswith("Jangan diteruskan")


def test_a_stamp_is_drawn_on_the_poster_and_takes_no_room_from_others():
    plain = shareable(title="Warga didenda", points=())
    stamped = poster(shareable(title="Warga didenda", points=(), stamp="Salah", tone="alert"))
    assert poster(plain) != stamped and len(stamped) < 100_000


@pytest.mark.parametrize("name", [*PAGES, *FILES[:-1]])
def test_a_withdrawn_answer_is_not_spread_any_more(land, claim, name):
    actions.withdraw(claim.id, reason="Kami keliru.", actor=land.regency)
    assert Client().get(claim.short_url + name).headers["Location"].endswith(claim.get_absolute_url())


def test_the_address_of_a_card_changes_with_a_revision(land, claim):
    before = queries.kit(claim, queries.answer_of(claim))["card"]
    actions.revise(claim.id, fields=ANSWER | {"verdict": "misleading"}, change="Lain.", actor=land.regency)
    claim.refresh_from_db()
    assert queries.kit(claim, queries.answer_of(claim))["card"] != before
