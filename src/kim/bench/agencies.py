"""The offices beside the chain that voices are handed to: dinas of regencies and provinces, units of the ministry, kecamatan.

Each has one officer; every other kecamatan works here. Who answers for what stands in the routes, as an officer would set it.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from kim.accounts.models import Agency, Mandate, Person, Role
from kim.aspirations.models import Category, Route
from kim.bench import officials, phrases
from kim.bench.plan import Order, Share, chance_that
from kim.bench.village import made_id
from kim.kernel import codes
from kim.kernel.codes import Level
from kim.regions.models import Region

# Level → (office, what it answers for).
OFFICES: dict[Level, tuple[tuple[str, tuple[str, ...]], ...]] = {
    Level.NATION: (("Direktorat Layanan Desa", ("road", "light", "water", "farm")), ("Direktorat Layanan Warga", ())),
    Level.PROVINCE: (("Dinas Bina Marga", ("road", "light")), ("Dinas Sosial", ("aid",)), ("Dinas Pertanian", ("farm",))),
    Level.REGENCY: (
        ("Dinas Pekerjaan Umum", ("road", "light", "water")), ("Dinas Lingkungan Hidup", ("waste", "safety")),
        ("Dinas Kesehatan dan Sosial", ("health", "aid")), ("Dinas Kependudukan", ("papers", "service", "other")),
    ),
    Level.DISTRICT: (("Kecamatan", ()),),
}  # fmt: skip
STAFFED = 0.5  # of the kecamatan


def settle(order: Order, found: list[Share]) -> None:
    """Agencies, their officers and the routes, each table at once."""
    codes_ = places(order, found)
    regions = Region.objects.in_bulk(codes_)
    rows = [(code, office) for code in codes_ for office in OFFICES[codes.level(code)]]
    people = [_person(order, code, name) for code, (name, _) in rows]
    Agency.objects.bulk_create(_agency(order, regions[code], name) for code, (name, _) in rows)
    Person.objects.bulk_create(people)
    Mandate.objects.bulk_create(
        _mandate(order, one, code, name) for one, (code, (name, _)) in zip(people, rows, strict=True)
    )
    Route.objects.bulk_create(_routes(order, rows))


def ids(order: Order, found: list[Share]) -> list[UUID]:
    """The agencies of this load."""
    return [UUID(agency_id(order, code, name)) for code, name in _every(order, found)]


def officer_ids(order: Order, found: list[Share]) -> list[UUID]:
    """Those who work there."""
    return [UUID(officer_id(order, code, name)) for code, name in _every(order, found)]


def places(order: Order, found: list[Share]) -> list[str]:
    """Where there is an agency: above every village of the load, of the kecamatan every other."""
    districts = sorted({share.code[:8] for share in found})
    return [*officials.places(found), *(code for code in districts if has_kecamatan(order, code))]


@cache
def has_kecamatan(order: Order, district: str) -> bool:
    """Whether the kecamatan works here."""
    return chance_that(order.seed, "kecamatan", district) < STAFFED


@cache
def answers_for(order: Order, code: str, category: str) -> str:
    """The agency of a place to which this goes."""
    offices = OFFICES[codes.level(code)]
    return agency_id(order, code, next((name for name, about in offices if category in about), offices[-1][0]))


@cache
def agency_id(order: Order, code: str, name: str) -> str:
    return _id(order, f"agency/{code}/{name}")


@cache
def officer_id(order: Order, code: str, name: str) -> str:
    return _id(order, f"officer/{code}/{name}")


@cache
def officer_at(order: Order, code: str, agency: str) -> str:
    """Who works at this agency of a place."""
    names = (name for name, _ in OFFICES[codes.level(code)])
    return next(officer_id(order, code, name) for name in names if agency_id(order, code, name) == agency)


def _every(order: Order, found: list[Share]) -> Iterator[tuple[str, str]]:
    return ((code, name) for code in places(order, found) for name, _ in OFFICES[codes.level(code)])


def _agency(order: Order, region: Region, name: str) -> Agency:
    called = f"{name} {region.title}" if region.level != Level.DISTRICT else region.title
    return Agency(id=agency_id(order, region.code, name), region=region, name=called[:160], is_demo=True)


def _person(order: Order, code: str, name: str) -> Person:
    called = phrases.person(phrases.chance_of(order.seed, f"name/{code}/{name}").random)
    made = Person(id=officer_id(order, code, name), name=f"{called} (contoh)", is_demo=True, joined_at=_since(order))
    made.email, made.password = f"petugas.{agency_id(order, code, name)[-12:]}@bench.invalid", "!"
    return made


def _mandate(order: Order, person: Person, code: str, name: str) -> Mandate:
    hat: dict[str, Any] = {"role": Role.AGENCY, "region_id": code, "agency_id": agency_id(order, code, name)}
    return Mandate(id=_id(order, f"hat/{code}/{name}"), person=person, label=name, since=_since(order), **hat)


def _routes(order: Order, rows: list[tuple[str, tuple[str, tuple[str, ...]]]]) -> Iterator[Route]:
    for code, (name, about) in rows:
        for category in about:
            made = _id(order, f"route/{code}/{category}")
            yield Route(id=made, region_id=code, category=Category(category), agency_id=agency_id(order, code, name))


def _id(order: Order, what: str) -> str:
    return made_id(phrases.chance_of(order.seed, what), _since(order))


def _since(order: Order) -> datetime:
    return datetime.combine(order.day, time(2), UTC) - timedelta(days=1200)
