"""Reporters without an account who are told by phone: over which ways, at which number, and how it ends."""

from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from kim.aspirations.models import Aspiration
from kim.inbox.queries import configured, open_ways
from kim.inbox.workflow import Address, Channel
from kim.kernel.phone import masked

BY_PHONE = (Channel.WHATSAPP, Channel.SMS)


def channels() -> list[Channel]:
    """The ways to a phone number that this installation has."""
    return [channel for channel in configured() if channel in BY_PHONE]


def told_at(aspiration: Aspiration) -> str:
    """The number that is told of this voice, as its owner knows it again; nothing when none is."""
    is_told = aspiration.reporter_phone and aspiration.id in open_ways([aspiration.id])
    return masked(aspiration.reporter_phone) if is_told else ""


def phones_of(voices: Iterable[UUID]) -> dict[UUID, Address]:
    """Where the reporters of these voices can be reached, for the carrier of messages."""
    rows = Aspiration.objects.filter(id__in=list(voices)).exclude(reporter_phone="")
    return {id_: Address(phone) for id_, phone in rows.values_list("id", "reporter_phone")}


def stop_word(aspiration_id: UUID) -> str:
    """Forty bits that only this phone was sent: they end its messages, and open nothing."""
    return salted_hmac("kim.aspirations.stop", str(aspiration_id), algorithm="sha256").hexdigest()[:10]


def sent_to_phone(number: str, word: str) -> Aspiration:
    """The voice a message spoke of, for whoever was sent it; DoesNotExist for a guessed word."""
    found = Aspiration.objects.get(number=number)
    if not constant_time_compare(stop_word(found.id), word):
        raise Aspiration.DoesNotExist
    return found


def phone_path(aspiration: Aspiration) -> str:
    """Where a message leads: to the number, and to the end of messages. The code is never sent."""
    return reverse("aspirations:told", args=[aspiration.number, stop_word(aspiration.id)])
