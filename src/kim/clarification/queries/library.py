"""The library of clarifications: everything that is answered, for everybody."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, QuerySet

from kim.clarification.models import SHORT, Answer, Claim, Verdict
from kim.clarification.workflow import Stage
from kim.doors.paging import Page, page, walk
from kim.search import queries as search

SIZE = 20
KEYS = ("-published_at", "-id")
KIND = "clarification"


@dataclass(frozen=True, slots=True)
class Shown:
    """A clarification as lists and feeds show it: the claim with its newest answer."""

    claim: Claim
    answer: Answer


def answered() -> QuerySet[Claim]:
    return Claim.objects.filter(stage=Stage.ANSWERED)


def library(*, verdict: str = "", after: str = "", size: int = SIZE) -> Page:
    """A page of it, newest first; of one verdict if asked."""
    rows = answered().filter(verdict=verdict) if verdict in Verdict.values else answered()
    found = page(rows, after=after, size=size, keys=KEYS)
    return Page(_shown(found.items), found.next)


def found(text: str, *, number: int = 1) -> tuple[list[Shown], int]:
    """Those that hold the words, best first, and the number of the next page; raises search.TooBroad."""
    hits = search.search(text, kind=KIND, page=number, size=SIZE)
    ids = [hit.key.partition(":")[2] for hit in hits]
    by_id = {str(claim.id): claim for claim in answered().filter(id__in=ids)}
    return _shown([by_id[one] for one in ids if one in by_id]), hits.next_page


def by_words(words: str, *, most: int) -> list[Claim]:
    """The answered ones that hold these words; none when they are in too many."""
    try:
        return [one.claim for one in found(words)[0][:most]]
    except search.TooBroad:
        return []


def _shown(claims: Iterable[Claim]) -> list[Shown]:
    claims = list(claims)
    rows = Answer.objects.filter(claim__in=[claim.id for claim in claims], number=F("claim__version"))
    answers = {row.claim_id: row for row in rows.order_by()}
    return [Shown(claim, answers[claim.id]) for claim in claims]


def public_claim(code: str) -> Claim:
    """By its address: answered, or answered once and withdrawn since; raises Claim.DoesNotExist for every other."""
    return Claim.objects.select_related("office").exclude(version=0).get(code=code)


def is_code(code: str) -> bool:
    """Whether a short code is one of a clarification."""
    return code.lower().startswith(SHORT)


def by_short_code(code: str) -> Claim:
    """What a short link leads to; raises Claim.DoesNotExist."""
    return public_claim(code.lower().removeprefix(SHORT))


def answer_of(claim: Claim, number: int = 0) -> Answer | None:
    """The newest answer, or an earlier one; nothing while there is none."""
    return claim.answers.select_related("office").filter(number=number or claim.version).first()


def answers_of(claim: Claim) -> list[Answer]:
    """Every version, newest first."""
    return list(claim.answers.select_related("by").order_by("-number")[:50])


def out_of(ids: Collection[str]) -> list[str]:
    """Of these ids those that everybody may read now (kim.reach counts their readers)."""
    known = [one for one in ids if _is_id(one)]
    return [str(one) for one in answered().filter(id__in=known).values_list("id", flat=True)]


def _is_id(words: str) -> bool:
    try:
        UUID(words)
    except ValueError:
        return False
    return True


def addresses() -> Iterator[tuple[str, datetime]]:
    """(path, last change) of all, for the sitemap."""
    for claim in walk(answered().only("code", "published_at", "revised_at"), keys=("published_at", "id")):
        yield claim.get_absolute_url(), claim.revised_at or claim.published_at
