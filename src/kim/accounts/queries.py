"""Reading people: the actor of a session, the hats in force, who is in whose care."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.db.models import Prefetch, Q, QuerySet
from django.utils.module_loading import import_string

from kim.accounts.actor import ANONYMOUS, Actor, Hat
from kim.accounts.backends import STRONG
from kim.accounts.models import (
    KIM_ROLES,
    OFFICIAL_ROLES,
    WAY_WORDS,
    Agency,
    Consent,
    Mandate,
    Person,
    Purpose,
    Role,
    StaffSession,
)
from kim.accounts.policies import can_open_way
from kim.doors.paging import Page, page
from kim.inbox.queries import chosen_by, configured
from kim.inbox.workflow import Address, Channel
from kim.kernel import clock
from kim.kernel.codes import NATION
from kim.kernel.phone import masked
from kim.regions.models import Region

HAT_KEY = "hat"
STAFF_KEY = "staff"
NEWCOMER = timedelta(days=7)


def in_force() -> QuerySet[Mandate]:
    """Mandates that give rights now."""
    now = clock.now()
    return Mandate.objects.filter(Q(until=None) | Q(until__gt=now), since__lte=now).order_by("since", "id")


def actor_of(user: Any, session: SessionBase) -> Actor:
    """The actor of a request: one query for the hats, the worn one remembered in the session.

    Officials' hats need a session with second factor; the support hat needs an open staff session besides.
    """
    if not user.is_authenticated:
        return ANONYMOUS
    if session.get(BACKEND_SESSION_KEY) != STRONG:
        return actor_for(user, hat_id=session.get(HAT_KEY), officially=False)
    staff = open_staff_session(user.pk, session)
    return actor_for(user, hat_id=session.get(HAT_KEY), staff=staff)


def actor_for(
    person: Person, *, hat_id: str | UUID | None = None, officially: bool = True, staff: StaffSession | None = None
) -> Actor:
    """The person as an actor; wears the hat named, else the first. `officially` False leaves officials' hats out."""
    found = [_hat(m, staff) for m in in_force().filter(person=person)]
    hats = tuple(h for h in found if (officially or h.role not in OFFICIAL_ROLES) and (staff or h.role != Role.SUPPORT))
    worn = next((hat for hat in hats if str(hat.id) == str(hat_id)), hats[0] if hats else None)
    return Actor(person.pk, person.name, worn, hats, _staff_id(worn, staff))


def _hat(mandate: Mandate, staff: StaffSession | None) -> Hat:
    code = staff.region_id if staff and mandate.role == Role.SUPPORT else mandate.region_id
    return Hat(mandate.id, mandate.role, code, mandate.kim_id, mandate.label, mandate.agency_id)


def _staff_id(worn: Hat | None, staff: StaffSession | None) -> UUID | None:
    return staff.pk if staff and worn and worn.role == Role.SUPPORT else None


def open_staff_session(person_id: UUID, session: Mapping[str, Any]) -> StaffSession | None:
    """The staff session this browser opened, while it lasts."""
    if STAFF_KEY not in session:
        return None
    mine = StaffSession.objects.filter(person_id=person_id, until__gt=clock.now())
    return mine.filter(pk=session[STAFF_KEY]).select_related("region").first()


def support_mandates(person_id: UUID) -> QuerySet[Mandate]:
    return in_force().filter(person_id=person_id, role=Role.SUPPORT).select_related("region")


def people_with(*roles: str, region_code: str) -> list[UUID]:
    """Who wears one of these hats exactly over that region: the desk a notice goes to."""
    return list(in_force().filter(role__in=roles, region_id=region_code).values_list("person_id", flat=True))


def people_in(kim_id: UUID, *roles: str) -> list[UUID]:
    """Who wears a hat (one of these, if named) in that KIM."""
    mandates = in_force().filter(kim_id=kim_id)
    return list((mandates.filter(role__in=roles) if roles else mandates).values_list("person_id", flat=True))


def visible_to(actor: Actor) -> QuerySet[Person]:
    """The people in the actor's care: those of the own KIM, or with a hat inside the own region."""
    people = Person.objects.filter(is_active=True)
    if actor.hat is None:
        return people.none()
    hats = in_force().filter(kim_id=actor.kim_id) if actor.hat.role in KIM_ROLES else _inside(actor.hat.region_code)
    shown = Prefetch("mandates", hats.select_related("region"), to_attr="hats")
    return people.filter(pk__in=hats.values("person_id")).prefetch_related(shown).order_by("name", "id")


def _inside(code: str) -> QuerySet[Mandate]:
    return in_force() if code == NATION else in_force().filter(region__code__startswith=code)


def officials_under(actor: Actor, roles: list[Role], after: str = "") -> Page:
    """A page of those in the actor's care who hold a hat the actor's office gives, by name."""
    given = _inside(actor.region_code or "").filter(role__in=roles)
    rows = visible_to(actor).filter(pk__in=given.values("person_id")).exclude(pk=actor.person_id)
    return page(rows, after=after, size=40, keys=("name", "id"))


def agencies_for(actor: Actor) -> QuerySet[Agency]:
    """The open agencies whose people this office invites: its own, and for a regency those of its kecamatan."""
    code = actor.region_code or "-"
    here = Q(region_id=code)
    if actor.wears(Role.REGENCY):
        here |= Q(region__parent_id=code)
    return Agency.objects.filter(here, is_open=True).order_by("region_id", "name", "id")


def mandate_in_care(actor: Actor, mandate_id: UUID) -> Mandate | None:
    """A hat of one's own, or of the own KIM or region."""
    mine = Q(person_id=actor.person_id)
    if actor.hat is not None:
        code = actor.hat.region_code
        inside = Q() if code == NATION else Q(region__code__startswith=code)
        mine |= Q(kim_id=actor.kim_id) if actor.hat.role in KIM_ROLES else inside
    return in_force().filter(mine, pk=mandate_id).select_related("person", "region").first()


def reached_by(*, phone: str = "", email: str = "") -> QuerySet[Person]:
    """Whoever has this phone number or this e-mail address; two persons when they belong to two."""
    return Person.objects.filter(Q(phone=phone) | Q(email=email.strip().lower())).order_by("joined_at", "id")


def person(person_id: UUID | str) -> Person:
    return Person.objects.get(pk=person_id)


def purpose_for(person: Person) -> Purpose:
    """Officials set a password, everybody else a PIN; whoever is both sets the password unless the PIN is asked for."""
    official = in_force().filter(person=person, role__in=OFFICIAL_ROLES).exists()
    return Purpose.PASSWORD if person.email and (official or not person.phone) else Purpose.PIN


def is_newcomer(person_id: UUID | None) -> bool:
    """Whether this account is in its first week."""
    return Person.objects.filter(pk=person_id, joined_at__gt=clock.now() - NEWCOMER).exists()


def is_official(person_id: UUID) -> bool:
    return in_force().filter(person_id=person_id, role__in=OFFICIAL_ROLES).exists()


def has_second_factor(person_id: UUID) -> bool:
    """A TOTP app or a passkey; recovery codes alone are none."""
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return Authenticator.objects.filter(user_id=person_id, type__in=kinds).exists()


def factors_of(person_id: UUID) -> list[Authenticator]:
    """Apps, passkeys and recovery codes, oldest first."""
    return list(Authenticator.objects.filter(user_id=person_id).order_by("created_at", "id"))


def has_other_factor(person_id: UUID, name: str) -> bool:
    """Whether an app or passkey remains when this one goes: `totp`, or the id of a passkey."""
    real = [f for f in factors_of(person_id) if f.type != Authenticator.Type.RECOVERY_CODES]
    return any(name not in (f.type, str(f.pk)) for f in real)


def consents_of(person_id: UUID) -> QuerySet[Consent]:
    return Consent.objects.filter(person_id=person_id).order_by("-at", "-id")


def addresses(people: Iterable[UUID]) -> dict[UUID, Address]:
    """Where these people can be reached, for the carrier of messages; whoever has left cannot be."""
    rows = Person.objects.filter(pk__in=list(people), is_active=True).values_list("pk", "phone", "email")
    return {pk: Address(phone or "", email or "") for pk, phone, email in rows}


def zone_of(actor: Actor) -> str:
    """The clock the person lives by: that of the region of the hat worn."""
    here = place(actor.region_code or NATION)
    return here.time_zone if here else clock.HOME_ZONE


def masked_name(name: str) -> str:
    """`Sari Contoh` becomes `S••• C•••••`: enough to recognise oneself."""
    return " ".join(word[0] + "•" * (len(word) - 1) for word in name.split())


def place(code: str) -> Region | None:
    return Region.objects.in_force().filter(code=code).first()


def hat_of(actor: Actor, hat_id: str) -> Hat | None:
    """One of the actor's own hats; nobody else's is ever found."""
    return next((hat for hat in actor.hats if str(hat.id) == hat_id), None)


def has_real_people() -> bool:
    """Whether anybody here is not a demo person: then the demo must not run."""
    return Person.objects.filter(is_demo=False).exists()


def own_data(person_id: UUID) -> dict[str, object]:
    """Everything this house keeps about a person as a person, ready for JSON."""
    who = Person.objects.get(pk=person_id)
    fields = ("role", "label", "region_id", "kim_id", "since", "until")
    return {
        "orang": {"id": who.pk, "nama": who.name, "hp": who.phone, "surel": who.email, "sejak": who.joined_at},
        "peran": list(Mandate.objects.filter(person=who).order_by("since", "id").values(*fields)),
        "persetujuan": list(consents_of(person_id).values("text_version", "channel", "hat", "at", "withdrawn_at")),
        "dikabari lewat": sorted(chosen_by(person_id)),
        **{name: rows_of(person_id) for name, rows_of in import_string(settings.KIM_OWN_DATA).items()},
    }


@dataclass(frozen=True, slots=True)
class WayShown:
    """One way of being told, as its owner sees it."""

    channel: Channel
    is_open: bool
    to: str
    words: str
    trouble: str


def ways_for(person: Person) -> list[WayShown]:
    """The ways this installation has, in its own order; one that cannot be opened says why not."""
    chosen, to = chosen_by(person.pk), _places_of(person)
    return [
        WayShown(channel, channel in chosen, to[channel], WAY_WORDS[channel], can_open_way(person, channel).reason)
        for channel in configured()
    ]


def _places_of(person: Person) -> dict[str, str]:
    phone = masked(person.phone) if person.phone else ""
    return {Channel.PUSH: "", Channel.WHATSAPP: phone, Channel.SMS: phone, Channel.EMAIL: person.email or ""}
