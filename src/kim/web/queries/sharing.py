"""What the pages of the share kit show of an article."""

from typing import Any

from kim.publishing.models import Article
from kim.sharing import queries as sharing
from kim.web.queries import articles
from kim.web.queries.shareables import shareable


def kit(article: Article) -> dict[str, Any]:
    """The page with everything to spread an article."""
    of = shareable(article)
    short, long = sharing.short_text(of), sharing.long_text(of)
    return {
        **articles.frame(article),
        "of": of,
        "short_text": short,
        "long_text": long,
        "short_whatsapp": sharing.whatsapp_url(short),
        "long_whatsapp": sharing.whatsapp_url(long),
        "captions": sharing.captions(of),
        "script": sharing.loudspeaker(of),
        "version": of.fingerprint,
    }


def script(article: Article) -> dict[str, Any]:
    """The page with the text for the loudspeaker."""
    return {**articles.frame(article), "script": sharing.loudspeaker(shareable(article))}


def big_sheet(article: Article) -> dict[str, Any]:
    """The page in big type."""
    return {
        **articles.frame(article),
        "sheet": sharing.big_sheet(shareable(article)),
        "drawing": articles.code_of(article),
    }
