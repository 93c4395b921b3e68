"""Two claims that are one: found by number or words, folded with a reason, and parted again."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from kim.accounts.models import KIM_ROLES
from kim.clarification import actions, policies, queries
from kim.clarification.forms import FoldForm
from kim.clarification.views.base import desks, find, officials
from kim.doors.replay import once


@desks
@once
def fold(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    """Which other claim it is: near ones first, the rest by number or words."""
    found, form = find(request, claim_id), FoldForm(request.POST if request.method == "POST" else None)
    is_kim = request.actor.wears(*KIM_ROLES)
    back = reverse("clarification:claim" if is_kim else "clarification:office_claim", args=[claim_id])
    if request.method == "POST" and form.is_valid():
        into = queries.target_for(request.actor, form.cleaned_data["into"])
        actions.fold(found.id, into_id=into.id, reason=form.cleaned_data["reason"], actor=request.actor)
        messages.success(request, "Digabung. Yang bertanya mendapat jawaban klaim yang Anda pilih.")
        return redirect(back)
    asked = request.GET.get("q", "").strip()[:120]
    context = {"claim": found, "form": form, "asked": asked, "offers": queries.offers(request.actor, found, asked)}
    context["words"] = queries.words_of(str(found.id))
    context |= {"allowed": policies.open_verbs(request.actor, found).get("fold"), "back_url": back}
    context |= {"layout": "layouts/desk.html" if is_kim else "layouts/office.html", "hat": request.actor.hat.label}
    return render(request, "clarification/fold.html", context)


@officials
@require_POST
@once
def unfold(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    """Ternyata lain."""
    actions.unfold(find(request, claim_id).id, actor=request.actor)
    messages.success(request, "Dipisahkan lagi. Klaim ini menunggu putusannya sendiri.")
    return redirect("clarification:office_claim", claim_id)
