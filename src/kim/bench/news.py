"""What one KIM published in a year: texts, revisions, corrections, their ledger entries and search documents."""

import random
from datetime import UTC, datetime, time, timedelta

from kim.bench import phrases
from kim.bench.plan import Order, Share
from kim.bench.tables import NULL, Tables, as_json, words
from kim.bench.village import Settled, entry, made_id
from kim.kernel import text
from kim.kernel.ids import READABLE
from kim.publishing.models import Article, Correction, Kind, Photo, Revision, Source
from kim.search.models import Document, name_key

YEAR = 365
HOURS = (6, 7, 8, 8, 9, 9, 10, 10, 11, 12, 13, 14, 15, 16, 16, 17, 18, 19, 19, 20, 20, 21)
CODE_LENGTH = 7  # the product gives six letters, so the two never meet
STEP = 14_680_067  # shares no factor with the number of codes, so it walks through all of them
CODES = len(READABLE) ** CODE_LENGTH
PICTURED, CORRECTED, URGENT = 0.7, 0.004, 0.05  # shares of all texts; of texts that may be urgent
RALAT = "Jumlah pada terbitan pertama keliru dan sudah kami betulkan. Kami mohon maaf kepada pembaca."


def write(kim: Settled, order: Order, share: Share, tables: Tables, covers: list[str]) -> str:
    """All texts of the KIM, oldest first; returns the moment of the newest, ready for COPY."""
    moments = _moments(kim, order, share.articles)
    for turn, at in enumerate(moments):
        _text(kim, at, short_code(share.first + turn), tables, covers)
    return moments[-1].isoformat() if moments else NULL


def short_code(number: int) -> str:
    """The short code of the nth text of the load; no two share one."""
    value, letters = (number * STEP + 12_345_678) % CODES, ""
    for _ in range(CODE_LENGTH):
        value, place = divmod(value, len(READABLE))
        letters += READABLE[place]
    return letters


def _moments(kim: Settled, order: Order, number: int) -> list[datetime]:
    """When the texts went out: by day, in the months in which this KIM was alive."""
    first, last = _lifetime(kim.rng, number)
    found = []
    for _ in range(number):
        day = order.day - timedelta(days=1 + last + int((first - last) * kim.rng.random()))
        hour, minute = HOURS[int(len(HOURS) * kim.rng.random())], int(3600 * kim.rng.random())
        found.append(datetime.combine(day, time(hour, minute // 60, minute % 60), kim.zone).astimezone(UTC))
    return sorted(found)


def _lifetime(rng: random.Random, number: int) -> tuple[int, int]:
    """(first, last) day before the end: six of ten still write, some stopped, some long ago."""
    fate = rng.random()
    last = int(rng.random() * 12) if fate < 0.6 else int(35 + rng.random() * (90 if fate < 0.85 else 240))
    first = YEAR if number > 60 else last + 1 + int(rng.random() * (YEAR - last))
    return max(first, last + 1), last


def _text(kim: Settled, at: datetime, code: str, tables: Tables, covers: list[str]) -> None:
    rng = kim.rng
    chance = rng.random
    held = at.date() - timedelta(days=int(chance() * 3))
    story = phrases.tell(kim.scene, held, chance)
    article, moment, title = made_id(rng, at), at.isoformat(), story.title
    cover = covers[int(len(covers) * chance())] if covers and chance() < PICTURED else NULL
    slug, gist, body = text.slugify(title), "\\n".join(story.points), story.body
    is_corrected = chance() < CORRECTED
    kind, is_urgent = _kind(story.category, chance)
    source, note = _source(chance)
    began = (at - timedelta(hours=3 + chance() * 60)).replace(microsecond=0).isoformat()
    revision, version = ("2", "4") if is_corrected else ("1", "2")
    corrected = (at + timedelta(hours=2)).isoformat() if is_corrected else NULL
    is_activity = kind is Kind.ACTIVITY
    tables[Article].add(
        article, kim.id, kim.region.code, kind, story.category, source, note, title, slug, code, gist, body, cover,
        _place(story, kim, chance) if is_activity else "", held.isoformat() if is_activity else NULL,
        _benefit(chance) if is_activity else "", "t" if is_urgent else "f", "published", revision, revision, version,
        kim.chair_id, kim.chair, began, moment, moment, corrected, "t",
    )  # fmt: skip
    if cover is not NULL:
        tables[Photo].add(article, cover)
    _revisions(kim, article, (title, gist, body), at, is_corrected, tables)
    url = f"/{kim.slug}/kabar/{slug}-{code}/"
    kim.newest = (f"article:{article}", title, url)
    told = {"title": title, "author": kim.chair_id, "revision": 1, "category": story.category, "url": url}
    entry(kim, tables, "article.published", f"article:{article}", at, as_json(told))
    tables[Document].add(
        f"article:{article}", "article", kim.region.code, title, name_key(title)[:300], story.plain,
        text.excerpt(story.points[0], 280), kim.name, kim.place, url, moment,
    )  # fmt: skip


def _revisions(
    kim: Settled, article: str, said: tuple[str, str, str], at: datetime, is_corrected: bool, tables: Tables
) -> None:
    """The text as it went out and, when it was wrong, as it was before its ralat."""
    rng, moment = kim.rng, at.isoformat()
    title, gist, body = said
    if is_corrected:
        before = body.replace("1", "7", 1)
        tables[Revision].add(made_id(rng, at), article, "1", title, gist, before, kim.chair_id, "t", moment)
        moment = (at + timedelta(hours=2)).isoformat()
        tables[Correction].add(made_id(rng, at), article, words(RALAT), "1", kim.chair_id, moment)
    number = "2" if is_corrected else "1"
    tables[Revision].add(made_id(rng, at), article, number, title, gist, body, kim.chair_id, "t", moment)


def _kind(category: str, chance: phrases.Chance) -> tuple[Kind, bool]:
    value = chance()
    is_notice = category in ("layanan", "program-pemerintah") and value < 0.5
    kind = Kind.NOTICE if is_notice else Kind.ACTIVITY if value < 0.4 else Kind.NEWS
    may_be_urgent = kind is Kind.NOTICE or category == "kebencanaan"
    return kind, may_be_urgent and chance() < URGENT


def _source(chance: phrases.Chance) -> tuple[Source, str]:
    value = chance()
    if value < 0.06:
        return Source.GOVERNMENT, "Pemerintah setempat (contoh)"
    return (Source.CITIZEN if value < 0.12 else Source.KIM), "Keterangan warga dan perangkat setempat (contoh)"


def _place(story: phrases.Story, kim: Settled, chance: phrases.Chance) -> str:
    halls = phrases.words()["gedung"]
    return f"{halls[int(len(halls) * chance())].capitalize()}, {kim.scene.hamlets[int(6 * chance())]}"


def _benefit(chance: phrases.Chance) -> str:
    options = phrases.words()["manfaat"]
    return f"{options[int(len(options) * chance())].capitalize()}."
