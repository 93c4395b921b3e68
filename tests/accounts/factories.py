"""People and hats for tests."""

from datetime import timedelta
from itertools import count
from uuid import UUID

from allauth.mfa.totp.internal.auth import TOTP

from kim.accounts.actor import Actor
from kim.accounts.models import Mandate, Person, Role, StaffSession
from kim.accounts.queries import actor_for
from kim.kernel import clock
from regions.factories import plant

_numbers = count(10_000_000)


def person(name: str = "Sari Contoh", *, pin: str = "", **fields) -> Person:
    """A person with a fresh Indonesian mobile number; with a PIN if one is given."""
    someone = Person(name=name, **({"phone": f"+62812{next(_numbers)}"} | fields))
    someone.set_unusable_password()
    if pin:
        someone.set_pin(pin)
    someone.save()
    return someone


def official(role: Role = Role.REGENCY, code: str = "35.02", *, password: str = "", totp: str = "", **fields) -> Person:
    """An official with e-mail and hat; with a password and an authenticator app if they are given."""
    who = person(
        fields.pop("name", "Bima Contoh"), **({"phone": None, "email": f"p{next(_numbers)}@contoh.id"} | fields)
    )
    if password:
        who.set_password(password)
        who.save()
    if totp:
        TOTP.activate(who, totp)
    mandate(who, role, code)
    return who


def mandate(who: Person, role: Role, code: str = "35.02.17.1008", *, kim_id: UUID | None = None) -> Mandate:
    plant(code)
    return Mandate.objects.create(person=who, role=role, region_id=code, kim_id=kim_id, label=f"{role.label} {code}")


def actor(role: Role, code: str = "35.02.17.1008", *, kim_id: UUID | None = None, name: str = "Sari Contoh") -> Actor:
    """A saved person wearing one hat, as the actor of a request; support within an open staff session."""
    who = person(name)
    hat = mandate(who, role, code, kim_id=kim_id)
    return actor_for(who, hat_id=hat.id, staff=staff_session(who, code) if role == Role.SUPPORT else None)


def staff_session(who: Person, code: str = "35") -> StaffSession:
    until = clock.now() + timedelta(minutes=30)
    return StaffSession.objects.create(person=who, region_id=code, reason="Membantu pendaftaran", until=until)
