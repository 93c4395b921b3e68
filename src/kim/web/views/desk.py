"""The first page after signing in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kim.accounts.models import KIM_ROLES, OFFICIAL_ROLES, Role
from kim.doors.access import signed_in
from kim.kernel import clock
from kim.publishing import queries as publishing
from kim.web.queries import desk


@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """What there is to do today; an official is led to the office, a village head to the desk of the village."""
    actor = request.actor
    if actor.wears(Role.VILLAGE):
        return redirect("/kerja/desa/")
    if actor.wears(*OFFICIAL_ROLES):
        return redirect("/kantor/")
    if not (actor.wears(*KIM_ROLES) and actor.kim_id):
        return render(request, "web/no_kim.html", {"name": actor.name})
    kim = publishing.kim_of(actor)
    zone = kim.region.time_zone
    context = {"kim": kim, "tasks": desk.tasks(actor, kim), "figures": publishing.figures(kim.id), "name": actor.name}
    return render(request, "web/desk.html", context | {"today": clock.today(zone), "greeting": clock.greeting(zone)})
