"""Voice notes are known by their bytes; what is broken, too long or a film is refused in a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aspirations.sounds import m4a, mp3, ogg, webm
from kim.kernel.sound import BadSound, judged

GOOD = [
    (ogg, "audio/ogg"), (webm, "audio/webm"), (m4a, "audio/mp4"), (mp3, "audio/mpeg"),
]  # fmt: skip


@pytest.mark.parametrize(("make", "mime"), GOOD)
@pytest.mark.parametrize("seconds", [1, 30, 179])
def test_a_voice_note_is_known_with_its_length(make, mime, seconds):
    sound = judged(make(seconds))
    assert sound.mime == mime
    assert sound.seconds == pytest.approx(seconds, abs=0.2)


def test_an_old_phone_sends_3gp():
    assert judged(m4a(brand=b"3gp5")).mime == "audio/3gpp"


@pytest.mark.parametrize(("make", "mime"), GOOD)
def test_a_sixty_minute_voice_note_is_refused_with_its_length(make, mime):
    with pytest.raises(BadSound, match="60 menit"):
        judged(make(3600) if make is not mp3 else mp3(3600))


@pytest.mark.parametrize(
    "data", [ogg(lost=40), webm(lost=5), m4a(lost=50), mp3()[:300], b"OggS", b"\x1a\x45\xdf\xa3", b"ID3"]
)
def test_one_cut_short_on_its_way_is_refused_kindly(data):
    with pytest.raises(BadSound, match=r"rusak|belum bisa"):
        judged(data)


@pytest.mark.parametrize(
    "data", [b"", b"MZ\x90\x00", b"%PDF-1.7", b"\xff\xd8\xff\xe0JFIF", b"<html>", b"#!AMR\n" + bytes(50)]
)
def test_what_is_no_voice_note_is_refused_whatever_it_is_called(data):
    with pytest.raises(BadSound):
        judged(data)


@pytest.mark.parametrize("data", [webm(codec=b"V_VP8"), m4a(track=b"vide")])
def test_a_film_is_no_voice_note(data):
    with pytest.raises(BadSound, match="video"):
        judged(data)


def test_where_and_by_whom_it_was_recorded_does_not_stay():
    assert b"-7.8710" not in judged(m4a(place=b"-7.8710+111.4623/")).data
    assert b"Sari" not in judged(mp3(title=b"Rekaman Sari")).data


@given(
    st.binary(max_size=400),
    st.sampled_from([b"OggS", b"\x1a\x45\xdf\xa3", b"\0\0\0\x20ftypM4A ", b"ID3", b"\xff\xfb", b""]),
)
def test_no_bytes_break_the_judge(data, begin):
    try:
        judged(begin + data)
    except BadSound as error:
        assert str(error)
