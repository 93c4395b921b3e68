"""What a provider tells us afterwards: arrived, or not."""

from django.db import transaction

from kim.inbox.actions.carrying import end
from kim.inbox.actions.planning import fall_back
from kim.inbox.actions.tallying import tally
from kim.inbox.models import Message
from kim.inbox.workflow import BEFORE, Channel, State


@transaction.atomic
def hear(channel: Channel, provider_id: str, state: State, *, reason: str = "") -> bool:
    """Move the letter on and return whether anything changed; said twice, too late or of nobody, nothing does."""
    known = Message.objects.filter(channel=channel, provider_id=provider_id, state__in=BEFORE[state])
    messages = list(known.order_by("id").select_for_update()) if provider_id else []
    if not messages:
        return False
    end(messages, state, reason)
    tally(channel, delivered=state == State.DELIVERED, failed=state == State.FAILED)
    if state == State.FAILED:
        fall_back(messages)
    return True
