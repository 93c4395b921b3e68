"""The ways to a person: opened and closed by that person alone. Who asks, and the consent, is kept by accounts."""

from uuid import UUID

from django.db import transaction

from kim.inbox.models import Delivery, Message, Subscription, Way
from kim.inbox.workflow import Channel, State

MOST_DEVICES = 10


@transaction.atomic
def open_way(person_id: UUID, channel: str, *, zone: str) -> bool:
    """From now on this person is told on this channel too; returns whether that is new."""
    _, is_new = Way.objects.update_or_create(person_id=person_id, channel=Channel(channel), defaults={"zone": zone})
    return is_new


@transaction.atomic
def close_way(person_id: UUID, channel: str) -> bool:
    """Nothing leaves on this channel any more, what waits neither; returns whether it was open."""
    ended, _ = Way.objects.filter(person_id=person_id, channel=channel).delete()
    waiting = Message.objects.filter(person_id=person_id, channel=channel, state=State.WAITING)
    waiting.update(state=State.GIVEN_UP, reason="Dihentikan oleh penerima.")
    if channel == Channel.PUSH:
        Subscription.objects.filter(person_id=person_id).delete()
    return bool(ended)


def close_all_ways(person_id: UUID) -> None:
    """For somebody who leaves."""
    for channel in Channel:
        close_way(person_id, channel)


@transaction.atomic
def subscribe(person_id: UUID, *, endpoint: str, p256dh: str, auth: str) -> None:
    """Remember a browser that takes pushes. It belongs to whoever used it last; the oldest of too many goes."""
    keys = {"person_id": person_id, "p256dh": p256dh, "auth": auth}
    Subscription.objects.update_or_create(endpoint=endpoint, defaults=keys)
    kept = Subscription.objects.filter(person_id=person_id).order_by("-since", "-id")[:MOST_DEVICES]
    Subscription.objects.filter(person_id=person_id).exclude(pk__in=list(kept.values_list("pk", flat=True))).delete()


def forget_all_of(person_id: UUID) -> None:
    """What was ever told, and what waits to be carried: for somebody whose data go."""
    Delivery.objects.filter(person_id=person_id).delete()
