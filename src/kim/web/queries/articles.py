"""One article as it is read, shared, printed, and told to machines."""

from math import ceil
from typing import Any, NamedTuple

from django.utils.safestring import SafeString, mark_safe

from kim.kernel import markup, text
from kim.media.queries import picture
from kim.publishing import queries as publishing
from kim.publishing.models import Article, Revision, Withdrawal
from kim.sharing import queries as sharing
from kim.web.queries import cards, kims
from kim.web.queries.shareables import qr_inside, shareable
from kim.web.templatetags.formats import waktu

WORDS_PER_MINUTE = 180
VOICES = {
    "kim": "Ditulis KIM, kelompok warga desa itu sendiri.",
    "government": "Keterangan dari pemerintah, disebarkan oleh KIM.",
    "citizen": "Kiriman warga, diperiksa dan disebarkan oleh KIM.",
}
HIDES_TITLE = (Withdrawal.PERSONAL, Withdrawal.HATRED, Withdrawal.REQUEST)  # the title may say it all again
SHEET = 500  # points of an A4 between the date and the foot of the notice
SHORTEST_EXTRACT = 100


class Letters(NamedTuple):
    """How large a notice is set: heights in points, widths in characters; `least` characters of text must be left."""

    name: str
    least: int
    head: float
    per_head: int
    line: float
    per_line: int
    per_point: int


ROOMY = Letters("", SHORTEST_EXTRACT, head=40, per_head=22, line=26.5, per_line=50, per_point=42)
TIGHT = Letters("tight", 0, head=27, per_head=34, line=20.5, per_line=66, per_point=58)
SMALL = Letters("small", 0, head=20, per_head=46, line=15, per_line=88, per_point=76)
SETTINGS = (ROOMY, TIGHT, SMALL)


def short_code(tail: str) -> str:
    """The code at the end of an article's address."""
    return tail.rpartition("-")[2]


def reading(kim_slug: str, tail: str) -> Article:
    """The article of an address; raises Article.DoesNotExist."""
    return publishing.article_for_reading(kim_slug, short_code(tail))


def page(article: Article) -> dict[str, Any]:
    """Everything the page of an article shows."""
    photos = [photo.upload for photo in publishing.photos_of(article) if photo.upload_id != article.cover_id]
    shared = picture(article.cover, cards.SHARED) if article.cover else {}
    of = shareable(article)
    return {
        **frame(article),
        "cover": picture(article.cover, cards.LEAD) if article.cover else None,
        "photos": [picture(upload, cards.LEAD) for upload in photos],
        "corrections": publishing.corrections_of(article),
        "replies": publishing.replies_to(article),
        "related": cards.news_list(publishing.related(article), with_lead=False),
        "voice": VOICES[article.source],
        "minutes": max(1, round(len(text.plain(article.body).split()) / WORDS_PER_MINUTE)),
        "share": sharing.whatsapp_url(sharing.short_text(of)),
        "whatsapp": kims.whatsapp(
            article.kim.public_phone,
            f"Saya mau memberi tahu soal kabar {cards.absolute(article.short_url)}: ",
        ),
        "og_image": cards.absolute(shared["src"] if shared else f"{article.short_url}kartu.png?v={of.fingerprint}"),
        "structured": news_article(article, cards.absolute(shared["src"]) if shared else ""),
    }


def frame(article: Article) -> dict[str, Any]:
    """What every view of an article shows around its text."""
    kim = article.kim
    return {
        "article": article,
        "kim": kim,
        "zone": article.region.time_zone,
        "initials": text.initials(kim.name),
        "dye": cards.dye(kim),
        "crumbs": [*cards.crumbs(article.region, with_self=False)[2:4], (kim.name, f"/{kim.slug}/")],
        "summary": article.points[0] if article.points else text.excerpt(article.body, 160),
        "canonical": cards.absolute(article.get_absolute_url()),
        "short": cards.absolute(article.short_url),
    }


def printed(article: Article) -> dict[str, Any]:
    """The notice for the board: one A4, the gist whole, the text cut to what is left of the sheet."""
    is_ahead = bool(article.held_on and article.held_on >= cards.local_date(article))
    setting, left = next(
        ((one, left) for one in SETTINGS if (left := room(article, is_ahead, one)) >= one.least), (SMALL, 0)
    )
    return {
        **frame(article),
        "setting": setting.name,
        "extract": text.excerpt(article.body, left) if left >= SHORTEST_EXTRACT else "",
        "is_ahead": is_ahead,
        "drawing": qr_inside(article.short_url),
    }


def room(article: Article, is_ahead: bool, letters: Letters) -> int:
    """How many characters of the text still fit on the sheet, by a careful guess of the lines above it."""
    used = letters.head * ceil(len(article.title) / letters.per_head)
    if article.points:
        used += 3 * letters.line + letters.line * sum(ceil(len(point) / letters.per_point) for point in article.points)
    if is_ahead:
        used += 5 * letters.line + letters.line * (len(article.place) // letters.per_point)
    return int((SHEET - used) / letters.line) * letters.per_line


def earlier(article: Article, number: int) -> dict[str, Any]:
    """A text as it stood before a correction; raises Revision.DoesNotExist for what was never public."""
    revision: Revision = publishing.earlier_version(article, number)
    return {**frame(article), "revision": revision, "markup": mark_safe(revision.body)}


def gone(article: Article) -> dict[str, Any]:
    """What the public may know of a text that was taken down."""
    when = waktu(article.withdrawn_at, article.region.time_zone)
    reason = article.get_withdrawn_category_display() if article.withdrawn_category else "Tidak disebutkan"
    title = "" if article.withdrawn_category in HIDES_TITLE else article.title
    by = article.withdrawn_by or article.kim.name
    return {**frame(article), "title": title, "when": when, "reason": reason, "by": by}


def news_article(article: Article, image: str) -> dict[str, Any]:
    """The article for machines (schema.org)."""
    publisher = {
        "@type": "Organization",
        "name": article.kim.name,
        "url": cards.absolute(f"/{article.kim.slug}/"),
    }
    told = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "datePublished": article.published_at.isoformat(timespec="seconds"),
        "dateModified": (article.corrected_at or article.published_at).isoformat(timespec="seconds"),
        "author": {"@type": "Person", "name": article.responsible} if article.responsible else publisher,
        "publisher": publisher,
        "mainEntityOfPage": cards.absolute(article.get_absolute_url()),
        "articleSection": article.get_category_display(),
        "contentLocation": {"@type": "Place", "name": article.region.full_title},
        "inLanguage": "id",
    }
    return told | ({"image": [image]} if image else {})


def as_json(data: dict[str, Any]) -> SafeString:
    """JSON that cannot close its script element."""
    return mark_safe(markup.script_json(data))
