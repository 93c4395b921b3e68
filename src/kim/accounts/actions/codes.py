"""One-time codes: shown once, kept as a hash, good for a week and for one use."""

import secrets
from datetime import timedelta
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac

from kim.accounts import policies, queries
from kim.accounts.actions.people import home
from kim.accounts.actor import Actor
from kim.accounts.models import Consent, EntryCode, Person, Purpose
from kim.kernel import clock
from kim.kernel.results import Denied, NotAllowed, Refused, demand
from kim.ledger.actions import record

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0 and O, no 1 and I
HALF = 4
EXPIRES_AFTER = timedelta(days=7)
MAX_TRIES = 5

UNKNOWN = Denied("Kode ini tidak dikenali. Periksa lagi hurufnya, atau minta kode baru.")
USED = Denied("Kode ini sudah dipakai. Masuklah dengan nomor HP dan PIN, atau minta kode baru.")
EXPIRED = Denied("Kode ini sudah lewat tujuh hari. Minta kode baru kepada yang memberikannya.")
BURNT = Denied("Kode ini sudah terlalu sering salah diketik, jadi dimatikan. Minta kode baru.")


@transaction.atomic
def issue_code(person_id: UUID, *, actor: Actor, purpose: str = "") -> str:
    """Make a way in and return the plain code, this once; codes made before for the same end stop working."""
    person = Person.objects.select_for_update().get(pk=person_id, is_active=True)
    purpose = purpose or queries.purpose_for(person)
    demand(policies.can_issue_code(actor, person.pk, queries.in_force().filter(person=person), purpose))
    if (purpose == Purpose.PIN and not person.phone) or (purpose == Purpose.PASSWORD and not person.email):
        raise NotAllowed("Nomor HP atau alamat surel orang ini belum ada.")
    waiting = EntryCode.objects.filter(person=person, purpose=purpose, used_at=None, cancelled_at=None)
    waiting.update(cancelled_at=clock.now())
    code = _fresh()
    EntryCode.objects.create(
        person=person,
        purpose=purpose,
        selector=code[:HALF],
        secret=_hash(code),
        made_by_id=actor.person_id,
        expires_at=clock.now() + EXPIRES_AFTER,
    )
    record("code.issued", person.key, actor=actor, region=home(person), kim_id=actor.kim_id, purpose=purpose)
    return code


def _fresh() -> str:
    """A code whose first half is free; halves of codes dead for a month are given back."""
    EntryCode.objects.filter(expires_at__lt=clock.now() - timedelta(days=30)).delete()
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(2 * HALF))
        if not EntryCode.objects.filter(selector=code[:HALF]).exists():
            return code


def _hash(code: str) -> str:
    return salted_hmac("kim.accounts.code", code, algorithm="sha256").hexdigest()


def tidy(text: str) -> str:
    """The code as it was made, however it was typed: `abcd-efgh` is `ABCDEFGH`."""
    return "".join(ch for ch in text.upper() if ch.isalnum())


@transaction.atomic
def try_code(text: str) -> EntryCode | Denied:
    """The living code behind the words, or why not. A wrong second half is counted, the fifth kills the code.

    It answers instead of raising, so that the count stays.
    """
    plain = tidy(text)
    code = (
        EntryCode.objects.select_for_update(of=("self",)).select_related("person").filter(selector=plain[:HALF]).first()
    )
    if code is None:
        return UNKNOWN
    if code.tries >= MAX_TRIES:
        return BURNT
    if not constant_time_compare(code.secret, _hash(plain)):
        EntryCode.objects.filter(pk=code.pk).update(tries=F("tries") + 1)
        return UNKNOWN
    if code.used_at:
        return USED
    if code.cancelled_at or not code.person.is_active:
        return UNKNOWN
    return EXPIRED if code.expires_at <= clock.now() else code


def just_used(text: str, *, secret: str) -> Person | None:
    """Who spent this very code with this very PIN in the last two minutes: a second tap on the same button."""
    plain = tidy(text)
    code = EntryCode.objects.select_related("person").filter(secret=_hash(plain), purpose=Purpose.PIN).first()
    fresh = code is not None and code.used_at is not None and clock.now() - code.used_at < timedelta(minutes=2)
    return code.person if code and fresh and code.person.is_active and code.person.check_pin(secret) else None


@transaction.atomic
def use_code(text: str, *, secret: str, text_version: str, channel: str) -> Person:
    """Come in for the first time, or again: the code is spent, the PIN or password set, the consent written down."""
    code = try_code(text)
    if isinstance(code, Denied):
        raise NotAllowed(code.reason)
    person = code.person
    _set_secret(person, code.purpose, secret)
    EntryCode.objects.filter(pk=code.pk).update(used_at=clock.now())
    actor = queries.actor_for(person)
    hat = actor.hat.label if actor.hat else ""
    Consent.objects.create(person=person, text_version=text_version, channel=channel, hat=hat)
    record("code.used", person.key, actor=actor, region=home(person), purpose=code.purpose, consent=text_version)
    return person


def _set_secret(person: Person, purpose: str, secret: str) -> None:
    if purpose == Purpose.PIN:
        demand(policies.can_be_pin(secret, person.phone or ""))
        person.set_pin(secret)
    else:
        try:
            validate_password(secret, person)
        except ValidationError as error:
            raise Refused(" ".join(error.messages)) from error
        person.set_password(secret)
    person.save(update_fields=["pin", "password"])
