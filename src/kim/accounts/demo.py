"""The demo's open secrets, and the rule that they never stand beside real people.

These constants are printed on the sign-in page of every demo; they protect nothing and are meant to be known.
A demo person exists only where KIM_DEMO is on: `equip` refuses otherwise, and the check below stops a server
that would run the demo beside anybody real.
"""

import time
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import settings
from django.core.checks import Error
from django.db import DatabaseError

from kim.accounts import queries
from kim.accounts.models import OFFICIAL_ROLES, Mandate, Person, Role
from kim.kernel.phone import national
from kim.kernel.results import NotAllowed

PIN = "846291"
PASSWORD = "desa-contoh-kentongan"
TOTP_SECRET = "KENTONGANDEMOKENTONGANDEMOKENTON"
PERIOD = 30


@dataclass(frozen=True, slots=True)
class SignIn:
    """One row of the demo table: who, where, and everything needed to come in."""

    role: str
    role_label: str
    person_id: UUID
    mandate_id: UUID
    name: str
    where: str
    login: str
    secret: str
    code: str


def equip(person: Person) -> Person:
    """Give a demo person the demo's PIN, or password and authenticator; refuses anybody real."""
    if not (settings.KIM_DEMO and person.is_demo):
        raise NotAllowed("Hanya orang contoh di situs contoh yang memakai PIN contoh.")
    if person.phone:
        person.set_pin(PIN)
    if person.email:
        person.set_password(PASSWORD)
    person.save(update_fields=["pin", "password"])
    if person.email and not Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists():
        TOTP.activate(person, TOTP_SECRET)
    return person


def current_code() -> str:
    """What the demo officials' authenticator shows now."""
    return format_hotp_value(hotp_value(TOTP_SECRET, int(time.time()) // PERIOD))


def sign_ins() -> list[SignIn]:
    """One demo person per role, in the order of the roles; empty unless this is a demo."""
    if not settings.KIM_DEMO:
        return []
    found: dict[str, Mandate] = {}
    hats = queries.in_force().filter(person__is_demo=True, person__is_active=True)
    for mandate in hats.order_by("role", "person__joined_at", "person_id").distinct("role").select_related("person"):
        found[mandate.role] = mandate
    return [_row(found[role]) for role in Role.values if role in found]


def _row(mandate: Mandate) -> SignIn:
    who, strong = mandate.person, mandate.role in OFFICIAL_ROLES
    login = who.email if strong or not who.phone else national(who.phone)
    secret, code = (PASSWORD, current_code()) if strong else (PIN, "")
    return SignIn(
        mandate.role, Role(mandate.role).label, who.pk, mandate.pk, who.name, mandate.label, login or "", secret, code
    )


def sign_in_for(role: str) -> SignIn | None:
    """The demo row of a role, for signing in with one tap; None outside a demo."""
    return next((row for row in sign_ins() if row.role == role), None)


def never_beside_real_people(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[Error]:
    """System check: demo mode refuses to run beside real data."""
    try:
        mixed = settings.KIM_DEMO and bool(databases) and queries.has_real_people()
    except DatabaseError:  # not migrated yet
        mixed = False
    hint = "Matikan KIM_DEMO, atau pakai KIM_HOME lain untuk situs contoh."
    return (
        [Error("Situs contoh tidak boleh berjalan di atas data orang sungguhan.", hint=hint, id="accounts.E001")]
        if mixed
        else []
    )
