"""The channels, what travels on them and what a gateway may answer: tables and values, no questions to a database."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import models

from kim.kernel import clock


class Channel(models.TextChoices):
    """A way to reach somebody who is not looking. Inside KIM.id everybody is told always, without a channel."""

    PUSH = "push", "Notifikasi HP"
    WHATSAPP = "whatsapp", "WhatsApp"
    SMS = "sms", "SMS"
    EMAIL = "email", "Surel"


class Urgency(models.TextChoices):
    """How a note travels: once a day with the others, at once by day, or at once at any hour on every channel."""

    ORDINARY = "biasa", "Biasa"
    IMPORTANT = "penting", "Penting"
    URGENT = "darurat", "Darurat"


class State(models.TextChoices):
    WAITING = "waiting", "Menunggu"
    SENT = "sent", "Terkirim"
    DELIVERED = "delivered", "Sampai"
    FAILED = "failed", "Gagal"
    GIVEN_UP = "given_up", "Tidak jadi"


# The states a message may come from. Whatever a gateway says twice or too late changes nothing.
BEFORE: dict[State, tuple[State, ...]] = {
    State.SENT: (State.WAITING,),
    State.DELIVERED: (State.WAITING, State.SENT),
    State.FAILED: (State.WAITING, State.SENT),
    State.GIVEN_UP: (State.WAITING,),
}

MOST_PRESSING_FIRST = (Urgency.URGENT, Urgency.IMPORTANT, Urgency.ORDINARY)
# A message that has waited this long past its time says nothing new.
PATIENCE = {
    Urgency.URGENT: timedelta(hours=6),
    Urgency.IMPORTANT: timedelta(days=1),
    Urgency.ORDINARY: timedelta(days=2),
}
FREE_OF_HASTE = frozenset({Channel.PUSH})  # costs nobody anything, so even ordinary notes go at once


def due_at(channel: str, urgency: str, person_id: UUID, zone: str, *, now: datetime, digest_hour: int) -> datetime:
    """When a note made now may leave. A person's ordinary notes of a day share one minute, and so one letter."""
    if urgency != Urgency.ORDINARY or channel in FREE_OF_HASTE:
        return now
    there = clock.local(now, zone)
    today = there.replace(hour=digest_hour, minute=person_id.int % 60, second=0, microsecond=0)
    return today if today > there else today + timedelta(days=1)


def wakes_at(zone: str, *, now: datetime, quiet: tuple[int, int]) -> datetime | None:
    """When the quiet hours of that zone end; None when people there are awake. `quiet` is (21, 5): from 21.00 to 05.00."""
    there, (begin, end) = clock.local(now, zone), quiet
    is_quiet = begin <= there.hour < end if begin < end else there.hour >= begin or there.hour < end
    if not is_quiet:
        return None
    wake = there.replace(hour=end, minute=0, second=0, microsecond=0)
    return wake if wake > there else wake + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a person can be reached; asked for at the last moment, kept nowhere in this app."""

    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Device:
    """One browser that takes pushes."""

    endpoint: str
    p256dh: str
    auth: str


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Letter:
    """What goes out in one piece: a person's notes of one urgency, with everything an adapter needs to know."""

    id: UUID
    urgency: str
    lines: tuple[Line, ...]
    address: Address
    devices: tuple[Device, ...] = ()
    stop_url: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """Taken by the gateway, under its own number if it gave one. `gone` are devices that will never answer again."""

    provider_id: str = ""
    gone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Later:
    """Not now: try again, after so many seconds if it said so. `is_gateway` when the trouble is not this letter's own."""

    reason: str
    after: float = 0.0
    is_gateway: bool = True


@dataclass(frozen=True, slots=True)
class Failed:
    """Never: this letter cannot go this way."""

    reason: str
    gone: tuple[str, ...] = ()


Outcome = Sent | Later | Failed
Adapter = Callable[[Letter], Outcome]
AddressBook = Callable[[Iterable[UUID]], Mapping[UUID, Address]]
