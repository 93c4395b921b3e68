"""Public things handed to the share kit: now the articles."""

from django.core.exceptions import ObjectDoesNotExist

from kim.kernel import text
from kim.media import queries as media
from kim.publishing.models import Article
from kim.sharing.queries import Shareable
from kim.web.queries import cards
from kim.web.templatetags.formats import tanggal

MOST_POINTS = 6


def shareable(article: Article) -> Shareable:
    """A published article in the words of the kit."""
    photo = media.picture(article.cover, cards.SHARED) if article.cover else {}
    return Shareable(
        key=article.key,
        title=article.title,
        gist=article.points[0] if article.points else text.excerpt(article.body, 180),
        points=(*when_and_where(article), *article.points)[:MOST_POINTS],
        source=article.kim.name,
        url=cards.absolute(article.get_absolute_url()),
        short_url=cards.absolute(article.short_url),
        photo=cards.absolute(photo["src"]) if photo else "",
        kind=article.get_kind_display(),
        place=f"{article.region.title}, {cards.near(article.region)}",
        advice=article.kim_note,
    )


def when_and_where(article: Article) -> list[str]:
    """What nobody may miss of an activity or a notice that is still ahead."""
    if not article.held_on or article.held_on < cards.local_date(article):
        return []
    place = f", di {article.place}" if article.place else ""
    return [f"{tanggal(article.held_on)}{place}."]


def photo_of(article: Article) -> bytes:
    """Its cover in a middling size; nothing while the store does not answer, and the card goes out without it."""
    if article.cover is None:
        return b""
    try:
        file, _ = media.open_file(article.cover.pk, cards.LEAD)
        with file.open("rb") as opened:
            return opened.read()
    except (ObjectDoesNotExist, OSError):
        return b""
