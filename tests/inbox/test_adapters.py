"""What each gateway is sent, read as its own documents say, and what we make of every kind of answer."""

import base64
import email
import email.policy
import json
import logging
import time
from email.utils import formatdate
from urllib.parse import parse_qs, urlsplit

import pytest
import urllib3

from inbox.factories import KEY, letter
from inbox.gateways import Reply
from kim.inbox.adapters import email as mail
from kim.inbox.adapters import push as pushing
from kim.inbox.adapters import sms as texting
from kim.inbox.adapters import whatsapp as whatsapping
from kim.inbox.workflow import Device, Failed, Later, Sent, Urgency
from kim.kernel import outgoing, webpush

PHONE = "+6281234567890"
TAKEN = {"messaging_product": "whatsapp", "messages": [{"id": "wamid.ABC"}]}


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(outgoing, "_pool", urllib3.PoolManager(retries=False, timeout=urllib3.Timeout(0.3, 0.3)))


# SMS


def test_an_sms_is_asked_for_as_the_settings_say(sms):
    assert texting.send(letter('Rapat "besok" di balai desa', phone=PHONE)) == Sent()
    asked = sms.asked[0]
    assert (asked.method, asked.path) == ("POST", "/kirim")
    assert asked.headers["Authorization"] == "Bearer rahasia-sms"
    assert asked.json == {"to": PHONE, "text": 'KIM.id: Rapat "besok" di balai desa https://kim.example/k/0'}


def test_an_sms_gateway_may_want_a_form_or_a_plain_address(sms, settings):
    settings.KIM_SMS_TYPE, settings.KIM_SMS_BODY = "application/x-www-form-urlencoded", "ke={digits}&isi={text}"
    settings.KIM_SMS_TOKEN, settings.KIM_SMS_USER, settings.KIM_SMS_PASSWORD = "", "kim", "sandi:1"
    texting.send(letter("A & B", phone=PHONE))
    assert parse_qs(sms.asked[0].body.decode()) == {
        "ke": ["6281234567890"],
        "isi": ["KIM.id: A & B https://kim.example/k/0"],
    }
    assert base64.b64decode(sms.asked[0].headers["Authorization"].removeprefix("Basic ")) == b"kim:sandi:1"
    settings.KIM_SMS_METHOD, settings.KIM_SMS_BODY = "GET", ""
    settings.KIM_SMS_URL = f"{sms.url}/kirim?ke={{to}}&isi={{text}}"
    texting.send(letter("A & B", phone=PHONE))
    assert parse_qs(urlsplit(sms.asked[1].path).query) == {
        "ke": [PHONE],
        "isi": ["KIM.id: A & B https://kim.example/k/0"],
    }


@pytest.mark.parametrize("text", ["Kata " * 60, "“Ayo” — gotong royong… " * 20, "🙂" * 200, "½" * 300])
def test_an_sms_is_one_sms_and_its_address_is_whole(text):
    words = texting.text(letter(text, "Kabar kedua.", phone=PHONE))
    assert len(words) <= texting.LENGTH
    assert words.isascii()
    assert words.endswith("/kerja/")


def test_an_sms_gateway_that_says_yes_and_means_no_is_not_believed(sms, settings):
    settings.KIM_SMS_OK, settings.KIM_SMS_ID = '"status":"ok"', "nomor"
    sms.replies = [Reply(200, b'{"status":"saldo habis"}'), Reply(200, b'{"status":"ok","nomor":77}')]
    assert isinstance(texting.send(letter(phone=PHONE)), Later)
    assert texting.send(letter(phone=PHONE)) == Sent("77")


@pytest.mark.parametrize("status", [400, 422])
def test_a_refused_sms_is_not_sent_again(sms, status):
    sms.usual = Reply(status)
    assert isinstance(texting.send(letter(phone=PHONE)), Failed)


@pytest.mark.parametrize("status", [301, 401, 403, 500, 502, 503])
def test_trouble_of_the_gateway_is_no_fault_of_the_letter(sms, status):
    sms.usual = Reply(status, headers={"Location": "http://192.0.2.1/"})
    outcome = texting.send(letter(phone=PHONE))
    assert isinstance(outcome, Later) and outcome.is_gateway and str(status) in outcome.reason
    assert len(sms.asked) == 1  # a redirect is never followed


@pytest.mark.parametrize(("said", "seconds"), [("17", 17), ("9999999", 3600), ("bald", 0), ("", 0), ("-5", 0)])
def test_a_gateway_may_ask_for_patience(sms, said, seconds):
    sms.usual = Reply(429, headers={"Retry-After": said})
    assert texting.send(letter(phone=PHONE)).after == seconds


def test_a_gateway_may_ask_for_patience_by_the_clock(sms):
    sms.usual = Reply(429, headers={"Retry-After": formatdate(time.time() + 90, usegmt=True)})
    assert 80 < texting.send(letter(phone=PHONE)).after <= 90


def test_silence_ends(sms, impatient):
    sms.usual = Reply(after=2)
    begun = time.monotonic()
    assert texting.send(letter(phone=PHONE)) == Later("Gerbang tidak menjawab pada waktunya.")
    assert time.monotonic() - begun < 1.5


def test_an_answer_without_end_is_not_read(sms):
    sms.usual = Reply(endless=True)
    assert texting.send(letter(phone=PHONE)) == Later("Jawaban gerbang tidak ada habisnya.")


def test_nobody_at_home(sms, settings):
    settings.KIM_SMS_URL = "http://127.0.0.1:9/kirim"
    assert texting.send(letter(phone=PHONE)) == Later("Gerbang tidak dapat dihubungi.")


def test_without_a_number_nobody_is_asked(sms):
    assert isinstance(texting.send(letter()), Failed)
    assert not sms.asked


# WhatsApp


def test_a_whatsapp_message_is_the_approved_template(whatsapp):
    whatsapp.usual = Reply(200, TAKEN)
    assert whatsapping.send(letter("Kerja bakti.", "Rapat.", phone=PHONE)) == Sent("wamid.ABC")
    asked = whatsapp.asked[0]
    assert asked.path == "/v23.0/1055/messages"
    assert asked.headers["Authorization"] == "Bearer rahasia-wa"
    assert asked.json["messaging_product"] == "whatsapp" and asked.json["to"] == "6281234567890"
    template = asked.json["template"]
    assert (template["name"], template["language"]) == ("kabar_kim", {"code": "id"})
    words = [one["text"] for one in template["components"][0]["parameters"]]
    assert words == ["Kerja bakti. (dan 1 kabar lain)", "http://localhost:8000/kerja/"]


@pytest.mark.parametrize("body", [b"<html>Masuk dulu</html>", b"", {"messages": []}, {"messages": [{"id": 5}]}, b"[1]"])
def test_a_yes_that_cannot_be_read_is_asked_again(whatsapp, body):
    whatsapp.usual = Reply(200, body)
    assert isinstance(whatsapping.send(letter(phone=PHONE)), Later)


@pytest.mark.parametrize(
    ("status", "code", "kind", "is_gateway"),
    [
        (400, 131026, Failed, None),
        (400, 131056, Later, False),
        (400, 132001, Later, True),
        (401, 190, Later, True),
        (429, 130429, Later, True),
        (500, 131000, Later, True),
        (503, None, Later, True),
    ],
)
def test_an_error_of_whatsapp_is_told_apart(whatsapp, status, code, kind, is_gateway):
    whatsapp.usual = Reply(status, {"error": {"message": "(#1) nomor 6281234567890", "code": code}})
    outcome = whatsapping.send(letter(phone=PHONE))
    assert isinstance(outcome, kind)
    assert "628" not in outcome.reason
    assert is_gateway is None or outcome.is_gateway == is_gateway


# Push


@pytest.fixture
def phone(push):
    key, auth = webpush.new_key(), webpush.to_text(b"0123456789abcdef")
    device = Device(f"{push.url}/kirim/1", webpush.public_key(key), auth)
    return device, lambda body: json.loads(webpush.unseal(body, key=key, auth=auth))


def test_a_push_is_read_by_its_browser_alone(push, phone):
    device, opened = phone
    push.usual = Reply(201)
    assert pushing.send(letter("Air naik.", urgency=Urgency.URGENT, devices=(device,))) == Sent()
    asked = push.asked[0]
    assert asked.headers["Content-Encoding"] == "aes128gcm"
    assert (asked.headers["TTL"], asked.headers["Urgency"]) == ("21600", "high")
    assert asked.headers["Authorization"].endswith(f"k={webpush.public_key(KEY)}")
    assert b"Air naik" not in asked.body
    note = opened(asked.body)
    assert (note["title"], note["body"], note["url"]) == ("KIM.id", "Air naik.", "https://kim.example/k/0")


def test_a_browser_that_is_gone_is_named(push, phone):
    device, _ = phone
    push.usual = Reply(410)
    assert pushing.send(letter(devices=(device,))).gone == (device.endpoint,)
    other = Device(f"{push.url}/kirim/2", device.p256dh, device.auth)
    push.replies = [Reply(404), Reply(201)]
    assert pushing.send(letter(devices=(device, other))) == Sent(gone=(device.endpoint,))


@pytest.mark.parametrize(("status", "kind"), [(413, Failed), (429, Later), (500, Later), (403, Later)])
def test_a_push_service_in_trouble(push, phone, status, kind):
    push.usual = Reply(status)
    assert isinstance(pushing.send(letter(devices=(phone[0],))), kind)


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://10.0.0.1/x",
        "http://169.254.169.254/latest",
        "https://127.0.0.1.jahat.example/",
        "https://jahat.example/?127.0.0.1",
        "https://a@127.0.0.1/",
        "file:///etc/passwd",
        "",
        "https://[::1",
    ],
)
def test_no_other_machine_is_ever_called(push, phone, endpoint):
    assert not pushing.is_known_service(endpoint)
    assert pushing.send(letter(devices=(Device(endpoint, phone[0].p256dh, phone[0].auth),))).gone == (endpoint,)
    assert not push.asked


def test_the_services_of_the_known_browsers_are_known(settings):
    for endpoint in (
        "https://fcm.googleapis.com/fcm/send/abc",
        "https://updates.push.services.mozilla.com/wpush/v2/abc",
        "https://web.push.apple.com/abc",
        "https://db5p.notify.windows.com/w/?token=abc",
    ):
        assert pushing.is_known_service(endpoint)
    assert not pushing.is_known_service("http://fcm.googleapis.com/fcm/send/abc")


# E-mail


def test_a_digest_is_one_letter_that_says_how_to_stop(smtp):
    said = letter("Kabar satu.", "Kabar <b>dua</b> & tiga.", urgency=Urgency.ORDINARY, email="sari@contoh.id")
    assert mail.send(said) == Sent()
    sender, to, words = smtp.letters[0]
    assert "kabar@contoh.id" in sender and to == ["sari@contoh.id"]
    read = email.message_from_bytes(words, policy=email.policy.default)
    assert read["Subject"] == "Ringkasan hari ini: 2 kabar untuk Anda"
    assert read["List-Unsubscribe"] == f"<{said.stop_url}>"
    assert read["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    plain, rich = (read.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert "Kabar <b>dua</b> & tiga." in plain and "https://kim.example/k/1" in plain and said.stop_url in plain
    assert "Kabar &lt;b&gt;dua&lt;/b&gt; &amp; tiga." in rich and said.stop_url in rich


def test_what_presses_is_said_in_the_subject(smtp):
    mail.send(letter("Banjir: naik ke balai desa.", urgency=Urgency.URGENT, email="sari@contoh.id"))
    read = email.message_from_bytes(smtp.letters[0][2], policy=email.policy.default)
    assert read["Subject"] == "Banjir: naik ke balai desa."


def test_a_line_break_in_a_note_forges_no_header(smtp):
    mail.send(letter("Satu\r\nBcc: semua@contoh.id", urgency=Urgency.URGENT, email="sari@contoh.id"))
    assert smtp.letters[0][1] == ["sari@contoh.id"]


@pytest.mark.parametrize(
    ("line", "kind"), [("550 tidak ada", Failed), ("450 nanti", Later), ("452 kotak penuh", Later)]
)
def test_a_mailbox_may_refuse_for_good_or_for_now(smtp, line, kind):
    smtp.refuse["sari@contoh.id"] = line
    assert isinstance(mail.send(letter(email="sari@contoh.id")), kind)


@pytest.mark.parametrize(("line", "kind"), [("554 bukan begini", Failed), ("451 nanti", Later)])
def test_a_server_may_refuse_the_words(smtp, line, kind):
    smtp.at_data = line
    assert isinstance(mail.send(letter(email="sari@contoh.id")), kind)


def test_a_mail_server_that_is_away(smtp, settings):
    settings.EMAIL_PORT = 9
    assert mail.send(letter(email="sari@contoh.id")) == Later("Server surel tidak menjawab.")


# Secrets


def test_no_secret_and_no_address_reaches_the_log_or_the_words_of_an_outcome(
    sms, whatsapp, caplog, impatient, settings
):
    settings.KIM_SMS_URL, settings.KIM_SMS_METHOD = f"{sms.url}/kirim?sandi=rahasia-url&ke={{to}}", "GET"
    logging.getLogger("urllib3").setLevel(logging.WARNING)  # as the settings have it
    with caplog.at_level(logging.DEBUG):
        outcomes = []
        for reply in (
            Reply(500, b"rahasia"),
            Reply(401),
            Reply(after=1),
            Reply(301, headers={"Location": "http://x/"}),
        ):
            sms.usual = reply
            outcomes += [texting.send(letter(phone=PHONE)), whatsapping.send(letter(phone=PHONE))]
        settings.KIM_SMS_URL = "http://127.0.0.1:9/?sandi=rahasia-url"
        outcomes.append(texting.send(letter(phone=PHONE)))
    words = caplog.text + repr(outcomes)
    assert "rahasia" not in words
    assert PHONE[1:] not in words


def test_the_settings_keep_the_client_quiet(settings):
    assert settings.LOGGING["loggers"]["urllib3"]["level"] == "WARNING"
