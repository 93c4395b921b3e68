"""An officer adds a feed, sees what it suggests, and passes one over: in a real browser, against a real server."""

import pytest
from django.conf import settings as django_settings

from browser import DESK, PHONE
from kim.accounts.models import Person
from kim.config import tasks
from kim.kernel import clock
from kim.sources.models import Host
from sources.factories import officer
from sources.site import Site, rss
from world import signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TITLES = (
    "Pupuk bersubsidi dapat ditebus mulai Senin",
    "Waspada hujan lebat di lereng Wilis",
    "Sekolah lapang padi dibuka",
)


@pytest.fixture
def site(settings):
    made = Site()
    settings.KIM_DOORS_INSIDE = [made.door]
    made.pages["/umpan.xml"] = rss(
        *TITLES, s1="Penebusan memakai KTP di kios yang ditunjuk.", s2="Siapkan saluran air."
    )
    yield made
    made.close()


@pytest.mark.parametrize(("viewport", "scripts"), [(PHONE, False), (DESK, True)], ids=["phone, no scripts", "desk"])
def test_a_feed_is_added_and_what_it_suggests_is_passed_over(viewport, scripts, visit, site):
    person = Person.objects.get(pk=officer().person_id)
    who = visit("petugas", viewport=viewport, scripts=scripts)
    session = signed_in(person, person.mandates.get())
    who.context.add_cookies(
        [{"name": django_settings.SESSION_COOKIE_NAME, "value": session, "domain": "localhost", "path": "/"}]
    )
    who.opens("/kantor/sumber/").sees("Belum ada sumber").fits().shoots("kosong")
    who.presses("Tambah sumber").fills("Alamat umpan", "http://10.0.0.1/umpan").presses("Periksa alamat")
    who.sees("tidak menuju internet umum").fits().shoots("ditolak")
    who.fills("Alamat umpan", site.at("/umpan.xml")).presses("Periksa alamat")
    who.sees("Umpan terbaca", *TITLES).fits().shoots("terbaca")
    who.presses("Simpan sumber").sees("belum diisi", TITLES[0]).fits()
    who.fills("Instansi", "Dinas Pertanian Contoh").fills("Topik", "pertanian").picks("Dibaca", "Setiap jam")
    who.presses("Simpan sumber").sees("Menunggu dibaca pertama kali", "Dinas Pertanian Contoh").fits().shoots("daftar")
    tasks.read_sources()
    who.presses("Lihat usulan").sees(*TITLES).fits().shoots("usulan")
    who.presses(TITLES[1]).sees("Siapkan saluran air.", "CC BY 4.0").fits().shoots("satu")
    who.fills("Alasan", "Sudah lewat.").presses("Lewati")
    who.sees("Masih bisa dikembalikan").does_not_see("Siapkan saluran air.").fits().shoots("sesudah")
    who.presses("Dilewati").sees("Alasan: Sudah lewat.").fits().shoots("dilewati")
    who.presses("Kembalikan").sees("menunggu lagi", "Siapkan saluran air.")
    site.pages["/umpan.xml"] = rss(TITLES[0].replace("Senin", "Rabu"), *TITLES[1:])
    who.presses("Daftar sumber").presses("Matikan").sees("Dimatikan").presses("Nyalakan").sees("dibaca lagi")
    Host.objects.update(free_at=clock.now())
    tasks.read_sources()
    who.presses("Lihat usulan").sees("mulai Rabu", "Berubah").does_not_see("mulai Senin").fits().shoots("berubah")
