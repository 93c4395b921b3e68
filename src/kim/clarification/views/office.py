"""The office: claims of its area, the verdict and its revisions, what is not for checking, suggestions from outside."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from kim.clarification import actions, policies, queries
from kim.clarification.forms import AnswerForm, ReasonForm, ReviseForm
from kim.clarification.models import Claim
from kim.clarification.views.base import find, officials, sheet
from kim.clarification.workflow import State
from kim.doors.replay import once


@officials
def claims(request: HttpRequest) -> HttpResponse:
    """One pile of the area, last heard first."""
    shelf = queries.shelf_of(queries.OFFICE_SHELVES, request.GET.get("rak", ""))
    found = queries.desk(request.actor, shelf, after=request.GET.get("sesudah", ""))
    context = {"page": found, "shelf": shelf, "shelves": queries.OFFICE_SHELVES}
    context["next_url"] = f"?rak={shelf.key}&sesudah={found.next}" if found.next else ""
    return render(request, "clarification/office_claims.html", context)


@officials
def claim(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    """One claim with everything known of it, and how far its answer came."""
    return _page(request, find(request, claim_id))


def _page(request: HttpRequest, found: Claim, **forms: Any) -> HttpResponse:
    context = sheet(request, found) | {
        "far": queries.how_far(request.actor, found) if found.version else None,
        "versions": queries.answers_of(found),
        "suggestion": queries.suggestion_of(found),
        "journey": queries.journey(found),
        "reason_form": ReasonForm(),
    }
    return render(request, "clarification/office_claim.html", context | forms)


@officials
@once
def judge(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    """The verdict, or a new version of it."""
    found = find(request, claim_id)
    form = _form(request, found)
    if request.method == "POST" and form.is_valid():
        change = form.cleaned_data.pop("change", "")
        if found.is_public:
            actions.revise(found.id, fields=form.cleaned_data, change=change, actor=request.actor)
        else:
            actions.judge(found.id, fields=form.cleaned_data, actor=request.actor)
        messages.success(request, "Putusan terbit. KIM dan warga yang bertanya sedang dikabari.")
        return redirect("clarification:office_claim", claim_id)
    may = policies.open_verbs(request.actor, found)
    context = {"claim": found, "form": form, "allowed": may.get("revise") or may.get("judge")}
    return render(request, "clarification/judge.html", context)


def _form(request: HttpRequest, found: Claim) -> AnswerForm:
    kind = ReviseForm if found.is_public else AnswerForm
    return kind(request.POST) if request.method == "POST" else kind(initial=_first_values(request, found))


def _first_values(request: HttpRequest, found: Claim) -> dict[str, str]:
    """The words of the last answer; else those of a suggestion; else the office's own name."""
    answer = queries.answer_of(found)
    if answer is not None:
        names = ("verdict", "title", "gist", "explanation", "agency")
        return {name: getattr(answer, name) for name in names} | {"evidence": _lines(answer.evidence)}
    known, agency = queries.suggestion_of(found), request.actor.hat.label
    if known is None:
        return {"agency": agency}
    evidence = _lines([[known.url, known.checker]]) if known.url else ""
    return {"agency": agency, "verdict": known.verdict, "explanation": known.fact, "evidence": evidence}


def _lines(evidence: list[list[str]]) -> str:
    return "\n".join(" ".join(pair).strip() for pair in evidence)


@officials
@require_POST
@once
def withdraw(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    """Take the answer back."""
    found, form = find(request, claim_id), ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, found, reason_form=form)
    actions.withdraw(found.id, reason=form.cleaned_data["reason"], actor=request.actor)
    messages.success(request, "Jawaban ditarik. Semua yang menerimanya dikabari.")
    return redirect("clarification:office_claim", claim_id)


@officials
@require_POST
@once
def set_aside(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    """Not for checking."""
    found, form = find(request, claim_id), ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, found, reason_form=form)
    actions.set_aside(found.id, reason=form.cleaned_data["reason"], actor=request.actor)
    messages.success(request, "Disisihkan. Orang yang bertanya membaca alasannya.")
    return redirect("clarification:office_claim", claim_id)


@officials
@require_POST
@once
def reopen(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    """Wait for a verdict again."""
    actions.reopen(find(request, claim_id).id, actor=request.actor)
    messages.success(request, "Klaim ini menunggu putusan lagi.")
    return redirect("clarification:office_claim", claim_id)


@officials
def complaint(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    """The sheet for aduankonten: text to copy, with links and evidence."""
    found = find(request, claim_id)
    answer = queries.answer_of(found)
    if answer is None or not found.is_public:
        raise Claim.DoesNotExist
    words = queries.complaint(found, answer, queries.reports_of(found, request.actor))
    return render(request, "clarification/complaint.html", {"claim": found, "words": words})


@officials
def suggestions(request: HttpRequest) -> HttpResponse:
    """What the fact-checker outside has published."""
    state = request.GET.get("rak", "") or State.NEW
    found = queries.suggestions(state, after=request.GET.get("sesudah", ""))
    context = {"page": found, "state": state, "states": State.choices, "pulse": queries.pulse()}
    context["next_url"] = f"?rak={state}&sesudah={found.next}" if found.next else ""
    return render(request, "clarification/suggestions.html", context)


@officials
@require_POST
@once
def take(request: HttpRequest, suggestion_id: UUID) -> HttpResponse:
    """Pakai."""
    made = actions.take(queries.suggestion(suggestion_id).id, actor=request.actor)
    messages.success(request, "Klaim dibuat dari hasil cek fakta. Periksa, lalu beri putusan.")
    return redirect("clarification:judge" if not made.version else "clarification:office_claim", made.id)


@officials
@require_POST
@once
def pass_over(request: HttpRequest, suggestion_id: UUID) -> HttpResponse:
    """Lewati."""
    actions.pass_over(queries.suggestion(suggestion_id).id, actor=request.actor)
    return redirect("clarification:suggestions")
