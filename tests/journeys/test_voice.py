"""Somebody speaks up on a phone without a name, with scripts and without, and follows it: asked back, answered, *belum*."""

import re
from pathlib import Path

import pytest

from aspirations.factories import answered
from browser import Visitor
from kim.aspirations.models import Aspiration
from media.factories import jpeg
from regions.factories import plant

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
VILLAGE = "35.02.17.1008"
STORY = "Jalan dari pasar ke balai desa berlubang. Kemarin dua orang jatuh dari motor."


@pytest.fixture
def photo(tmp_path) -> Path:
    path = tmp_path / "jalan.jpg"
    path.write_bytes(jpeg(900, 600, gps=True).read())
    return path


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_voice_without_a_name_comes_in_is_answered_and_opened_again(scripts, visit, photo):
    plant(VILLAGE)
    who = visit("pelapor", scripts=scripts)
    code = speak_up(who, photo, scripts=scripts)
    made = Aspiration.objects.get()
    assert (made.privacy, made.reporter_name, made.attachments.count()) == ("anonymous", "", 1)

    answered(made, text="Lubangnya di dekat rumah siapa?", outcome="")
    open_own(who, made, code, scripts=scripts)
    who.sees("Lubangnya di dekat rumah siapa?").fills("Tulis di sini", "Di depan masjid.").presses("Kirim keterangan")
    who.sees("Keterangan Anda sudah kami teruskan")

    answered(made, text="Sudah ditambal kemarin.")
    open_own(who, made, code, scripts=scripts)
    who.sees("Sudah ditambal kemarin.").unfolds("Belum beres")
    who.fills("Tulis di sini", "Besoknya terkelupas lagi.").presses("Buka lagi").sees("Aspirasi dibuka lagi")

    answered(made, text="Sudah diaspal.")
    open_own(who, made, code, scripts=scripts)
    who.presses("Puas").sees("ditandai selesai", "Besoknya terkelupas lagi.").fits()
    made.refresh_from_db()
    assert (made.stage, made.satisfaction, made.reopened) == ("closed", 3, 1)
    who.opens(f"/lacak/{made.number}/").sees("Sudah diaspal.")
    assert "terkelupas" not in who.page.content() and "masjid" not in who.page.content()
    assert who.context.cookies() == []


def speak_up(who: Visitor, photo: Path, *, scripts: bool) -> str:
    """Three steps; returns the code shown at the end."""
    who.opens("/aspirasi/").fits().page.check("input[value=complaint]")
    who.fills("Ceritakan", STORY).presses("Lanjut")
    who.sees("Langkah 2 dari 3").fits().page.fill("input[name=tempat]", "Bangunsari")
    who.page.set_input_files("input[name=foto]", photo)
    if scripts:
        who.page.locator(".place__list li").first.click()
    else:
        who.presses("Cari desa ini").sees("Pilih satu", "Foto 1").page.check("input[name=pilihan] >> nth=0")
    who.page.fill("input[name=place]", "Dekat masjid")
    who.presses("Lanjut").sees("Langkah 3 dari 3", STORY).fits().page.check("input[value=anonymous]")
    who.presses("Kirim").sees("Terima kasih").fits()
    return re.search(r'name="kode" value="([a-z2-9]{10})"', who.page.content())[1]


def open_own(who: Visitor, made: Aspiration, code: str, *, scripts: bool) -> None:
    """From the slip: its square fills in the code where scripts run; else it is typed as it is printed."""
    who.opens("/lacak/").opens(f"/lacak/{made.number}/#k={code}")
    if not scripts:
        who.page.fill("input[name=kode]", f"{code[:4]}-{code[4:7]}-{code[7:]}".upper())
    assert code not in who.page.url or not scripts
    who.presses("Buka").sees("Yang Anda tulis", STORY)
    assert who.path == "/lacak/buka/"
