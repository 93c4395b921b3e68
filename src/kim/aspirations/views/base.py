"""What every page of a desk has in common: whose it is, in which frame it stands, and at which address."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kim.accounts.actor import Actor
from kim.accounts.models import OFFICES
from kim.aspirations import policies, queries
from kim.aspirations.models import Aspiration
from kim.doors.access import needs

villagers = needs(*policies.VILLAGE_DESK)
officials = needs(*policies.OFFICE_DESK)
tenders = needs(*OFFICES)


def find(request: HttpRequest, aspiration_id: UUID) -> Aspiration:
    """The aspiration on this actor's desk; DoesNotExist (404) for everybody else."""
    return queries.one(request.actor, aspiration_id)


def place_of(actor: Actor, name: str, *args: Any) -> str:
    """The address of a desk page for this hat: below /kerja/ in the village, below /kantor/ in offices."""
    side = "village" if actor.wears(*policies.VILLAGE_DESK) else "office"
    return reverse(f"aspirations:{side}_{name}", args=args)


def desk_page(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page in the frame of whoever works there."""
    is_village = request.actor.wears(*policies.VILLAGE_DESK)
    layout = "layouts/desk.html" if is_village else "layouts/office.html"
    known = {"layout": layout, "office": request.actor.hat.label, "home": place_of(request.actor, "desk")}
    return render(request, template, known | context, status=status)
