"""Reading articles: what everybody may read, and what a desk sees."""

from uuid import UUID

from django.db.models import Q, QuerySet

from kim.accounts.actor import Actor
from kim.accounts.models import KIM_ROLES, Role
from kim.doors.paging import Page, page
from kim.kernel import codes
from kim.publishing.models import Article, Photo, Revision
from kim.publishing.workflow import Stage
from kim.regions.models import RegionalQuerySet

OPENED = (Stage.PUBLISHED, Stage.UNPUBLISHED)
OFFICES = (Role.REGENCY, Role.PROVINCE, Role.NATIONAL)


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
    """One page of what was published under a region prefix, newest first; covers come with their renditions."""
    rows = published().within(region_code)
    if category:
        rows = rows.filter(category=category)
    if kim_id:
        rows = rows.filter(kim_id=kim_id)
    return page(rows.prefetch_related("cover__renditions"), after=after, size=size)


def article_for_reading(kim_slug: str, short_code: str) -> Article:
    """One article with photos, corrections and replies. A withdrawn one comes too (`is_withdrawn`): its page says so."""
    parts = ("photos__upload__renditions", "cover__renditions", "corrections", "replies")
    opened = Article.objects.filter(stage__in=OPENED).select_related("kim", "region", "cover")
    return opened.prefetch_related(*parts).get(kim__slug=kim_slug, short_code=short_code)


def by_short_code(code: str) -> Article:
    """The article of a short link, published or withdrawn."""
    return Article.objects.filter(stage__in=OPENED).select_related("kim", "region").get(short_code=code.lower())


def related(article: Article, limit: int = 4) -> list[Article]:
    """Other texts of the same KIM, or on the same topic from the same regency, newest first."""
    regency = ".".join(article.region_id.split(".")[:2])
    near = Q(category=article.category, region__code__startswith=regency)
    rows = published().filter(near | Q(kim_id=article.kim_id)).exclude(id=article.id)
    return list(rows.prefetch_related("cover__renditions").order_by("-published_at", "-id")[:limit])


def earlier_version(article: Article, number: int) -> Revision:
    """A text as it stood in public before a correction; any other revision was never public and does not exist here."""
    if not article.is_published or not article.corrections.filter(revision=number).exists():
        raise Revision.DoesNotExist
    return article.revisions.get(number=number)


def visible_to(actor: Actor) -> RegionalQuerySet:
    """What this hat may open at a desk: all texts of one's KIM; for an office what waits for it or was published there."""
    rows = Article.objects.select_related("kim", "region", "cover", "author", "editing_by")
    if actor.wears(*KIM_ROLES) and actor.kim_id:
        return rows.filter(kim_id=actor.kim_id)
    if actor.wears(*OFFICES):
        seen = (Stage.REVIEWED, *OPENED)
        return rows.within(actor.region_code).filter(stage__in=seen)
    return rows.none()


def of_stage(actor: Actor, stages: tuple[str, ...] = (), *, after: str = "", size: int = 20) -> Page:
    """A page of the desk's texts in these stages (all, if none is named), last edited first."""
    rows = visible_to(actor)
    return page(rows.filter(stage__in=stages) if stages else rows, after=after, size=size, keys=("-edited_at", "-id"))


def photos(article: Article) -> list[Photo]:
    return list(article.photos.select_related("upload").prefetch_related("upload__renditions"))


def history(article: Article) -> QuerySet[Revision]:
    """Every revision, newest first."""
    return article.revisions.select_related("author")
