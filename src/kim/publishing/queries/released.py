"""Published texts beside what the ledger wrote down of them."""

import random
from uuid import UUID

from kim.kernel import clock, text
from kim.ledger.queries import last_of
from kim.publishing.models import NEWEST, Article
from kim.publishing.queries.reading import OPENED, published
from kim.regions.models import RegionalQuerySet

# The acts that say what the public reads from now on; each carries the digest of the words (actions.base.record).
RELEASES = ("article.published", "article.published_urgently", "article.corrected", "article.restored")


def words_of(article: Article) -> str:
    """What a reader reads, besides the title: the points and the body as they are stored."""
    return f"{article.gist}\n{article.body}"


def digest_of(article: Article) -> str:
    """The fingerprint of the words that are public."""
    return text.digest(article.title, words_of(article))


def opened(article_id: UUID) -> Article:
    """A text that is out, or was and is taken down; raises Article.DoesNotExist."""
    rows = Article.objects.filter(stage__in=OPENED, short_code__isnull=False)
    return rows.select_related("kim", "region").get(pk=article_id)


def released_sample(limit: int) -> list[tuple[Article, str]]:
    """Up to so many published texts, half of them the newest, half older from a moment drawn at random."""
    newest = list(published().order_by(*NEWEST)[: limit - limit // 2])
    older = list(_from_a_moment(published(), limit // 2)) if newest else []
    articles = {article.pk: article for article in [*newest, *older]}
    recorded = last_of([article.key for article in articles.values()], RELEASES)
    return [(article, _recorded(recorded.get(article.key))) for article in articles.values()]


def _from_a_moment(rows: RegionalQuerySet, limit: int) -> RegionalQuerySet:
    first = rows.order_by("published_at", "id").values_list("published_at", flat=True)[:1]
    begin = first[0].timestamp()
    moment = clock.at(random.uniform(begin, clock.now().timestamp()))
    return rows.filter(published_at__lte=moment).order_by(*NEWEST)[:limit]


def _recorded(entry: object) -> str:
    return getattr(entry, "data", {}).get("digest", "")
