"""Cards, posters and boards, whatever the words: of the right size, small, and the same bytes each time."""

import io
import re

import pypdfium2
import pytest
from PIL import Image

from kim.sharing.queries import PAPERS, SHAPES, board, card, poster
from kim.sharing.queries.drawing import drawable
from media.factories import jpeg
from sharing.factories import LONG, ODD, shareable

KB = 1024
MM = 72 / 25.4  # points
SIZES = {"a4": (210, 297), "a3": (297, 420)}


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("shape", SHAPES)
def test_a_card_has_its_size_and_is_small(name, shape):
    data = card(ODD[name], shape)
    assert Image.open(io.BytesIO(data)).size == SHAPES[shape]
    assert len(data) < 150 * KB


@pytest.mark.parametrize("shape", SHAPES)
def test_a_card_with_a_photo_shows_it(shape):
    out = io.BytesIO()
    Image.new("RGB", (720, 480), (10, 200, 30)).save(out, "WEBP")
    image = Image.open(io.BytesIO(card(shareable(), shape, out.getvalue()))).convert("RGB")
    red, green, blue = image.getpixel((SHAPES[shape][0] - 20, 20))
    assert green > 150 and red < 90 and blue < 90


def test_a_photo_that_cannot_be_read_is_left_out():
    assert card(shareable(), "wide", b"no picture") == card(shareable(), "wide")


def test_a_card_with_a_photo_is_small_enough_for_a_preview():
    assert len(card(shareable(), "square", jpeg(1600, 1000).read())) < 300 * KB


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("paper", PAPERS)
def test_a_poster_is_one_sheet(name, paper):
    data = poster(ODD[name], paper)
    sheet = pypdfium2.PdfDocument(data)
    assert len(sheet) == 1 and len(data) < 100 * KB
    assert [round(side / MM) for side in sheet[0].get_size()] == list(SIZES[paper])


def text_of(data: bytes) -> str:
    page = pypdfium2.PdfDocument(data)[0]
    return re.sub(r"\s+", " ", page.get_textpage().get_text_bounded())


@pytest.mark.parametrize("name", ["ordinary", "short", "long", "emoji", "until", "one word", "empty"])
@pytest.mark.parametrize("paper", PAPERS)
def test_the_capitals_of_a_title_are_never_lower_than_12_mm(name, paper):
    words = pypdfium2.PdfDocument(poster(ODD[name], paper))[0].get_textpage()
    first = (ODD[name].title or "Kabar")[:5]
    _, bottom, _, top = words.get_charbox(words.get_text_range().index(first))
    assert (top - bottom) / MM >= 12


def test_a_poster_names_the_source_and_the_link():
    said = text_of(poster(shareable()))
    for words in ("Telaga Ngebel", "KIM Telaga Ngebel", "kim.id/k/k7x2a", "Mulai pukul 07.00 WIB."):
        assert words in said


def test_a_title_too_long_for_12_mm_is_shortened_at_a_word():
    said = text_of(poster(ODD["long"]))
    start = said.index("Musyawarah")
    shown = said[start : said.index(" …", start)]
    assert LONG.startswith(shown + " ") and len(shown) > 90


def test_a_long_title_is_whole_on_a3():
    assert shareable(title=LONG[:220]).title.strip() in text_of(poster(shareable(title=LONG[:220]), "a3"))


@pytest.mark.parametrize("count", [0, 1, 2, 4, 5, 8, 12])
@pytest.mark.parametrize("paper", PAPERS)
def test_a_board_is_one_sheet_however_much_is_on_it(count, paper):
    items = [list(ODD.values())[n % len(ODD)] for n in range(count)]
    data = board("Desa Ngebel, Ponorogo", "22–28 November 2025", items, paper, "https://kim.id/telaga-ngebel/")
    sheet = pypdfium2.PdfDocument(data)
    assert len(sheet) == 1 and [round(side / MM) for side in sheet[0].get_size()] == list(SIZES[paper])


def test_the_same_words_give_the_same_bytes():
    assert poster(shareable()) == poster(shareable())
    assert card(shareable()) == card(shareable())


def test_words_are_words_and_never_commands():
    assert "#set page(fill: red) *tebal*" in text_of(poster(ODD["markup"]))


def test_what_letters_cannot_draw_is_left_out():
    assert drawable("Panen 🌾🎉 raya 👨‍👩‍👧 5 m² 30°C ©\u200b") == "Panen raya 5 m² 30°C ©"
