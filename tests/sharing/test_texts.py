"""Every text keeps to its length and never loses its source and its link."""

from dataclasses import replace
from urllib.parse import parse_qs, urlparse

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kim.kernel import text
from kim.sharing.queries import captions, long_text, short_text, whatsapp_url
from kim.sharing.queries.texts import LONG, NETWORKS, SHORT
from sharing.factories import ODD, shareable

words = st.text(max_size=400)
things = st.builds(
    lambda title, gist, points, source, place, advice: shareable(
        title=title, gist=gist, points=tuple(points), source=source, place=place, advice=advice
    ),
    words, words, st.lists(words, max_size=6), words, words, words,
)  # fmt: skip


@given(things)
def test_no_text_is_longer_than_it_may_be_and_each_has_its_link(of):
    assert len(short_text(of)) <= SHORT and of.short_url in short_text(of)
    assert len(long_text(of)) <= LONG and of.short_url in long_text(of)
    for name, words in captions(of).items():
        assert len(words) <= NETWORKS[name] and of.short_url in words


@pytest.mark.parametrize("name", [name for name in ODD if name != "empty"])
def test_the_source_is_always_named(name):
    of = ODD[name]
    for words in (short_text(of), long_text(of), *captions(of).values()):
        assert f"Dari {of.source[:20]}" in words and of.village in words


def test_the_short_text_reads_like_a_message():
    assert short_text(shareable()) == (
        "*Kerja bakti membersihkan tepi Telaga Ngebel*\nSemua warga diajak, bawa sapu dan karung.\n\n"
        "Dari KIM Telaga Ngebel, Desa Ngebel, Ponorogo\nhttps://kim.id/k/k7x2a/"
    )


def test_the_long_text_has_points_advice_and_validity():
    said = long_text(ODD["until"])
    assert "• Mulai pukul 07.00 WIB." in said
    assert "Datanglah pagi-pagi." in said
    assert "Berlaku sampai 31 Desember 2025." in said


def test_stars_of_a_title_do_not_break_the_bold():
    assert short_text(shareable(title="*Gratis* _semua_")).startswith("*Gratis semua*\n")


def test_a_title_that_is_too_long_is_cut_at_a_word():
    line = short_text(ODD["long"]).splitlines()[0]
    assert line.endswith(" …*") and line[1:-3].split()[-1].strip(",") in ODD["long"].title.replace(",", "").split()


def test_the_whatsapp_address_brings_the_very_words():
    said = short_text(ODD["emoji"])
    assert parse_qs(urlparse(whatsapp_url(said)).query) == {"text": [said]}


def test_the_fingerprint_changes_with_every_word():
    of = shareable()
    assert of.fingerprint == shareable().fingerprint
    assert len({of.fingerprint, replace(of, title="Lain").fingerprint, replace(of, advice="Lain").fingerprint}) == 3


@given(st.text(), st.integers(3, 60))
def test_clipping_never_exceeds(words, limit):
    assert len(text.clip(words, limit)) <= limit
