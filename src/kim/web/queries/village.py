"""What a village head sees: the KIM of the own village on both axes, the people who can be let in, the news."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kim.accounts import queries as accounts
from kim.accounts.actor import Actor
from kim.accounts.models import Mandate, Person, Purpose
from kim.accounts.policies import can_issue_code
from kim.aspirations import queries as aspirations
from kim.inbox.queries import unread
from kim.kernel.results import Verdict
from kim.publishing import queries as publishing
from kim.regions import queries as regions
from kim.registry import queries as registry
from kim.registry.models import Kim, KimQuerySet
from kim.registry.queries import Standing
from kim.registry.workflow import Stage
from kim.web.queries import cards, kims

MOST_URGENT = ("habis", "belum", "segera", "berlaku")
LATEST, MANY = 4, 20
LAPSED = "SK baru Anda tanda tangani, lalu KIM mengirimkannya ke Diskominfo."


@dataclass(frozen=True, slots=True)
class Row:
    """A KIM of the village: what it is, where it stands, and a text ready to send."""

    kim: Kim
    legal: Standing
    activity: Standing
    whatsapp: str

    @property
    def url(self) -> str:
        return f"/kerja/desa/kim/{self.kim.id}/"

    @property
    def is_registered(self) -> bool:
        return self.kim.stage == Stage.REGISTERED


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing that asks for the head: what, where, and a line that says why."""

    icon: str
    title: str
    url: str
    line: str
    is_urgent: bool = False


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody of a KIM, and whether the head may let this person in again."""

    person: Person
    labels: str
    kim_ids: frozenset[UUID]
    verdict: Verdict


def of_village(actor: Actor) -> KimQuerySet:
    """The KIM of the head's own village, drafts left out."""
    return registry.visible_to(actor).within(actor.region_code).exclude(stage=Stage.DRAFT)


def desk(actor: Actor) -> dict[str, Any]:
    """Everything on the head's first page."""
    place = regions.get(actor.region_code or "")
    rows = sorted((row(kim, actor) for kim in of_village(actor)), key=_pressing)
    return {
        "place": place,
        "name": actor.name,
        "rows": [one for one in rows if one.is_registered],
        "applications": [one for one in rows if not one.is_registered],
        "duties": [*_voices(actor), *_messages(actor), *(duty for one in rows for duty in _duties(one))],
        "items": cards.news_list(publishing.newest(place.code, size=LATEST), with_lead=False),
        "news_url": f"/kabar/?wilayah={place.code}",
    }


def row(kim: Kim, actor: Actor) -> Row:
    greeting = f"Halo {kim.name}, saya {actor.name}, {actor.hat.label if actor.hat else ''}."
    return Row(
        kim, registry.legal_status(kim), registry.activity_status(kim), kims.whatsapp(kim.public_phone, greeting)
    )


def _pressing(one: Row) -> tuple[int, str, str]:
    return MOST_URGENT.index(one.legal.code), one.kim.name, str(one.kim.id)


def _messages(actor: Actor) -> list[Duty]:
    return [Duty("inbox", note.text, f"/kerja/pesan/{note.id}/", "Pesan baru") for note in unread(actor)]


def _voices(actor: Actor) -> list[Duty]:
    """What waits on the desk of the village, most pressing first in one line."""
    number = aspirations.waiting_count(actor)
    if not number:
        return []
    title = f"{number if number < MANY else f'{MANY} lebih'} aspirasi warga menunggu diterima"
    return [Duty("voice", title, "/kerja/aspirasi/", "Terima, atau teruskan, sebelum tenggatnya.", True)]


def _duties(one: Row) -> list[Duty]:
    """What this KIM needs of its head: an SK first, then a word when it fell silent."""
    name = one.kim.name
    if not one.is_registered:
        return []
    found = []
    if one.legal.code in ("habis", "belum"):
        found.append(Duty("certificate", f"Siapkan SK untuk {name}", one.url, f"{one.legal.text}. {LAPSED}", True))
    if one.legal.code == "segera":
        found.append(Duty("certificate", f"Siapkan SK baru {name}", one.url, f"{one.legal.text}. {LAPSED}"))
    if one.activity.code in ("vakum", "belum"):
        found.append(Duty("chat", f"Sapa pengurus {name}", one.url, f"{one.activity.text}."))
    return found


def portrait(actor: Actor, kim_id: UUID) -> dict[str, Any]:
    """One KIM as its head may see it: SK, board and its history, who can be let in. No phone numbers."""
    kim = of_village(actor).get(pk=kim_id)
    return {
        "row": row(kim, actor),
        "kim": kim,
        "place": kim.region,
        "seats": registry.seats_now(kim),
        "former_seats": list(registry.seats_before(kim)),
        "decrees": list(registry.decrees(kim)),
        "open_decree": registry.renewal(kim),
        "member_count": registry.member_count(kim),
        "guests": [guest for guest in guests(actor) if kim.id in guest.kim_ids],
    }


def guests(actor: Actor) -> list[Guest]:
    """The people of the village's KIM, each with the answer to "may I make a code?"."""
    people = list(accounts.visible_to(actor).exclude(pk=actor.person_id))
    hats = _all_hats(people)
    found = [_guest(actor, person, hats[person.pk]) for person in people]
    return [guest for guest in found if guest.kim_ids]


def _all_hats(people: list[Person]) -> dict[UUID, list[Mandate]]:
    """Every hat in force of these people, wherever it is worn: a code opens them all."""
    found: dict[UUID, list[Mandate]] = defaultdict(list)
    for mandate in accounts.in_force().filter(person__in=people):
        found[mandate.person_id].append(mandate)
    return found


def _guest(actor: Actor, person: Person, hats: list[Mandate]) -> Guest:
    here = [hat for hat in hats if hat.kim_id and hat.region_id == actor.region_code]
    words = ", ".join(hat.label for hat in here)
    verdict = can_issue_code(actor, person.pk, hats, Purpose.PIN)
    return Guest(person, words, frozenset(hat.kim_id for hat in here if hat.kim_id), verdict)
