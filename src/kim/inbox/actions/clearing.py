"""What keeps the queue short however long a gateway is away: late messages end, stuck ones turn aside, old ones go."""

from collections import Counter
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from kim.inbox import queries
from kim.inbox.actions.carrying import end
from kim.inbox.actions.planning import after, fall_back
from kim.inbox.actions.tallying import tally
from kim.inbox.models import TRIPS_AT, Gateway, Message, Way
from kim.inbox.workflow import State
from kim.kernel import clock

MOST_AT_ONCE = 5000
SOON = timedelta(minutes=15)
REMEMBERED = timedelta(days=30)


@transaction.atomic
def give_up_late() -> int:
    """End what has waited past its patience, on channels closed meanwhile too; returns how many messages ended."""
    late = Message.objects.filter(state=State.WAITING, expires_at__lte=clock.now()).order_by("expires_at")
    messages = list(late.select_for_update(skip_locked=True)[:MOST_AT_ONCE])
    end(messages, State.GIVEN_UP, "Terlalu lama menunggu.")
    for channel, count in Counter(message.channel for message in messages).items():
        tally(channel, given_up=count)
    return len(messages)


def turn_aside() -> int:
    """Where a gateway stays away, send those who opened another channel that way; returns how many messages moved."""
    in_trouble = Gateway.objects.filter(failures__gte=TRIPS_AT).order_by("channel")
    return sum(_turn_aside(gateway.channel) for gateway in in_trouble)


@transaction.atomic
def _turn_aside(channel: str) -> int:
    others = [other for other in queries.configured() if other in after(channel)]
    has_other = Exists(Way.objects.filter(person_id=OuterRef("person_id"), channel__in=others))
    stuck = Message.objects.filter(has_other, channel=channel, state=State.WAITING, next_at__lte=clock.now() - SOON)
    messages = list(stuck.order_by("next_at").select_for_update(skip_locked=True, of=("self",))[:MOST_AT_ONCE])
    end(messages, State.GIVEN_UP, "Gerbang tidak menjawab, jadi dikirim lewat jalan lain.")
    tally(channel, given_up=len(messages))
    fall_back(messages)
    return len(messages)


def forget_old() -> int:
    """Messages older than thirty days go, some at a time; the day's counts stay."""
    old = Message.objects.filter(at__lt=clock.now() - REMEMBERED).order_by("at").values("pk")[:MOST_AT_ONCE]
    gone, _ = Message.objects.filter(pk__in=old).delete()
    return gone
