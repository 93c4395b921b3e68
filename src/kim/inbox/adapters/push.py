"""Web push: every browser of a person gets the sealed note; one that is gone is named, so that it can be forgotten."""

import json
import time
from urllib.parse import urlsplit

from django.conf import settings

from kim.inbox.adapters.wording import destination, sentence
from kim.inbox.workflow import Device, Failed, Later, Letter, Outcome, Sent, Urgency
from kim.kernel import outgoing, webpush

LENGTH = 300
GONE = (404, 410)
# How long the push service keeps it for a sleeping phone, and whether it may wake one (RFC 8030, 5.2 and 5.3).
MANNERS = {
    Urgency.URGENT: {"TTL": "21600", "Urgency": "high"},
    Urgency.IMPORTANT: {"TTL": "86400", "Urgency": "normal"},
    Urgency.ORDINARY: {"TTL": "86400", "Urgency": "low"},
}


def send(letter: Letter) -> Outcome:
    """Sent when one browser took it: the note has reached the person then."""
    if not letter.devices:
        return Failed("Tidak ada HP yang menerima notifikasi.")
    outcomes = [_send(letter, device) for device in letter.devices]
    gone = tuple(place for outcome in outcomes if not isinstance(outcome, Later) for place in outcome.gone)
    if any(isinstance(outcome, Sent) for outcome in outcomes):
        return Sent(gone=gone)
    later = next((outcome for outcome in outcomes if isinstance(outcome, Later)), None)
    return later or Failed("Tidak ada HP yang menerima notifikasi lagi.", gone)


def is_known_service(endpoint: str) -> bool:
    """Only the push services of the settings are ever called: an endpoint is something a browser told us."""
    try:
        place = urlsplit(endpoint)
    except ValueError:
        return False
    host = place.hostname or ""
    is_known = any(host == known or host.endswith(f".{known}") for known in settings.KIM_PUSH_HOSTS)
    return is_known and (place.scheme == "https" or host == "127.0.0.1") and not place.username


def _send(letter: Letter, device: Device) -> Outcome:
    if not is_known_service(device.endpoint):
        return Failed("Layanan notifikasi tidak dikenal.", (device.endpoint,))
    try:
        body = webpush.seal(_note(letter), p256dh=device.p256dh, auth=device.auth)
        return _read(outgoing.post(device.endpoint, body, _headers(letter, device)), device)
    except webpush.Unsealable:
        return Failed("Kunci HP rusak.", (device.endpoint,))
    except outgoing.Unreachable as error:
        return Later(str(error))


def _note(letter: Letter) -> bytes:
    said = {
        "title": settings.KIM_SITE_NAME,
        "body": sentence(letter, LENGTH),
        "url": destination(letter),
        "tag": str(letter.id),
    }
    return json.dumps(said, ensure_ascii=False).encode()


def _headers(letter: Letter, device: Device) -> dict[str, str]:
    signature = webpush.signature(
        device.endpoint, key=settings.KIM_PUSH_KEY, contact=settings.KIM_PUSH_CONTACT, now=time.time()
    )
    sealed = {"Content-Encoding": "aes128gcm", "Content-Type": "application/octet-stream"}
    return sealed | MANNERS[Urgency(letter.urgency)] | {"Authorization": signature}


def _read(answer: outgoing.Answer, device: Device) -> Outcome:
    if answer.is_good:
        return Sent()
    if answer.status in GONE:
        return Failed("HP tidak menerima notifikasi lagi.", (device.endpoint,))
    if answer.status in (400, 413):
        return Failed(f"Ditolak layanan notifikasi ({answer.status}).")
    return Later(f"Layanan notifikasi menjawab {answer.status}.", after=answer.retry_after)
