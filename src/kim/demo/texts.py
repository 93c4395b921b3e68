"""Articles of the demo, dated over two years: few KIM write much, many write little, some fell silent."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from kim.accounts.models import Person
from kim.demo import stories
from kim.demo.places import EVERYWHERE, FIRST, LAST
from kim.demo.register import Village
from kim.discussion.models import Decision, Outcome, Remark, Room, Side, Stance
from kim.kernel import clock, text
from kim.media.models import Upload
from kim.publishing.actions.showing import show
from kim.publishing.models import Article, Correction, Photo, Reply, Revision
from kim.publishing.workflow import Stage
from kim.registry.models import Kim

HOW_MANY = 420
TWO_YEARS = timedelta(days=730)
LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
KELURAHAN = (
    "balai",
    "perangkat",
    "musyawarah",
    "kas",
    "sekretaris",
    "relawan",
    "pelayanan",
    "bersih",
    "bidan",
    "hari jadi",
)
NAMES = tuple(f"{first} {last}" for first in FIRST for last in LAST)


def write(
    villages: list[Village],
    authors: dict[UUID, Person],
    photos: dict[str, Upload],
    chance: random.Random,
    tell: Callable[[str], None],
) -> list[Article]:
    """All published articles, each decided in its room and found by search."""
    shares = chance.choices(range(len(villages)), [v.liveliness for v in villages], k=HOW_MANY - 2 * len(villages))
    turns = sorted([*range(len(villages)), *range(len(villages)), *shares])
    articles: list[Article] = []
    for n, turn in enumerate(turns):
        nth = n - turns.index(turn)
        articles.append(_published(villages[turn], authors[villages[turn].kim.id], photos, (n, nth), chance))
        if n % 70 == 69:
            tell(f"{n + 1} dari {len(turns)} kabar ditulis")
    _last_news(articles)
    return articles


@transaction.atomic
def _published(
    village: Village, author: Person, photos: dict[str, Upload], place: tuple[int, int], chance: random.Random
) -> Article:
    """`place` is (number among all texts, number among this KIM's)."""
    story = _story(village, chance)
    at = _when(village, place[1], chance)
    article = _article(village, author, story, at)
    article.stage, article.published_at, article.decided_revision = Stage.PUBLISHED, at, 1
    article.slug, article.short_code = text.slugify(story.title), _code(place[0])
    article.save()
    _photo(article, photos.get(story.scene) if chance.random() < 0.72 else None)
    _revision(article, author, at)
    room = _room(article, at - timedelta(hours=5), is_open=False)
    Decision.objects.create(
        room=room,
        outcome=Outcome.SPREAD,
        minutes="Sudah dicek ke sumbernya.",
        agreed=3,
        decided_by=author,
        at=at,
    )
    show(article)
    return article


def _story(village: Village, chance: random.Random) -> stories.Story:
    region = village.region
    regency = region.chain.split(", ")[1] if ", " in region.chain else region.chain
    words = EVERYWHERE | village.scene.words | {
        "desa": (region.display_name,),
        "kec": (region.chain.split(", ")[0].removeprefix("Kec. ").removeprefix("Kecamatan "),),
        "kab": (regency.removeprefix("Kab. ").removeprefix("Kabupaten "),),
        "tokoh": NAMES,
    }  # fmt: skip
    story = stories.tell(chance.choice(stories.patterns()), words, chance)
    return _as_kelurahan(story) if region.kind == "kelurahan" else story


def _as_kelurahan(story: stories.Story) -> stories.Story:
    def change(words: str) -> str:
        for word in KELURAHAN:
            words = words.replace(f"{word} desa", f"{word} kelurahan")
        return words.replace("balai kelurahan", "kantor kelurahan").replace("dusun", "RW")

    made = {name: change(getattr(story, name)) for name in ("title", "gist", "body", "place")}
    return stories.Story(story.category, story.kind, story.scene, **made)


def _when(village: Village, nth: int, chance: random.Random) -> datetime:
    """The first text of a KIM is as fresh as the KIM is lively; the others lie behind it, over two years."""
    back = (
        village.silent_for
        if nth == 0
        else village.silent_for + (TWO_YEARS - village.silent_for) * chance.random() ** 1.3
    )
    moment = clock.now() - back
    if nth == 0:
        return moment
    return min(moment.replace(hour=chance.randint(0, 13), minute=chance.randint(0, 59)), moment)


def _article(village: Village, author: Person, story: stories.Story, at: datetime) -> Article:
    is_activity = story.kind == "activity"
    return Article(
        kim=village.kim, region=village.region, kind=story.kind, category=story.category, title=story.title[:160],
        gist=story.gist, body=story.body, place=story.place if is_activity else "",
        held_on=at.date() - timedelta(days=1) if is_activity else None,
        benefit="Warga saling mengenal dan pekerjaan lebih ringan." if is_activity else "",
        source_note="Keterangan warga dan perangkat setempat (contoh)", author=author, responsible=author.name,
        revision=1, created_at=at - timedelta(hours=20), edited_at=at - timedelta(hours=6), is_demo=True,
    )  # fmt: skip


def _photo(article: Article, upload: Upload | None) -> None:
    if upload is not None:
        Photo.objects.create(article=article, upload=upload)
        Article.objects.filter(id=article.id).update(cover=upload)


def _revision(article: Article, author: Person, at: datetime) -> None:
    Revision.objects.create(
        article=article,
        number=1,
        title=article.title,
        gist=article.gist,
        body=article.body,
        author=author,
        is_settled=True,
        at=at,
    )


def _room(article: Article, at: datetime, *, is_open: bool) -> Room:
    return Room.objects.create(
        key=article.key, kim_id=article.kim_id, region_code=article.region_id, title=article.title,
        url=f"/kerja/kabar/{article.id}/bahas/", opened_at=at, is_open=is_open,
    )  # fmt: skip


def _code(n: int) -> str:
    """A short code that is the same at every loading."""
    value, letters = (n + 7) * 7_654_321 % len(LETTERS) ** 6, []
    for _ in range(6):
        value, place = divmod(value, len(LETTERS))
        letters.append(LETTERS[place])
    return "".join(letters)


def _last_news(articles: list[Article]) -> None:
    newest: dict[UUID, tuple[datetime, int]] = {}
    for article in articles:
        last, count = newest.get(article.kim_id, (article.published_at, 0))
        newest[article.kim_id] = (max(last, article.published_at), count + 1)
    for kim_id, (last, count) in newest.items():
        Kim.objects.filter(id=kim_id).update(last_news_at=last, published_count=count)


def correct(articles: list[Article], chance: random.Random) -> None:
    """A few texts carry a ralat, one a hak jawab, so that their look can be seen."""
    for article in chance.sample(articles, 5):
        at = article.published_at + timedelta(hours=1)
        Correction.objects.create(
            article=article,
            revision=1,
            by=article.author,
            at=at,
            text="Jumlah peserta pada terbitan pertama keliru dan sudah kami betulkan.",
        )
        Article.objects.filter(id=article.id).update(corrected_at=at)
    Reply.objects.create(
        article=articles[0], name="Pengurus kelompok tani (contoh)", by=articles[0].author,
        text="Kami menambahkan keterangan: jadwal itu sudah disepakati semua anggota.",
    )  # fmt: skip


def discuss(village: Village, people: list[Person], chance: random.Random) -> None:
    """Two texts under discussion and one draft, for the desk of the KIM people try first."""
    author, *others = people
    for n, stage in enumerate((Stage.DISCUSSED, Stage.DISCUSSED, Stage.DRAFT)):
        article = _article(village, author, _story(village, chance), clock.now() - timedelta(hours=8 + n))
        article.stage = stage
        article.save()
        _revision(article, author, article.edited_at)
        if stage == Stage.DISCUSSED:
            room = _room(article, clock.now() - timedelta(hours=3), is_open=True)
            _talk(room, author, others)


def ask_for_a_look(village: Village, author: Person, chance: random.Random) -> None:
    """A decided text of a young KIM waits for Diskominfo."""
    article = _article(village, author, _story(village, chance), clock.now() - timedelta(hours=9))
    article.stage, article.decided_revision = Stage.REVIEWED, 1
    article.save()
    _revision(article, author, article.edited_at)
    room = _room(article, clock.now() - timedelta(hours=12), is_open=False)
    Decision.objects.create(room=room, outcome=Outcome.SPREAD, minutes="Siap disebarkan.", agreed=3, decided_by=author)


def _talk(room: Room, author: Person, others: list[Person]) -> None:
    said = (
        "Angkanya sudah dicek ke ketua RT?",
        "Sudah. Catatannya ada di buku RT.",
        "Kalau begitu saya setuju disebarkan.",
    )
    for n, (person, words) in enumerate(zip((others[0], author, others[-1]), said, strict=True)):
        Remark.objects.create(
            room=room,
            author=person,
            text=words,
            kind="question" if n == 0 else "remark",
            at=clock.now() - timedelta(minutes=90 - 20 * n),
        )
    Stance.objects.create(room=room, person=others[-1], side=Side.AGREE)
