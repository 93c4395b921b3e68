"""The first pages of an office: today, coverage, and the channels by which people are told."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kim.accounts.models import OFFICES, OFFICIAL_ROLES
from kim.doors.access import needs
from kim.inbox.queries import conditions
from kim.web.queries import office


@needs(*OFFICIAL_ROLES)
def today(request: HttpRequest) -> HttpResponse:
    return render(request, "web/office_today.html", office.today(request.actor))


@needs(*OFFICIAL_ROLES)
def coverage(request: HttpRequest) -> HttpResponse:
    code = request.GET.get("wilayah") or request.actor.region_code
    return render(request, "web/office_coverage.html", office.coverage(request.actor, code))


@needs(*OFFICES)
def channels(request: HttpRequest) -> HttpResponse:
    return render(request, "web/office_channels.html", {"conditions": conditions()})
