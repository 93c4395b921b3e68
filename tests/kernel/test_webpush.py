"""Sealing and signing of pushes, against the example that the standard itself works out."""

import json

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from kim.kernel import webpush

# RFC 8291, Appendix A.
TEXT = b"When I grow up, I want to be a watermelon"
AUTH, SALT = "BTBZMqHH6r4Tts7J_aSIgg", "DGv6ra1nlYgDCS1FRnbzlw"
READER = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"
READER_PUBLIC = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
SENDER = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
SEALED = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6"
    "cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def test_the_example_of_the_standard_is_sealed_to_the_letter():
    sealed = webpush.seal(TEXT, p256dh=READER_PUBLIC, auth=AUTH, salt=webpush.to_bytes(SALT), ephemeral=SENDER)
    assert webpush.to_text(sealed) == SEALED


def test_the_reader_alone_opens_it():
    key = webpush.new_key()
    sealed = webpush.seal(TEXT, p256dh=webpush.public_key(key), auth=AUTH)
    assert webpush.unseal(sealed, key=key, auth=AUTH) == TEXT
    assert webpush.unseal(webpush.to_bytes(SEALED), key=READER, auth=AUTH) == TEXT
    with pytest.raises(webpush.Unsealable):
        webpush.unseal(sealed, key=webpush.new_key(), auth=AUTH)


@pytest.mark.parametrize(
    ("p256dh", "auth"),
    [("", AUTH), ("AAAA", AUTH), (READER_PUBLIC[:-2] + "AA", AUTH), (READER_PUBLIC, "AAAA"), ("!?", AUTH), ("é", AUTH)],
)
def test_keys_that_are_none_are_said_to_be_none(p256dh, auth):
    assert not webpush.are_keys(p256dh, auth)


def test_the_signature_names_one_service_and_ends():
    key = webpush.new_key()
    said = webpush.signature("https://push.example:8443/abc", key=key, contact="mailto:a@contoh.id", now=1_000_000)
    token, told = said.removeprefix("vapid t=").split(", k=")
    head, claims, proof = token.split(".")
    assert json.loads(webpush.to_bytes(head)) == {"typ": "JWT", "alg": "ES256"}
    assert json.loads(webpush.to_bytes(claims)) == {
        "aud": "https://push.example:8443", "exp": 1_043_200, "sub": "mailto:a@contoh.id",
    }  # fmt: skip
    assert told == webpush.public_key(key)
    r, s = (int.from_bytes(webpush.to_bytes(proof)[part], "big") for part in (slice(0, 32), slice(32, 64)))
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), webpush.to_bytes(told))
    point.verify(encode_dss_signature(r, s), f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
