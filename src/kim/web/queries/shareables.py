"""Public things handed to the share kit by their short code: articles, packets and clarifications."""

from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO

import segno
from django.core.exceptions import ObjectDoesNotExist
from django.utils.safestring import SafeString, mark_safe

from kim.clarification import queries as clarification
from kim.clarification.models import SHORT, Claim
from kim.dissemination import queries as dissemination
from kim.dissemination.models import Bulletin, Version
from kim.kernel import clock, text
from kim.kernel.codes import Level
from kim.media import queries as media
from kim.media.models import Upload
from kim.publishing import queries as publishing
from kim.publishing.models import Article
from kim.reach.models import Way
from kim.regions.models import Region
from kim.sharing.queries import Own, Shareable
from kim.web.queries import cards
from kim.web.templatetags.formats import tanggal

MOST_POINTS = 6


@dataclass(frozen=True, slots=True)
class Shared:
    """A thing as the pages of the kit need it: its words, where it is read, since when, and what its pages hang on."""

    of: Shareable
    code: str
    path: str
    at: datetime
    zone: str
    tags: tuple[str, ...]
    back: str
    photo: Upload | None = None
    notice: str = ""
    is_urgent: bool = False
    is_withdrawn: bool = False

    @property
    def short_url(self) -> str:
        return f"/k/{self.code}/"

    @property
    def day(self) -> date:
        """The day it came out, on the calendar of its place."""
        return clock.local(self.at, self.zone).date()


def by_code(code: str) -> Shared:
    """What a short code leads to, published or withdrawn; raises ObjectDoesNotExist."""
    if clarification.is_code(code):
        return shared_claim(clarification.by_short_code(code))
    if not dissemination.is_code(code):
        return shared_article(publishing.article_to_share(code))
    found = dissemination.bulletin_for_reading(code)
    return shared_bulletin(found, dissemination.words_to_read(found)[0])


def path_of(code: str) -> str:
    """Where a short code leads; raises ObjectDoesNotExist."""
    found: Claim | Bulletin | Article
    if clarification.is_code(code):
        found = clarification.by_short_code(code)
    elif dissemination.is_code(code):
        found = dissemination.bulletin_for_reading(code)
    else:
        found = publishing.by_short_code(code)
    return found.get_absolute_url()


def shared_article(article: Article) -> Shared:
    """A published article with its cover, and its sheet for the board."""
    path = article.get_absolute_url()
    return Shared(
        shareable(article), article.short_code or "", path, article.published_at, article.region.time_zone,
        (article.key, article.kim.key), "Kembali ke kabar", article.cover, f"{path}cetak/", article.is_urgent,
        article.is_withdrawn,
    )  # fmt: skip


def shared_bulletin(bulletin: Bulletin, words: Version) -> Shared:
    """An issued packet."""
    return Shared(
        packet(bulletin, words), bulletin.short_code or "", bulletin.get_absolute_url(), bulletin.issued_at,
        bulletin.region.time_zone, (bulletin.key,), "Kembali ke info", is_urgent=bulletin.is_emergency,
        is_withdrawn=bulletin.is_withdrawn,
    )  # fmt: skip


def shared_claim(claim: Claim) -> Shared:
    """A clarification as its office answered last."""
    answer = clarification.answer_of(claim)
    return Shared(
        clarification.shareable(claim, answer), f"{SHORT}{claim.code}", claim.get_absolute_url(), answer.at,
        answer.office.time_zone, (claim.key,), "Kembali ke klarifikasi", is_withdrawn=not claim.is_public,
    )  # fmt: skip


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


def packet(bulletin: Bulletin, words: Version) -> Shareable:
    """An issued packet in the words of the kit; what its office wrote for WhatsApp and loudspeaker stays as it is."""
    return Shareable(
        key=bulletin.key,
        title=words.title,
        gist=text.clip(text.squeeze(words.body), 180),
        points=tuple(words.points)[:MOST_POINTS],
        source=bulletin.agency,
        url=cards.absolute(bulletin.get_absolute_url()),
        short_url=cards.absolute(bulletin.short_url),
        photo="",
        kind="Info darurat" if bulletin.is_emergency else "Info pemerintah",
        place=place_of(bulletin.region),
        valid_until=bulletin.valid_until,
        own=Own(words.whatsapp_short, words.whatsapp_long, words.loudspeaker, words.caption),
    )


def place_of(region: Region) -> str:
    """The place of an office, with what it lies in when it is small."""
    is_small = region.level in (Level.VILLAGE, Level.DISTRICT)
    return f"{region.title}, {cards.near(region)}" if is_small else region.title


def when_and_where(article: Article) -> list[str]:
    """What nobody may miss of an activity or a notice that is still ahead."""
    if not article.held_on or article.held_on < cards.local_date(article):
        return []
    place = f", di {article.place}" if article.place else ""
    return [f"{tanggal(article.held_on)}{place}."]


def bytes_of(photo: Upload | None) -> bytes:
    """A picture in a middling size; nothing while the store does not answer, and the card goes out without it."""
    if photo is None:
        return b""
    try:
        file, _ = media.open_file(photo.pk, cards.LEAD)
        with file.open("rb") as opened:
            return opened.read()
    except (ObjectDoesNotExist, OSError):
        return b""


def on_paper(short_url: str) -> str:
    """The short link as a QR code holds it: it says that somebody came by paper."""
    return f"{cards.absolute(short_url)}?dari={Way.QR}"


def qr_inside(short_url: str) -> SafeString:
    """The QR of a short link, to stand inside a page."""
    code = segno.make(on_paper(short_url), error="m")
    return mark_safe(code.svg_inline(omitsize=True, border=0, svgclass="qr", lineclass=None))


def qr_alone(short_url: str) -> str:
    """The same as an SVG document of its own."""
    drawing = BytesIO()
    segno.make(on_paper(short_url), error="m").save(drawing, kind="svg", scale=8, light="#fff")
    return drawing.getvalue().decode()
