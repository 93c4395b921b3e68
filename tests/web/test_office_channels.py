"""What an office sees of the channels: what waits, what it costs, what went wrong; and what telling would take."""

from datetime import timedelta

import pytest
import time_machine

from accounts.factories import official
from accounts.test_account import strong
from inbox.factories import NOON, carry, reader, tell
from inbox.gateways import HttpGateway, Reply
from kim.accounts.models import Person, Role
from kim.inbox.queries import Forecast, forecast
from kim.kernel.ids import new_id

pytestmark = pytest.mark.django_db


@pytest.fixture
def sms(settings):
    server = HttpGateway()
    settings.KIM_SMS_URL, settings.KIM_PRICES = f"{server.url}/kirim", {"sms": 1350}
    settings.KIM_PER_MINUTE = settings.KIM_PER_MINUTE | {"sms": 4}
    with time_machine.travel(NOON, tick=True):
        yield server
    server.close()


def page() -> str:
    return strong(official(Role.REGENCY, "35.02")).get("/kantor/saluran/").content.decode()


def test_an_office_sees_what_was_sent_and_what_it_cost(sms):
    tell(*[reader("sms") for _ in range(6)])
    carry()
    words = page()
    assert "Menunggu</dt><dd>2<" in words
    assert "paling banyak 4 per menit" in words
    assert "Rp5.400" in words
    assert words.count("Belum disiapkan") == 3


def test_an_office_reads_the_last_trouble_in_words(sms):
    sms.usual = Reply(503)
    tell(*[reader("sms", phone=f"+62812000000{n:02}") for n in range(4)], urgency="darurat")
    for hours in range(3):
        with time_machine.travel(NOON + timedelta(hours=hours)):
            carry()
    words = page()
    assert "Gerbang SMS menjawab 503." in words
    assert "Sedang terganggu" in words
    assert "+62812" not in words


def test_the_page_costs_the_same_whatever_waits(sms, django_assert_max_num_queries):
    browser = strong(official(Role.NATIONAL, "ID"))
    browser.get("/kantor/saluran/")
    tell(*[reader("sms") for _ in range(5)])
    with django_assert_max_num_queries(13):
        browser.get("/kantor/saluran/")


def test_a_forecast_says_how_many_how_long_and_how_much(sms):
    people = [reader("sms").pk for _ in range(6)] + [reader("email").pk, new_id()]
    assert forecast(people, "sms") == Forecast(6, 2, 8100)
    assert forecast(Person.objects.filter(pk__in=people).values("pk"), "sms") == Forecast(6, 2, 8100)
    tell(*Person.objects.filter(pk__in=people))
    assert forecast(people, "sms") == Forecast(6, 3, 8100)
    assert forecast(people, "whatsapp") == forecast([], "sms") == Forecast(0, 0, 0)
