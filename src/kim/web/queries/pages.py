"""Public pages: home, a region, the lists of news and of KIM. Figures come from the counters, never from a COUNT."""

from datetime import datetime, timedelta
from typing import Any

from kim.evaluation import queries as evaluation
from kim.kernel import clock, codes
from kim.kernel.codes import Level
from kim.publishing import queries as publishing
from kim.publishing.models import Category
from kim.regions import queries as regions
from kim.regions.models import Region
from kim.registry import queries as registry
from kim.registry.models import Kim
from kim.search import queries as search
from kim.web.queries import bulletins, cards

TOPICS = tuple(Category.choices)
URGENT_FOR = timedelta(days=3)
NEWS_ON_FRONT, NEWS_ON_PAGE, KIMS_ON_FRONT, KIMS_ON_PAGE = 6, 20, 6, 24


def home() -> dict[str, Any]:
    """The front page of the country."""
    return {
        "items": cards.news_list(publishing.newest(size=NEWS_ON_FRONT)),
        "alarms": alarms(codes.NATION),
        "figure": evaluation.figure(codes.NATION),
        "provinces": evaluation.provinces(),
        "kims": [cards.kim_item(kim) for kim in registry.lately_heard(codes.NATION, KIMS_ON_FRONT)],
        "categories": TOPICS,
    }


def alarms(code: str) -> list[dict[str, Any]]:
    """What stands above a page: the newest emergency packet for that place, and its newest urgent notice."""
    return [one for one in (bulletins.alarm(code), urgent(code)) if one]


def urgent(region_code: str) -> dict[str, Any] | None:
    """The newest urgent notice of the last days, and until when it is one."""
    article = publishing.urgent(region_code, since=clock.now() - URGENT_FOR)
    return cards.news(article) | {"until": article.published_at + URGENT_FOR} if article else None


def alarms_end(alarms: list[dict[str, Any]]) -> datetime | None:
    """When the first of the alarms above a page goes out by itself."""
    return min((alarm["until"] for alarm in alarms), default=None)


def region(code: str) -> dict[str, Any]:
    """The page of a place at any level; raises Region.DoesNotExist. A closed place names its successor."""
    place, figure = evaluation.place(code)
    below = [] if place.level == Level.VILLAGE else evaluation.coverage(code)
    covered = [row for row in below if row.have]
    uncovered = [row for row in below if not row.have]
    found = publishing.newest(code, size=NEWS_ON_FRONT)
    around = codes.regency(code)
    return {
        "place": place,
        "crumbs": cards.crumbs(place),
        "successor": None if place.is_in_force else regions.current_code(code),
        "figure": figure,
        "census": describe(place, below),
        "covered": covered,
        "uncovered": uncovered,
        "uncovered_count": len(uncovered),
        "below_word": BELOW.get(place.level, ""),
        "alarms": alarms(code),
        "packets": bulletins.for_place(code),
        "items": cards.news_list(found),
        "kims": [cards.kim_item(kim) for kim in registry.lately_heard(code, KIMS_ON_FRONT)],
        "near_items": [] if len(found) or code == around else news_around(around),
        "near_url": f"/kabar/?wilayah={around}",
    }


def news_around(code: str) -> list[dict[str, Any]]:
    """What the neighbours write, for a place that is still quiet."""
    return cards.news_list(publishing.newest(code, size=NEWS_ON_FRONT))


BELOW: dict[str, str] = {
    Level.NATION: "provinsi",
    Level.PROVINCE: "kabupaten/kota",
    Level.REGENCY: "kecamatan",
    Level.DISTRICT: "desa",
}


def describe(place: Region, below: list[evaluation.Cover]) -> str:
    """How large a place is, in words."""
    villages = sum(row.total for row in below)
    if place.level == Level.DISTRICT:
        return f"{villages} desa dan kelurahan."
    return f"{villages:,} desa dan kelurahan di {len(below)} {BELOW[place.level]}.".replace(",", ".") if below else ""


def news_under(code: str, *, category: str = "", after: str = "") -> dict[str, Any]:
    """A page of news under a region and, if asked, on one topic; unknown topics raise Region.DoesNotExist."""
    if category and category not in Category.values:
        raise Region.DoesNotExist
    place = regions.get(code) if code != codes.NATION else None
    found = publishing.newest(code, category=category or None, after=after, size=NEWS_ON_PAGE)
    return {
        "place": place,
        "category": category,
        "category_name": Category(category).label if category else "",
        "categories": Category.choices,
        "items": cards.news_list(found, with_lead=not after),
        "next": found.next,
        "code": code,
    }


def directory(code: str, *, text: str = "", after: str = "") -> dict[str, Any]:
    """A page of the KIM under a region, by name; with words only those whose name or village has them."""
    place = regions.get(code) if code != codes.NATION else None
    found = named(text, code) if text else registry.directory(code, after, size=KIMS_ON_PAGE)
    return {
        "place": place,
        "text": text,
        "kims": [cards.kim_item(kim) for kim in found],
        "next": getattr(found, "next", ""),
        "figure": evaluation.figure(code),
        "code": code,
    }


def named(text: str, code: str) -> list[Kim]:
    """The KIM that search finds by these words, in its order; none for words that would find nearly all."""
    try:
        hits = search.search(text, region_code=code, kind="kim", size=KIMS_ON_PAGE).items
    except search.TooBroad:
        return []
    by_id = {str(kim.id): kim for kim in registry.public().filter(id__in=[hit.key[4:] for hit in hits])}
    return [by_id[hit.key[4:]] for hit in hits if hit.key[4:] in by_id]
