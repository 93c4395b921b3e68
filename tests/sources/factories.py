"""Sources and their suggestions for tests; every office and feed is invented."""

from accounts.factories import actor
from kim.accounts.actor import Actor
from kim.accounts.models import Role
from kim.kernel import feeds
from kim.kernel.outside import Fetched
from kim.sources import actions
from kim.sources.models import Item, Source
from sources.site import rss

PONOROGO, JATIM, NATION = "35.02", "35", "ID"
URL = "https://dinas.example/umpan.xml"


def officer(code: str = PONOROGO, role: Role = Role.REGENCY, name: str = "Ratna Contoh") -> Actor:
    return actor(role, code, name=name)


def source(who: Actor, url: str = URL, **more) -> Source:
    return actions.add(
        actor=who, url=url, **({"name": "Kabar Dinas", "agency": "Dinas Contoh", "licence": "Umum"} | more)
    )


def said(data: bytes, url: str = URL) -> feeds.Feed:
    return feeds.read(data, url=url)


def take_in(where: Source, data: bytes) -> int:
    """As if the worker had just read these bytes there."""
    return actions.take_in(where.pk, said(data), Fetched(where.url, data, "", '"v"', ""))


def items(who: Actor, *titles: str, url: str = URL) -> list[Item]:
    """Suggestions of a new source of this office, in the order of the titles."""
    where = source(who, url)
    take_in(where, rss(*titles))
    return list(where.items.order_by("guid", "version"))
