"""An office answers: the verdict, its revision, its withdrawal, and what is not for checking."""

import secrets
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from kim.accounts.actor import Actor
from kim.clarification import policies
from kim.clarification.actions.base import TOPIC, locked, move, open_round, record
from kim.clarification.models import Answer, Claim, Verdict
from kim.kernel import clock, personal, ticket
from kim.kernel.results import NotAllowed, demand
from kim.regions.models import Region
from kim.search import actions as search

WORDS = ("verdict", "title", "gist", "explanation", "evidence", "agency")
NEEDS_EVIDENCE = (Verdict.TRUE, Verdict.FALSE, Verdict.MISLEADING)
CODE_LENGTH = 6
INCOMPLETE = "Isi klaim, yang benar dalam satu kalimat, dan penjelasannya."
NO_EVIDENCE = "Sebutkan paling sedikit satu tautan bukti yang diawali https://."
PRIVATE = "Tulis tanpa data pribadi. Ditemukan: {found}."


@transaction.atomic
def judge(claim_id: UUID, *, fields: Mapping[str, Any], actor: Actor) -> Claim:
    """The claim is answered in public; the KIM of its places and whoever asked are told (`actions.sending`)."""
    claim = locked(claim_id)
    demand(policies.can_judge(actor, claim))
    move(claim, "judge")
    claim.office_id = actor.region_code
    claim.code = claim.code or _free_code()
    claim.published_at = claim.published_at or clock.now()
    _answer(claim, fields, actor)
    record("claim.judged", claim, actor, region=claim.office_id or "", topic=TOPIC, verdict=claim.verdict)
    return claim


@transaction.atomic
def revise(claim_id: UUID, *, fields: Mapping[str, Any], change: str, actor: Actor) -> Claim:
    """A new version with the sentence that says what changed; the former one stays readable, everybody is told again."""
    claim = locked(claim_id)
    demand(policies.can_revise(actor, claim))
    move(claim, "revise")
    if not change.strip():
        raise NotAllowed("Tulis apa yang berubah, supaya yang sudah menyebarkan tahu apa yang dibetulkan.")
    claim.revised_at = clock.now()
    _answer(claim, fields, actor, change=change.strip()[:300])
    record(
        "claim.revised",
        claim,
        actor,
        region=claim.office_id or "",
        topic=TOPIC,
        verdict=claim.verdict,
        change=change[:300],
    )
    return claim


@transaction.atomic
def withdraw(claim_id: UUID, *, reason: str, actor: Actor) -> Claim:
    """The answer is taken back: its page says so and why, and whoever was told is told that too."""
    claim = locked(claim_id)
    demand(policies.can_withdraw(actor, claim))
    move(claim, "withdraw")
    claim.reason = _reason(reason)
    claim.save()
    search.remove(claim.key)
    open_round(claim)
    record("claim.withdrawn", claim, actor, region=claim.office_id or "", topic=TOPIC, reason=claim.reason)
    return claim


@transaction.atomic
def set_aside(claim_id: UUID, *, reason: str, actor: Actor) -> Claim:
    """Not for checking (an opinion, an advertisement, abuse); whoever asked reads why."""
    claim = locked(claim_id)
    demand(policies.can_set_aside(actor, claim))
    move(claim, "set_aside")
    claim.reason = _reason(reason)
    claim.save()
    record("claim.set_aside", claim, actor, region=actor.region_code or "", reason=claim.reason)
    return claim


@transaction.atomic
def reopen(claim_id: UUID, *, actor: Actor) -> Claim:
    """A withdrawn answer, or a claim that was set aside, waits for a verdict again."""
    claim = locked(claim_id)
    demand(policies.can_reopen(actor, claim))
    move(claim, "reopen")
    claim.reason = ""
    claim.save()
    record("claim.reopened", claim, actor, region=actor.region_code or "", topic=TOPIC)
    return claim


def _answer(claim: Claim, fields: Mapping[str, Any], actor: Actor, *, change: str = "") -> None:
    """The next version, the claim with its words, search, and a round of telling."""
    known = {name: fields[name] for name in WORDS}
    _demand_sound(known)
    claim.version += 1
    Answer.objects.create(
        claim=claim, number=claim.version, change=change, office_id=actor.region_code, by_id=actor.person_id, **known
    )
    claim.title, claim.verdict, claim.reason = known["title"], known["verdict"], ""
    claim.save()
    office = Region.objects.get(code=claim.office_id)
    search.index(
        key=claim.key, kind="clarification", region=office, title=claim.title, body=f"{known['gist']} {known['explanation']}",
        summary=f"{Verdict(claim.verdict).label}. {known['gist']}", source=known["agency"], url=claim.get_absolute_url(),
        at=claim.published_at or clock.now(),
    )  # fmt: skip
    open_round(claim)


def _demand_sound(known: Mapping[str, Any]) -> None:
    if not all(str(known[name]).strip() for name in ("title", "gist", "explanation", "agency")):
        raise NotAllowed(INCOMPLETE)
    if any(not address.startswith("https://") for address, _ in known["evidence"]):
        raise NotAllowed(NO_EVIDENCE)
    if Verdict(known["verdict"]) in NEEDS_EVIDENCE and not known["evidence"]:
        raise NotAllowed(NO_EVIDENCE)
    found = personal.traces("\n".join(str(known[name]) for name in ("title", "gist", "explanation")))
    if found:
        raise NotAllowed(PRIVATE.format(found=", ".join(trace.name for trace in found[:3])))


def _reason(reason: str) -> str:
    if not reason.strip():
        raise NotAllowed("Tulis alasannya. Orang yang bertanya membacanya.")
    return reason.strip()[:500]


def _free_code() -> str:
    """A short address; 31⁶ of them, and a taken one is tried again."""
    while True:
        code = "".join(secrets.choice(ticket.LETTERS) for _ in range(CODE_LENGTH))
        if not Claim.objects.filter(code=code).exists():
            return code
