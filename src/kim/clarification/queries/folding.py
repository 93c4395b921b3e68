"""Which claims this one may turn out to be: near ones, those with the same words, and what somebody looks for."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from kim.accounts.actor import Actor
from kim.clarification.models import SHORT, Claim, Handout, Report, Sighting
from kim.clarification.policies import area_of
from kim.clarification.queries.library import answered, by_words
from kim.clarification.queries.near import near
from kim.clarification.workflow import OPEN, Stage
from kim.kernel import codes, likeness, personal, text, ticket

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


def family(claim_id: UUID) -> list[UUID]:
    """The claim and all that were folded into it, and into these."""
    found, fresh = [claim_id], [claim_id]
    while fresh:
        fresh = list(Claim.objects.filter(into__in=fresh).order_by("id").values_list("id", flat=True))
        found += fresh
    return found


def astray(root_id: UUID, claim_id: UUID) -> list[UUID]:
    """The KIM that have a copy of the root's answer only because of the claim that is parted from it now."""
    here, still = (
        Sighting.objects.filter(claim=one, reports_count__gt=0).values("region") for one in (claim_id, root_id)
    )
    rows = Handout.objects.filter(claim=root_id, region__in=here).exclude(region__in=still).order_by("kim_id")
    return list(rows.values_list("kim_id", flat=True))


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
    known = {one.id: one for one in _told(Claim.objects.filter(_in_scope(actor), id__in=wanted), area_of(actor))}
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
    return _told(Claim.objects.filter(id__in=ids), area)


def _told(claims: QuerySet[Claim], area: str) -> list[Any]:
    """Claims with the words and the link they were last asked with in this area: a desk reads no others."""
    prefix = "" if area == codes.NATION else area
    newest = Report.objects.filter(claim=OuterRef("pk"), region__code__startswith=prefix).order_by("-at", "-id")
    said, link = Subquery(newest.values("text")[:1]), Subquery(newest.values("link")[:1])
    return list(claims.order_by("id").annotate(said=said, link=link))


def _said_in(claim: Claim) -> str:
    report = claim.reports.order_by("-at", "-id").first()
    return report.text if report else claim.title


def _words(claim: Any) -> str:
    said = claim.title or claim.said or claim.link or "Foto atau rekaman tanpa keterangan"
    return text.clip(personal.hidden(" ".join(said.split())), 200)
