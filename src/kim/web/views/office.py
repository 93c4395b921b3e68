"""The first pages of an office: today, and coverage."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kim.accounts.models import OFFICIAL_ROLES
from kim.doors.access import needs
from kim.web.queries import office


@needs(*OFFICIAL_ROLES)
def today(request: HttpRequest) -> HttpResponse:
    return render(request, "web/office_today.html", office.today(request.actor))


@needs(*OFFICIAL_ROLES)
def coverage(request: HttpRequest) -> HttpResponse:
    code = request.GET.get("wilayah") or request.actor.region_code
    return render(request, "web/office_coverage.html", office.coverage(request.actor, code))
