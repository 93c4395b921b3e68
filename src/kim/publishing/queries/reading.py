"""What everybody may read."""

from uuid import UUID

from kim.doors.paging import Page, page
from kim.kernel import codes
from kim.publishing.models import Article, Revision
from kim.publishing.workflow import Stage
from kim.regions.models import RegionalQuerySet

OPENED = (Stage.PUBLISHED, Stage.UNPUBLISHED)


def published() -> RegionalQuerySet:
    """Everything the public may read, with its KIM, its place and its cover."""
    return Article.objects.filter(stage=Stage.PUBLISHED).select_related("kim", "region", "cover")


def newest(
    region_code: str = codes.NATION,
    *,
    category: str | None = None,
    kim_id: UUID | None = None,
    after: str = "",
    size: int = 20,
) -> Page:
    """One page of what was published under a region prefix, newest first."""
    rows = published().within(region_code)
    if category:
        rows = rows.filter(category=category)
    if kim_id:
        rows = rows.filter(kim_id=kim_id)
    return page(rows, after=after, size=size)


def article_for_reading(kim_slug: str, short_code: str) -> Article:
    """One article with photos, corrections and replies. A withdrawn one comes too (`is_withdrawn`): its page says so."""
    parts = ("photos__upload", "corrections", "replies")
    opened = Article.objects.filter(stage__in=OPENED).select_related("kim", "region", "cover")
    return opened.prefetch_related(*parts).get(kim__slug=kim_slug, short_code=short_code)


def by_short_code(code: str) -> Article:
    """The article of a short link, published or withdrawn."""
    return Article.objects.filter(stage__in=OPENED).select_related("kim", "region").get(short_code=code.lower())


def related(article: Article, limit: int = 4) -> list[Article]:
    """Other texts of the same KIM, or on the same topic from the same regency, newest first: two short walks, merged."""
    others = Article.objects.filter(stage=Stage.PUBLISHED).exclude(id=article.id).order_by("-published_at", "-id")
    near = others.within(codes.regency(article.region_id)).filter(category=article.category)
    walks = [rows.values("id")[:limit] for rows in (others.filter(kim_id=article.kim_id), near)]
    found = published().filter(id__in=walks[0].union(walks[1]))
    return list(found.order_by("-published_at", "-id")[:limit])


def earlier_version(article: Article, number: int) -> Revision:
    """A text as it stood in public before a correction; any other does not exist here."""
    if not article.is_published or not article.corrections.filter(revision=number, is_earlier_hidden=False).exists():
        raise Revision.DoesNotExist
    return article.revisions.get(number=number)
