"""The kit on a phone and on a desk, with scripts and without; the sheets as they come out of a printer."""

import re

import pytest
from playwright.sync_api import expect

from accounts.factories import mandate, person
from browser import DESK, PHONE
from kim.accounts.models import Role
from registry.factories import kim
from sharing.factories import LONG
from web.factories import article
from world import signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def text():
    group = kim("35.02.19.2007", name="KIM Telaga Ngebel", slug="telaga-ngebel")
    return article(group, title="Kerja bakti membersihkan tepi Telaga Ngebel", kind="activity")


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_a_text_is_copied_with_one_press(visit, text, viewport):
    who = visit("warga", viewport=viewport, permissions=["clipboard-read", "clipboard-write"])
    who.opens(text.get_absolute_url()).presses("Bagikan ke warga").sees_heading("Bagikan ke warga").fits()
    who.presses("Salin Teks pendek").sees("Tersalin. Tinggal tempel.").shoots("bagikan")
    copied = who.page.evaluate("() => navigator.clipboard.readText()")
    assert copied == who.page.locator("#pendek").input_value() and text.short_url in copied
    who.presses("Naskah pengeras suara").fits().shoots("siaran")
    who.presses("Salin naskah").sees("Tersalin. Tinggal tempel.")
    assert "Kami ulangi." in who.page.evaluate("() => navigator.clipboard.readText()")
    who.presses("Cara lain membagikan").presses("Lembar huruf besar").fits().shoots("lembar-besar")


def test_without_scripts_the_text_can_be_picked_by_hand(visit, text):
    who = visit("warga", scripts=False).opens(f"{text.short_url}bagikan/")
    who.sees("Tekan lama tulisannya").does_not_see("Salin Teks", "Salin tautan").fits()
    field = who.page.locator("#pendek")
    expect(field).to_be_visible()
    assert text.title in field.input_value()


def test_the_card_on_the_page_is_the_card_to_download(visit, text):
    who = visit("warga").opens(f"{text.short_url}bagikan/")
    who.page.locator("img.share-card").scroll_into_view_if_needed()
    expect(who.page.locator("img.share-card")).to_have_js_property("naturalWidth", 1200)
    with who.page.expect_download() as download:
        who.page.get_by_role("link", name="Poster A4").click()
    assert download.value.suggested_filename == f"poster-a4-{text.short_code}.pdf"


@pytest.mark.parametrize("name", ["siaran/", "lembar-besar/"])
def test_a_printed_sheet_is_one_a4_however_long_the_text(browser, address, name, pictures):
    gist = "\n".join([LONG[:110]] * 5)
    long = article(kim("35.02.19.2007"), title=LONG[:160], gist=gist if name == "lembar-besar/" else "Sabtu pagi.")
    page = browser.new_page()
    page.goto(f"{address}{long.short_url}{name}")
    sheet = page.pdf(format="A4", prefer_css_page_size=True, path=pictures / f"{name[:-1]}.pdf")
    page.close()
    assert len(re.findall(rb"/Type\s*/Page[^s]", sheet)) == 1


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_a_member_makes_the_board_of_the_week(visit, viewport):
    group = kim("35.02.19.2007", name="KIM Telaga Ngebel", slug="telaga-ngebel")
    for days in range(5):
        article(group, days=days)
    who = person(pin="846291")
    hat = mandate(who, Role.MEMBER, "35.02.19.2007", kim_id=group.id)
    member = visit("anggota", viewport=viewport)
    cookie = {"name": "sessionid", "value": signed_in(who, hat), "domain": "localhost", "path": "/"}
    member.context.add_cookies([cookie])
    member.opens("/kerja/").presses("Papan informasi minggu ini").sees_heading("Papan informasi minggu ini").fits()
    member.shoots("papan")
    assert member.page.get_by_role("checkbox", checked=True).count() == 5
    with member.page.expect_response(lambda answer: "paper=a4" in answer.url) as told:
        member.page.get_by_role("button", name="Buat lembar A4").click()
    assert told.value.headers["content-type"] == "application/pdf"
