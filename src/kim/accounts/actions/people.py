"""Persons and their hats."""

from uuid import UUID

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F

from kim.accounts import policies, queries
from kim.accounts.actor import Actor
from kim.accounts.models import Agency, Consent, EntryCode, Mandate, Person, Purpose, Role
from kim.inbox.actions import close_all_ways
from kim.kernel import clock, text
from kim.kernel.codes import NATION
from kim.kernel.results import NotAllowed, demand
from kim.ledger.actions import record


def home(person: Person) -> str:
    """The region a person's own entries are filed under: that of the first hat, else the nation."""
    first = queries.in_force().filter(person=person).first()
    return first.region_id if first else NATION


@transaction.atomic
def enrol(*, name: str, actor: Actor, phone: str | None = None, email: str | None = None) -> Person:
    """Know a person by E.164 phone, e-mail or both: the one already here, else a new one without any right.

    The way in that a known person lacks is added, never changed. Whoever had left is welcome again, without a hat.
    People made while the demo runs are demo people, so that the demo never mixes with real data.
    """
    phone, email = phone or None, (email or "").strip().lower() or None
    if not phone and not email:
        raise NotAllowed("Isi nomor HP atau alamat surel.")
    person, *others = queries.reached_by(phone=phone or "", email=email or "").select_for_update() or [None]
    if others:
        raise NotAllowed("Nomor HP dan surel ini milik dua orang yang berbeda. Periksa lagi keduanya.")
    if person is None:
        person = Person(name=text.squeeze(name)[:120], phone=phone, email=email, is_demo=settings.KIM_DEMO)
        person.set_unusable_password()
    else:
        _add_way_in(person, phone=phone, email=email, actor=actor)
        if person.is_active:
            return person
        person.is_active = True
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as error:
        raise NotAllowed("Orang ini baru saja didaftarkan orang lain. Coba sekali lagi.") from error
    record("person.enrolled", person.key, actor=actor, region=actor.region_code or NATION, kim_id=actor.kim_id)
    return person


def _add_way_in(person: Person, *, phone: str | None, email: str | None, actor: Actor) -> None:
    for field, given, word in (("phone", phone, "nomor HP"), ("email", email, "surel")):
        own = getattr(person, field)
        if own and given and own != given:
            raise NotAllowed(f"{person.name} sudah terdaftar dengan {word} lain. Kosongkan {word}, atau periksa lagi.")
        if given and not own:
            demand(policies.can_add_way_in(actor, queries.in_force().filter(person=person)))
            setattr(person, field, given)
            person.save(update_fields=[field])
            record("person.way_added", person.key, actor=actor, region=home(person), kim_id=actor.kim_id, way=word)


@transaction.atomic
def give_mandate(
    person_id: UUID,
    *,
    role: str,
    region: str,
    actor: Actor,
    kim_id: UUID | None = None,
    agency_id: UUID | None = None,
    label: str = "",
) -> Mandate:
    """Give a hat; the same open hat given again is the one already there. An agency's hat is called by the agency."""
    demand(policies.can_give_mandate(actor, role, region, kim_id))
    person = Person.objects.select_for_update().get(pk=person_id, is_active=True)
    place = queries.place(region)
    if place is None:
        raise NotAllowed("Kode wilayah ini tidak ada atau sudah tidak berlaku.")
    agency = _agency(agency_id, role, region)
    same = queries.in_force().filter(person=person, role=role, region_id=region, kim_id=kim_id, agency=agency).first()
    if same is not None:
        return same
    label = (label or (agency.name if agency else f"{Role(role).label} {place.title}"))[:160]
    mandate = Mandate.objects.create(person=person, role=role, region=place, kim_id=kim_id, agency=agency, label=label)
    record("mandate.given", person.key, actor=actor, region=region, kim_id=kim_id, **_words(mandate))
    return mandate


def _agency(agency_id: UUID | None, role: str, region: str) -> Agency | None:
    if agency_id is None:
        return None
    agency = Agency.objects.filter(pk=agency_id, region_id=region, is_open=True).first()
    if agency is None or role != Role.AGENCY:
        raise NotAllowed("Kantor ini tidak ada di wilayah itu, atau sudah ditutup.")
    return agency


@transaction.atomic
def invite(
    *,
    actor: Actor,
    name: str,
    role: str,
    region: str,
    phone: str = "",
    email: str = "",
    agency_id: UUID | None = None,
) -> Person:
    """Know a person and give the hat in one step, with the way in that opens it; a code lets them in."""
    demand(policies.can_give_mandate(actor, role, region))
    person = enrol(name=name, phone=phone, email=email, actor=actor)
    if Purpose.of(role) == Purpose.PASSWORD and not person.email:
        raise NotAllowed("Tugas ini dipakai dengan surel dan kata sandi. Isi juga surelnya.")
    if Purpose.of(role) == Purpose.PIN and not person.phone:
        raise NotAllowed("Tugas ini dipakai dengan nomor HP dan PIN. Isi juga nomor HP-nya.")
    give_mandate(person.pk, role=role, region=region, agency_id=agency_id, actor=actor)
    return person


@transaction.atomic
def end_mandate(mandate_id: UUID, *, actor: Actor, reason: str = "") -> Mandate:
    """Take a hat away from today on; raises NotAllowed when it has already ended."""
    mandate = Mandate.objects.select_for_update().select_related("person").get(pk=mandate_id)
    demand(policies.can_end_mandate(actor, mandate))
    if mandate.until is not None and mandate.until <= clock.now():
        raise NotAllowed("Tugas ini sudah berakhir.")
    mandate.until = clock.now()
    mandate.save(update_fields=["until"])
    words = _words(mandate) | {"reason": reason[:300]}
    record("mandate.ended", mandate.person.key, actor=actor, region=mandate.region_id, kim_id=mandate.kim_id, **words)
    return mandate


def _words(mandate: Mandate) -> dict[str, str]:
    return {"role": mandate.role, "label": mandate.label, "mandate": str(mandate.pk)}


@transaction.atomic
def note_sign_in(*, actor: Actor, way: str) -> None:
    """Remember that somebody came in, and by which way."""
    region = actor.region_code or NATION
    record("person.signed_in", f"person:{actor.person_id}", actor=actor, region=region, kim_id=actor.kim_id, way=way)


@transaction.atomic
def change_pin(*, actor: Actor, old: str, new: str) -> Person:
    """A new PIN for oneself; every other device is signed out by it."""
    person = Person.objects.select_for_update().get(pk=actor.person_id)
    if not person.check_pin(old):
        raise NotAllowed("PIN lama tidak cocok.")
    demand(policies.can_be_pin(new, person.phone or ""))
    person.set_pin(new)
    person.save(update_fields=["pin"])
    record("pin.changed", person.key, actor=actor, region=actor.region_code or NATION)
    return person


@transaction.atomic
def change_password(*, actor: Actor, old: str, new: str) -> Person:
    """A new password for oneself; every other device is signed out by it."""
    person = Person.objects.select_for_update().get(pk=actor.person_id)
    if not person.check_password(old):
        raise NotAllowed("Kata sandi lama tidak cocok.")
    try:
        validate_password(new, person)
    except ValidationError as error:
        raise NotAllowed(" ".join(error.messages)) from error
    person.set_password(new)
    person.save(update_fields=["password"])
    record("password.changed", person.key, actor=actor, region=actor.region_code or NATION)
    return person


@transaction.atomic
def sign_out_everywhere(*, actor: Actor) -> None:
    """Every browser of this person, this one too, has to sign in again."""
    Person.objects.filter(pk=actor.person_id).update(session_epoch=F("session_epoch") + 1)
    record("person.signed_out", f"person:{actor.person_id}", actor=actor, region=actor.region_code or NATION)


@transaction.atomic
def withdraw_consent(*, actor: Actor) -> None:
    """Leave: hats end, codes die, no device stays signed in, nobody can sign in as this person any more."""
    person = Person.objects.select_for_update().get(pk=actor.person_id)
    region, now = home(person), clock.now()
    queries.in_force().filter(person=person).update(until=now)
    EntryCode.objects.filter(person=person, used_at=None, cancelled_at=None).update(cancelled_at=now)
    Consent.objects.filter(person=person, withdrawn_at=None).update(withdrawn_at=now)
    close_all_ways(person.pk)
    person.is_active, person.pin = False, ""
    person.session_epoch += 1
    person.set_unusable_password()
    person.save()
    record("consent.withdrawn", person.key, actor=actor, region=region, kim_id=actor.kim_id)


@transaction.atomic
def drop_second_factor(person_id: UUID, *, actor: Actor) -> Person:
    """For an official who lost phone and recovery codes: the factors go, so that new ones can be set up."""
    person = Person.objects.select_for_update().get(pk=person_id)
    mandates = queries.in_force().filter(person=person)
    demand(policies.can_issue_code(actor, person.pk, mandates, Purpose.PASSWORD))
    Authenticator.objects.filter(user=person).delete()
    Person.objects.filter(pk=person.pk).update(session_epoch=F("session_epoch") + 1)
    record("factor.dropped", person.key, actor=actor, region=home(person))
    return person
