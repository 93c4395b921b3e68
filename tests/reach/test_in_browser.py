"""In a real browser: a page that was in sight for three seconds is read, and nothing is left on the phone."""

import time

import pytest

from browser import DESK as WIDE
from browser import PHONE as SMALL
from journeys.phones import phone
from kim.reach.actions import counter
from pages.keeping import wait_for
from publishing.factories import house
from reach.factories import read
from reach.test_beacon import PHONE, noted

__all__ = ["noted", "phone"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HIDDEN = "Object.defineProperty(document, 'visibilityState', {get: () => window.inSight ? 'visible' : 'hidden'})"
SHOWN = "window.inSight = true; document.dispatchEvent(new Event('visibilitychange'))"


def heard(noted) -> list[tuple[str, str]]:
    return [(one.key, one.way) for one in noted]


def test_a_page_is_read_after_three_seconds_once_and_leaves_nothing_behind(visit, noted):
    text = house().published()
    who, begun = visit("pembaca", user_agent=PHONE), time.monotonic()
    who.opens(f"{text.get_absolute_url()}?ref=qr")
    wait_for(lambda: noted)
    assert time.monotonic() - begun > 3
    who.page.evaluate(SHOWN)
    who.page.wait_for_timeout(3500)
    assert heard(noted) == [(text.key, "qr")]
    assert noted[0].device == counter.device_of(PHONE)
    assert who.context.cookies() == [] and who.page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_a_page_that_is_not_in_sight_is_not_read_yet(visit, noted):
    text = house().published()
    who = visit("pembaca", user_agent=PHONE)
    who.page.add_init_script(HIDDEN)
    who.opens(text.get_absolute_url()).page.wait_for_timeout(3500)
    assert not noted
    who.page.evaluate(SHOWN)
    wait_for(lambda: noted)
    assert heard(noted) == [(text.key, "halaman")]


def test_without_scripts_a_dot_counts_that_nobody_sees(visit, noted):
    text = house().published()
    who = visit("pembaca", scripts=False, user_agent=PHONE).opens(text.get_absolute_url())
    wait_for(lambda: noted)
    assert heard(noted) == [(text.key, "halaman")]
    who.fits().shoots("tanpa-skrip")
    assert who.context.cookies() == []


@pytest.mark.parametrize("viewport", [SMALL, WIDE], ids=["phone", "desk"])
def test_the_desk_is_told_about_how_many(phone, viewport):
    home = house()
    text = home.published()
    read(text.key, *range(1234))
    who = phone("pengurus", by=home.board, viewport=viewport).opens(f"/kerja/kabar/{text.id}/")
    who.sees("Dibaca kira-kira 1.200 orang hari ini.", "Orang yang datang pada dua hari dihitung dua kali.").fits()
    who.shoots("dibaca")
