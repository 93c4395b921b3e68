"""Which claims this one may turn out to be: near ones, those with the same words, and what somebody looks for."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from kim.accounts.actor import Actor
from kim.clarification.models import SHORT, Claim, Report, Sighting
from kim.clarification.policies import area_of
from kim.clarification.queries.library import answered, by_words
from kim.clarification.queries.near import near
from kim.clarification.workflow import OPEN, Stage
from kim.kernel import likeness, personal, text, ticket

MOST = 12  # that are offered
ALIKE = 0.25  # of the words of the shorter one: it is only offered
LATELY = 100  # of each pile whose words are compared


@dataclass(frozen=True, slots=True)
class Offer:
    """A claim as it is offered: the words that say what it is about."""

    claim: Claim
    words: str


def root_of(claim_id: UUID) -> Claim:
    return Claim.objects.get(id=claim_id).root


def folded_into(claim: Claim) -> list[Claim]:
    """The claims that turned out to be this one, last heard first."""
    return list(claim.folded.order_by("-heard_at", "-id")[:50])


def target_for(actor: Actor, claim_id: UUID) -> Claim:
    """A claim to fold another into: answered, or open in the actor's area; raises Claim.DoesNotExist for every other."""
    return Claim.objects.filter(_in_scope(actor)).get(id=claim_id)


def offers(actor: Actor, claim: Claim, asked: str = "") -> list[Offer]:
    """Without words the near ones, and those in the area that are about the same; with words or a number what they find."""
    ids = _found(actor, asked) if asked else [*_near(claim), *_alike(actor, _said_in(claim))]
    wanted = list(dict.fromkeys(one for one in ids if one != claim.id))[:MOST]
    known = {one.id: one for one in _told(Claim.objects.filter(_in_scope(actor), id__in=wanted))}
    return [Offer(known[one], _words(known[one])) for one in wanted if one in known]


def _in_scope(actor: Actor) -> Q:
    here = Sighting.objects.filter(region_id=area_of(actor), stage__in=OPEN).values("claim")
    return Q(stage=Stage.ANSWERED) | Q(stage__in=OPEN, id__in=here)


def _near(claim: Claim) -> Iterator[UUID]:
    for known in claim.fingerprints.order_by("id")[:5]:
        yield from (found for found, _ in near(known.medium, known.code, most=MOST))


def _found(actor: Actor, asked: str) -> Iterator[UUID]:
    """By the number of a ticket, by a public code or its address, by words."""
    number, code = ticket.read(asked), asked.rstrip("/").rpartition("/")[2].lower()
    yield from Report.objects.filter(number=number or "").values_list("claim_id", flat=True)
    yield from answered().filter(code=code.removeprefix(SHORT)).values_list("id", flat=True)
    yield from (claim.id for claim in by_words(asked, most=MOST))
    yield from _alike(actor, asked)


def _alike(actor: Actor, words: str) -> list[UUID]:
    """What was heard lately in the area and shares a good part of these words, most alike first."""
    meant = likeness.gist(words)
    scored = [(_share(meant, one), one.id) for one in _lately(area_of(actor))]
    return [claim_id for score, claim_id in sorted(scored, reverse=True) if score >= ALIKE]


def _share(meant: frozenset[str], claim: Any) -> float:
    """With the officer's words or with those it was asked in, whichever are more alike."""
    return max(likeness.overlap(meant, likeness.gist(words)) for words in (claim.title, claim.said or ""))


def _lately(area: str) -> list[Any]:
    """The top of each pile of a desk, one walk for each."""
    rows = Sighting.objects.filter(region_id=area).order_by("-heard_at", "-id").values_list("claim_id", flat=True)
    ids = [one for stage in (*OPEN, Stage.ANSWERED) for one in rows.filter(stage=stage)[:LATELY]]
    return _told(Claim.objects.filter(id__in=ids))


def _told(claims: QuerySet[Claim]) -> list[Any]:
    """Claims with the words and the link they were last asked with."""
    newest = Report.objects.filter(claim=OuterRef("pk")).order_by("-at", "-id")
    said, link = Subquery(newest.values("text")[:1]), Subquery(newest.values("link")[:1])
    return list(claims.order_by("id").annotate(said=said, link=link))


def _said_in(claim: Claim) -> str:
    report = claim.reports.order_by("-at", "-id").first()
    return report.text if report else claim.title


def _words(claim: Any) -> str:
    said = claim.title or claim.said or claim.link or "Foto atau rekaman tanpa keterangan"
    return text.clip(personal.hidden(" ".join(said.split())), 200)
