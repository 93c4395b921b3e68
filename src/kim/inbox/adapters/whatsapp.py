"""WhatsApp Cloud API: one approved template with two gaps, the sentence and the address; statuses come by webhook."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.crypto import constant_time_compare

from kim.inbox.adapters.wording import destination, sentence
from kim.inbox.workflow import Failed, Later, Letter, Outcome, Sent, State
from kim.kernel import outgoing

LENGTH = 600
# What the provider's documentation says about one recipient, not about us: another try would end the same.
OF_THE_RECIPIENT = {
    131021: "Nomor ini milik pengirim sendiri.",
    131026: "Nomor ini tidak memakai WhatsApp.",
    131030: "Nomor ini belum boleh dikirimi.",
    131045: "Nomor ini belum terdaftar.",
    131047: "Penerima terlalu lama tidak membalas.",
    131049: "WhatsApp menahan pesan untuk penerima ini.",
    131050: "Penerima menghentikan pesan.",
    130472: "WhatsApp menahan pesan untuk penerima ini.",
}
TOO_MANY_TO_ONE = 131056  # of this sender to this recipient
STATES = {"delivered": State.DELIVERED, "read": State.DELIVERED, "failed": State.FAILED}


def send(letter: Letter) -> Outcome:
    if not letter.address.phone:
        return Failed("Nomor HP tidak ada.")
    headers = {"Authorization": f"Bearer {settings.KIM_WHATSAPP_TOKEN}", "Content-Type": "application/json"}
    try:
        answer = outgoing.post(
            f"{settings.KIM_WHATSAPP_API}/{settings.KIM_WHATSAPP_NUMBER}/messages", _body(letter), headers
        )
    except outgoing.Unreachable as error:
        return Later(str(error))
    return _read(answer)


def _body(letter: Letter) -> bytes:
    words = [{"type": "text", "text": text} for text in (sentence(letter, LENGTH), destination(letter))]
    said = {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": letter.address.phone.lstrip("+"),
        "type": "template",
        "template": {
            "name": settings.KIM_WHATSAPP_TEMPLATE,
            "language": {"code": settings.KIM_WHATSAPP_LANGUAGE},
            "components": [{"type": "body", "parameters": words}],
        },
        "biz_opaque_callback_data": str(letter.id),
    }
    return json.dumps(said).encode()


def _read(answer: outgoing.Answer) -> Outcome:
    if answer.is_good:
        number = _first(answer.json().get("messages")).get("id")
        return Sent(number) if isinstance(number, str) and number else Later("Jawaban WhatsApp tidak terbaca.")
    error = answer.json().get("error")
    code = error.get("code") if isinstance(error, dict) else None
    if code in OF_THE_RECIPIENT:
        return Failed(OF_THE_RECIPIENT[code])
    about = f"WhatsApp menjawab {answer.status}" + (f" (kode {code})" if isinstance(code, int) else "") + "."
    return Later(about, after=answer.retry_after, is_gateway=code != TOO_MANY_TO_ONE)


def is_signed(body: bytes, signature: str) -> bool:
    """Whether these very bytes come from whoever knows the app's secret."""
    ours = hmac.new(settings.KIM_WHATSAPP_SECRET.encode(), body, hashlib.sha256).hexdigest()
    return bool(settings.KIM_WHATSAPP_SECRET) and constant_time_compare(f"sha256={ours}", signature)


def statuses(body: bytes) -> Iterator[tuple[str, State, str]]:
    """Number, state and reason of every letter a callback speaks of; what it says otherwise is passed over."""
    for entry in _list(_object(body).get("entry")):
        for change in _list(entry.get("changes")):
            value = change.get("value")
            for status in _list(value.get("statuses") if isinstance(value, dict) else None):
                number, state = status.get("id"), STATES.get(str(status.get("status")))
                if isinstance(number, str) and state:
                    yield number, state, _reason(status)


def _reason(status: dict[str, Any]) -> str:
    code = _first(status.get("errors")).get("code")
    return OF_THE_RECIPIENT.get(code, f"WhatsApp tidak dapat mengantar (kode {code}).") if isinstance(code, int) else ""


def _object(body: bytes) -> dict[str, Any]:
    return outgoing.Answer(200, body=body).json()


def _list(said: object) -> list[dict[str, Any]]:
    return [one for one in said if isinstance(one, dict)] if isinstance(said, list) else []


def _first(said: object) -> dict[str, Any]:
    return next(iter(_list(said)), {})
