"""The queue of an office and the cases of a KIM; every step is one address that takes a form."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from kim.accounts.models import KIM_ROLES, OFFICES
from kim.doors.access import needs
from kim.doors.replay import once
from kim.moderation import actions, policies, queries
from kim.moderation.models import Case
from kim.moderation.views.steps import STEPS, Step, offered

office, members = needs(*OFFICES), needs(*KIM_ROLES)


@office
@require_safe
def office_list(request: HttpRequest) -> HttpResponse:
    shelf = request.GET.get("rak", "") if request.GET.get("rak", "") in queries.SHELVES else "giliran"
    page = queries.queue(request.actor, shelf, request.GET.get("sesudah", ""))
    tabs = [(key, label, key == shelf) for key, label in queries.SHELVES.items()]
    context = {"tabs": tabs, "shelf": shelf, "rows": _rows(page), "next_url": _further(page.next, rak=shelf)}
    return render(request, "moderation/office_list.html", context)


@members
@require_safe
def kim_list(request: HttpRequest) -> HttpResponse:
    page = queries.of_kim(request.actor, request.GET.get("sesudah", ""))
    return render(request, "moderation/kim_list.html", {"rows": _rows(page), "next_url": _further(page.next)})


def _rows(page: Any) -> list[tuple[Case, Any, str]]:
    return [(case, queries.standing(case), queries.clock_words(case) if case.is_ticking else "") for case in page]


def _further(mark: str, **kept: str) -> str:
    words = "".join(f"{name}={value}&" for name, value in kept.items())
    return f"?{words}sesudah={mark}" if mark else ""


@office
@require_safe
def office_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    return _page(request, "moderation/office_case.html", queries.case_of(case_id, request.actor))


@members
@require_safe
def kim_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    return _page(request, "moderation/kim_case.html", queries.case_of(case_id, request.actor))


@office
@once
@require_POST
def office_step(request: HttpRequest, case_id: UUID, step: str) -> HttpResponse:
    return _take(request, case_id, step, "office_case")


@members
@once
@require_POST
def kim_step(request: HttpRequest, case_id: UUID, step: str) -> HttpResponse:
    return _take(request, case_id, step, "kim_case")


def _take(request: HttpRequest, case_id: UUID, name: str, page: str) -> HttpResponse:
    """One step of a case in the actor's scope; a form that lacks something comes back with the page."""
    case = queries.case_of(case_id, request.actor)
    step = STEPS.get(name)
    if step is None:
        raise Http404(name)
    form = step.filled(request.POST)
    if not form.is_valid():
        return _page(request, f"moderation/{page}.html", case, failed=(step, form))
    getattr(actions, step.verb)(case.pk, actor=request.actor, **form.cleaned_data)
    messages.success(request, step.done)
    return redirect(f"moderation:{page}", case.pk)


def _page(request: HttpRequest, template: str, case: Case, failed: tuple[Step, Any] | None = None) -> HttpResponse:
    """One case: what it is about, who said what, where it stands, what can be done."""
    sees_voices = policies.can_see_voices(request.actor)
    context = {
        "case": case,
        "label": queries.kind_label(case.kind),
        "standing": queries.standing(case),
        "clock": queries.clock_words(case) if case.is_ticking else "",
        "thing": queries.subject_of(case),
        "reasons": queries.reasons_of(case),
        "voices": queries.voices(case, request.GET.get("suara", "")) if sees_voices else None,
        "story": queries.story_of(case),
        "steps": offered(request.actor, case, failed),
        "failed": failed[1] if failed else None,
    }
    return render(request, template, context)
