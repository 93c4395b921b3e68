"""The script for the loudspeaker: short sentences, no figures, the essentials twice; and the sheet in big type."""

import pytest
from hypothesis import given

from kim.sharing.queries import big_sheet, loudspeaker
from sharing.factories import ODD, shareable
from sharing.test_texts import things


@given(things)
def test_nothing_has_to_be_deciphered(of):
    script = loudspeaker(of)
    assert not any(sign.isdigit() for sign in script.plain)
    assert script.seconds >= 5


def test_it_greets_says_repeats_and_thanks():
    script = loudspeaker(shareable())
    said = script.plain
    assert said.startswith("Perhatian, perhatian.\nBapak, Ibu, dan Saudara warga Desa Ngebel.")
    assert "Kami ulangi." in said and said.endswith("Sekian kabar dari KIM Telaga Ngebel.\nTerima kasih.")
    for essential in ("Kerja bakti membersihkan tepi Telaga Ngebel.", "dua puluh sembilan November", "pukul tujuh"):
        assert said.count(essential) == 2, essential


def test_long_sentences_are_said_in_breaths():
    longest = max(len(s.split()) for part in loudspeaker(ODD["long"]).paragraphs for s in part)
    assert longest <= 24


def test_the_time_it_takes_is_told():
    script = loudspeaker(shareable())
    assert script.seconds == pytest.approx(script.words / 2, abs=5)
    assert loudspeaker(ODD["until"]).plain.count("tiga puluh satu Desember") == 1


@pytest.mark.parametrize("name", ODD)
def test_the_big_sheet_has_few_short_lines(name):
    sheet = big_sheet(ODD[name])
    assert len(sheet.title) <= 80 and len(sheet.lines) <= 4 and all(len(line) <= 80 for line in sheet.lines)
