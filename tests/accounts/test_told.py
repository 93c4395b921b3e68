"""“Bagaimana Anda dikabari”: opened with consent, closed with one tap, stopped without signing in."""

import pytest
from django.test import Client

from accounts.factories import mandate, person
from inbox.factories import KEY
from kim.accounts import actions, queries
from kim.accounts.models import Consent, Role
from kim.inbox.models import Message, Subscription, Way
from kim.inbox.queries import stop_url
from kim.kernel import webpush
from kim.kernel.ids import new_id
from kim.ledger.models import Entry

pytestmark = pytest.mark.django_db
PIN = "846291"


@pytest.fixture(autouse=True)
def channels(settings):
    settings.KIM_SMS_URL = "http://127.0.0.1:9/"
    settings.KIM_EMAIL_URL = "smtp://127.0.0.1:9"
    settings.KIM_PUSH_CONTACT, settings.KIM_PUSH_KEY = "mailto:dukungan@contoh.id", KEY


@pytest.fixture
def member(client):
    who = person("Sari Contoh", pin=PIN, phone="+6281234567890")
    mandate(who, Role.MEMBER, "91.71.01.1001", kim_id=new_id())
    client.post("/masuk/", {"phone": "081234567890", "pin": PIN})
    return who


def push_keys(endpoint: str = "https://fcm.googleapis.com/fcm/send/abc") -> dict[str, str]:
    return {"endpoint": endpoint, "p256dh": webpush.public_key(webpush.new_key()), "auth": webpush.to_text(b"0" * 16)}


def test_the_page_shows_what_there_is_and_where_it_goes(client, member):
    page = client.get("/akun/kabar/").content.decode()
    assert "Bagaimana Anda dikabari" in page and "Selalu" in page
    assert "Ke 0812••••890" in page
    assert "WhatsApp" not in page  # not configured here
    assert "Alamat surel Anda belum ada" in page
    assert webpush.public_key(KEY) in page and KEY not in page


def test_without_any_channel_the_page_says_that_the_desk_is_enough(client, member, settings):
    settings.KIM_SMS_URL = settings.KIM_EMAIL_URL = settings.KIM_PUSH_KEY = ""
    assert "Cara lain belum tersedia" in client.get("/akun/kabar/").content.decode()


def test_opening_a_way_keeps_the_consent_and_the_clock_of_the_place(client, member):
    for _ in range(2):
        assert client.post("/akun/kabar/sms/nyala/").url == "/akun/kabar/"
    way, consent = Way.objects.get(), Consent.objects.get()
    assert (way.person_id, way.channel, way.zone) == (member.pk, "sms", "Asia/Jayapura")
    assert (consent.text_version, consent.channel, consent.withdrawn_at) == ("kabar-sms-1", "kabar", None)
    assert Entry.objects.get(verb="way.opened").data == {"channel": "sms"}
    assert "Matikan SMS" in client.get("/akun/kabar/").content.decode()


def test_one_tap_closes_it_and_withdraws_the_consent(client, member):
    client.post("/akun/kabar/sms/nyala/")
    for _ in range(2):
        assert client.post("/akun/kabar/sms/mati/").url == "/akun/kabar/"
    assert not Way.objects.exists() and Consent.objects.get().withdrawn_at
    assert Entry.objects.filter(verb="way.closed").count() == 1


@pytest.mark.parametrize(("path", "status"), [("email", 403), ("whatsapp", 403), ("fax", 404), ("push", 404)])
def test_what_cannot_be_opened_is_not(client, member, path, status):
    assert client.post(f"/akun/kabar/{path}/nyala/").status_code == status
    assert not Way.objects.exists() and not Consent.objects.exists()


def test_a_browser_that_subscribes_opens_the_way_of_notifications(client, member):
    said = push_keys()
    for _ in range(2):
        assert client.post("/akun/kabar/notifikasi/", said).url == "/akun/kabar/"
    assert Subscription.objects.get().person_id == member.pk
    assert Consent.objects.get().text_version == "kabar-push-1"
    client.post("/akun/kabar/push/mati/")
    assert not Subscription.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"endpoint": "https://10.0.0.8/geheim"},
        {"endpoint": "http://fcm.googleapis.com/x"},
        {"endpoint": "javascript:alert(1)"},
        {"p256dh": "AAAA"},
        {"auth": ""},
        {"p256dh": "A" * 5000},
    ],
)
def test_a_subscription_we_could_not_serve_is_not_kept(client, member, wrong):
    client.post("/akun/kabar/notifikasi/", push_keys() | wrong)
    assert not Subscription.objects.exists() and not Way.objects.exists()
    assert "belum dapat dipakai" in client.get("/akun/kabar/").content.decode()


def test_a_shared_phone_tells_whoever_used_it_last(client, member):
    other, said = person("Orang Lain"), push_keys()
    actions.open_push(actor=queries.actor_for(other), **said)
    client.post("/akun/kabar/notifikasi/", said)
    assert Subscription.objects.get().person_id == member.pk


def test_the_link_in_a_letter_stops_it_without_signing_in():
    who = person("Bima Contoh", email="bima@contoh.id")
    actions.open_way("email", actor=queries.actor_for(who))
    path = stop_url(who.pk, "email").removeprefix("http://localhost:8000")
    stranger = Client(enforce_csrf_checks=True)
    assert "Berhenti dikabari lewat Surel?" in stranger.get(path).content.decode()
    assert Way.objects.exists()  # looking, as mail programs do, stops nothing
    for _ in range(2):
        answer = stranger.post(path, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
        assert "Sudah berhenti" in answer.content.decode()
    assert not Way.objects.exists() and Consent.objects.get().withdrawn_at
    assert "Bima" not in answer.content.decode()


@pytest.mark.parametrize("token", ["x", "a:b:c", "Wzhd:1abc:def"])
def test_a_forged_link_stops_nothing(client, token):
    assert client.get(f"/akun/kabar/berhenti/{token}/").status_code == 404
    assert client.post(f"/akun/kabar/berhenti/{token}/").status_code == 404


def test_whoever_leaves_is_told_nowhere(client, member):
    client.post("/akun/kabar/sms/nyala/")
    client.post("/akun/berhenti/")
    assert not Way.objects.exists() and not Message.objects.exists()
    assert Consent.objects.get().withdrawn_at


def test_my_data_name_my_ways(client, member):
    client.post("/akun/kabar/sms/nyala/")
    assert client.get("/akun/data.json").json()["dikabari lewat"] == ["sms"]
