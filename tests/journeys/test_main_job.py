"""The main job, walked by four people: a KIM is born, verified, writes, discusses, publishes, and the public reads.

Once with scripts and once without; the same words, the same buttons.
"""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from accounts.factories import official
from browser import DESK, PHONE, Visitor, totp
from kim.accounts.models import Role
from kim.config import tasks
from kim.publishing.models import CheckPoint
from media.factories import jpeg, pdf
from regions.factories import plant

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SECRET, PASSWORD, PIN = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", "sandi-panjang-untuk-uji", "846291"
VILLAGE, KIM, CHAIR, NUMBER = "35.02.17.1008", "KIM Teluk Contoh", "Rahma Contoh", "081234567890"
MISSING = "Alamat sekretariat belum lengkap."
TITLE = "Warga Bangunsari membersihkan saluran air sebelum musim hujan"


@pytest.fixture
def papers(tmp_path) -> dict[str, Path]:
    """What the registrant and the writer have on their phones."""
    made = {}
    for file in (pdf("sk.pdf"), jpeg(1600, 1200, gps=True, name="kerja-bakti.jpg")):
        made[file.name] = tmp_path / file.name
        made[file.name].write_bytes(file.read())
    return made


@pytest.fixture
def officer_account():
    plant(VILLAGE)
    return official(Role.REGENCY, "35.02", password=PASSWORD, totp=SECRET, email="kominfo@contoh.id")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_kim_is_born_writes_decides_and_is_read(scripts, visit, papers, officer_account):
    registrant = visit("pendaftar", scripts=scripts)
    register(registrant, papers["sk.pdf"], scripts=scripts)
    officer = visit("petugas", viewport=DESK, scripts=scripts)
    sign_in_as_official(officer)
    give_back(officer)
    mend(registrant)
    code = approve_and_invite(officer)
    chair = visit("ketua", scripts=scripts)
    come_in(chair, code)
    write(chair, papers["kerja-bakti.jpg"], scripts=scripts)
    discuss_and_decide(chair)
    check_and_send(chair)
    clear(officer)
    find_and_read(visit("warga", viewport=PHONE, scripts=scripts), scripts=scripts)


def register(who: Visitor, scan: Path, *, scripts: bool) -> None:
    who.opens("/daftar-kim/").sees("Daftarkan KIM desa Anda", "SK").fits()
    who.fills("Nama Anda", CHAIR).fills("Nomor HP Anda", NUMBER).presses("Mulai mendaftar")
    who.sees("Simpan kode ini untuk melanjutkan").shoots("kode").presses("Sudah saya simpan")
    who.presses("Lanjutkan mengisi")
    choose_village(who, scripts=scripts)
    who.sees("Tentang KIM Anda").fits().fills("Nama KIM", KIM).picks("Perhatian utama", "Informasi publik")
    who.fills("Tanggal berdiri", "2025-01-05").fills("Alamat sekretariat", "Balai kelurahan")
    who.picks("Saluran 1", "Papan informasi").fills("Alamat atau nama akun 1", "Pos ronda RT 02")
    who.shoots("tentang").presses("Simpan dan lanjut")
    name_people(who)
    who.sees("Surat keputusan (SK)").fits().brings("Foto atau PDF SK", scan)
    who.fills("Nomor SK", "489/07/401.403.6/2014").fills("Tanggal SK", "2025-01-05")
    who.fills("Nama kantor", "Kantor Kelurahan Bangunsari")
    who.fills("Berlaku sampai", (date.today() + timedelta(days=700)).isoformat()).shoots("sk").presses(
        "Simpan dan lanjut"
    )
    send(who)


def choose_village(who: Visitor, *, scripts: bool) -> None:
    """Typed and picked from the list; without scripts looked up by a button and picked from cards."""
    who.sees("KIM dari desa mana?")
    if scripts:
        field = who.field("Nama desa atau kelurahan")
        field.press_sequentially("bangunsari", delay=20)
        who.page.get_by_role("option").filter(has_text="Bangunsari").first.click()
        who.sees("Terpilih")
    else:
        who.fills("Nama desa atau kelurahan", "bangunsari").presses("Cari desa ini").ticks("Kelurahan Bangunsari")
    who.shoots("desa").presses("Simpan dan lanjut")


def name_people(who: Visitor) -> None:
    who.sees("Paling sedikit seorang ketua").fits()
    who.fills("Nama pengurus 1", CHAIR).fills("Nama pengurus 2", "Yusuf Contoh").fills("Nama pengurus 3", "Dewi Contoh")
    who.fills("Nama anggota 1", CHAIR).fills("Nomor HP anggota 1", NUMBER)
    for number, name in enumerate(("Agus Contoh", "Tuti Contoh", "Wati Contoh"), 2):
        who.fills(f"Nama anggota {number}", name)
    who.shoots("pengurus").presses("Simpan dan lanjut")


def send(who: Visitor) -> None:
    who.sees("Sudah benar semua?", "SK bukan janji anggaran", KIM, "sk.pdf").fits()
    who.ticks("Saya mengerti: SK mengesahkan KIM", "Data ini benar").shoots("periksa").presses("Kirim pendaftaran")
    who.sees("Diskominfo sedang memeriksa data dan SK").shoots("terkirim")
    tasks.carry_errands()


def sign_in_as_official(who: Visitor) -> None:
    who.opens("/masuk/petugas/").fills("Surel", "kominfo@contoh.id").fills("Kata sandi", PASSWORD).presses("Lanjut")
    who.sees("Satu langkah lagi").fills("Kode", totp(SECRET)).presses("Masuk")
    assert who.path.startswith("/kantor/")
    who.sees(KIM).shoots("hari-ini")


def give_back(who: Visitor) -> None:
    """The officer sees data and scan side by side, and says what is missing."""
    open_the_papers(who)
    scan = who.page.get_by_alt_text("Halaman pertama SK nomor 489/07/401.403.6/2014")
    assert scan.evaluate("picture => picture.complete && picture.naturalWidth > 0")
    who.ticks("Minta perbaikan").presses("Kirim keputusan").sees("Tulis catatan untuk KIM")
    who.fills("Pesan untuk KIM", MISSING).presses("Kirim keputusan")
    who.sees("dikembalikan dengan catatan", "Antrean kosong").shoots("dikembalikan")
    tasks.carry_errands()


def open_the_papers(who: Visitor) -> None:
    who.opens("/kantor/verifikasi/").sees(KIM, "KIM baru").presses(f"Periksa {KIM}")
    who.sees("489/07/401.403.6/2014", f"Ketua: {CHAIR}", "Tidak ada yang mirip").fits().shoots("periksa")


def mend(who: Visitor) -> None:
    who.page.reload()
    who.sees("Yang perlu diperbaiki", MISSING).shoots("dikembalikan").presses("2. Tentang KIM")
    who.sees("Catatan Diskominfo").fills("Alamat sekretariat", "Balai Kelurahan Bangunsari, RT 02 RW 01")
    who.presses("Simpan, lanjutkan nanti").presses("5. Periksa dan kirim")
    send(who)


def approve_and_invite(who: Visitor) -> str:
    """The KIM is registered; its chair gets a code, shown this once."""
    open_the_papers(who)
    who.sees("RT 02 RW 01").ticks("Setujui").presses("Kirim keputusan")
    who.sees("Keputusan tersimpan: disetujui", "KIM-3502171008-01", "Belum ada kabar").shoots("disetujui")
    tasks.carry_errands()
    who.presses(f"Kode masuk {CHAIR}").sees(f"Buat kode masuk untuk {CHAIR}?").presses("Buat kode")
    who.sees("Kode hanya tampil sekali ini").shoots("kode-masuk")
    return who.page.locator(".entry-code").inner_text()


def come_in(who: Visitor, code: str) -> None:
    who.opens("/masuk/").presses("Punya kode masuk?").fills("Kode masuk", code).presses("Lanjut")
    who.sees("Pilih PIN Anda", "Kode ini untuk", "Kami tidak meminta NIK").fits()
    who.fills("PIN baru", PIN).fills("Ketik PIN sekali lagi", PIN).ticks("Saya sudah membaca dan setuju").shoots("pin")
    who.presses("Simpan dan masuk")
    assert who.path == "/kerja/"
    who.sees(KIM).fits().shoots("tugas")


def write(who: Visitor, photo: Path, *, scripts: bool) -> None:
    who.opens("/kerja/tulis/").sees("Mau menulis apa?").presses("Berita")
    who.fills("Apa yang terjadi?", TITLE).fills("Intinya", "Saluran air dibersihkan.\nSemua RT ikut.")
    body = "Warga membersihkan saluran air pada Minggu pagi. Ketua RT membagi tugas.\n\nSampah diangkut ke tempat pembuangan."
    if scripts:
        who.page.locator(".editor [contenteditable]").fill(body)
    else:
        who.fills("Isi kabar", body)
    who.fills("Dari siapa Anda tahu?", "Ketua RT 02").picks("Topik", "Lingkungan")
    who.brings("Ambil atau pilih foto", photo).fills("Keterangan gambar", "Lima warga mengangkat lumpur dari selokan")
    if scripts:
        who.sees("kerja-bakti.jpg")
    who.ticks("Orang yang tampak di foto sudah setuju").fits().shoots("tulis").presses("Simpan dan lihat hasilnya")
    who.sees("Tersimpan.", "Konsep").sees_heading(TITLE).fits().shoots("konsep")
    assert who.page.get_by_alt_text("Lima warga mengangkat lumpur dari selokan").count()


def discuss_and_decide(who: Visitor) -> None:
    who.presses("Ajukan untuk dibahas").sees("Tulisan diajukan", "Sedang dibahas").fits()
    who.fills("Tulis pesan", "Sudah saya cek ke Ketua RT.").presses("Kirim pesan").sees("Sudah saya cek ke Ketua RT.")
    who.presses("Setuju").sees("setuju").shoots("bahas")
    who.unfolds("Catat keputusan").ticks("Sebarkan").fills("Notulen singkat", "Semua sepakat.").presses(
        "Simpan keputusan"
    )
    who.sees("Keputusan tercatat.", "Siap terbit").shoots("diputuskan")


def check_and_send(who: Visitor) -> None:
    """Nothing goes out with a box unticked; the first texts of a new KIM wait for Diskominfo."""
    who.presses("Periksa dan terbitkan").sees("Periksa sebelum terbit", "dilihat dulu oleh Diskominfo").fits()
    who.presses("Kirim ke Diskominfo").sees("Centang 5 lagi sebelum menerbitkan.")
    who.ticks(*CheckPoint.labels).shoots("daftar-periksa").presses("Kirim ke Diskominfo")
    who.sees("Kabar dikirim ke Diskominfo", "Menunggu diperiksa").shoots("menunggu")
    tasks.carry_errands()


def clear(who: Visitor) -> None:
    who.opens("/kantor/kabar/").sees(TITLE).presses(TITLE)
    who.sees("Saluran air dibersihkan.").shoots("kabar-pertama").presses("Terbitkan")
    who.sees("Terbit").shoots("diterbitkan")
    tasks.carry_errands()


def find_and_read(who: Visitor, *, scripts: bool) -> None:
    """A neighbour without account, on a small phone: finds it by a word of the text, reads it, leaves no trace."""
    who.opens("/").fits().opens("/cari/").page.get_by_label("Kata yang dicari").fill("membersihkan saluran")
    who.presses("Cari").sees(TITLE).fits().shoots("hasil-cari").presses(TITLE)
    who.sees_heading(TITLE).sees("Dari KIM", KIM, "Saluran air dibersihkan.").fits().shoots("kabar")
    assert re.fullmatch(r"/[a-z0-9-]+/kabar/[a-z0-9-]+/", who.path)
    shown = who.page.get_by_alt_text("Lima warga mengangkat lumpur dari selokan").first
    assert shown.evaluate("picture => picture.complete && picture.naturalWidth > 0")
    assert who.context.cookies() == []
