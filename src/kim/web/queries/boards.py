"""The board of the week on paper, and the screen in the village hall: what is on them."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import starmap
from typing import Any
from uuid import UUID

import segno
from django.utils.safestring import mark_safe

from kim.accounts.actor import Actor
from kim.dissemination import queries as dissemination
from kim.kernel import clock, codes, text
from kim.kernel.dates_id import MONTHS, spell
from kim.publishing import queries as publishing
from kim.publishing.models import Article
from kim.regions import queries as regions
from kim.sharing import queries as sharing
from kim.web.queries import cards
from kim.web.queries.shareables import Shared, shared_article, shared_bulletin

FORTNIGHT = timedelta(days=14)
FRESH = timedelta(days=7)
ENOUGH, MOST_SLIDES = 6, 10
LONG_TITLE, LONG_POINT = 64, 100  # signs; a slide is read from a chair, and never scrolled


@dataclass(frozen=True, slots=True)
class Offer:
    """What may go on somebody's board: whose it is, where all of it is read, and the texts and packets of the last two weeks."""

    heading: str
    link: str
    period: str
    things: list[Shared]

    @property
    def ticked(self) -> list[str]:
        """What a first look would pick: the urgent ones and those of the last week, as many as the sheet holds."""
        since = clock.now() - FRESH
        wanted = [one for one in self.things if one.is_urgent or one.at >= since] or self.things
        return [one.code for one in wanted[: sharing.MOST_ON_BOARD]]


def offer(actor: Actor) -> Offer:
    """A member's board holds the own KIM's texts and the packets it spreads, a village head's those of the whole village."""
    since = clock.now() - FORTNIGHT
    if actor.kim_id:
        kim = publishing.kim_of(actor)
        heading, link, place = f"{kim.name}, {kim.region.title}", f"/{kim.slug}/", kim.region
    else:
        place = regions.get(actor.region_code or "")
        heading, link = f"{place.title}, {cards.near(place)}", place.url
    texts = publishing.lately(place.code, since=since, kim_id=actor.kim_id)
    packets = dissemination.to_spread(since=since, kim_id=actor.kim_id, code=place.code)
    things = [*starmap(shared_bulletin, packets), *map(shared_article, texts)]
    today = clock.today(place.time_zone)
    return Offer(heading, cards.absolute(link), period(today - FORTNIGHT, today), things)


def period(first: date, last: date) -> str:
    """`15–28 November 2025`, `24 Oktober–7 November 2025`."""
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{spell(last)}"
    start = spell(first) if first.year != last.year else f"{first.day} {MONTHS[first.month - 1]}"
    return f"{start}–{spell(last)}"


def sheet(of: Offer, picked: list[str], paper: sharing.Paper) -> bytes:
    """What was picked on one sheet: packets, then texts, each newest first."""
    chosen = [one.of for one in of.things if one.code in picked]
    return sharing.board(of.heading, of.period, chosen, paper, of.link)


def screen(code: str) -> dict[str, Any]:
    """The newest texts of a place; while they are few, those from around as well. Raises Region.DoesNotExist."""
    place = regions.get(code)
    seen: list[str] = []
    found: dict[UUID, Article] = {}
    for wider in circles(code):
        seen.append(wider)
        found |= {one.id: one for one in publishing.newest(wider, size=MOST_SLIDES) if one.id not in found}
        if len(found) >= ENOUGH:
            break
    return {
        "place": place,
        "successor": None if place.is_in_force else regions.current_code(code),
        "near": cards.near(place) if place.level == codes.Level.VILLAGE else "",
        "slides": [slide(one) for one in list(found.values())[:MOST_SLIDES]],
        "seen": seen,
    }


def circles(code: str) -> list[str]:
    """The place, its district, its regency; nothing wider, a village is no news wire."""
    return [code, *(wider for wider in reversed(codes.ancestors(code)) if len(wider) >= len("35.02"))]


def slide(article: Article) -> dict[str, Any]:
    """One text as it fills the screen."""
    qr = segno.make(cards.absolute(article.short_url), error="m").svg_inline(border=2, omitsize=True, light="#fff")
    room = 3 if len(article.title) <= LONG_TITLE // 2 else 2 if len(article.title) <= LONG_TITLE else 1
    points = article.points or [text.excerpt(article.beginning, LONG_POINT)]
    return {
        **cards.news(article, width=cards.LEAD),
        "is_long": len(article.title) > LONG_TITLE,
        "points": [text.clip(point, LONG_POINT) for point in points[:room]],
        "short": cards.absolute(article.short_url).partition("://")[2].rstrip("/"),
        "qr": mark_safe(qr),
    }
