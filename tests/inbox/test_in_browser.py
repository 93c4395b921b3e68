"""The page of one's ways in a real browser: on a phone, without scripts, and a push that becomes a notification."""

import re
from datetime import timedelta

import pytest
from django.conf import settings as django_settings

from accounts.factories import mandate, official, person
from axe.test_axe import violations
from browser import DESK, PHONE
from inbox.factories import KEY, reader
from kim.accounts import actions as accounts
from kim.accounts.models import Role
from kim.accounts.queries import actor_for
from kim.inbox.models import Gateway, Tally, Way
from kim.inbox.queries import stop_url
from kim.kernel import clock
from kim.kernel.ids import new_id
from world import signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def everything(settings):
    """All channels are configured; nobody listens there."""
    settings.KIM_SMS_URL = settings.KIM_WHATSAPP_API = "http://127.0.0.1:9"
    settings.KIM_WHATSAPP_NUMBER = settings.KIM_WHATSAPP_TOKEN = settings.KIM_WHATSAPP_TEMPLATE = "x"
    settings.KIM_EMAIL_URL = "smtp://127.0.0.1:9"
    settings.KIM_PUSH_CONTACT, settings.KIM_PUSH_KEY = "mailto:dukungan@contoh.id", KEY
    settings.KIM_PRICES = {"whatsapp": 420, "sms": 350}


def enter(visitor, who, hat):
    name = django_settings.SESSION_COOKIE_NAME
    visitor.context.add_cookies([{"name": name, "value": signed_in(who, hat), "domain": "localhost", "path": "/"}])
    return visitor


@pytest.fixture
def member():
    who = person("Sari Contoh", pin="846291", phone="+6281234567890")
    return who, mandate(who, Role.MEMBER, kim_id=new_id())


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_member_turns_a_way_on_and_off(visit, everything, member, scripts):
    who = enter(visit("sari", scripts=scripts), *member).opens("/akun/").presses("Atur bagaimana saya dikabari")
    who.sees_heading("Bagaimana Anda dikabari").fits().shoots("pilihan")
    who.presses("Nyalakan SMS").sees("Mulai sekarang Anda dikabari juga lewat SMS.").shoots("menyala").fits()
    assert Way.objects.get().channel == "sms"
    who.presses("Matikan SMS").sees("Anda tidak dikabari lagi lewat SMS.")
    assert not Way.objects.exists()
    if not scripts:
        who.sees("Peramban ini belum dapat menampilkan notifikasi.").does_not_see("Nyalakan di HP ini")


def test_axe_finds_nothing_serious_where_every_channel_is_there(visit, everything, member):
    accounts.open_way("sms", actor=actor_for(member[0]))
    who = enter(visit("sari"), *member)
    assert violations(who, "/akun/kabar/") == []
    assert violations(who, re.sub(r"^https?://[^/]+", "", stop_url(member[0].pk, "sms"))) == []


def test_the_link_in_a_letter_asks_once(visit, everything):
    who = person("Bima Contoh", email="bima@contoh.id")
    accounts.open_way("email", actor=actor_for(who))
    path = re.sub(r"^https?://[^/]+", "", stop_url(who.pk, "email"))
    visit("bima").opens(path).fits().shoots("tanya").presses("Ya, berhenti").sees("Sudah berhenti").shoots("sudah")
    assert not Way.objects.exists()


def test_an_office_looks_at_the_channels(visit, everything):
    for n, channel in enumerate(("sms", "whatsapp")):
        for day in range(3):
            counts = {"sent": 1200 - day, "delivered": 900 * n, "failed": 7, "given_up": 2, "cost": 420_000}
            Tally.objects.create(channel=channel, day=clock.today() - timedelta(days=day), **counts)
    until, trouble = clock.now() + timedelta(hours=1), "Gerbang SMS menjawab 503."
    Gateway.objects.create(
        channel="sms", failures=7, paused_until=until, last_trouble=trouble, last_trouble_at=clock.now()
    )
    reader("sms")
    who = official(Role.REGENCY, "35.02", totp="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    for name, viewport in (("hp", PHONE), ("meja", DESK)):
        office = enter(visit(f"kantor-{name}", viewport=viewport), who, who.mandates.get())
        office.opens("/kantor/saluran/").sees("Sedang terganggu", trouble, "Rp420.000").fits().shoots("saluran")


def test_a_push_becomes_a_notification_that_leads_to_its_page(browser, address, everything, member):
    """The push service is played by the browser's own tools; Chromium's real one is not within reach of a test."""
    context = browser.new_context(base_url=address, locale="id-ID", permissions=["notifications"])
    name = django_settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": signed_in(*member), "domain": "localhost", "path": "/"}])
    page = context.new_page()
    page.goto("/akun/kabar/")
    assert page.get_by_role("button", name="Nyalakan di HP ini").is_visible()
    tools = context.new_cdp_session(page)
    found = []
    tools.on("ServiceWorker.workerRegistrationUpdated", lambda said: found.extend(said["registrations"]))
    tools.send("ServiceWorker.enable")
    page.evaluate(
        """async () => {
          const made = await navigator.serviceWorker.register(document.querySelector("[data-push]").dataset.pushWorker);
          const worker = made.installing || made.waiting || made.active;
          while (worker.state !== "activated") await new Promise((go) => setTimeout(go, 50));
        }"""
    )
    note = '{"title": "KIM.id", "body": "Air sungai naik.", "url": "/kerja/", "tag": "1"}'
    said = {"origin": address, "registrationId": found[0]["registrationId"], "data": note}
    tools.send("ServiceWorker.deliverPushMessage", said)
    shown = page.evaluate(
        """async () => {
          const made = await navigator.serviceWorker.getRegistration("/static/js/");
          for (let n = 0; n < 60; n++) {
            const [one] = await made.getNotifications();
            if (one) return [one.title, one.body, one.data.url, new URL(made.scope).pathname];
            await new Promise((go) => setTimeout(go, 50));
          }
        }"""
    )
    context.close()
    assert shown == ["KIM.id", "Air sungai naik.", "/kerja/", "/static/js/"]
