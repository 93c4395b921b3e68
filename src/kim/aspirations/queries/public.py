"""What everybody reads: voices that a desk let out, and which of them say much the same as a new one."""

import re

from django.db.models import QuerySet

from kim.aspirations.models import OUT, Aspiration
from kim.aspirations.workflow import OPEN_STAGES, Stage
from kim.doors import paging
from kim.doors.paging import Page
from kim.kernel import codes
from kim.regions.models import Region
from kim.regions.queries import Finding, find, lineage, successor

PER_PAGE = 20
LOOKED_AT = 200  # the newest open ones of a village, compared word by word
ALIKE, MOST_ALIKE = 0.34, 3
_WORD = re.compile(r"[a-z]{4,}")
# Words that stand in every complaint say nothing of what it is about.
_COMMON = (
    "yang dari dengan untuk pada tidak sudah belum akan atau juga karena kami kita saya desa warga mohon tolong agar"
    " supaya sering sangat sekali masih bisa dapat harus kalau jika setiap sejak hari lama baru lagi oleh dalam"
    " adalah seperti namun tetapi bapak minta segera"
)
COMMON = frozenset(_COMMON.split())
ENDINGS = ("kannya", "annya", "inya", "kan", "nya", "lah", "kah", "an", "i")


def village(code: str) -> Region | None:
    """The village of a code, if there is one in force; a phone may still know the code it had before."""
    if not codes.is_code(code) or codes.level(code) is not codes.Level.VILLAGE:
        return None
    return Region.objects.in_force().filter(code=code).first() or successor(code)


def villages(words: str) -> Finding:
    """The villages a text may mean."""
    return find(words, limit=12, levels=["village"])


def crumbs(code: str) -> list[tuple[str, str]]:
    """The way down to a place."""
    return [("Beranda", "/"), *((place.title, place.url) for place in lineage(code) if place.code != codes.NATION)]


def let_out(code: str, *, after: str = "", only_answered: bool = False) -> Page:
    """Newest first, under any place."""
    rows = Aspiration.objects.within(code).filter(OUT).select_related("region")
    if only_answered:
        rows = rows.filter(stage__in=[Stage.ANSWERED, Stage.CLOSED])
    return paging.page(rows, after=after, size=PER_PAGE, keys=("-received_at", "-id"))


def alike(code: str, text: str) -> list[Aspiration]:
    """Open public voices of that village that share a third of their words with this text, most alike first."""
    own = words_of(text)
    if codes.level(code) is not codes.Level.VILLAGE or len(own) < 2:
        return []
    rated = [(overlap(own, words_of(one.public_text)), one) for one in _open(code)]
    close = sorted((pair for pair in rated if pair[0] >= ALIKE), key=lambda pair: -pair[0])
    return [one for _, one in close[:MOST_ALIKE]]


def shared(code: str) -> list[Aspiration]:
    """Open public voices of that village that most others share, for whoever is about to write the same."""
    return sorted(_open(code), key=lambda one: -one.supporters)[:MOST_ALIKE]


def _open(code: str) -> QuerySet[Aspiration]:
    rows = Aspiration.objects.filter(OUT, region=code, stage__in=OPEN_STAGES).select_related("region")
    return rows.order_by("-received_at", "-id")[:LOOKED_AT]


def words_of(text: str) -> frozenset[str]:
    """What a text is about: its longer words, without the usual ones and without their endings."""
    return frozenset(_stem(word) for word in _WORD.findall(text.lower()) if word not in COMMON)


def _stem(word: str) -> str:
    ending = next((end for end in ENDINGS if word.endswith(end) and len(word) - len(end) >= 4), "")
    return word.removesuffix(ending)


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """How much of the shorter text the longer one says too; two words in common at least."""
    common = len(one & other)
    return common / min(len(one), len(other)) if common >= 2 else 0.0
