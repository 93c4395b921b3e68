"""The office of Diskominfo: the queue, one SK beside its data, the list of KIM, one KIM."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from kim.accounts.models import OFFICES, Role
from kim.doors.access import needs
from kim.doors.files import download
from kim.doors.replay import once
from kim.registry import actions, queries
from kim.registry.forms.office import DecisionForm, FilterForm, LetInForm, ReasonForm
from kim.registry.models import Decree
from kim.registry.policies import can_dissolve, can_let_in, can_return
from kim.registry.workflow import DecreeStage, Outcome, Stage

SAID = {
    Outcome.APPROVED: "Keputusan tersimpan: disetujui.",
    Outcome.RETURNED: "Keputusan tersimpan: dikembalikan dengan catatan.",
    Outcome.REFUSED: "Keputusan tersimpan: ditolak dengan alasan.",
}


@needs(*OFFICES)
def queue(request: HttpRequest) -> HttpResponse:
    """Registrations and renewals that wait, longest waiting first."""
    page = queries.queue(request.actor, request.GET.get("sesudah", ""))
    context = {"page": page, "queue_count": queries.queue_count(request.actor), "hat": request.actor.hat}
    return render(request, "registry/queue.html", context)


@needs(*OFFICES)
@once
def verify(request: HttpRequest, decree_id: UUID) -> HttpResponse:
    """One SK beside its data, and the decision on it."""
    decree = queries.paper(decree_id, actor=request.actor)
    is_renewal = decree.kim.stage in (Stage.REGISTERED, Stage.DISSOLVED)
    form = DecisionForm(request.POST or None, is_renewal=is_renewal)
    if request.method == "POST" and form.is_valid():
        return _decide(request, decree, is_renewal, **form.known("outcome", "note"))
    context = queries.dossier(decree, is_renewal=is_renewal) | {
        "form": form,
        "hat": request.actor.hat,
        "queue_count": queries.queue_count(request.actor),
        "is_waiting": decree.stage == DecreeStage.SUBMITTED,
        "verdict": can_return(request.actor, decree.kim),
    }
    return render(request, "registry/verify.html", context)


def _decide(request: HttpRequest, decree: Decree, is_renewal: bool, outcome: str, note: str) -> HttpResponse:
    actor, kim_id = request.actor, decree.kim_id
    if is_renewal and outcome == Outcome.APPROVED:
        actions.accept_decree(decree.id, actor=actor)
    elif is_renewal:
        actions.return_decree(decree.id, actor=actor, note=note)
    elif outcome == Outcome.APPROVED:
        actions.approve(kim_id, actor=actor)
    elif outcome == Outcome.RETURNED:
        actions.return_(kim_id, actor=actor, note=note)
    else:
        actions.refuse(kim_id, actor=actor, reason=note)
    messages.success(request, SAID[Outcome(outcome)])
    return redirect("registry:office_kim", kim_id) if outcome == Outcome.APPROVED else redirect("registry:queue")


@needs(*OFFICES)
def kims(request: HttpRequest) -> HttpResponse:
    """The registered KIM of the area; the filters stand in the address."""
    form, chosen, filters = _filters(request, request.GET)
    page = queries.office_list(request.actor, after=request.GET.get("sesudah", ""), **filters)
    rows = [(kim, queries.legal_status(kim), queries.activity_status(kim)) for kim in page]
    kept = {name: value for name, value in chosen.items() if value}
    next_url = "?" + urlencode(kept | {"sesudah": page.next}) if page.next else ""
    context = {"form": form, "rows": rows, "next_url": next_url, "is_narrowed": bool(kept), "hat": request.actor.hat}
    context["export"] = {name: chosen.get(name, "") for name in ("sk", "kabar", "wilayah")}
    return render(request, "registry/office_kims.html", context | {"queue_count": queries.queue_count(request.actor)})


def _filters(request: HttpRequest, data: QueryDict) -> tuple[FilterForm, dict[str, Any], dict[str, str]]:
    form = FilterForm(data or None, places=queries.places_below(request.actor.region_code))
    chosen = form.cleaned_data if form.is_valid() else {}
    filters = {"legal": chosen.get("sk", ""), "activity": chosen.get("kabar", ""), "within": chosen.get("wilayah", "")}
    return form, chosen, filters


@needs(*OFFICES)
@require_POST
def export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The same list, whole, as a spreadsheet."""
    filters = _filters(request, request.POST)[2]
    rows = queries.office_rows(request.actor, **filters, site=settings.KIM_BASE_URL)
    answer = download(rows, kind=kind, name="daftar-kim", sheet="Daftar KIM", widths=queries.WIDTHS)
    actions.export_taken(actor=request.actor, what="kim", kind=kind, filters=filters)
    return answer


@needs(*OFFICES)
@once
def kim(request: HttpRequest, kim_id: UUID) -> HttpResponse:
    """Everything the office knows of one KIM; here its end is recorded."""
    found = queries.official(request.actor).get(pk=kim_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.dissolve(found.id, actor=request.actor, reason=form.cleaned_data["reason"])
        messages.success(request, "Tercatat: KIM ini sudah bubar.")
        return redirect("registry:office_kim", found.id)
    context = queries.portrait(found) | {
        "form": form,
        "hat": request.actor.hat,
        "queue_count": queries.queue_count(request.actor),
        "may_dissolve": found.stage == Stage.REGISTERED and bool(can_dissolve(request.actor, found)),
        "registrant": found.created_by,
        "may_let_in": bool(can_let_in(request.actor, found)),
    }
    return render(request, "registry/office_kim.html", context)


@needs(Role.REGENCY)
@once
def let_in(request: HttpRequest, kim_id: UUID) -> HttpResponse:
    """Name a member of the board and the number they come in with, then go on to the page of codes."""
    found = queries.official(request.actor).get(pk=kim_id)
    form = LetInForm(request.POST or None, initial={"name": queries.chair_name(found)})
    if request.method == "POST" and form.is_valid():
        member = actions.let_in(found.id, actor=request.actor, **form.known("name", "phone"))
        if not member.person.pin:
            return redirect("accounts:code", person_id=member.person_id)
        messages.success(request, f"{member.name} sekarang pengurus di sini, dan masuk seperti biasa.")
        return redirect("registry:office_kim", found.id)
    context = {"kim": found, "form": form, "hat": request.actor.hat, "queue_count": queries.queue_count(request.actor)}
    return render(request, "registry/office_let_in.html", context)
