"""The agencies of a place, what they answer for, and the free days of the place."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from kim.accounts.models import Role
from kim.aspirations import actions, policies, queries
from kim.aspirations.forms.offices import AgencyForm, HolidayForm, RouteForm
from kim.aspirations.views.base import desk_page, tenders
from kim.doors.replay import once
from kim.regions import queries as regions
from kim.regions.models import Region


@tenders
@once
def agencies(request: HttpRequest) -> HttpResponse:
    """The agencies this office tends, one more, and which of them answers for what."""
    form = AgencyForm(request.POST or None, places=_places(request))
    if request.method == "POST" and form.is_valid():
        made = actions.open_agency(actor=request.actor, **form.cleaned_data)
        messages.success(request, f"{made.name} sudah ada di daftar. Undang petugasnya di menu Petugas.")
        return redirect("aspirations:agencies")
    return _agencies(request, form=form)


def _agencies(request: HttpRequest, **given: Any) -> HttpResponse:
    found = queries.agencies(request.actor, after=request.GET.get("sesudah", ""))
    code = request.actor.region_code or ""
    context = {
        "page": found,
        "next_url": f"?sesudah={found.next}" if found.next else "",
        "form": AgencyForm(places=_places(request)),
        "route_form": RouteForm(agencies=queries.own_agencies(code)[:100]),
        "routes": queries.routes(code),
    }
    return desk_page(request, "aspirations/agencies.html", context | given)


def _places(request: HttpRequest) -> list[Region]:
    """The own place; for a regency its kecamatan too."""
    code = request.actor.region_code or ""
    below = list(regions.children(code)[:100]) if request.actor.wears(Role.REGENCY) else []
    return [regions.get(code), *below]


@tenders
@require_POST
@once
def agency_close(request: HttpRequest, agency_id: UUID) -> HttpResponse:
    """It takes nothing new."""
    closed = actions.close_agency(queries.agency(request.actor, agency_id).id, actor=request.actor)
    messages.success(request, f"{closed.name} tidak menerima aspirasi baru lagi.")
    return redirect("aspirations:agencies")


@tenders
@require_POST
@once
def route(request: HttpRequest) -> HttpResponse:
    """Which agency is offered first for a category."""
    code = request.actor.region_code or ""
    form = RouteForm(request.POST, agencies=queries.own_agencies(code)[:100])
    if not form.is_valid():
        return _agencies(request, route_form=form)
    actions.route(region=code, category=form.cleaned_data["category"], agency_id=form.agency_id, actor=request.actor)
    messages.success(request, "Tersimpan. Mulai sekarang kantor itu diusulkan lebih dulu.")
    return redirect("aspirations:agencies")


@tenders
@once
def holidays(request: HttpRequest) -> HttpResponse:
    """The free days of the place besides the national ones."""
    form = HolidayForm(request.POST or None)
    code = request.actor.region_code or ""
    if request.method == "POST" and form.is_valid():
        actions.add_holiday(region=code, actor=request.actor, **form.cleaned_data)
        messages.success(request, "Hari libur tercatat. Jam aspirasi yang baru ikut menghitungnya.")
        return redirect("aspirations:holidays")
    may = policies.can_set_holiday(request.actor, code)
    return desk_page(request, "aspirations/holidays.html", {"rows": queries.holidays(code), "form": form, "may": may})


@tenders
@require_POST
@once
def holiday_drop(request: HttpRequest, holiday_id: UUID) -> HttpResponse:
    """It is a working day after all."""
    actions.drop_holiday(holiday_id, actor=request.actor)
    messages.success(request, "Hari libur dihapus.")
    return redirect("aspirations:holidays")
