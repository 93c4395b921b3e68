"""Web push by the book: the message sealed for one browser (RFC 8291), the sender shown by a signature (RFC 8292)."""

import base64
import json
import os
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE = ec.SECP256R1()
RECORD = 4096  # bytes; every push service takes one record of this size
MOST_BYTES = 3000  # of the message: leaves room for what sealing adds
SIGNED_FOR = 12 * 3600  # seconds; a signature may live a day at most


class Unsealable(ValueError):
    """The browser's keys are no keys."""


def new_key() -> str:
    """A fresh signing key of the sender, as base64url."""
    return to_text(ec.generate_private_key(CURVE).private_numbers().private_value.to_bytes(32, "big"))


def public_key(key: str) -> str:
    """What a browser is told of the signing key when it subscribes."""
    return to_text(_point(_private(key)))


def seal(message: bytes, *, p256dh: str, auth: str, salt: bytes | None = None, ephemeral: str | None = None) -> bytes:
    """The message as the body of a push with `Content-Encoding: aes128gcm`. Salt and key are for the RFC's own example."""
    theirs, secret = _public(p256dh), to_bytes(auth)
    if len(secret) != 16:
        raise Unsealable("the secret of a browser is 16 bytes")
    salt, ours = salt or os.urandom(16), _private(ephemeral or new_key())
    key, nonce = _derived(ours, theirs, secret, salt, sender=ours.public_key(), reader=theirs)
    sealed = AESGCM(key).encrypt(nonce, message + b"\x02", None)
    sender = _point(ours)
    return salt + RECORD.to_bytes(4, "big") + bytes([len(sender)]) + sender + sealed


def are_keys(p256dh: str, auth: str) -> bool:
    """Whether something can be sealed with what a browser gave."""
    try:
        seal(b"", p256dh=p256dh, auth=auth)
    except Unsealable:
        return False
    return True


def unseal(body: bytes, *, key: str, auth: str) -> bytes:
    """What a browser does with the body: the message back. Used where a browser is played."""
    salt, length = body[:16], body[20]
    sender = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, body[21 : 21 + length])
    ours = _private(key)
    secret, nonce = _derived(ours, sender, to_bytes(auth), salt, sender=sender, reader=ours.public_key())
    try:
        return AESGCM(secret).decrypt(nonce, body[21 + length :], None).rstrip(b"\x00")[:-1]
    except InvalidTag as error:
        raise Unsealable("sealed for somebody else") from error


def signature(endpoint: str, *, key: str, contact: str, now: float) -> str:
    """The Authorization header for one push service: who we are, good for half a day."""
    place = urlsplit(endpoint)
    claims = {"aud": f"{place.scheme}://{place.netloc}", "exp": int(now) + SIGNED_FOR, "sub": contact}
    words = ".".join(to_text(json.dumps(part).encode()) for part in ({"typ": "JWT", "alg": "ES256"}, claims))
    r, s = decode_dss_signature(_private(key).sign(words.encode(), ec.ECDSA(hashes.SHA256())))
    return f"vapid t={words}.{to_text(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}, k={public_key(key)}"


def to_text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def to_bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except ValueError as error:
        raise Unsealable("not base64url") from error


def _derived(
    ours: ec.EllipticCurvePrivateKey,
    theirs: ec.EllipticCurvePublicKey,
    auth: bytes,
    salt: bytes,
    *,
    sender: ec.EllipticCurvePublicKey,
    reader: ec.EllipticCurvePublicKey,
) -> tuple[bytes, bytes]:
    """Key and nonce of the one record (RFC 8291, 3.4)."""
    parties = b"WebPush: info\x00" + _encoded(reader) + _encoded(sender)
    shared = _stretch(ours.exchange(ec.ECDH(), theirs), auth, parties, 32)
    return (
        _stretch(shared, salt, b"Content-Encoding: aes128gcm\x00", 16),
        _stretch(shared, salt, b"Content-Encoding: nonce\x00", 12),
    )


def _stretch(secret: bytes, salt: bytes, about: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, about).derive(secret)


def _private(key: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(to_bytes(key), "big"), CURVE)


def _public(text: str) -> ec.EllipticCurvePublicKey:
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(CURVE, to_bytes(text))
    except ValueError as error:
        raise Unsealable("not a point of the curve") from error


def _point(key: ec.EllipticCurvePrivateKey) -> bytes:
    return _encoded(key.public_key())


def _encoded(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
