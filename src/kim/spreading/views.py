"""What the pages of every thing that spreads have in common: a report of passing it on, and the call backs."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kim.accounts.models import Role
from kim.doors.paging import Page
from kim.kernel import clock
from kim.kernel.ids import new_id
from kim.media.actions import BadFile
from kim.spreading.forms import CheckBackForm, ReportForm


def report_page(
    request: HttpRequest, copy: Any, *, thing: Any, back_url: str, report: Callable[..., Any]
) -> HttpResponse:
    """One way it was spread; what was typed stays when a photo is none."""
    form = _report_form(request, copy)
    if request.method == "POST" and form.is_valid():
        said = {"fields": form.written, "photo": form.cleaned_data["photo"], "actor": request.actor}
        try:
            made = report(form.cleaned_data["id"], copy.id, **said)
        except BadFile as error:
            form.add_error("photo", str(error))
        else:
            messages.success(request, f"Terima kasih. Laporan {made.get_channel_display().lower()} tersimpan.")
            return redirect(back_url)
    context = {"thing": thing, "kim": copy.kim, "form": form, "back_url": back_url}
    return render(request, "spreading/report.html", context)


def _report_form(request: HttpRequest, copy: Any) -> ReportForm:
    if request.method == "POST":
        return ReportForm(request.POST, request.FILES)
    today = clock.today(copy.region.time_zone)
    return ReportForm(initial={"id": new_id(), "held_on": today, "channel": request.GET.get("lewat", "")})


def check_backs_page(
    request: HttpRequest, page: Page, *, act: str, back_url: str, back: str, noun: str
) -> HttpResponse:
    """Reports drawn at random: call, ask, note. `act` names the address that takes the result."""
    layout = "layouts/desk.html" if request.actor.wears(Role.VILLAGE) else "layouts/office.html"
    context = {"page": page, "form": CheckBackForm(), "next_url": f"?sesudah={page.next}" if page.next else ""}
    context |= {
        "layout": layout,
        "office": request.actor.hat.label,
        "act": act,
        "back_url": back_url,
        "back": back,
        "noun": noun,
    }
    return render(request, "spreading/check_back.html", context)


def checked_back(request: HttpRequest, report_id: UUID, *, note: Callable[..., Any], then: str) -> HttpResponse:
    """What the call said."""
    form = CheckBackForm(request.POST)
    if form.is_valid():
        note(report_id, actor=request.actor, **form.cleaned_data)
        messages.success(request, "Hasil cek ulang tercatat.")
    else:
        messages.error(request, "Pilih dulu hasil teleponnya.")
    return redirect(then)
