"""RSS and Atom of the country, a region, a topic and a KIM: twenty at a time, the same bytes for everyone.

A feed says where its older items are (RFC 5005): `rel="next"` leads on until the first text there ever was.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed

from kim.clarification import queries as clarifications
from kim.clarification.actions.base import TOPIC
from kim.dissemination import queries as dissemination
from kim.dissemination.models import Bulletin
from kim.doors.access import public
from kim.doors.paging import Page
from kim.kernel import codes
from kim.pages import shows, tags
from kim.publishing import queries as publishing
from kim.publishing.models import Article, Category
from kim.regions import queries as regions
from kim.registry import queries as registry
from kim.web.queries import bulletins, cards

SIZE = 20
NEVER = datetime(2020, 1, 1, tzinfo=UTC)


class Same(SyndicationFeed):
    """A feed without items says the same at every moment."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else NEVER


class Atom(Same, Atom1Feed):
    """Django's, with the way on to older items."""

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        if self.feed["next_url"]:
            handler.addQuickElement("link", "", {"rel": "next", "href": self.feed["next_url"]})


class Rss(Same, Rss201rev2Feed):
    """The same for RSS, which borrows Atom's link."""

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        if self.feed["next_url"]:
            handler.addQuickElement("atom:link", None, {"rel": "next", "href": self.feed["next_url"]})


Adding = Callable[[SyndicationFeed, Any], None]
FORMS: dict[str, type[SyndicationFeed]] = {"umpan": Rss, "atom": Atom}


def _add(feed: SyndicationFeed, article: Article) -> None:
    card = cards.news(article, width=cards.LEAD)
    photo = f'<p><img src="{cards.absolute(card["photo"])}" alt=""></p>' if card["photo"] else ""
    feed.add_item(
        title=article.title,
        link=cards.absolute(card["url"]),
        description=photo + article.body,
        author_name=article.kim.name,
        pubdate=article.published_at,
        updateddate=article.corrected_at or article.published_at,
        unique_id=f"urn:uuid:{article.id}",
        unique_id_is_permalink=False,
        categories=[article.get_category_display()],
    )


def _add_bulletin(feed: SyndicationFeed, bulletin: Bulletin) -> None:
    card = bulletins.card(bulletin)
    feed.add_item(
        title=bulletin.title,
        link=cards.absolute(card["url"]),
        description=". ".join(filter(None, (card["label"], card["source"]))),
        author_name=bulletin.agency,
        pubdate=bulletin.issued_at,
        updateddate=max(bulletin.issued_at, bulletin.edited_at),
        unique_id=f"urn:uuid:{bulletin.id}",
        unique_id_is_permalink=False,
    )


def _answer(form: str, title: str, page: str, found: Page, *, add: Adding = _add) -> HttpResponse:
    if form not in FORMS:
        raise Http404
    address = cards.absolute(page)
    feed = FORMS[form](
        title=f"{title} – {settings.KIM_SITE_NAME}",
        link=address,
        description=f"Terbaru: {title}.",
        language="id",
        feed_url=f"{address}{form}.xml",
        next_url=f"{address}{form}.xml?sesudah={found.next}" if found.next else "",
    )
    for one in found:
        add(feed, one)
    content_type = "application/atom+xml" if form == "atom" else "application/rss+xml"
    return HttpResponse(feed.writeString("utf-8"), content_type=f"{content_type}; charset=utf-8")


def _page(request: HttpRequest, code: str = codes.NATION, **narrowed: Any) -> Page:
    return publishing.newest(code, **narrowed, after=request.GET.get("sesudah", ""), size=SIZE, whole=True)


@public
def of_nation(request: HttpRequest, form: str) -> HttpResponse:
    shows(request, tags.region(codes.NATION))
    return _answer(form, "Kabar desa seluruh Indonesia", "/kabar/", _page(request))


@public
def of_topic(request: HttpRequest, category: str, form: str) -> HttpResponse:
    if category not in Category.values:
        raise Http404
    found = _page(request, category=category)
    shows(request, tags.topic(category))
    return _answer(form, Category(category).label, f"/kabar/topik/{category}/", found)


@public
def of_region(request: HttpRequest, code: str, form: str) -> HttpResponse:
    place = regions.get(code)
    shows(request, tags.region(code))
    page = place.url if code != codes.NATION else "/kabar/"
    return _answer(form, f"Kabar dari {place.title}", page, _page(request, code))


@public
def of_kim(request: HttpRequest, form: str, kim_slug: str = "") -> HttpResponse:
    kim = registry.by_slug(kim_slug or request.kim_slug)
    found = _page(request, kim.region_id, kim_id=kim.id)
    shows(request, kim.key)
    return _answer(form, kim.name, f"/{kim.slug}/", found)


@public
def of_bulletins(request: HttpRequest, form: str) -> HttpResponse:
    shows(request, tags.INFO)
    found = dissemination.newest(after=request.GET.get("sesudah", ""), size=SIZE)
    return _answer(form, "Info pemerintah", "/info/", found, add=_add_bulletin)


def _clarification(feed: SyndicationFeed, one: Any) -> None:
    """An answer to what people asked; its verdict comes first, for readers that show the title alone."""
    verdict = one.claim.get_verdict_display()
    feed.add_item(
        title=f"{verdict}: {one.claim.title}",
        link=cards.absolute(one.claim.get_absolute_url()),
        description=one.answer.gist,
        author_name=one.answer.agency,
        pubdate=one.claim.published_at,
        updateddate=one.answer.at,
        unique_id=f"urn:uuid:{one.claim.id}",
        unique_id_is_permalink=False,
        categories=["Klarifikasi hoaks", verdict],
    )


@public
def of_clarifications(request: HttpRequest, form: str) -> HttpResponse:
    found = clarifications.library(after=request.GET.get("sesudah", ""))
    shows(request, tags.topic(TOPIC))
    return _answer(form, "Klarifikasi hoaks", "/hoaks/", found, add=_clarification)
