"""Which channels a delivery takes, and when: rows for the worker, nothing is sent here."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.conf import settings

from kim.inbox import queries
from kim.inbox.models import Delivery, Message
from kim.inbox.workflow import PATIENCE, Urgency, due_at
from kim.kernel import clock


def plan(entry_id: UUID, urgencies: Mapping[UUID, str]) -> None:
    """A message for each delivery of the entry × channel it takes; those already planned stay as they are."""
    ways = queries.open_ways(urgencies)
    if not ways:
        return
    deliveries = Delivery.objects.filter(entry_id=entry_id, person_id__in=list(ways), read_at=None).order_by("id")
    messages = (
        _message(delivery, channel, urgencies[delivery.person_id], ways[delivery.person_id][channel])
        for delivery in deliveries
        for channel in taken_by(urgencies[delivery.person_id], ways[delivery.person_id])
    )
    Message.objects.bulk_create(messages, ignore_conflicts=True, batch_size=2000)


def taken_by(urgency: str, ways: Iterable[str]) -> list[str]:
    """Urgent: every open channel. Else the first that falls in the order of the settings, and those outside it."""
    channels = list(ways)
    if urgency == Urgency.URGENT:
        return channels
    first = next((channel for channel in settings.KIM_CHANNEL_ORDER if channel in channels), None)
    return [channel for channel in channels if channel == first or channel not in settings.KIM_CHANNEL_ORDER]


def fall_back(messages: Iterable[Message]) -> None:
    """Each of these still unread goes on by the next channel its person has opened, if there is one."""
    messages = [message for message in messages if after(message.channel)]
    if not messages:
        return
    unread = Delivery.objects.filter(pk__in=[message.delivery_id for message in messages], read_at=None)
    still = set(unread.values_list("pk", flat=True))
    ways, now = queries.open_ways({message.person_id for message in messages}), clock.now()
    following = ((message, _next(message.channel, ways.get(message.person_id, {}))) for message in messages)
    rows = (
        Message(
            delivery_id=message.delivery_id,
            person_id=message.person_id,
            channel=channel,
            urgency=message.urgency,
            zone=message.zone,
            next_at=now,
            expires_at=now + PATIENCE[Urgency(message.urgency)],
        )
        for message, channel in following
        if channel and message.delivery_id in still
    )
    Message.objects.bulk_create(rows, ignore_conflicts=True, batch_size=2000)


def after(channel: str) -> list[str]:
    """The channels that may take over from this one."""
    order = settings.KIM_CHANNEL_ORDER
    return order[order.index(channel) + 1 :] if channel in order else []


def _next(channel: str, ways: Mapping[str, str]) -> str | None:
    return next((following for following in after(channel) if following in ways), None)


def _message(delivery: Delivery, channel: str, urgency: str, zone: str) -> Message:
    due = due_at(channel, urgency, delivery.person_id, zone, now=clock.now(), digest_hour=settings.KIM_DIGEST_HOUR)
    return Message(
        delivery=delivery,
        person_id=delivery.person_id,
        channel=channel,
        urgency=urgency,
        zone=zone,
        next_at=due,
        expires_at=due + PATIENCE[Urgency(urgency)],
    )
