"""The kit for a packet: the same pages as for an article, with the office's own words where it wrote them."""

import pytest
from django.test import Client

from dissemination.factories import Country, country
from kim.dissemination import actions
from kim.dissemination.models import Bulletin
from kim.sharing.queries import Own, captions, long_text, loudspeaker, short_text
from kim.web.queries import boards, shareables
from sharing.factories import shareable

pytestmark = pytest.mark.django_db
PAGES = ("bagikan/", "siaran/", "lembar-besar/")
FILES = ("kartu.png", "kartu-persegi.png", "poster-a4.pdf", "poster-a3.pdf", "qr.svg")


@pytest.fixture
def land() -> Country:
    return country()


def out(land: Country, **facts) -> Bulletin:
    return Bulletin.objects.get(id=land.issued(**facts).id)


@pytest.mark.parametrize("name", [*PAGES, *FILES])
def test_every_page_and_file_of_the_kit_is_there_for_a_packet(land, name):
    answer = Client().get(out(land).short_url + name)
    assert answer.status_code == 200 and not answer.cookies


def test_the_short_link_leads_to_its_page(land):
    issued = out(land)
    assert (
        Client().get(f"{issued.short_url}?dari=qr").headers["Location"].endswith(f"{issued.get_absolute_url()}?ref=qr")
    )


def test_what_its_office_wrote_is_spread_word_for_word_with_link_and_source(land):
    issued = out(land, whatsapp_short="Ayo ke posyandu!", loudspeaker="Warga sekalian.\nBesok imunisasi. Gratis.")
    told = Client().get(f"{issued.short_url}bagikan/").content.decode()
    assert "Ayo ke posyandu!" in told and issued.short_url in told
    script = Client().get(f"{issued.short_url}siaran/").content.decode()
    assert "Besok imunisasi." in script and "Perhatian, perhatian." not in script


def test_what_it_did_not_write_is_made_of_the_packet(land):
    issued = out(land, whatsapp_short="")
    told = Client().get(f"{issued.short_url}bagikan/").content.decode()
    assert issued.title in told and "Kementerian Kesehatan" in told
    assert "Perhatian, perhatian." in Client().get(f"{issued.short_url}siaran/").content.decode()


@pytest.mark.parametrize("name", [*PAGES, *FILES[:-1]])
def test_a_withdrawn_packet_is_not_spread_any_more(land, name):
    issued = out(land)
    actions.withdraw(issued.id, reason="Keliru.", actor=land.national)
    assert Client().get(issued.short_url + name).headers["Location"].endswith(issued.get_absolute_url())


def test_own_texts_are_used_as_they_are_and_signed():
    of = shareable(own=Own(short="Singkat.", long="Panjang sekali.", caption="Lihat."))
    assert short_text(of).startswith("Singkat.\n\n") and of.short_url in short_text(of) and of.source in short_text(of)
    assert long_text(of).startswith("Panjang sekali.")
    assert all(words.startswith("Lihat.") for words in captions(of).values())
    linked = f"Baca {of.short_url} ya."
    assert short_text(shareable(own=Own(short=linked))) == linked


def test_a_caption_too_long_for_a_network_is_made_anew():
    of = shareable(own=Own(caption="kata " * 100))
    said = captions(of)
    assert said["Facebook dan Instagram"].startswith("kata kata")
    assert len(said["X dan Threads"]) <= 280 and said["X dan Threads"].startswith(of.title)


def test_a_written_script_is_kept_line_by_line():
    script = loudspeaker(shareable(own=Own(script="Satu. Dua!\nTiga.\r\n\r\nEmpat.")))
    assert script.paragraphs == (("Satu.", "Dua!", "Tiga."), ("Empat.",))
    assert script.seconds


def test_the_board_of_the_week_offers_what_the_kim_spreads(land):
    spread, waiting = out(land, title="Disebar"), out(land, title="Menunggu")
    actions.accept(land.copy(spread).id, actor=land.boards[0])
    offer = boards.offer(land.members[0])
    assert [one.code for one in offer.things] == [spread.short_code] == offer.ticked
    assert {one.code for one in boards.offer(land.head).things} == {spread.short_code, waiting.short_code}
    assert boards.sheet(offer, offer.ticked, "a4").startswith(b"%PDF")


def test_a_code_says_by_its_length_what_it_leads_to(land):
    assert shareables.by_code(out(land).short_code).back == "Kembali ke info"
    assert Client().get("/k/abcdefg/").status_code == 404
