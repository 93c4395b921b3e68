"""One packet, walked by five people: the ministry sends, the province adds a note, a KIM discusses, decides, spreads and
reports, the ministry sees it, and a correction goes the same way. Once with scripts and once without."""

from pathlib import Path

import pytest

from accounts.factories import mandate, official, person
from browser import DESK, Visitor, totp
from kim.accounts.models import Role
from kim.config import tasks
from kim.publishing.models import CheckPoint
from media.factories import jpeg
from regions.factories import plant
from registry.factories import decree
from registry.factories import kim as found_kim

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SECRET, PASSWORD, PIN = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", "sandi-panjang-untuk-uji", "846291"
VILLAGE = "35.02.19.2007"
TITLE = "Imunisasi anak gratis sampai 13 Desember"
NOTE, CHANGE = "Posyandu Ngebel: Selasa pukul 08.00.", "Diperpanjang sampai 20 Desember."


@pytest.fixture
def cast(visit, request):
    """The ministry, the province and the regency at their desks, chair and member of a KIM on their phones."""
    plant(VILLAGE)
    group = found_kim(VILLAGE, name="KIM Ngebel Contoh", slug="ngebel-contoh")
    decree(group)
    for role, code, email in (
        (Role.NATIONAL, "ID", "pusat@contoh.id"),
        (Role.PROVINCE, "35", "provinsi@contoh.id"),
        (Role.REGENCY, "35.02", "kab@contoh.id"),
    ):
        official(role, code, password=PASSWORD, totp=SECRET, email=email)
    for name, phone, role in (("Ketua", "+6281234567801", Role.BOARD), ("Anggota", "+6281234567802", Role.MEMBER)):
        mandate(person(f"{name} Contoh", phone=phone, pin=PIN), role, VILLAGE, kim_id=group.id)
    return lambda name, scripts, **more: visit(name, scripts=scripts, **more)


@pytest.fixture
def photo(tmp_path) -> Path:
    shot = jpeg(1200, 900, gps=True, name="siaran.jpg")
    path = tmp_path / shot.name
    path.write_bytes(shot.read())
    return path


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_packet_goes_down_is_spread_comes_back_and_is_corrected(scripts, cast, photo):
    ministry = office(cast("pusat", scripts, viewport=DESK), "pusat@contoh.id")
    send(ministry)
    add_a_note(office(cast("provinsi", scripts, viewport=DESK), "provinsi@contoh.id"), "Berlaku di seluruh Jawa Timur.")
    add_a_note(office(cast("kabupaten", scripts, viewport=DESK), "kab@contoh.id"), NOTE)
    member = phone(cast("anggota", scripts), "081234567802")
    read_and_ask(member)
    chair = phone(cast("ketua", scripts), "081234567801")
    decide(chair)
    announce(member, photo)
    retell(chair)
    see_how_far(ministry)
    correct(ministry)
    hear_of_it(chair)


def office(who: Visitor, email: str) -> Visitor:
    who.opens("/masuk/petugas/").fills("Surel", email).fills("Kata sandi", PASSWORD).presses("Lanjut")
    return who.sees("Satu langkah lagi").fills("Kode", totp(SECRET)).presses("Masuk")


def phone(who: Visitor, number: str) -> Visitor:
    who.opens("/masuk/").fills("Nomor HP", number).fills("PIN 6 angka", PIN)
    who.page.locator("form[action='/masuk/'] button").last.click()
    return who.sees("Tugas Anda")


def send(who: Visitor) -> None:
    who.opens("/kantor/info/").sees("Belum ada info").fits().presses("Tulis info baru")
    who.fills("Instansi pengirim", "Kementerian Kesehatan").fills("Judul", TITLE)
    who.fills("Isi untuk warga", "Anak usia 0 sampai 5 tahun bisa datang ke posyandu.")
    who.fills("Yang tidak boleh berubah", "Gratis, tanpa mendaftar").ticks("Semua KIM di Indonesia", "Penting")
    who.unfolds("Bahan siap pakai").fills("Naskah pengeras suara", "Bapak, Ibu. Imunisasi gratis di posyandu.")
    who.fits().shoots("tulis").presses("Simpan dan periksa").sees("Periksa sekali lagi", "Gratis, tanpa mendaftar")
    who.shoots("periksa").presses("Kirim sekarang").sees("sedang dibagikan")
    work()


def add_a_note(who: Visitor, text: str) -> None:
    who.opens("/kantor/info/?rak=lewat").presses(TITLE).sees("Catatan Anda tampil di bawahnya")
    assert not who.page.get_by_text("Tulis dan ubah").count()
    who.fills("Catatan untuk KIM di wilayah Anda", text).presses("Simpan catatan").sees("Catatan tersimpan").fits()


def read_and_ask(who: Visitor) -> None:
    who.opens("/kerja/info/").sees("Kementerian Kesehatan", "Belum dibaca").fits().shoots("kotak").presses(TITLE)
    who.sees("Berlaku di seluruh Jawa Timur.", NOTE, "Pengurus atau redaktur yang memutuskan").fits().shoots("info")
    who.presses("Diskusikan dulu").sees("Pembahasan dibuka", "Siap disebarkan?")
    who.fills("Tulis pesan", "Bidan siap hari Selasa.").presses("Kirim pesan").presses("Setuju disebarkan")
    who.sees("setuju").fits().shoots("bahas")
    work()


def decide(who: Visitor) -> None:
    who.opens("/kerja/info/?tahap=diolah").presses(TITLE).sees("Bidan siap hari Selasa.")
    who.unfolds("Catat keputusan").ticks("Sebarkan").fills("Notulen singkat", "Lewat masjid dan kabar KIM.")
    who.presses("Simpan keputusan").sees("Keputusan tercatat", "Naskah pengeras suara").fits().shoots("putusan")


def announce(who: Visitor, photo: Path) -> None:
    who.opens("/kerja/info/?tahap=diolah").presses(TITLE).presses("Laporkan penyebaran").fits()
    who.ticks("Pengeras suara").presses("Kirim laporan").sees("Pilih perkiraan, atau isi jumlah yang dihitung.")
    who.ticks("100 sampai 250").fills("Di mana?", "Masjid Krajan").fills("Apa yang ditanyakan warga?", "Bawa apa?")
    who.brings("Foto sebagai bukti", photo).shoots("lapor").presses("Kirim laporan")
    who.sees("Laporan pengeras suara tersimpan", "Masjid Krajan", "Ada foto bukti").fits().shoots("terlapor")
    work()


def retell(who: Visitor) -> None:
    """The KIM's own words about it, through the room and the check of every text."""
    who.opens("/kerja/info/?tahap=selesai").presses(TITLE).presses("Jadikan kabar KIM").sees("Konsep kabar dibuat")
    who.presses("Simpan dan lihat hasilnya").presses("Ajukan untuk dibahas")
    who.unfolds("Catat keputusan").ticks("Sebarkan").presses("Simpan keputusan").sees("Siap terbit")
    who.presses("Periksa dan terbitkan").ticks(*(str(point.label) for point in CheckPoint)).presses("Terbitkan")
    work()


def see_how_far(who: Visitor) -> None:
    who.opens("/kantor/info/").presses("Jangkauan").sees("100 sampai 250 warga", "Pengeras suara", "Kabar di situs KIM")
    who.sees("Bawa apa?", "desa menerima dan menyebarkan").fits().shoots("jangkauan")
    who.presses("Jawa Timur").sees("Kabupaten Ponorogo").presses("Kabupaten Ponorogo").sees("KIM Ngebel Contoh").fits()


def correct(who: Visitor) -> None:
    who.opens("/kantor/info/").presses(TITLE).presses("Betulkan isinya").presses("Kirim pembetulan")
    who.sees("Apa yang berubah? belum diisi").fills("Apa yang berubah?", CHANGE)
    who.fills("Yang tidak boleh berubah", "Sampai 20 Desember").presses("Kirim pembetulan").sees(
        "Pembetulan sedang dikirim"
    )
    work()


def hear_of_it(who: Visitor) -> None:
    who.opens("/kerja/").sees("Baca pembetulan").opens("/kerja/info/?tahap=selesai").sees("Ada pembetulan").shoots(
        "pembetulan"
    )
    who.presses(TITLE).sees("Yang berubah sejak KIM ini membacanya", CHANGE, "Sampai 20 Desember").fits()


def work() -> None:
    """What the worker does in the meantime."""
    tasks.send_bulletins()
    for _ in range(2):
        tasks.carry_errands()
