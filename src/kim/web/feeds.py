"""RSS and Atom of the country, a region, a topic and a KIM: the newest twenty, the same bytes for everyone."""

from collections.abc import Iterable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed

from kim.doors.access import public
from kim.kernel import codes
from kim.publishing import queries as publishing
from kim.publishing.models import Article, Category
from kim.regions import queries as regions
from kim.registry import queries as registry
from kim.web.queries import cards

FORMS = {"umpan": Rss201rev2Feed, "atom": Atom1Feed}
SIZE = 20


def _answer(form: str, title: str, page: str, articles: Iterable[Article]) -> HttpResponse:
    if form not in FORMS:
        raise Http404
    address = cards.absolute(page)
    feed = FORMS[form](
        title=f"{title} – {settings.KIM_SITE_NAME}",
        link=address,
        description=f"Kabar terbaru: {title}.",
        language="id",
        feed_url=f"{address}{form}.xml",
    )
    for article in articles:
        _add(feed, article)
    content_type = "application/atom+xml" if form == "atom" else "application/rss+xml"
    return HttpResponse(feed.writeString("utf-8"), content_type=f"{content_type}; charset=utf-8")


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


@public
def of_nation(request: HttpRequest, form: str) -> HttpResponse:
    return _answer(form, "Kabar desa seluruh Indonesia", "/kabar/", publishing.newest(size=SIZE, whole=True))


@public
def of_topic(request: HttpRequest, category: str, form: str) -> HttpResponse:
    if category not in Category.values:
        raise Http404
    found = publishing.newest(category=category, size=SIZE, whole=True)
    return _answer(form, Category(category).label, f"/kabar/topik/{category}/", found)


@public
def of_region(request: HttpRequest, code: str, form: str) -> HttpResponse:
    place = regions.get(code)
    page = place.url if code != codes.NATION else "/kabar/"
    return _answer(form, f"Kabar dari {place.title}", page, publishing.newest(code, size=SIZE, whole=True))


@public
def of_kim(request: HttpRequest, form: str, kim_slug: str = "") -> HttpResponse:
    kim = registry.by_slug(kim_slug or request.kim_slug)
    found = publishing.newest(kim.region_id, kim_id=kim.id, size=SIZE, whole=True)
    return _answer(form, kim.name, f"/{kim.slug}/", found)
