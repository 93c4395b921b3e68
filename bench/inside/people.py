"""People of the benchmark: boards of busy KIM with a PIN, officials with a session that has shown a second factor."""

import time
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest

from kim.accounts.backends import PHONE, STRONG
from kim.accounts.models import OFFICIAL_ROLES, Mandate, Person, Role
from kim.accounts.queries import HAT_KEY
from kim.registry.models import Kim
from kim.registry.workflow import Stage

PIN = "846291"
BOARDS = 60


def boards() -> list[Mandate]:
    """One person of the board for each of the busiest KIM; the same people whenever it is asked."""
    rows = Kim.objects.filter(stage=Stage.REGISTERED, published_count__gte=3).select_related("region")
    kims = list(rows.order_by("-published_count", "id")[:BOARDS])
    secret = make_password(PIN)
    found = []
    for number, kim in enumerate(kims):
        person, is_new = Person.objects.get_or_create(
            phone=f"+62899990{number:05d}", defaults={"name": f"Pengukur {number}", "pin": secret, "is_demo": True}
        )
        if not is_new:
            Person.objects.filter(pk=person.pk).update(pin=secret)
            person.pin = secret
        Mandate.objects.filter(person=person).exclude(kim_id=kim.id).delete()
        found.append(_hat(person, Role.BOARD, kim.region_id, kim_id=kim.id))
    return found


def official(role: str, code: str) -> Mandate:
    """The official of the benchmark over a region."""
    person, _ = Person.objects.get_or_create(
        email=f"pengukur-{role}@example.id", defaults={"name": "Pengukur dinas", "password": "!", "is_demo": True}
    )
    Mandate.objects.filter(person=person).exclude(region_id=code).delete()
    return _hat(person, role, code)


def cookie(mandate: Mandate) -> str:
    """A session of this hat, as its browser would send it."""
    request = HttpRequest()
    request.session = SessionStore()
    login(request, mandate.person, backend=STRONG if mandate.role in OFFICIAL_ROLES else PHONE)
    request.session[HAT_KEY] = str(mandate.id)
    request.session.save()
    return f"{settings.SESSION_COOKIE_NAME}={request.session.session_key}"


def hashing_milliseconds() -> float:
    """What checking one PIN costs by itself; it is slow on purpose, against guessing."""
    secret = make_password(PIN)
    begun = time.process_time()
    for _ in range(3):
        check_password(PIN, secret)
    return round((time.process_time() - begun) / 3 * 1000, 1)


def _hat(person: Person, role: str, code: str, **of: Any) -> Mandate:
    mandate, _ = Mandate.objects.get_or_create(
        person=person, role=role, region_id=code, until=None, defaults={"label": f"Pengukur {code}"}, **of
    )
    return mandate
