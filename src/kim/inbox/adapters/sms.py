"""Any SMS gateway that is asked over HTTP: address, method, body and proof are settings, so no provider is ours."""

import base64
import json
from collections.abc import Callable
from urllib.parse import quote, quote_plus

from django.conf import settings

from kim.inbox.adapters.wording import destination, plain, sentence
from kim.inbox.workflow import Failed, Later, Letter, Outcome, Sent
from kim.kernel import outgoing

LENGTH = 160  # one SMS: it costs what was forecast
ENDED = (400, 404, 410, 413, 422)  # said of a number or a text; anything else is said of us or of the gateway


def send(letter: Letter) -> Outcome:
    if not letter.address.phone:
        return Failed("Nomor HP tidak ada.")
    try:
        answer = outgoing.post(
            _filled(settings.KIM_SMS_URL, letter, quote),
            _filled(settings.KIM_SMS_BODY, letter, _escape()).encode(),
            {"Content-Type": settings.KIM_SMS_TYPE} | _proof(),
            method=settings.KIM_SMS_METHOD,
        )
    except outgoing.Unreachable as error:
        return Later(str(error))
    return _read(answer)


def text(letter: Letter) -> str:
    """One SMS whatever the note says: its address is never cut."""
    url = destination(letter)
    name = f"{settings.KIM_SITE_NAME}: "
    room = max(LENGTH - len(name) - len(url) - 1, 20)
    return f"{name}{plain(sentence(letter, room))[:room]} {url}"


def _filled(template: str, letter: Letter, escape: Callable[[str], str]) -> str:
    """The template with its words in place: {to} +62…, {digits} 62…, {text}, {id}."""
    number = letter.address.phone
    words = {"{to}": number, "{digits}": number.lstrip("+"), "{text}": text(letter), "{id}": str(letter.id)}
    for gap, word in words.items():
        template = template.replace(gap, escape(word))
    return template


def _escape() -> Callable[[str], str]:
    if "json" in settings.KIM_SMS_TYPE:
        return lambda word: json.dumps(word)[1:-1]
    return quote_plus if "urlencoded" in settings.KIM_SMS_TYPE else str


def _proof() -> dict[str, str]:
    if settings.KIM_SMS_TOKEN:
        return {"Authorization": f"Bearer {settings.KIM_SMS_TOKEN}"}
    if settings.KIM_SMS_USER:
        pair = f"{settings.KIM_SMS_USER}:{settings.KIM_SMS_PASSWORD}"
        return {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}
    return {}


def _read(answer: outgoing.Answer) -> Outcome:
    if answer.is_good:
        if settings.KIM_SMS_OK and settings.KIM_SMS_OK.encode() not in answer.body:
            return Later("Jawaban gerbang SMS tidak dikenali.")
        return Sent(str(answer.json().get(settings.KIM_SMS_ID, "")) if settings.KIM_SMS_ID else "")
    if answer.status in ENDED:
        return Failed(f"Ditolak gerbang SMS ({answer.status}).")
    return Later(f"Gerbang SMS menjawab {answer.status}.", after=answer.retry_after)
