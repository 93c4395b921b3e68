"""The whole way in a browser: a stranger reports without scripts, the office takes it down, the KIM appeals, the province decides."""

import re

import pytest
from django.conf import settings

from browser import DESK
from kim.config import tasks
from kim.moderation.actions import recount
from world import World, build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world() -> World:
    made = build()
    tasks.carry_errands()
    return made


def enters(visit, world: World, role: str, **more):
    who = visit(role, **more)
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": world.sessions[role], "domain": "localhost", "path": "/"}
    who.context.add_cookies([cookie])
    return who


def test_from_a_report_to_the_end_of_an_appeal(visit, world):
    text = world.ponorogo.texts["published"]
    stranger = visit("warga", scripts=False).opens(text.get_absolute_url())
    assert not stranger.context.cookies()
    stranger.presses("Laporkan kabar ini").sees_heading("Laporkan kabar ini").fits()
    stranger.presses("Kirim laporan").sees("Ada 1 yang perlu dibetulkan")
    stranger.ticks("Data pribadi").fills("Ceritakan sedikit", "Alamat rumah saya tertulis lengkap.")
    stranger.presses("Kirim laporan").sees_heading("Laporan terkirim").sees("Menunggu diperiksa").fits().shoots("kode")
    code = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", stranger.page.locator(".headline").inner_text())[0]

    office = enters(visit, world, "kab", viewport=DESK).opens("/kantor/laporan/").fits()
    office.presses(text.title).sees("Alamat rumah saya tertulis lengkap.").presses("Ambil dan periksa")
    office.unfolds("Turunkan dari umum")
    office.page.locator("#take_down_note").fill("Alamat rumah warga harus dihapus.")
    office.page.locator("form:has(#take_down_note) button").click()
    office.sees("Sudah diturunkan. Penulisnya diberi tahu.").fits().shoots("diturunkan")
    tasks.carry_errands()

    board = enters(visit, world, "pengurus").opens("/kerja/").sees(f"Dilaporkan: {text.title}")
    board.opens("/kerja/laporan/").presses(text.title).sees("Alamat rumah warga harus dihapus.").fits()
    board.does_not_see("Alamat rumah saya tertulis lengkap.")
    board.page.locator("#appeal_note").fill("Itu alamat balai desa.")
    board.page.locator("form:has(#appeal_note) button").click()
    board.sees("Keberatan terkirim ke kantor di tingkat atas.").fits().shoots("keberatan")

    office.opens("/kantor/laporan/").does_not_see("Terima keberatan")
    province = enters(visit, world, "provinsi", viewport=DESK).opens("/kantor/laporan/").presses(text.title)
    province.unfolds("Terima keberatan")
    province.page.locator("#overturn_note").fill("Benar, itu alamat kantor.")
    province.page.locator("form:has(#overturn_note) button").click()
    province.sees("Keberatan diterima, putusan dibatalkan.")

    stranger.opens(f"/laporkan/?kode={code}").sees("Keberatan diterima")
    stranger.opens(text.get_absolute_url()).sees_heading(text.title)
    recount()
    stranger.opens("/moderasi/").sees("Keberatan diterima").does_not_see(text.title).fits().shoots("catatan")
