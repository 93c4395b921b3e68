"""What a person was told, which ways they opened, and how the channels are doing."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.db.models import Exists, OuterRef, QuerySet

from kim.inbox.models import Delivery, Gateway, Message, Subscription, Tally, Way
from kim.inbox.workflow import Channel, Device, State, Urgency
from kim.kernel import clock
from kim.kernel.author import Author

# A channel is open in this installation when all of these settings say something.
NEEDS: dict[Channel, tuple[str, ...]] = {
    Channel.PUSH: ("KIM_PUSH_CONTACT", "KIM_PUSH_KEY"),
    Channel.WHATSAPP: ("KIM_WHATSAPP_NUMBER", "KIM_WHATSAPP_TOKEN", "KIM_WHATSAPP_TEMPLATE"),
    Channel.SMS: ("KIM_SMS_URL",),
    Channel.EMAIL: ("KIM_EMAIL_URL",),
}
STOP_SALT = "kim.inbox.stop"
MOST_COUNTED = 10_000


def visible_to(actor: Author) -> QuerySet[Delivery]:
    """One's own deliveries, newest first."""
    return Delivery.objects.filter(person_id=actor.person_id).order_by("-at", "-id")


def unread(actor: Author, limit: int = 7) -> list[Delivery]:
    return list(visible_to(actor).filter(read_at=None)[:limit])


def configured() -> list[Channel]:
    """The channels the settings have opened, in the order of `Channel`."""
    return [channel for channel, names in NEEDS.items() if all(getattr(settings, name) for name in names)]


def chosen_by(person_id: UUID) -> set[str]:
    """The channels a person has opened, whether or not they work here today."""
    return set(Way.objects.filter(person_id=person_id).values_list("channel", flat=True))


def open_ways(people: Iterable[UUID]) -> dict[UUID, dict[str, str]]:
    """For each of these people who can be reached: channel → the clock they live by. One question, or none."""
    channels, ways = configured(), dict[UUID, dict[str, str]]()
    if channels:
        for way in Way.objects.filter(person_id__in=list(people), channel__in=channels).order_by(
            "person_id", "channel"
        ):
            ways.setdefault(way.person_id, {})[way.channel] = way.zone
    return ways


def devices_of(people: Iterable[UUID]) -> dict[UUID, tuple[Device, ...]]:
    devices: dict[UUID, tuple[Device, ...]] = {}
    for one in Subscription.objects.filter(person_id__in=list(people)).order_by("since", "id"):
        devices[one.person_id] = (*devices.get(one.person_id, ()), Device(one.endpoint, one.p256dh, one.auth))
    return devices


def has_devices(person_id: UUID) -> bool:
    return Subscription.objects.filter(person_id=person_id).exists()


def stop_url(person_id: UUID, channel: str) -> str:
    """The address that ends this channel for this person without signing in."""
    token = signing.dumps([str(person_id), channel], salt=STOP_SALT)
    return f"{settings.KIM_BASE_URL}/akun/kabar/berhenti/{token}/"


def read_stop(token: str) -> tuple[UUID, Channel] | None:
    """Whose channel a token ends; None for a forged or damaged one."""
    try:
        person_id, channel = signing.loads(token, salt=STOP_SALT)
        return UUID(person_id), Channel(channel)
    except (signing.BadSignature, ValueError, TypeError):
        return None


@dataclass(frozen=True, slots=True)
class Forecast:
    """What telling so many people on one channel would take."""

    messages: int
    minutes: int
    rupiah: int

    @property
    def hours(self) -> float:
        return self.minutes / 60


def forecast(people: Iterable[UUID] | QuerySet, channel: str, urgency: str = Urgency.URGENT) -> Forecast:
    """For these people (ids, or a question that finds ids): how many would be told on the channel, until when the last
    one would be sent behind all that waits already, and what it costs. Nothing when the channel is not open here."""
    if channel not in configured():
        return Forecast(0, 0, 0)
    within = people if isinstance(people, QuerySet) else list(people)
    ways = Way.objects.filter(channel=channel, person_id__in=within)
    served = Way.objects.filter(person_id=OuterRef("person_id"), channel__in=_before(channel, urgency))
    messages = ways.exclude(Exists(served)).count()
    waiting = Message.objects.filter(channel=channel, state=State.WAITING, next_at__lte=clock.now()).count()
    minutes = math.ceil((messages + waiting) / settings.KIM_PER_MINUTE[channel]) if messages else 0
    return Forecast(messages, minutes, messages * settings.KIM_PRICES.get(channel, 0))


def forecasts(people: QuerySet, urgency: str) -> list[tuple[Channel, Forecast]]:
    """The same for each channel of this installation."""
    return [(channel, forecast(people, channel, urgency)) for channel in configured()]


def _before(channel: str, urgency: str) -> list[str]:
    """The open channels that a note takes instead of this one; an urgent one takes them all."""
    order = settings.KIM_CHANNEL_ORDER
    if urgency == Urgency.URGENT or channel not in order:
        return []
    return [one for one in order[: order.index(channel)] if one in configured()]


@dataclass(frozen=True, slots=True)
class Condition:
    """One channel as an office sees it."""

    channel: Channel
    is_configured: bool
    waiting: int
    is_waiting_more: bool
    per_minute: int
    price: int
    gateway: Gateway | None
    is_paused: bool
    days: list[Tally]

    @property
    def cost(self) -> int:
        """Of the days shown."""
        return sum(day.cost for day in self.days)


def conditions(days: int = 14) -> list[Condition]:
    """Every channel, with what it did in the last days, newest day first."""
    gateways = {gateway.channel: gateway for gateway in Gateway.objects.all()}
    since = clock.today() - timedelta(days=days)
    tallies = list(Tally.objects.filter(day__gt=since).order_by("-day", "channel"))
    return [_condition(channel, gateways.get(channel), tallies) for channel in Channel]


def _condition(channel: Channel, gateway: Gateway | None, tallies: list[Tally]) -> Condition:
    waiting = Message.objects.filter(channel=channel, state=State.WAITING)[: MOST_COUNTED + 1].count()
    return Condition(
        channel=channel,
        is_configured=channel in configured(),
        waiting=min(waiting, MOST_COUNTED),
        is_waiting_more=waiting > MOST_COUNTED,
        per_minute=settings.KIM_PER_MINUTE[channel],
        price=settings.KIM_PRICES.get(channel, 0),
        gateway=gateway,
        is_paused=bool(gateway and gateway.paused_until and gateway.paused_until > clock.now()),
        days=[tally for tally in tallies if tally.channel == channel],
    )
