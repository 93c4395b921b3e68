"""Being told outside KIM.id: each way is a consent of its own, with its words, and ends with one tap."""

from django.db import transaction

from kim.accounts import policies, queries
from kim.accounts.actor import Actor
from kim.accounts.models import WAY_VERSION, Consent, Person
from kim.inbox import actions as inbox
from kim.inbox.workflow import Channel
from kim.kernel import clock
from kim.kernel.codes import NATION
from kim.kernel.results import demand
from kim.ledger.actions import record


@transaction.atomic
def open_way(channel: str, *, actor: Actor) -> None:
    """From now on I am told on this channel; the consent is kept with the version of its words. Twice is once."""
    person = Person.objects.get(pk=actor.person_id)
    demand(policies.can_open_way(person, channel))
    if inbox.open_way(person.pk, channel, zone=queries.zone_of(actor)):
        hat = actor.hat.label if actor.hat else ""
        Consent.objects.create(person=person, text_version=f"kabar-{channel}-{WAY_VERSION}", channel="kabar", hat=hat)
        record("way.opened", person.key, actor=actor, region=actor.region_code or NATION, channel=channel)


@transaction.atomic
def open_push(*, actor: Actor, endpoint: str, p256dh: str, auth: str) -> None:
    """This browser shows what I am told; the first one opens the way."""
    open_way(Channel.PUSH, actor=actor)
    inbox.subscribe(actor.person_id, endpoint=endpoint, p256dh=p256dh, auth=auth)


@transaction.atomic
def close_way(channel: str, *, actor: Actor) -> bool:
    """Nothing comes on this channel any more and the consent is withdrawn; returns whether it was open."""
    was_open = inbox.close_way(actor.person_id, channel)
    mine = Consent.objects.filter(person_id=actor.person_id, text_version__startswith=f"kabar-{channel}-")
    mine.filter(withdrawn_at=None).update(withdrawn_at=clock.now())
    if was_open:
        key, region = f"person:{actor.person_id}", actor.region_code or NATION
        record("way.closed", key, actor=actor, region=region, channel=channel)
    return was_open
