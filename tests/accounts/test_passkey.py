"""Passkeys in a real browser with a virtual key; and the sign-in pages with scripts off."""

import pytest

from accounts.factories import mandate, official, person
from kim.accounts import actions
from kim.accounts.actor import SYSTEM
from kim.accounts.models import Role
from kim.kernel.ids import new_id

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "kentongan di pagi hari"


@pytest.fixture
def chromium(browser):
    """The browser of the run, left as it was found."""
    yield browser
    for context in browser.contexts:
        context.close()


def test_an_official_makes_a_passkey_and_comes_in_with_it_alone(live_server, chromium):
    official(Role.REGENCY, "35.02", email="bima@contoh.id", password=PASSWORD)
    page = chromium.new_page()
    wire = page.context.new_cdp_session(page)
    wire.send("WebAuthn.enable")
    key = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    wire.send("WebAuthn.addVirtualAuthenticator", {"options": key | {"isUserVerified": True}})
    page.goto(f"{live_server.url}/masuk/petugas/")
    page.get_by_label("Surel").fill("bima@contoh.id")
    page.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Lanjut").click()
    page.get_by_role("link", name="Pakai kunci").click()
    page.get_by_role("button", name="Pasang kunci").click()
    page.wait_for_url("**/akun/petugas/cadangan/")
    page.goto(f"{live_server.url}/akun/")
    page.get_by_role("button", name="Keluar dari perangkat ini").click()
    page.wait_for_url(f"{live_server.url}/masuk/?keluar=1")
    page.goto(f"{live_server.url}/masuk/petugas/")
    page.get_by_role("button", name="Masuk dengan kunci").click()
    page.wait_for_url("**/kantor/")
    assert {cookie["name"] for cookie in page.context.cookies()} >= {"sessionid", "kim_masuk", "kim_perangkat"}


def test_a_code_and_a_pin_lead_in_with_scripts_off_on_a_small_screen(live_server, chromium):
    who = person("Darmi Contoh", phone="+6281234567890")
    mandate(who, Role.MEMBER, kim_id=new_id())
    code = actions.issue_code(who.pk, actor=SYSTEM)
    page = chromium.new_page(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page.goto(f"{live_server.url}/masuk/")
    page.get_by_role("link", name="Punya kode masuk?").click()
    page.get_by_label("Kode masuk").fill(f"{code[:4]} {code[4:]}")
    page.get_by_role("button", name="Lanjut").click()
    page.get_by_label("PIN baru").fill("739164")
    page.get_by_label("Ketik PIN sekali lagi").fill("739164")
    page.get_by_label("Saya sudah membaca dan setuju.").check()
    page.get_by_role("button", name="Simpan dan masuk").click()
    page.goto(f"{live_server.url}/akun/")
    assert page.get_by_role("heading", name="Darmi Contoh").is_visible()
    page.get_by_role("button", name="Keluar dari perangkat ini").click()
    page.goto(f"{live_server.url}/masuk/")
    page.get_by_label("Nomor HP").fill("0812 3456 7890")
    page.get_by_label("PIN 6 angka").fill("739164")
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.goto(f"{live_server.url}/akun/")
    assert page.get_by_text("0812••••890").is_visible()
