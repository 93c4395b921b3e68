"""Making a text public: its address, its photos, its place in the search."""

from kim.kernel import text
from kim.kernel.ids import short_code
from kim.media import actions as media
from kim.publishing.models import Article
from kim.registry.models import Position
from kim.search import actions as search

CODE_LENGTH = 6


def show(article: Article) -> None:
    """Everything that lets people find and read this text as it now is."""
    media.open_to_public(article.photos.order_by().values("upload_id"))
    search.index(
        key=article.key,
        kind="article",
        region=article.region,
        title=article.title,
        body=f"{article.gist}\n{article.body}",
        summary=article.points[0] if article.points else article.body,
        source=article.kim.name,
        url=article.get_absolute_url(),
        at=article.published_at,
    )


def give_address(article: Article) -> None:
    """The slug and the short code; given once, kept for ever."""
    article.slug = article.slug or text.slugify(article.title)
    while not article.short_code:
        code = short_code(CODE_LENGTH)
        article.short_code = None if Article.objects.filter(short_code=code).exists() else code


def responsible_person(article: Article, publisher: str) -> str:
    """Who answers for the text: the head of the KIM, else whoever published it."""
    chair = article.kim.seats.filter(position=Position.CHAIR, until=None).last()
    return chair.name if chair else publisher or article.author.name
