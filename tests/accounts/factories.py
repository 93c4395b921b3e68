"""People and hats for tests."""

from itertools import count
from uuid import UUID

from kim.accounts.actor import Actor
from kim.accounts.models import Mandate, Person, Role
from kim.accounts.queries import actor_for
from regions.factories import plant

_numbers = count(10_000_000)


def person(name: str = "Sari Contoh", *, pin: str = "", **fields) -> Person:
    """A person with a fresh Indonesian mobile number; with a PIN if one is given."""
    someone = Person(name=name, **({"phone": f"+62812{next(_numbers)}"} | fields))
    if pin:
        someone.set_password(pin)
    someone.save()
    return someone


def mandate(who: Person, role: Role, code: str = "35.02.17.1008", *, kim_id: UUID | None = None) -> Mandate:
    plant(code)
    return Mandate.objects.create(person=who, role=role, region_id=code, kim_id=kim_id, label=f"{role.label} {code}")


def actor(role: Role, code: str = "35.02.17.1008", *, kim_id: UUID | None = None, name: str = "Sari Contoh") -> Actor:
    """A saved person wearing one hat, as the actor of a request."""
    who = person(name)
    return actor_for(who, hat_id=mandate(who, role, code, kim_id=kim_id).id)
