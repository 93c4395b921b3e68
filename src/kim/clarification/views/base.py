"""What every desk page about a claim has in common."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest

from kim.accounts.models import KIM_ROLES, OFFICES
from kim.clarification import policies, queries
from kim.clarification.models import Claim
from kim.doors.access import needs

members = needs(*KIM_ROLES)
officials = needs(*OFFICES)
desks = needs(*KIM_ROLES, *OFFICES)


def find(request: HttpRequest, claim_id: UUID) -> Claim:
    """The claim in this actor's scope; DoesNotExist (404) for everybody else."""
    return queries.claim_for(request.actor, claim_id)


def sheet(request: HttpRequest, claim: Claim) -> dict[str, Any]:
    """What both desks show of a claim."""
    answer = queries.answer_of(claim)
    return {
        "claim": claim,
        "answer": answer,
        "kit": queries.kit(claim, answer) if answer and claim.is_public else None,
        "here": queries.here(request.actor, claim),
        "reports": queries.reports_of(claim, request.actor),
        "checks": queries.checks_of(claim),
        "root": claim.root if claim.into_id else None,
        "folded": queries.folded_into(claim),
        "may": policies.open_verbs(request.actor, claim),
    }
