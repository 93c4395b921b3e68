"""How far a clarification came: the page, the list to take along, and the call backs."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from kim.clarification import actions, queries
from kim.clarification.models import Answer, Claim
from kim.clarification.views.base import find, officials
from kim.doors.files import download, sheet_of
from kim.doors.replay import once
from kim.kernel import codes
from kim.kernel.codes import Level
from kim.registry.actions import export_taken
from kim.spreading.views import check_backs_page, checked_back


def _find(request: HttpRequest, claim_id: UUID) -> tuple[Claim, Answer]:
    """A claim of this office's area that was answered; DoesNotExist (404) for every other."""
    found = find(request, claim_id)
    answer = queries.answer_of(found)
    if answer is None:
        raise Claim.DoesNotExist
    return found, answer


@officials
def reach(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    """The ladder, what lies below, day by day, and what came back from the villages."""
    found, answer = _find(request, claim_id)
    code = queries.area_of(request.actor, request.GET.get("wilayah", ""))
    context: dict[str, Any] = {"thing": found, "answer": answer, "reach": queries.reach(found, code), "code": code}
    context |= {"own": request.actor.region_code, "back_url": reverse("clarification:office_claim", args=[found.id])}
    context |= {
        "office_export_url": reverse("clarification:office_export", args=[found.id]),
        "layout": "layouts/office.html",
    }
    context["office"] = request.actor.hat.label
    context["ways"] = queries.ways(found) if queries.is_ours(found, code) else []
    if codes.level(code) not in (Level.NATION, Level.PROVINCE):
        context["copies"] = queries.copies_page(found, code, after=request.GET.get("sesudah", ""))
        mark = context["copies"].next
        context["next_url"] = f"?wilayah={code}&sesudah={mark}" if mark else ""
    return render(request, "clarification/reach.html", context)


@officials
@require_POST
def office_export(request: HttpRequest, claim_id: UUID) -> HttpResponseBase:
    """Every copy of the area as a file, as it is read; or the page itself on paper."""
    found, answer = _find(request, claim_id)
    code = queries.area_of(request.actor, request.POST.get("wilayah", ""))
    kind = request.POST.get("jenis") if request.POST.get("jenis") in ("xlsx", "pdf") else "csv"
    export_taken(actor=request.actor, what="hoaks", kind=kind, filters={"klaim": str(found.id), "wilayah": code})
    if kind == "pdf":
        return sheet_of(queries.reach_paper(found, answer, code), name="jangkauan-klarifikasi")
    rows = queries.export_rows(found, code)
    return download(rows, kind=kind, name="jangkauan-klarifikasi", sheet="Jangkauan", widths=(28, 28, 28, 16, 16, 16))


@officials
def check_backs(request: HttpRequest) -> HttpResponse:
    """Reports drawn at random: call, ask, note."""
    page = queries.drawn_reports(request.actor, after=request.GET.get("sesudah", ""))
    back = reverse("clarification:office_claims")
    return check_backs_page(
        request, page, act="clarification:check_back", back_url=back, back="Ini hoaks?", noun="Klarifikasi"
    )


@officials
@require_POST
@once
def check_back(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """What the call said."""
    found = queries.drawn_report(request.actor, report_id)
    return checked_back(request, found.id, note=actions.check_back, then=reverse("clarification:check_backs"))
