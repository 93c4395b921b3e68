"""Cleaning markup, telling differences, finding personal data, and hints for plain Indonesian."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kim.kernel import changes, markup
from kim.kernel.personal import traces
from kim.kernel.plain_language import hints, sentences
from kim.kernel.plain_words import SIMPLER


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("", ""),
        ("   ", ""),
        ("satu", "<p>satu</p>"),
        ("satu\n\ndua\ntiga", "<p>satu</p><p>dua<br>tiga</p>"),
        ("<p>a</p><p></p><p> </p>", "<p>a</p>"),
        ("<div>a</div><b>c</b>", "<p>a</p><strong>c</strong>"),
        ("<h1>J</h1>", "<h2>J</h2>"),
        ("<script>x</script>", ""),
        ("<p>a<img src=x onerror=alert(1)></p>", "<p>a</p>"),
        ("<3 desa", "<p>&lt;3 desa</p>"),
    ],
)
def test_only_the_small_tool_set_is_kept(sent, kept):
    assert markup.clean(sent) == kept


@given(st.text(max_size=200))
def test_cleaning_is_safe_and_cleaning_twice_changes_nothing(text):
    once = markup.clean(text)
    for bad in ("<script", "<img", "<style", "<iframe", "<svg"):
        assert bad not in once.lower()
    assert markup.clean(once) == once


@pytest.mark.parametrize("scheme", ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc"])
def test_a_dangerous_link_loses_its_address(scheme):
    assert scheme not in markup.clean(f'<p><a href="{scheme}">x</a></p>')


@given(st.text(alphabet="ab c", max_size=60), st.text(alphabet="ab c", max_size=60))
def test_both_texts_can_be_read_back_from_their_difference(before, after):
    pieces = changes.in_words(before, after)
    assert "".join(p.text for p in pieces if p.kind != changes.NEW) == before
    assert "".join(p.text for p in pieces if p.kind != changes.GONE) == after


def test_a_changed_phrase_is_one_change():
    pieces = changes.in_words("Harga Rp40.000 per buah saja", "Harga Rp35.000 sampai Rp45.000 per buah saja")
    assert [(p.kind, p.text) for p in pieces] == [
        ("same", "Harga "),
        ("gone", "Rp40.000"),
        ("new", "Rp35.000 sampai Rp45.000"),
        ("same", " per buah saja"),
    ]
    assert changes.count([pieces]) == (1, 3)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("NIK 3502171008900001", ["Nomor 16 angka, mirip NIK atau nomor KK"]),
        ("NIK 3502 1710 0890 0001", ["Nomor 16 angka, mirip NIK atau nomor KK"]),
        ("HP 0812-3456-7890 atau +62 812 3456 7891", ["Nomor HP", "Nomor HP"]),
        ("surel a.b@contoh.go.id", ["Alamat surel"]),
        ("RT 02/RW 03 No. 12", ["Alamat rumah"]),
        ("Rp12.000.000 untuk 34 petani pada 2026, nomor SK 489/07/401.403.6/2014", []),
        ("Buka pukul 08.12 sampai 15.30", []),
    ],
)
def test_personal_data_is_recognised_and_numbers_of_life_are_not(text, names):
    assert [trace.name for trace in traces(text)] == names


def test_a_nik_is_never_shown_whole():
    assert "3502171008900001" not in traces("3502171008900001")[0].shown


def kinds(text):
    return [hint.kind for hint in hints(text)]


def test_there_are_enough_simpler_words():
    assert len(SIMPLER) >= 60


def test_office_words_get_a_simpler_one():
    found = {hint.words: hint.advice for hint in hints("Dalam rangka panen, desa melaksanakan sosialisasi.")}
    assert found["Dalam rangka"] == "Lebih sederhana: untuk."
    assert set(found) == {"Dalam rangka", "melaksanakan", "sosialisasi"}


def test_a_long_sentence_is_found_and_a_plain_text_is_left_in_peace():
    assert "Kalimat panjang" in kinds("kata " * 21 + ".")
    assert hints("Panen durian dimulai Senin. Warga bisa pesan langsung ke petani di Jl. Raya No. 5.") == []


def test_dots_in_numbers_and_titles_end_no_sentence():
    assert len(sentences("Harga Rp40.000 per buah. Kata dr. Ani, pukul 09.30 di Jl. Raya No. 5.")) == 2


def test_passive_chains_abbreviations_and_shouting():
    assert "Siapa pelakunya?" in kinds("Jalan dibangun, ditanami, lalu diperbaiki.")
    assert [h.words for h in hints("Kata BPBD dan BPBD lagi.")] == ["BPBD"]
    assert hints("BPBD (Badan Penanggulangan Bencana Daerah) datang ke RT 02.") == []
    assert "Huruf besar semua" in kinds("PENGUMUMAN PENTING UNTUK SEMUA WARGA")


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        ("<p>Warga datang.</p><p>Semua senang.<br>Betul.</p>", "Warga datang.\n\nSemua senang.\nBetul."),
        ("<p>5 &lt; 6 &amp; 7</p>", "5 < 6 & 7"),
        ("<p>Ada <strong>tebal</strong>.</p>", "<p>Ada <strong>tebal</strong>.</p>"),
        ("<p>&lt;p&gt; ditulis orang</p>", "<p>&lt;p&gt; ditulis orang</p>"),
        ("", ""),
    ],
)
def test_plain_paragraphs_come_back_to_their_writer_as_plain_words(kept, shown):
    assert markup.typed(kept) == shown
    assert markup.clean(shown) == kept
