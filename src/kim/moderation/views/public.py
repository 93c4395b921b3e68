"""Reporting without an account, coming back with a code, and what everybody may know of the decisions."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from kim.doors.access import anyone, public
from kim.doors.replay import once, request_key
from kim.kernel.ids import new_id
from kim.moderation import actions, queries
from kim.moderation.actions.base import TOPIC
from kim.moderation.forms import ReportForm
from kim.pages import shows, tags


@anyone
@once
def report(request: HttpRequest, what: str, thing_id: UUID) -> HttpResponse:
    """The form's own key is the report's id: sent twice, it is one report with one code."""
    thing = queries.reportable(what, thing_id)
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        code = actions.report(request_key(request) or new_id(), what, thing_id, actor=request.actor, **said)
        return redirect(f"{reverse('moderation:status')}?{urlencode({'kode': code, 'baru': '1'})}")
    context = {"form": form, "thing": thing, "label": queries.kind_label(what)}
    return render(request, "moderation/report.html", context)


@anyone
def status(request: HttpRequest) -> HttpResponse:
    """What became of a report, for whoever has its code."""
    code = request.GET.get("kode", "").strip()[:40]
    found = queries.by_code(code) if code else None
    context = {"code": code, "found": found, "is_new": found is not None and "baru" in request.GET}
    if found is not None:
        context |= {"case": found.case, "standing": queries.standing(found.case), "shown": queries.shown(code)}
    return render(request, "moderation/status.html", context, status=404 if code and found is None else 200)


@public
def log(request: HttpRequest) -> HttpResponse:
    """Every decision, without words and without names."""
    lines, following = queries.log(request.GET.get("sesudah", ""))
    shows(request, tags.topic(TOPIC))
    next_url = f"?{urlencode({'sesudah': following})}" if following else ""
    context = {"lines": lines, "figures": queries.figures(), "next_url": next_url}
    return render(request, "moderation/log.html", context)
