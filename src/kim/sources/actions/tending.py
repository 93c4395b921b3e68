"""Adding a source, switching it off and on again."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from kim.accounts.actor import Actor
from kim.kernel import clock, outside
from kim.kernel.results import NotAllowed, demand
from kim.ledger.actions import record
from kim.sources import policies
from kim.sources.models import Every, Host, Source

MOST = 100  # sources of one office
KNOWN = "Sumber ini sudah ada di daftar Anda."
ENOUGH = f"Satu kantor dapat memiliki paling banyak {MOST} sumber. Matikan yang tidak dipakai, atau hubungi dukungan."


@transaction.atomic
def add(
    *,
    actor: Actor,
    url: str,
    name: str,
    agency: str,
    licence: str = "",
    topics: Iterable[str] = (),
    every: int = Every.QUARTER,
) -> Source:
    """Keep a feed for the actor's office; the worker reads it within a minute. One source per address and office."""
    demand(policies.can_add(actor))
    own = Source.objects.filter(region_id=actor.region_code)
    if own.filter(url=url).exists():
        raise NotAllowed(KNOWN)
    if own.count() >= MOST:
        raise NotAllowed(ENOUGH)
    host, _ = Host.objects.get_or_create(address=outside.target(url).host)
    source = Source.objects.create(
        region_id=actor.region_code, host=host, url=url, name=name, agency=agency, licence=licence, topics=list(topics),
        every=every,
    )  # fmt: skip
    record("source.added", source.key, actor=actor, region=source.region_id, name=name, url=url)
    return source


@transaction.atomic
def switch_off(source_id: UUID, *, actor: Actor) -> Source:
    """Stop reading a source. What it suggested stays. Off twice is off."""
    source = Source.objects.select_for_update().get(pk=source_id)
    demand(policies.can_switch_off(actor, source))
    if source.is_on:
        source.is_on = False
        source.save(update_fields=["is_on"])
        record("source.switched_off", source.key, actor=actor, region=source.region_id, name=source.name)
    return source


@transaction.atomic
def switch_on(source_id: UUID, *, actor: Actor) -> Source:
    """Read a source again, at once, and forget that it failed. On twice is on."""
    source = Source.objects.select_for_update().get(pk=source_id)
    demand(policies.can_switch_on(actor, source))
    if not source.is_on:
        source.is_on, source.failures, source.trouble, source.next_at = True, 0, "", clock.now()
        source.save(update_fields=["is_on", "failures", "trouble", "next_at"])
        record("source.switched_on", source.key, actor=actor, region=source.region_id, name=source.name)
    return source
