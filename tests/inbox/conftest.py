"""Every channel off, as at home, and the machines of the providers for whoever turns one on."""

import pytest

from inbox.factories import KEY
from inbox.gateways import HttpGateway, SmtpServer


@pytest.fixture
def gateway():
    server = HttpGateway()
    yield server
    server.close()


@pytest.fixture
def sms(gateway, settings):
    settings.KIM_SMS_URL = f"{gateway.url}/kirim"
    settings.KIM_SMS_TOKEN = "rahasia-sms"
    settings.KIM_PRICES = {"sms": 350, "whatsapp": 400}
    return gateway


@pytest.fixture
def whatsapp(gateway, settings):
    settings.KIM_WHATSAPP_API = f"{gateway.url}/v23.0"
    settings.KIM_WHATSAPP_NUMBER, settings.KIM_WHATSAPP_TOKEN = "1055", "rahasia-wa"
    settings.KIM_WHATSAPP_TEMPLATE = "kabar_kim"
    settings.KIM_WHATSAPP_SECRET, settings.KIM_WHATSAPP_VERIFY = "rahasia-app", "kata-kenal"
    settings.KIM_PRICES = {"sms": 350, "whatsapp": 400}
    return gateway


@pytest.fixture
def push(gateway, settings):
    settings.KIM_PUSH_CONTACT, settings.KIM_PUSH_KEY = "mailto:dukungan@contoh.id", KEY
    settings.KIM_PUSH_HOSTS = ["127.0.0.1"]
    return gateway


@pytest.fixture
def smtp(settings):
    server = SmtpServer()
    settings.KIM_EMAIL_URL = "smtp://127.0.0.1"
    settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
    settings.KIM_EMAIL_FROM = "KIM.id <kabar@contoh.id>"
    yield server
    server.close()
