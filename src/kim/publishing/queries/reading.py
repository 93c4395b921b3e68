"""What everybody may read. The questions of public pages are kept compiled and read just what a page shows."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Left

from kim.doors.paging import Page, beyond, cut, news_mark
from kim.doors.questions import Given, Question
from kim.kernel import codes
from kim.kernel.codes import Level
from kim.kernel.ids import as_id
from kim.publishing.models import NEWEST, OF_PROGRAMME, Article, Correction, Photo, Reply, Revision
from kim.publishing.workflow import Stage
from kim.regions.models import RegionalQuerySet
from kim.regions.queries import lies_in

OPENED = (Stage.PUBLISHED, Stage.UNPUBLISHED)
BEGINNING = 2000  # signs of a text without a gist that are read for its first words
WHO_AND_WHERE = (
    "kim__name", "kim__slug", "region__level", "region__display_name", "region__local_term", "region__time_zone",
    "region__chain", "cover__width", "cover__height", "cover__alt", "cover__credit",
)  # fmt: skip
LISTED = ("category", "source", "title", "slug", "short_code", "gist", "is_urgent", "published_at", "corrected_at")
READ = (
    "kind", "source_note", "body", "place", "held_on", "benefit", "programme", "stage", "revision", "decided_revision",
    "kim_note", "responsible", "withdrawn_at", "withdrawn_category", "withdrawn_by",
    "kim__accent", "kim__public_phone",
)  # fmt: skip


def published() -> RegionalQuerySet:
    """Everything the public may read, with its KIM, its place and its cover."""
    return Article.objects.filter(stage=Stage.PUBLISHED).select_related("kim", "region", "cover")


def kims_of_programme(programme: str) -> QuerySet:
    """The KIM that have published an activity of this programme, as a question that finds their ids."""
    rows = Article.objects.filter(OF_PROGRAMME, stage=Stage.PUBLISHED, programme__iexact=programme)
    return rows.order_by().values("kim_id")


def out_of(ids: Iterable[str]) -> set[str]:
    """Of these ids, however they are written, those of texts that everybody may read now."""
    rows = Article.objects.filter(stage=Stage.PUBLISHED, id__in=filter(None, map(as_id, ids)))
    return {str(article_id) for article_id in rows.values_list("id", flat=True)}


def listed(*more: str) -> RegionalQuerySet:
    """The same with what a card shows, and `beginning`: the first words of a text that has no gist."""
    first = Case(When(gist="", then=Left("body", BEGINNING)), default=Value(""))
    return published().only(*LISTED, *WHO_AND_WHERE, *more).annotate(beginning=first).order_by(*NEWEST)


@cache
def _newest(level: Level, size: int, *more: str, **shape: bool) -> Question[Article]:
    """The question for lists of one shape; there are as many as there are kinds of lists."""

    def build() -> RegionalQuerySet:
        rows = listed(*more).filter(lies_in(Article, level))
        if shape["of_topic"]:
            rows = rows.filter(category=Given("category"))
        if shape["of_kim"]:
            rows = rows.filter(kim=Given("kim_id"))
        if shape["is_further"]:
            rows = rows.filter(beyond(NEWEST, [Given("at"), Given("row")]))
        return rows[: size + 1]

    return Question(build)


def newest(
    region_code: str = codes.NATION,
    *,
    category: str | None = None,
    kim_id: UUID | None = None,
    after: str = "",
    size: int = 20,
    whole: bool = False,
) -> Page:
    """One page of what was published under a region prefix, newest first; the texts come along when `whole`."""
    mark = news_mark(after)
    more = ("body",) if whole else ()
    shape = {"of_topic": bool(category), "of_kim": bool(kim_id), "is_further": bool(mark)}
    question = _newest(codes.level(region_code), size, *more, **shape)
    at, row = mark or (None, None)
    found = question.all(code=region_code, category=category, kim_id=kim_id, at=at, row=row)
    return cut(found, size, NEWEST)


@cache
def _urgent(level: Level) -> Question[Article]:
    return Question(
        lambda: listed().filter(lies_in(Article, level), is_urgent=True, published_at__gte=Given("since"))[:1]
    )


def urgent(region_code: str, since: datetime) -> Article | None:
    """The newest urgent notice under a region prefix, if it is not older than that."""
    return _urgent(codes.level(region_code)).first(code=region_code, since=since)


def _to_read(**found_by: Given) -> RegionalQuerySet:
    """A text with all its page shows; of photos besides the cover, corrections and replies whether there are any."""
    own = OuterRef("pk")
    photos = Photo.objects.filter(~Q(upload=Coalesce(OuterRef("cover"), own)), article=own)
    corrections, replies = (model.objects.filter(article=own) for model in (Correction, Reply))
    rows: Any = Article.objects.filter(stage__in=OPENED, short_code=Given("code"), **found_by)
    rows = rows.annotate(has_photos=Exists(photos), has_corrections=Exists(corrections), has_replies=Exists(replies))
    return rows.select_related("kim", "region", "cover").only(*LISTED, *READ, *WHO_AND_WHERE)


TO_READ = Question(lambda: _to_read(kim__slug=Given("slug")))
TO_SHARE = Question(_to_read)
PHOTOS = Question(lambda: Photo.objects.filter(article=Given("article")).select_related("upload"))
CORRECTIONS = Question(lambda: Correction.objects.filter(article=Given("article")))
REPLIES = Question(lambda: Reply.objects.filter(article=Given("article")))
SHORT = Question(
    lambda: Article.objects.filter(stage__in=OPENED, short_code=Given("code")).only("slug", "short_code", "kim__slug")
    .select_related("kim")
)  # fmt: skip


def article_for_reading(kim_slug: str, short_code: str) -> Article:
    """One article, published or withdrawn (`is_withdrawn`: its page says so); raises Article.DoesNotExist."""
    article = TO_READ.first(slug=kim_slug, code=short_code)
    if article is None:
        raise Article.DoesNotExist
    return article


def article_to_share(short_code: str) -> Article:
    """The same by its short code alone."""
    article = TO_SHARE.first(code=short_code.lower())
    if article is None:
        raise Article.DoesNotExist
    return article


def photos_of(article: Article) -> list[Photo]:
    """The photos of a text read by `article_for_reading`, in their order; asks only when the cover is not alone."""
    return PHOTOS.all(article=article.id) if article.has_photos else []


def corrections_of(article: Article) -> list[Correction]:
    """Its corrections, oldest first."""
    return CORRECTIONS.all(article=article.id) if article.has_corrections else []


def replies_to(article: Article) -> list[Reply]:
    """The answers of those it is about, oldest first."""
    return REPLIES.all(article=article.id) if article.has_replies else []


def by_short_code(code: str) -> Article:
    """The address of a short link's article, published or withdrawn; raises Article.DoesNotExist."""
    article = SHORT.first(code=code.lower())
    if article is None:
        raise Article.DoesNotExist
    return article


@cache
def _related(level: Level, limit: int) -> Question[Article]:
    """Two short walks, merged."""

    def build() -> RegionalQuerySet:
        others = Article.objects.filter(stage=Stage.PUBLISHED).exclude(id=Given("article")).order_by(*NEWEST)
        ways = (Q(kim=Given("kim_id")), lies_in(Article, level) & Q(category=Given("category")))
        own, near = (others.filter(way).values("id")[:limit] for way in ways)
        return listed().filter(id__in=own.union(near))[:limit]

    return Question(build)


def related(article: Article, limit: int = 4) -> list[Article]:
    """Other texts of the same KIM, or on the same topic from the same regency, newest first."""
    around = codes.regency(article.region_id)
    question = _related(codes.level(around), limit)
    return question.all(code=around, article=article.id, kim_id=article.kim_id, category=article.category)


def earlier_version(article: Article, number: int) -> Revision:
    """A text as it stood in public before a correction; any other does not exist here."""
    if not article.is_published or not article.corrections.filter(revision=number, is_earlier_hidden=False).exists():
        raise Revision.DoesNotExist
    return article.revisions.get(number=number)


def lately(village_code: str, *, since: datetime, kim_id: UUID | None = None, most: int = 24) -> list[Article]:
    """What was published in a village since then, by all its KIM or by one, newest first, whole."""
    rows = published().filter(region_id=village_code, published_at__gte=since)
    return list((rows.filter(kim_id=kim_id) if kim_id else rows).order_by(*NEWEST)[:most])
