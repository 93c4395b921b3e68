"""The free days of a place, besides the national ones. Clocks set from now on know them; those that run stay as told."""

from datetime import date
from uuid import UUID

from django.db import transaction

from kim.accounts.actor import Actor
from kim.aspirations import policies
from kim.kernel.results import NotAllowed, demand
from kim.ledger.actions import record
from kim.regions.models import Holiday


@transaction.atomic
def add_holiday(*, region: str, on: date, name: str, source: str, actor: Actor) -> Holiday:
    """A free day with what it rests on; the same day again is renamed."""
    demand(policies.can_set_holiday(actor, region))
    if not (name.strip() and source.strip()):
        raise NotAllowed("Tulis nama hari liburnya dan dasarnya, misalnya nomor surat edaran.")
    name, source = name.strip()[:120], source.strip()[:200]
    holiday, _ = Holiday.objects.update_or_create(region_id=region, on=on, defaults={"name": name, "source": source})
    record("holiday.added", f"region:{region}", actor=actor, region=region, on=on.isoformat(), name=name, source=source)
    return holiday


@transaction.atomic
def drop_holiday(holiday_id: UUID, *, actor: Actor) -> None:
    """It was no free day after all."""
    holiday = Holiday.objects.select_for_update().get(id=holiday_id)
    demand(policies.can_set_holiday(actor, holiday.region_id))
    on, region = holiday.on.isoformat(), holiday.region_id
    holiday.delete()
    record("holiday.dropped", f"region:{region}", actor=actor, region=region, on=on)
