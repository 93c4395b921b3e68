"""The rooms of one's KIM."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kim.accounts.models import KIM_ROLES
from kim.discussion import queries
from kim.doors.access import needs


@needs(*KIM_ROLES)
def open_rooms(request: HttpRequest) -> HttpResponse:
    """What is being discussed now, and what was decided lately."""
    context = {
        "rooms": list(queries.open_rooms(request.actor)[:50]),
        "closed": queries.lately_decided(request.actor),
    }
    return render(request, "discussion/rooms.html", context | {"hat": request.actor.hat.label})
