"""The small views of things that many pages share: a news item, a KIM in a list, the trail above a place."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings

from kim.kernel import clock, codes, text
from kim.media.queries import picture
from kim.publishing.models import Article
from kim.regions.models import Region
from kim.registry.models import Accent, Kim
from kim.registry.queries import Standing, activity_status, legal_status
from kim.web.templatetags.formats import tanggal_pendek

MOTIFS = ("kawung", "ombak", "tumpal")
THUMB, LEAD, SHARED = 192, 720, 1200


def absolute(path: str) -> str:
    """The one address of a page, whatever host it was read on."""
    return settings.KIM_BASE_URL + path


def near(region: Region) -> str:
    """The regency or city a place belongs to, as neighbours say it."""
    links = region.chain.split(", ")
    place = links[-2] if len(links) > 1 else region.display_name
    return place.removeprefix("Kab. ").removeprefix("Kabupaten ").removeprefix("Kota ")


def local_date(article: Article) -> date:
    """The day it came out, on the calendar of its place."""
    return clock.local(article.published_at, article.region.time_zone).date()


def news(article: Article, *, width: int = THUMB) -> dict[str, Any]:
    """An article as a news card, from what the lists of `publishing` read. A small card has no summary."""
    photo = picture(article.cover, width) if article.cover else {}
    return {
        "url": article.get_absolute_url(),
        "title": article.title,
        "source": f"{article.kim.name}, {near(article.region)}",
        "label": article.get_source_display(),
        "date": local_date(article),
        "summary": summary(article) if width == LEAD else "",
        "photo": photo.get("src", ""),
        "photo_alt": photo.get("alt", ""),
        "is_urgent": article.is_urgent,
        "kim": article.kim.key,
    }


def summary(article: Article) -> str:
    """The first point of its gist, else its first words."""
    return article.points[0] if article.points else text.excerpt(article.beginning, 150)


def news_list(articles: Iterable[Article], *, with_lead: bool = True) -> list[dict[str, Any]]:
    """Cards of a list; the first one large enough to lead."""
    return [news(article, width=LEAD if with_lead and not n else THUMB) for n, article in enumerate(articles)]


def crumbs(region: Region, *, with_self: bool = True) -> list[tuple[str, str]]:
    """The trail to a place, read from its code and its chain alone (no query)."""
    names = [name for name in reversed(region.chain.split(", ")) if name]
    above = [code for code in codes.ancestors(region.code) if code != codes.NATION]
    trail = [
        ("Indonesia", "/"),
        *((name, f"/wilayah/{code}/") for name, code in zip(names, above, strict=False)),
    ]
    return [*trail, (region.title, "")] if with_self else [*trail, (region.title, region.url)]


def motif(kim_id: UUID) -> str:
    """The woven pattern of a KIM's banner; the same one always."""
    return MOTIFS[kim_id.int % len(MOTIFS)]


def dye(kim: Kim) -> str:
    """The value of `data-dye`; the house's own blue needs none."""
    return "" if kim.accent == Accent.NILA else kim.accent


def kim_item(kim: Kim) -> dict[str, Any]:
    """A KIM in a list, with both its axes."""
    return {
        "url": f"/{kim.slug}/",
        "name": kim.name,
        "initials": text.initials(kim.name),
        "dye": dye(kim),
        "place": f"{kim.region.title}, {near(kim.region)}",
        "legal": short_legal(kim),
        "activity": activity_status(kim),
    }


def short_legal(kim: Kim) -> Standing:
    """The SK of a KIM in a list: while it is in force only the day matters."""
    standing = legal_status(kim)
    if standing.code != "berlaku" or kim.decree_until is None:
        return standing
    return replace(standing, text=f"SK sampai {tanggal_pendek(kim.decree_until)}")
