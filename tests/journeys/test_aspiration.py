"""The twelve steps of one voice: from a phone to the village, the regency, the province and the ministry, which answers; back
down to everyone who held it; *belum* opens it again at the office that answered, and the reporter closes it."""

import pytest

from accounts.factories import mandate, official, person
from browser import DESK, Visitor, totp
from journeys.test_voice import STORY, VILLAGE, open_own, speak_up
from kim.accounts.models import Role
from kim.aspirations.models import Aspiration
from kim.config import tasks
from kim.inbox.models import Delivery
from kim.ledger.queries import timeline
from media.factories import jpeg
from regions.factories import plant

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SECRET, PASSWORD, PIN = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", "sandi-panjang-untuk-uji", "846291"
OFFICES = (
    (Role.REGENCY, "35.02", "kab@contoh.id"), (Role.PROVINCE, "35", "provinsi@contoh.id"),
    (Role.NATIONAL, "ID", "pusat@contoh.id"),
)  # fmt: skip


@pytest.fixture
def cast(visit):
    """The village head on a phone, and an officer at each desk above."""
    plant(VILLAGE)
    for role, code, email in OFFICES:
        official(role, code, password=PASSWORD, totp=SECRET, email=email)
    mandate(person("Kepala Contoh", phone="+6281234567801", pin=PIN), Role.VILLAGE, VILLAGE)
    return visit


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_voice_goes_up_to_the_ministry_and_its_answer_comes_down(scripts, cast, tmp_path):
    photo = tmp_path / "jalan.jpg"
    photo.write_bytes(jpeg(900, 600).read())
    reporter = cast("pelapor", scripts=scripts)
    code = speak_up(reporter, photo, scripts=scripts)
    made = Aspiration.objects.get()

    pass_up(head(cast("kades", scripts=scripts)), "/kerja/aspirasi/", "Diskominfo Kabupaten Ponorogo")
    pass_up(office(cast, "kab", scripts), "/kantor/aspirasi/", "Diskominfo Jawa Timur")
    pass_up(office(cast, "provinsi", scripts), "/kantor/aspirasi/", "Kementerian (pusat)")
    ministry = office(cast, "pusat", scripts)
    answer(ministry, "Masuk rencana perbaikan jalan tahun depan.", "Sudah dijadwalkan")
    made.refresh_from_db()
    assert [stay.holder_code for stay in made.handlings.all()] == [VILLAGE, "35.02", "35", "ID"]
    told = Delivery.objects.filter(text__contains="sudah dijawab").values_list("person_id", flat=True)
    assert len(set(told)) >= 3  # the village, the regency and the province hear of it; the ministry said it

    passer = cast("tetangga", scripts=scripts)
    passer.opens(f"/lacak/{made.number}/").sees("Masuk rencana perbaikan jalan tahun depan.", STORY).fits()
    passer.opens("/aspirasi/wilayah/35.02/").sees(STORY)

    open_own(reporter, made, code, scripts=scripts)
    reporter.sees("Masuk rencana perbaikan").unfolds("Belum beres").fills("Tulis di sini", "Lubangnya makin dalam.")
    reporter.presses("Buka lagi").sees("Aspirasi dibuka lagi")
    made.refresh_from_db()
    assert (made.holder_code, made.stage, made.reopened) == ("ID", "handled", 1)
    answer(ministry, "Sudah diaspal pekan ini.", "Sudah ditangani", first=False)
    open_own(reporter, made, code, scripts=scripts)
    reporter.sees("Sudah diaspal pekan ini.").presses("Puas").sees("ditandai selesai").fits().shoots("selesai")

    verbs = [entry.verb.partition(".")[2] for entry in timeline(made.key)]
    assert [verb for verb in verbs if verb in ("submitted", "escalated", "answered", "reopened", "closed")] == [
        "submitted", "escalated", "escalated", "escalated", "answered", "reopened", "answered", "closed",
    ]  # fmt: skip


def head(who: Visitor) -> Visitor:
    who.opens("/masuk/").fills("Nomor HP", "081234567801").fills("PIN 6 angka", PIN)
    who.page.locator("form[action='/masuk/'] button").last.click()
    return who.sees("Tugas Anda")


def office(cast, name: str, scripts: bool) -> Visitor:
    who = cast(name, scripts=scripts, viewport=DESK)
    who.opens("/masuk/petugas/").fills("Surel", f"{name}@contoh.id").fills("Kata sandi", PASSWORD).presses("Lanjut")
    return who.sees("Satu langkah lagi").fills("Kode", totp(SECRET)).presses("Masuk")


def pass_up(who: Visitor, desk: str, to: str) -> None:
    who.opens(desk).fits().presses("Jalan dari pasar").sees(STORY).fits().shoots("meja").unfolds(
        "Teruskan ke meja lain"
    )
    who.picks("Teruskan ke", to).fills("Alasannya", "Bukan wewenang meja ini.").presses("Teruskan")
    who.sees("Diteruskan.").fits()
    tasks.carry_errands()


def answer(who: Visitor, words: str, outcome: str, *, first: bool = True) -> None:
    if first:
        who.opens("/kantor/aspirasi/").presses("Jalan dari pasar").presses("Terima dan tangani").sees("Diterima.")
        who.unfolds("Tampilkan untuk umum").page.get_by_role("button", name="Tampilkan", exact=True).click()
        who.sees("Sekarang dapat dibaca umum.")
    else:
        who.opens("/kantor/aspirasi/?tumpukan=ditangani").sees("Dibuka lagi").presses("Jalan dari pasar")
    who.ticks(outcome).fills("Jawaban", words).ticks("Jawaban ini boleh dibaca umum").fits().shoots("jawab")
    who.presses("Kirim jawaban").sees("Jawaban terkirim.")
    tasks.carry_errands()
