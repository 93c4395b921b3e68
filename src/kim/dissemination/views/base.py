"""What every page about a packet has in common."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kim.accounts.models import KIM_ROLES, OFFICES, Role
from kim.dissemination import policies, queries
from kim.dissemination.models import Assignment, Bulletin
from kim.doors.access import needs

issuers = needs(*policies.ISSUERS)
officials = needs(*OFFICES)
members = needs(*KIM_ROLES)


def find(request: HttpRequest, bulletin_id: UUID) -> Bulletin:
    """The packet in this actor's scope; DoesNotExist (404) for everybody else."""
    return queries.bulletin_for(request.actor, bulletin_id)


def find_copy(request: HttpRequest, copy_id: UUID) -> Assignment:
    """The copy of one's own KIM; DoesNotExist (404) for everybody else."""
    return queries.copy_of(request.actor, copy_id)


def office_page(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page in the frame of whoever works there: an office, or the desk of a village head."""
    layout = "layouts/desk.html" if request.actor.wears(Role.VILLAGE) else "layouts/office.html"
    return render(request, template, {"layout": layout, "office": request.actor.hat.label, **context}, status=status)
