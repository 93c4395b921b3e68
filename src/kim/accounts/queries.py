"""Reading people: the actor of a session, the hats in force."""

from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.sessions.backends.base import SessionBase
from django.db.models import Q, QuerySet

from kim.accounts.actor import ANONYMOUS, Actor, Hat
from kim.accounts.models import Mandate, Person
from kim.kernel import clock

HAT_KEY = "hat"


def in_force() -> QuerySet[Mandate]:
    """Mandates that give rights now."""
    now = clock.now()
    return Mandate.objects.filter(Q(until=None) | Q(until__gt=now), since__lte=now).order_by("since", "id")


def actor_of(user: AbstractBaseUser, session: SessionBase) -> Actor:
    """The actor of a request: one query for the hats, the worn one remembered in the session."""
    if not user.is_authenticated:
        return ANONYMOUS
    return actor_for(user, hat_id=session.get(HAT_KEY))


def actor_for(person: Person, *, hat_id: str | UUID | None = None) -> Actor:
    """The person as an actor; wears the hat named, else the first."""
    hats = tuple(_hat(m) for m in in_force().filter(person=person))
    worn = next((hat for hat in hats if str(hat.id) == str(hat_id)), hats[0] if hats else None)
    return Actor(person_id=person.pk, name=person.name, hat=worn, hats=hats)


def _hat(mandate: Mandate) -> Hat:
    return Hat(mandate.id, mandate.role, mandate.region_id, mandate.kim_id, mandate.label)


def people_with(*roles: str, region_code: str) -> list[UUID]:
    """Who wears one of these hats exactly over that region: the desk a notice goes to."""
    return list(in_force().filter(role__in=roles, region_id=region_code).values_list("person_id", flat=True))


def people_in(kim_id: UUID, *roles: str) -> list[UUID]:
    """Who wears a hat (one of these, if named) in that KIM."""
    mandates = in_force().filter(kim_id=kim_id)
    return list((mandates.filter(role__in=roles) if roles else mandates).values_list("person_id", flat=True))
