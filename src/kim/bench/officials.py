"""Who can sign in at a loaded nation: the chair of every KIM, one officer of every regency and province, and the centre.

They use the open secrets of the demo (`kim.accounts.demo`), and so only where KIM_DEMO is on.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cache
from uuid import UUID

from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import make_password

from kim.accounts import demo as keys
from kim.accounts.models import Mandate, Person, Role
from kim.bench import phrases
from kim.bench.plan import Order, Share
from kim.bench.village import kim_ids, made_id, phone
from kim.kernel import codes
from kim.kernel.phone import national
from kim.regions.models import Region
from kim.registry.models import Kim

HEAD = 89_000_000  # the phone number of the sample village head, far from those of the chairs
LEVELS = {codes.Level.NATION: Role.NATIONAL, codes.Level.PROVINCE: Role.PROVINCE, codes.Level.REGENCY: Role.REGENCY}


@dataclass(frozen=True, slots=True)
class SignIn:
    """One way in. `code` is the present one of the officers' authenticator, whose secret is the demo's."""

    role: str
    where: str
    login: str
    secret: str
    code: str
    site: str


def secret_of(seed: int) -> str:
    """The hash of the demo's PIN, the same for everybody: a million hashes would take a day."""
    return make_password(keys.PIN, salt=f"kentongan{seed}")


def settle(order: Order, found: list[Share], secret: str) -> None:
    """Officers for every region above the villages of the load, and the head of its first village."""
    password = make_password(keys.PASSWORD, salt=f"kentongan{order.seed}")
    for person, mandate in _officers(order, found):
        person.password = password
        person.save(force_insert=True)
        mandate.save(force_insert=True)
        TOTP.activate(person, keys.TOTP_SECRET)
    head = _person(order, "head", phone=phone(HEAD), pin=secret)
    head.save(force_insert=True)
    region = Region.objects.get(code=found[0].code)
    _mandate(order, head, Role.VILLAGE, region, f"Kepala {region.title}").save(force_insert=True)


def ids(order: Order, found: list[Share]) -> list[UUID]:
    """The officers and the head of this load."""
    return [_id(order, code) for code in (*places(found), "head")]


def places(found: list[Share]) -> list[str]:
    """Where there is an officer: the nation, then every province and regency above these villages."""
    return [codes.NATION, *sorted({share.code[:length] for share in found for length in (2, 5)})]


@cache
def officer_id(order: Order, code: str) -> UUID:
    """The officer of a place."""
    return _id(order, code)


def sign_ins(order: Order, found: list[Share], number: int) -> Iterator[SignIn]:
    """The centre, the first province and regency, the village head, then chairs: the busiest KIM first."""
    for code in [codes.NATION, found[0].code[:2], found[0].code[:5]]:
        role = LEVELS[codes.level(code)]
        yield SignIn(role, code, _email(code), keys.PASSWORD, keys.current_code(), "")
    yield SignIn(Role.VILLAGE, found[0].code, national(phone(HEAD)), keys.PIN, "", "")
    busiest = sorted(found, key=lambda share: (-share.articles, share.code))[:number]
    sites = dict(Kim.objects.filter(id__in=kim_ids(order, busiest)).values_list("region_id", "slug"))
    for share in busiest:
        site = f"/{sites[share.code]}/" if share.code in sites else ""
        yield SignIn(Role.BOARD, share.code, national(phone(share.number)), keys.PIN, "", site)


def _officers(order: Order, found: list[Share]) -> Iterator[tuple[Person, Mandate]]:
    regions = Region.objects.in_bulk(places(found))
    for code in places(found):
        role, region = LEVELS[codes.level(code)], regions[code]
        office = "Kementerian (pusat)" if role is Role.NATIONAL else f"Diskominfo {region.title}"
        person = _person(order, code, email=_email(code))
        yield person, _mandate(order, person, role, region, office)


def _email(code: str) -> str:
    return f"petugas.{code.lower()}@bench.invalid"


def _person(order: Order, what: str, **fields: str) -> Person:
    name = phrases.person(phrases.chance_of(order.seed, f"name/{what}").random)
    return Person(id=_id(order, what), name=f"{name} (contoh)", is_demo=True, joined_at=_since(order), **fields)


def _mandate(order: Order, person: Person, role: Role, region: Region, label: str) -> Mandate:
    made = UUID(made_id(phrases.chance_of(order.seed, f"mandate/{person.id}"), _since(order)))
    return Mandate(id=made, person=person, role=role, region=region, label=label[:160], since=_since(order))


def _id(order: Order, what: str) -> UUID:
    return UUID(made_id(phrases.chance_of(order.seed, f"officer/{what}"), _since(order)))


def _since(order: Order) -> datetime:
    return datetime.combine(order.day, time(2), UTC) - timedelta(days=1200)
