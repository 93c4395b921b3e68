"""Voices for tests."""

from typing import Any

from accounts.factories import actor
from kim.accounts.actor import ANONYMOUS, Actor
from kim.accounts.models import Agency, Mandate, Person, Role
from kim.accounts.queries import actor_for
from kim.aspirations import actions
from kim.aspirations.models import Aspiration
from kim.kernel.ids import new_id
from regions.factories import plant

VILLAGE = "35.02.17.1008"
SECRET = "rahasia234"


def voice(code: str = VILLAGE, *, who: Actor = ANONYMOUS, **fields: Any) -> Aspiration:
    """One that just came in; words as the columns are called."""
    plant(code)
    words = {"kind": "complaint", "category": "road", "text": "Jalan ke pasar berlubang.", "region": code}
    return actions.submit(new_id(), fields=words | fields, secret=SECRET, actor=who)


def agency(code: str = "35.02", name: str = "Dinas PUPR Contoh") -> Agency:
    plant(code)
    return Agency.objects.get_or_create(region_id=code, name=name)[0]


def officer(of: Agency) -> Actor:
    """Somebody who works in that agency."""
    who = actor(Role.AGENCY, of.region_id)
    Mandate.objects.filter(person_id=who.person_id).update(agency=of)
    return actor_for(Person.objects.get(id=who.person_id))
