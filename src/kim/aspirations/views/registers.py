"""The registers of UU 14/2008, and the sheet for SP4N-LAPOR!."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from kim.accounts.actor import Actor
from kim.accounts.models import OFFICES, Role
from kim.aspirations import actions, policies, queries
from kim.aspirations.forms.registers import DecideForm, RegisterForm, ReplyForm, TrackingForm
from kim.aspirations.models import InformationRequest
from kim.aspirations.views.base import desk_page, find
from kim.doors.access import needs
from kim.doors.acting import Filled, acts
from kim.doors.files import download
from kim.doors.replay import once
from kim.registry.actions import export_taken

desks = needs(*policies.VILLAGE_DESK, *OFFICES, Role.AGENCY)
FILES = {"permohonan": queries.request_rows, "keberatan": queries.objection_rows}


@desks
def register_list(request: HttpRequest) -> HttpResponse:
    """The own body's register, and the objections that wait."""
    page = queries.register(request.actor, after=request.GET.get("sesudah", ""))
    context = {"page": page, "next_url": f"?sesudah={page.next}" if page.next else ""}
    return desk_page(
        request, "aspirations/register.html", context | {"waiting": queries.open_objections(request.actor)}
    )


@desks
@once
def register(request: HttpRequest, aspiration_id: UUID) -> HttpResponse:
    """Into the register."""
    found, form = find(request, aspiration_id), RegisterForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = actions.register_request(found.id, actor=request.actor, **form.cleaned_data)
        messages.success(request, f"Tercatat dengan nomor {made.number}.")
        return redirect("aspirations:request", made.id)
    return desk_page(request, "aspirations/register_one.html", {"aspiration": found, "form": form})


def _find_request(request: HttpRequest, request_id: UUID) -> InformationRequest:
    return queries.request_of(request.actor, request_id)


@desks
def request_(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """One entry with its clock and its decision."""
    return _request_page(request, _find_request(request, request_id))


def _request_page(request: HttpRequest, found: InformationRequest, **forms: Any) -> HttpResponse:
    context = {
        "entry": found,
        "zone": found.aspiration.region.time_zone,
        "decide_form": DecideForm(),
    }
    return desk_page(request, "aspirations/request.html", context | forms)


@desks
@acts(_find_request, _request_page, "/kantor/permohonan/{}/")(DecideForm, "decide_form")
def decide(found: InformationRequest, data: Filled, actor: Actor) -> str:
    """Granted, partly, refused, or not ours."""
    actions.decide_request(found.id, actor=actor, **data)
    return "Keputusan tercatat. Sampaikan jawabannya di halaman aspirasinya."


@needs(Role.VILLAGE, *OFFICES)
@once
def reply_objection(request: HttpRequest, objection_id: UUID) -> HttpResponse:
    """The superior's word on an objection."""
    found = queries.objection_of(request.actor, objection_id)
    form = ReplyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.reply_objection(found.id, reply=form.cleaned_data["reply"], actor=request.actor)
        messages.success(request, "Tanggapan tercatat.")
        return redirect("aspirations:register_list")
    return desk_page(request, "aspirations/objection.html", {"objection": found, "form": form})


@desks
@require_POST
def export(request: HttpRequest) -> HttpResponseBase:
    """One of the two registers as a file, as it is read."""
    what = request.POST.get("register", "")
    rows = FILES.get(what, queries.request_rows)
    kind = "xlsx" if request.POST.get("jenis") == "xlsx" else "csv"
    export_taken(actor=request.actor, what="register", kind=kind, filters={"register": what})
    return download(
        rows(request.actor), kind=kind, name=f"register-{what or 'permohonan'}", sheet="Register", widths=(16, 12, 24)
    )


@desks
@once
def lapor(request: HttpRequest, aspiration_id: UUID) -> HttpResponse:
    """The sheet to carry over to SP4N-LAPOR!, and the number that came back."""
    found = find(request, aspiration_id)
    form = TrackingForm(request.POST or None, initial={"tracking_id": found.lapor_tracking_id})
    if request.method == "POST" and form.is_valid():
        actions.hand_over(found.id, tracking_id=form.cleaned_data["tracking_id"], actor=request.actor)
        messages.success(request, "Nomor pelacakan tersimpan. Pelapor melihatnya di halaman lacak.")
        return redirect("aspirations:lapor", found.id)
    return desk_page(
        request, "aspirations/lapor.html", {"aspiration": found, "sheet": queries.lapor_sheet(found), "form": form}
    )
