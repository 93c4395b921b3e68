"""The worker's round: borrow what is due, let the gateways have it side by side, write down what they said.

No transaction is open while a gateway is spoken to. A message is borrowed by moving its `next_at` into the future; that
very moment is the receipt, so that of two workers only the one who holds it writes the outcome. A worker that dies in
between loses nothing: the loan ends, and the message is due again.
"""

import logging
import random
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet

from kim.inbox import queries
from kim.inbox.actions.planning import fall_back
from kim.inbox.actions.tallying import tally
from kim.inbox.models import Gateway, Message, Subscription
from kim.inbox.workflow import (
    MOST_PRESSING_FIRST,
    Adapter,
    Address,
    AddressBook,
    Channel,
    Failed,
    Later,
    Letter,
    Line,
    Outcome,
    Sent,
    State,
    Urgency,
    wakes_at,
)
from kim.kernel import clock

log = logging.getLogger(__name__)
AT_ONCE = 8  # letters in the hands of one gateway
MOST_LINES = 20
LOAN = timedelta(minutes=5)
MOST_TRIES = 6
FIRST_WAIT, LONGEST_WAIT = 30.0, 3600.0  # seconds


@dataclass(frozen=True, slots=True)
class Parcel:
    """A letter with the messages it stands for, and the receipt of the loan."""

    letter: Letter
    messages: list[Message]
    receipt: datetime

    @property
    def begun_at(self) -> datetime:
        """When it was borrowed: a yes to it says nothing of trouble that came later."""
        return self.receipt - LOAN

    @property
    def mine(self) -> QuerySet[Message]:
        """Those still lent to us; locked."""
        pks = [message.pk for message in self.messages]
        mine = Message.objects.filter(pk__in=pks, state=State.WAITING, next_at=self.receipt)
        return mine.order_by("at", "id").select_for_update()


def carry(adapters: Mapping[str, Adapter], addresses: AddressBook, *, seconds: float = 4.0) -> int:
    """Send what is due and return how many letters the gateways took. Several workers may run at once.

    Each channel has its own share of `seconds`, after which nothing new is begun, so that a slow one does not hold up
    the others; what a gateway does not take waits, longer each time, and a gateway in trouble is left alone.
    """
    channels, taken = queries.configured(), 0
    _let_sleep(channels)
    for channel in channels:
        until = time.monotonic() + seconds / len(channels)
        Gateway.objects.bulk_create([Gateway(channel=channel)], ignore_conflicts=True)
        while time.monotonic() < until and (parcels := _borrow(channel, addresses)):
            taken += _send(channel, adapters[channel], parcels)
    return taken


def _let_sleep(channels: list[Channel]) -> None:
    """Where it is night, all but the urgent waits until people wake."""
    now = clock.now()
    due = Message.objects.filter(
        channel__in=channels, urgency__in=[Urgency.IMPORTANT, Urgency.ORDINARY], state=State.WAITING, next_at__lte=now
    )
    for zone in clock.ZONE_NAMES if channels else ():
        wake = wakes_at(zone, now=now, quiet=settings.KIM_QUIET_HOURS)
        if wake:
            due.filter(zone=zone).update(next_at=wake)


@transaction.atomic
def _borrow(channel: Channel, addresses: AddressBook) -> list[Parcel]:
    """The next few letters of a channel; none when its gateway is paused, or in another worker's hands right now."""
    now = clock.now()
    gateway = Gateway.objects.select_for_update(skip_locked=True).filter(channel=channel).first()
    room = gateway.room(now, settings.KIM_PER_MINUTE[channel]) if gateway else 0
    messages = _due(channel, min(room, AT_ONCE), now) if room > 0 else []
    if gateway is None or not messages:
        return []
    receipt = now + LOAN
    Message.objects.filter(pk__in=[message.pk for message in messages]).update(next_at=receipt, tries=F("tries") + 1)
    parcels = list(_parcels(messages, channel, addresses, receipt))
    gateway.hand_over(len(parcels), now)
    return parcels


def _due(channel: str, room: int, now: datetime) -> list[Message]:
    """What the first few people in the queue have waiting, the most pressing kind first; locked."""
    for urgency in MOST_PRESSING_FIRST:
        waiting = Message.objects.filter(
            channel=channel, urgency=urgency, state=State.WAITING, next_at__lte=now, expires_at__gt=now
        )
        people = set(waiting.order_by("next_at", "person_id").values_list("person_id", flat=True)[:room])
        theirs = waiting.filter(person_id__in=people).select_related("delivery").order_by("person_id", "at", "id")
        locked = theirs.select_for_update(skip_locked=True, of=("self",))
        if people and (messages := list(locked[: room * MOST_LINES])):
            return messages
    return []


def _parcels(messages: list[Message], channel: Channel, addresses: AddressBook, receipt: datetime) -> Iterator[Parcel]:
    """One letter per person."""
    people = {message.person_id for message in messages}
    known = addresses(people)
    devices = queries.devices_of(people) if channel == Channel.PUSH else {}
    for person_id, group in groupby(messages, key=lambda message: message.person_id):
        theirs = list(group)
        letter = Letter(
            id=theirs[0].pk,
            urgency=theirs[0].urgency,
            lines=tuple(Line(m.delivery.text, settings.KIM_BASE_URL + m.delivery.url) for m in theirs),
            address=known.get(person_id, Address()),
            devices=devices.get(person_id, ()),
            stop_url=queries.stop_url(person_id, channel),
        )
        yield Parcel(letter, theirs, receipt)


def _send(channel: Channel, adapter: Adapter, parcels: list[Parcel]) -> int:
    """Side by side; each outcome is written as it comes, so that a worker that dies repeats as little as can be."""
    taken = 0
    with ThreadPoolExecutor(len(parcels), thread_name_prefix="gateway") as pool:
        journeys = {pool.submit(_try, adapter, parcel.letter): parcel for parcel in parcels}
        for journey in as_completed(journeys):
            outcome = journey.result()
            _settle(channel, journeys[journey], outcome)
            taken += isinstance(outcome, Sent)
    return taken


def _try(adapter: Adapter, letter: Letter) -> Outcome:
    """What the adapter says; a fault of its own is trouble too. Its words are not written down: they may hold a secret."""
    try:
        return adapter(letter)
    except Exception as error:
        log.error("an adapter broke: %s in %s", type(error).__name__, getattr(adapter, "__module__", "?"))
        return Later("Gangguan di sisi kami.")


@transaction.atomic
def _settle(channel: Channel, parcel: Parcel, outcome: Outcome) -> None:
    match outcome:
        case Sent():
            _taken(channel, parcel, outcome)
        case Later():
            _postponed(channel, parcel, outcome)
        case Failed():
            messages = list(parcel.mine)
            end(messages, State.FAILED, outcome.reason)
            tally(channel, failed=bool(messages))
            fall_back(messages)
    if not isinstance(outcome, Later) and outcome.gone:
        Subscription.objects.filter(endpoint__in=outcome.gone).delete()


def _taken(channel: Channel, parcel: Parcel, outcome: Sent) -> None:
    """The price of the letter is written at its first message."""
    messages, price = list(parcel.mine), settings.KIM_PRICES.get(channel, 0)
    for number, message in enumerate(messages):
        message.state, message.provider_id, message.reason = State.SENT, outcome.provider_id[:200], ""
        message.cost = 0 if number else price
    Message.objects.bulk_update(messages, ["state", "provider_id", "reason", "cost"])
    tally(channel, sent=1, cost=price)
    in_trouble = Gateway.objects.filter(channel=channel, failures__gt=0)
    in_trouble.filter(last_trouble_at__lt=parcel.begun_at).update(failures=0, paused_until=None)


def _postponed(channel: Channel, parcel: Parcel, outcome: Later) -> None:
    """Back into the queue, later each time and never all at the same moment; after too many tries another way."""
    messages = list(parcel.mine)
    tired = [message for message in messages if message.tries >= MOST_TRIES]
    again = [message.pk for message in messages if message.tries < MOST_TRIES]
    tries = max((message.tries for message in messages), default=1)
    wait = max(min(FIRST_WAIT * 2 ** (tries - 1), LONGEST_WAIT) * random.uniform(0.75, 1.25), outcome.after)
    next_at = clock.now() + timedelta(seconds=wait)
    Message.objects.filter(pk__in=again).update(next_at=next_at, reason=outcome.reason[:200])
    end(tired, State.FAILED, outcome.reason)
    tally(channel, failed=bool(tired))
    fall_back(tired)
    if outcome.is_gateway:
        gateway = Gateway.objects.select_for_update().get(channel=channel)
        gateway.note_trouble(outcome.reason, outcome.after, begun_at=parcel.begun_at)


def end(messages: list[Message], state: State, reason: str) -> None:
    pks = [message.pk for message in messages]
    Message.objects.filter(pk__in=pks).update(state=state, reason=reason[:200])
