"""WhatsApp's calls: believed only when signed, and heard once."""

import hashlib
import hmac
import json

import pytest
import time_machine

from inbox.factories import NOON, carry, reader, tell
from inbox.gateways import Reply
from kim.inbox.models import Message, Tally
from kim.inbox.workflow import State

pytestmark = pytest.mark.django_db
PATH = "/panggilan/whatsapp/"


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOON, tick=True):
        yield


@pytest.fixture
def sent(whatsapp):
    """A letter that WhatsApp has taken."""
    whatsapp.usual = Reply(200, {"messages": [{"id": "wamid.1"}]})
    who = reader("whatsapp", "sms")
    tell(who)
    assert carry() == 1
    return who


def call(client, body: object, *, secret: str = "rahasia-app"):
    words = body if isinstance(body, bytes) else json.dumps(body).encode()
    proof = "sha256=" + hmac.new(secret.encode(), words, hashlib.sha256).hexdigest()
    return client.post(PATH, words, content_type="application/json", headers={"X-Hub-Signature-256": proof})


def news(status: str, number: str = "wamid.1", **more) -> dict:
    """What the provider's documentation calls a status notification."""
    value = {"messaging_product": "whatsapp", "statuses": [{"id": number, "status": status, "timestamp": "1", **more}]}
    return {
        "object": "whatsapp_business_account",
        "entry": [{"id": "1", "changes": [{"field": "messages", "value": value}]}],
    }


def state() -> str:
    return Message.objects.get(channel="whatsapp").state


def test_an_arrival_is_heard_once_however_often_it_is_said(client, sent):
    for status in ("sent", "delivered", "delivered", "read", "delivered", "sent"):
        assert call(client, news(status)).status_code == 200
    assert state() == State.DELIVERED
    assert (Tally.objects.get().sent, Tally.objects.get().delivered) == (1, 1)


def test_a_failure_after_the_arrival_changes_nothing(client, sent):
    call(client, news("delivered"))
    call(client, news("failed", errors=[{"code": 131026}]))
    assert state() == State.DELIVERED and Message.objects.count() == 1


def test_a_letter_that_could_not_arrive_goes_on_by_sms(client, sent, sms):
    for _ in range(3):
        call(client, news("failed", errors=[{"code": 131026, "title": "628123"}]))
    assert state() == State.FAILED
    assert Message.objects.get(channel="whatsapp").reason == "Nomor ini tidak memakai WhatsApp."
    assert Message.objects.filter(channel="sms").count() == 1
    assert Tally.objects.get().failed == 1


def test_news_of_unknown_letters_are_taken_and_forgotten(client, sent):
    assert call(client, news("delivered", "wamid.lain")).status_code == 200
    assert call(client, news("delivered", "")).status_code == 200
    assert state() == State.SENT


def test_what_is_not_signed_is_refused(client, sent):
    assert call(client, news("delivered"), secret="tebakan").status_code == 403
    assert client.post(PATH, news("delivered"), content_type="application/json").status_code == 403
    assert state() == State.SENT


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"7",
        {"entry": 5},
        {"entry": [5, {"changes": [{"value": [1]}]}]},
        {"entry": [{"changes": [{"value": {"statuses": ["x", {"id": 4}]}}]}]},
    ],
)
def test_signed_nonsense_is_taken_and_forgotten(client, sent, body):
    assert call(client, body).status_code == 200
    assert state() == State.SENT


def test_the_handshake_gives_the_challenge_back_to_whoever_knows_the_word(client, whatsapp):
    said = {"hub.mode": "subscribe", "hub.challenge": "1158201444"}
    known = client.get(PATH, said | {"hub.verify_token": "kata-kenal"})
    assert (known.status_code, known.content) == (200, b"1158201444")
    assert known.headers["Content-Type"].startswith("text/plain")
    assert client.get(PATH, said | {"hub.verify_token": "salah"}).status_code == 403
    assert client.get(PATH).status_code == 403


def test_nobody_answers_where_whatsapp_is_not_configured(client):
    assert client.get(PATH).status_code == 404
    assert client.post(PATH, b"{}", content_type="application/json").status_code == 404
