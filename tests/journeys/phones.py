"""Phones on which a browser may complain of nothing, and what they keep."""

from collections.abc import Callable, Iterator

import pytest

from browser import Visitor
from kim.accounts.actor import Actor
from kim.accounts.models import Mandate, Person
from publishing.factories import House, house
from world import signed_in

Opens = Callable[..., Visitor]


@pytest.fixture
def phone(visit, address) -> Iterator[Opens]:
    """A phone on which not even a warning may appear; `expected` are complaints a test brings about on purpose."""
    said: list[str] = []

    def opened(name: str = "warga", *, by: Actor | None = None, expected: tuple[str, ...] = (), **more) -> Visitor:
        who = visit(name, **more)

        def hear(message) -> None:
            if message.type in ("error", "warning") and not any(words in message.text for words in expected):
                said.append(f"{who.path}: {message.text}")

        who.page.on("console", hear)
        if by:
            sign_in(who, by, address)
        return who

    yield opened
    assert said == [], said


def sign_in(who: Visitor, by: Actor, address: str) -> None:
    key = signed_in(Person.objects.get(pk=by.person_id), Mandate.objects.get(pk=by.hat.id))
    cookies = [{"name": "sessionid", "value": key, "url": address}, {"name": "kim_masuk", "value": "1", "url": address}]
    who.context.add_cookies(cookies)


@pytest.fixture
def home(transactional_db) -> House:
    return house()


def kept(who: Visitor) -> str:
    """What this phone keeps of texts."""
    return who.page.evaluate("() => JSON.stringify(localStorage)")
