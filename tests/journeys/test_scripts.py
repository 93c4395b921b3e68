"""The scripts everybody meets, in a real browser on a small phone: finding a place, my village, reading aloud, the key."""

import pytest
from playwright.sync_api import Page, expect

from accounts.factories import official
from browser import Visitor, totp
from journeys.phones import home, kept, phone
from kim.accounts.models import Role
from kim.registry.models import Kim
from regions.factories import plant
from world import PASSWORD, TOTP_SECRET

__all__ = ["home", "phone"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NGEBEL, BANGUNSARI, PACITAN = "35.02.19.2007", "35.02.17.1008", "35.01.04.2009"


def options(page: Page):
    return page.get_by_role("option")


# place.js


def test_the_home_search_offers_places_while_one_types(phone):
    plant(NGEBEL)
    who = phone().opens("/")
    field = who.page.get_by_role("combobox")
    field.press_sequentially("ngeb")
    expect(options(who.page)).to_have_count(2)
    who.sees("Kecamatan · Kab. Ponorogo, Jawa Timur", "Kec. Ngebel, Kab. Ponorogo, Jawa Timur", "2 tempat cocok").fits()
    who.shoots("daftar")
    field.press("Escape")
    expect(options(who.page)).to_have_count(0)
    field.press("ArrowDown")
    field.press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", options(who.page).nth(1).get_attribute("id"))
    field.press("Enter")
    who.page.wait_for_url(f"**/wilayah/{NGEBEL}/")
    who.opens("/").page.get_by_role("combobox").fill("ngebel")
    options(who.page).first.click()
    who.page.wait_for_url("**/wilayah/35.02.19/")


def test_the_home_search_says_when_nothing_fits_and_still_sends(phone):
    plant(NGEBEL)
    who = phone().opens("/")
    field = who.page.get_by_role("combobox")
    field.fill("zzqqxx")
    who.sees("Tidak ketemu. Coba ejaan lain.")
    field.fill("z")
    who.does_not_see("Tidak ketemu. Coba ejaan lain.")
    field.fill("Ngebel")
    field.press("Enter")
    who.page.wait_for_url("**/wilayah/?q=Ngebel")


def registering(who: Visitor) -> Kim:
    """In step 1 of a registration just begun on this phone."""
    plant(BANGUNSARI, PACITAN)
    who.opens("/daftar-kim/").fills("Nama Anda", "Rahma Contoh").fills("Nomor HP Anda", "081234567890")
    who.presses("Mulai mendaftar").presses("Sudah saya simpan").presses("Lanjutkan mengisi")
    who.sees("KIM dari desa mana?")
    return Kim.objects.get()


def test_of_two_villages_with_one_name_the_registrant_picks_theirs(phone):
    kim = registering(who := phone("pendaftar"))
    field, code = who.field("Nama desa atau kelurahan"), who.page.locator("[data-place-code]")
    field.press_sequentially("bangunsari")
    expect(options(who.page)).to_have_count(2)
    who.sees("Kec. Ponorogo, Kab. Ponorogo", "Kec. Pacitan, Kab. Pacitan").fits().shoots("dua")
    options(who.page).filter(has_text="Kab. Pacitan").click()
    expect(code).to_have_value(PACITAN)
    who.sees("Terpilih: Desa Bangunsari, Kec. Pacitan")
    field.press_sequentially(" pon")
    expect(code).to_have_value("")
    options(who.page).filter(has_text="Kab. Ponorogo").wait_for()
    field.press("ArrowDown")
    field.press("Enter")
    expect(code).to_have_value(BANGUNSARI)
    who.presses("Simpan dan lanjut").sees("Tentang KIM Anda")
    kim.refresh_from_db()
    assert kim.region_id == BANGUNSARI


def test_without_scripts_another_name_is_looked_up_and_the_old_village_is_not_kept(phone):
    kim = registering(who := phone("pendaftar", scripts=False))
    for place in ("Kelurahan Bangunsari", "Desa Bangunsari"):
        who.opens(f"/daftar-kim/{kim.pk}/desa/").fills("Nama desa atau kelurahan", "bangunsari")
        who.presses("Simpan dan lanjut").ticks(place).presses("Simpan dan lanjut").sees("Tentang KIM Anda")
    kim.refresh_from_db()
    assert kim.region_id == PACITAN


def test_the_place_finder_lists_while_one_types_and_forgets_older_words(phone):
    plant(NGEBEL)
    who = phone().opens("/wilayah/")
    field = who.page.locator("#q")
    field.press_sequentially("ngebel")
    expect(who.page.locator("#hasil a")).to_have_text(["Kecamatan Ngebel", "Desa Ngebel"])
    field.press_sequentially("zzqq")
    who.sees("Tidak ketemu “ngebelzzqq”").does_not_see("Desa Ngebel")


# public.js


def test_my_village_is_remembered_on_this_phone_only(phone):
    plant(NGEBEL)
    who = phone().opens(f"/wilayah/{NGEBEL}/")
    who.presses("Jadikan desa saya").sees("Ini desa saya")
    dock = who.page.get_by_role("navigation", name="Menu bawah").get_by_role("link", name="Desa saya")
    who.opens("/kabar/")
    dock.click()
    who.page.wait_for_url(f"**/wilayah/{NGEBEL}/")
    who.sees("Ini desa saya").opens("/desa-saya/").fits().presses("Buka Desa Ngebel").sees_heading("Desa Ngebel")
    assert who.context.cookies() == []


def test_the_door_of_public_pages_knows_who_is_signed_in_and_leaving_clears_the_phone(phone, home):
    who = phone(by=home.member).opens("/")
    who.page.evaluate("() => localStorage.setItem('kim.draft:/x/', '{}')")
    who.does_not_see("Masuk").presses("Ruang kerja").sees("Tugas")
    assert who.path == "/kerja/"
    who.opens("/akun/").presses("Keluar dari perangkat ini")
    assert kept(who) == "{}"
    who.opens("/").sees("Masuk").does_not_see("Ruang kerja")


def test_a_double_tap_sends_a_form_once(phone, home):
    who = phone(by=home.member).opens(home.discussed().desk_url + "bahas/")
    who.fills("Tulis pesan", "Sudah saya cek.")
    sent: list[str] = []
    who.page.on("request", lambda request: request.method == "POST" and sent.append(request.url))
    who.page.get_by_role("button", name="Kirim pesan").dblclick()
    who.sees("Sudah saya cek.")
    assert len(sent) == 1


VOICE = """() => {
  window.said = [];
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  const voice = { speaking: false, cancel() { this.speaking = false; }, speak(words) { this.speaking = true; said.push(words); } };
  Object.defineProperty(window, 'speechSynthesis', { value: voice });
}"""
NO_VOICE = "() => delete window.speechSynthesis"
SHARES = "() => { navigator.share = async (what) => { window.shared = what; }; }"
PRINTS = "() => { window.print = () => { window.printed = true; }; }"


def before(who: Visitor, *scripts: str) -> Visitor:
    for script in scripts:
        who.page.add_init_script(f"({script})()")
    return who


def test_an_article_is_read_aloud_shared_copied_and_printed(phone, home, address):
    article = home.published()
    who = before(phone(permissions=["clipboard-read", "clipboard-write"]), VOICE, SHARES, PRINTS)
    who.opens(article.get_absolute_url()).presses("Dengarkan").sees("Berhenti").fits()
    said = who.page.evaluate("() => [said[0].lang, said[0].text]")
    assert said[0] == "id-ID" and "Panen durian di Desa Ngebel dimulai Senin." in said[1]
    who.presses("Berhenti").sees("Dengarkan").presses("Bagikan lain")
    short = f"{address}/k/{article.short_code}/"
    assert who.page.evaluate("() => shared") == {"title": article.title, "text": article.title, "url": short}
    who.unfolds("Tautan pendek").presses("Salin tautan").sees("Tautan tersalin.")
    assert who.page.evaluate("() => navigator.clipboard.readText()") == short
    who.presses("Cetak").presses("Cetak sekarang")
    assert who.page.evaluate("() => printed")


def test_a_phone_that_cannot_speak_or_share_shows_no_such_buttons(phone, home):
    who = before(phone(), NO_VOICE, "() => { navigator.share = undefined; }")
    who.opens(home.published().get_absolute_url()).does_not_see("Dengarkan", "Bagikan lain")
    who.sees("Bagikan ke WhatsApp")


# passkey.js


def test_an_official_sets_up_a_key_and_comes_in_with_it(phone, address):
    plant("35.02")
    official(Role.REGENCY, "35.02", password=PASSWORD, totp=TOTP_SECRET, email="kominfo@contoh.id")
    who = phone("petugas").opens("/masuk/petugas/")
    who.page.evaluate("() => { navigator.credentials.get = async () => { throw new Error('dibatalkan'); }; }")
    who.presses("Masuk dengan kunci di perangkat ini").sees("Kunci tidak terbaca atau dibatalkan.")
    who.fills("Surel", "kominfo@contoh.id").fills("Kata sandi", PASSWORD).presses("Lanjut")
    who.fills("Kode", totp(TOTP_SECRET)).presses("Masuk").sees("Hari ini")
    device = who.context.new_cdp_session(who.page)
    device.send("WebAuthn.enable")
    kind = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    device.send("WebAuthn.addVirtualAuthenticator", {"options": kind | {"isUserVerified": True}})
    who.opens("/akun/petugas/kunci/").fills("Kata sandi", PASSWORD).presses("Lanjut")
    who.fits().fills("Nama kunci", "HP saya").ticks("Boleh untuk masuk tanpa kata sandi")
    who.presses("Pasang kunci").sees_heading("Kode cadangan")
    who.opens("/akun/").presses("Keluar dari perangkat ini").opens("/masuk/petugas/")
    who.presses("Masuk dengan kunci di perangkat ini")
    who.page.wait_for_url("**/kantor/")
