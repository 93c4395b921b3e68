"""The desk of a village head: the KIM of the own village, and the people who may need a code."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kim.accounts.models import Role
from kim.doors.access import needs
from kim.kernel import clock
from kim.web.queries import village


@needs(Role.VILLAGE)
def desk(request: HttpRequest) -> HttpResponse:
    """What asks for the head today."""
    context = village.desk(request.actor)
    zone = context["place"].time_zone
    context |= {"today": clock.today(zone), "greeting": clock.greeting(zone)}
    return render(request, "web/village_desk.html", context)


@needs(Role.VILLAGE)
def kim(request: HttpRequest, kim_id: UUID) -> HttpResponse:
    """One KIM of the village: SK, board, people."""
    return render(request, "web/village_kim.html", village.portrait(request.actor, kim_id))


@needs(Role.VILLAGE)
def people(request: HttpRequest) -> HttpResponse:
    """Who can be given a code to come in."""
    return render(request, "web/village_people.html", {"guests": village.guests(request.actor)})
