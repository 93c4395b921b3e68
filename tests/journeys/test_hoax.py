"""One doubtful message: a citizen without scripts asks, the KIM checks, the regency answers, the card arrives at her page and
in the KIM, which says that it passed it on."""

import pytest

from accounts.factories import mandate, official, person
from browser import DESK, Visitor, totp
from kim.accounts.models import Role
from kim.clarification.models import Report
from kim.config import tasks
from regions.factories import plant
from registry.factories import decree
from registry.factories import kim as found_kim

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SECRET, PASSWORD, PIN = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", "sandi-panjang-untuk-uji", "846291"
VILLAGE = "35.02.19.2007"
MESSAGE = (
    "Info dari grup sebelah: mulai bulan depan warga yang tidak punya kartu sehat didenda 500 ribu dan tidak bisa mengurus "
    "surat di kantor desa. Sebarkan sebelum terlambat!"
)
GIST = "Tidak ada denda. Surat desa tetap bisa diurus."


@pytest.fixture
def cast(visit):
    plant(VILLAGE)
    group = found_kim(VILLAGE, name="KIM Ngebel Contoh", slug="ngebel-contoh")
    decree(group)
    official(Role.REGENCY, "35.02", password=PASSWORD, totp=SECRET, email="kab@contoh.id")
    mandate(person("Ketua Contoh", phone="+6281234567801", pin=PIN), Role.BOARD, VILLAGE, kim_id=group.id)
    return visit


@pytest.mark.parametrize("scripts", [False, True], ids=["without scripts", "with scripts"])
def test_a_doubtful_message_is_asked_checked_answered_and_comes_back(scripts, cast):
    citizen = cast("warga", scripts=scripts)
    page = ask(citizen, scripts)
    chair = cast("ketua", scripts=scripts)
    check(chair)
    judge(cast("kabupaten", scripts=scripts, viewport=DESK))
    read_the_answer(citizen, page)
    pass_on(chair)
    ask_again(cast("tetangga", scripts=scripts))


def ask(who: Visitor, scripts: bool) -> str:
    who.opens("/hoaks/").sees("Belum ada klarifikasi").fits().presses("Ini hoaks? Tanyakan").fits()
    who.presses("Tanyakan").sees("Salah satu saja cukup")
    who.fills("Isi pesannya", MESSAGE)
    if not scripts:
        who.fills("Desa atau kota Anda", "Ngebel Ponorogo").presses("Tanyakan").sees("Pilih satu").ticks(
            "Desa Ngebel"
        ).shoots("tempat")
    else:
        who.field("Desa atau kota Anda").press_sequentially("Ngebel Ponorogo")
        who.page.get_by_role("option", name="Ngebel").filter(has_text="Desa").first.click()
    who.presses("Tanyakan").sees("Pertanyaan Anda sudah kami terima", "Kode rahasia").fits().shoots("tiket")
    assert Report.objects.get().region_id == VILLAGE
    tasks.carry_errands()
    return who.path


def check(who: Visitor) -> None:
    who.opens("/masuk/").fills("Nomor HP", "081234567801").fills("PIN 6 angka", PIN)
    who.page.locator("form[action='/masuk/'] button").last.click()
    who.sees("Tugas Anda", "Warga bertanya: ini hoaks?").opens("/kerja/hoaks/").fits().shoots("rak").presses(
        "mulai bulan depan"
    )
    who.picks("Sumber: siapa yang pertama mengatakan?", "Tidak cocok").fits()
    who.fills("Catatan untuk Diskominfo", "Tidak ada edaran di kantor desa.").presses("Simpan hasil cek").sees(
        "Hasil cek tersimpan"
    )
    who.presses("Kirim ke Diskominfo").sees("Terkirim ke Diskominfo").fits().shoots("terkirim")
    tasks.carry_errands()


def judge(who: Visitor) -> None:
    who.opens("/masuk/petugas/").fills("Surel", "kab@contoh.id").fills("Kata sandi", PASSWORD).presses("Lanjut")
    who.sees("Satu langkah lagi").fills("Kode", totp(SECRET)).presses("Masuk")
    who.opens("/kantor/hoaks/").fits().presses("mulai bulan depan").sees("Tidak ada edaran di kantor desa.").shoots(
        "klaim"
    )
    who.presses("Beri putusan").ticks("Salah").fills("Klaimnya, dalam kalimat Anda", "Warga tanpa kartu sehat didenda")
    who.fills("Yang benar, dalam satu kalimat", GIST).fills(
        "Penjelasan", "Kami bertanya kepada dinas. Hubungi 0812 3456 7890."
    )
    who.presses("Terbitkan dan kabari semua").sees(
        "Tulis tanpa data pribadi", "Sebutkan paling sedikit satu tautan bukti"
    )
    who.fills("Penjelasan", "Kami bertanya kepada dinas. Aturannya tidak ada.")
    who.fills("Tautan bukti", "https://contoh.go.id/penjelasan Penjelasan resmi").presses("Terbitkan dan kabari semua")
    who.sees("Putusan terbit", "Sampai ke mana?").fits().shoots("putusan")
    tasks.send_clarifications()
    tasks.carry_errands()


def read_the_answer(who: Visitor, page: str) -> None:
    who.opens(page).sees("Sudah dijawab", GIST, "Bantu meluruskan").fits().shoots("jawaban")
    picture = who.page.locator("img.share-card")
    picture.scroll_into_view_if_needed()
    assert who.page.request.get(picture.get_attribute("src")).headers["content-type"] == "image/png"
    who.opens("/hoaks/").sees("Warga tanpa kartu sehat didenda").presses("Warga tanpa kartu sehat didenda").sees(
        GIST
    ).fits().shoots("umum")


def pass_on(who: Visitor) -> None:
    who.opens("/kerja/").sees("Bantu sebarkan klarifikasinya").opens("/kerja/hoaks/klarifikasi/").fits()
    who.presses("Warga tanpa kartu sehat didenda").sees("Teks WhatsApp", "Buka semua bahan")
    who.presses("Laporkan penyebaran").fits().ticks("Pengeras suara").presses("Kirim laporan").sees("Pilih perkiraan")
    who.ticks("50 sampai 100").fills("Di mana?", "Masjid Krajan").presses("Kirim laporan")
    who.sees("Laporan pengeras suara tersimpan", "Sudah dilaporkan (1)", "Masjid Krajan").fits().shoots("sebar")


def ask_again(who: Visitor) -> None:
    """A neighbour has the same message with other signs around it: answered at once."""
    who.opens("/hoaks/tanya/").fills("Isi pesannya", f"*Diteruskan*\n\n{MESSAGE.replace('yang tidak', 'yg tdk')} 🙏")
    who.presses("Tanyakan").sees("Sudah dijawab", GIST, "Bukan ini yang saya tanyakan").fits()
