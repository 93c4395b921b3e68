"""How far a packet came: the page, the list to take along, whom to remind, and the call backs."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_POST

from kim.dissemination import actions, policies, queries
from kim.dissemination.views.base import find, issuers, office_page, officials
from kim.doors.files import download, sheet_of
from kim.doors.replay import once
from kim.kernel import codes
from kim.kernel.codes import Level
from kim.registry.actions import export_taken
from kim.spreading.views import check_backs_page, checked_back


@issuers
def reach(request: HttpRequest, bulletin_id: UUID) -> HttpResponse:
    """The ladder, the map of what lies below, and what came back from the villages."""
    found = find(request, bulletin_id)
    code = queries.area_of(request.actor, request.GET.get("wilayah", ""))
    far = queries.reach(found, code)
    context: dict[str, Any] = {
        "bulletin": found,
        "thing": found,
        "reach": far,
        "reasons": queries.reasons(far),
        "code": code,
    }
    context |= {"own": request.actor.region_code, "back_url": reverse("dissemination:bulletin", args=[found.id])}
    context |= {"office_export_url": reverse("dissemination:office_export", args=[found.id])}
    context |= {"unanswered": queries.unanswered(found, code), "may_answer": policies.can_answer(request.actor, found)}
    if codes.level(code) not in (Level.NATION, Level.PROVINCE):
        context["copies"] = queries.copies_page(found, code, after=request.GET.get("sesudah", ""))
        mark = context["copies"].next
        context["next_url"] = f"?wilayah={code}&sesudah={mark}" if mark else ""
    return office_page(request, "dissemination/reach.html", context)


@issuers
@require_POST
def export(request: HttpRequest, bulletin_id: UUID) -> HttpResponseBase:
    """Every copy of the area as a file, as it is read; or the page itself on paper."""
    found = find(request, bulletin_id)
    code = queries.area_of(request.actor, request.POST.get("wilayah", ""))
    kind = request.POST.get("jenis") if request.POST.get("jenis") in ("xlsx", "pdf") else "csv"
    export_taken(actor=request.actor, what="info", kind=kind, filters={"info": str(found.id), "wilayah": code})
    if kind == "pdf":
        return sheet_of(queries.reach_paper(found, code), name="jangkauan-info")
    return download(
        queries.export_rows(found, code), kind=kind, name="jangkauan-info", sheet="Jangkauan", widths=(28, 28, 10, 12)
    )


@officials
def remind(request: HttpRequest, bulletin_id: UUID) -> HttpResponse:
    """The KIM that have not opened it, each with a WhatsApp text ready to send."""
    found = find(request, bulletin_id)
    code = queries.area_of(request.actor, request.GET.get("wilayah", ""))
    days = found.remind_days or found.usual_remind_days
    page = queries.to_remind(found, code, days=days, after=request.GET.get("sesudah", ""))
    context = {"bulletin": found, "page": page, "rows": queries.reminders(found, page.items), "code": code}
    context |= {"days": days, "next_url": f"?wilayah={code}&sesudah={page.next}" if page.next else ""}
    return office_page(request, "dissemination/remind.html", context)


@officials
def check_backs(request: HttpRequest) -> HttpResponse:
    """Reports drawn at random: call, ask, note."""
    page = queries.drawn_reports(request.actor, after=request.GET.get("sesudah", ""))
    back = reverse("dissemination:bulletins")
    return check_backs_page(
        request, page, act="dissemination:check_back", back_url=back, back="Info pemerintah", noun="Info"
    )


@officials
@require_POST
@once
def check_back(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """What the call said."""
    found = queries.drawn_report(request.actor, report_id)
    return checked_back(request, found.id, note=actions.check_back, then=reverse("dissemination:check_backs"))
