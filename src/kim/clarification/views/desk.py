"""The KIM: what people of its area ask, the guided check, and clarifications to pass on."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from kim.clarification import actions, queries
from kim.clarification.forms import CheckForm
from kim.clarification.models import Claim
from kim.clarification.views.base import desks, find, members, sheet
from kim.doors.replay import once
from kim.media.views import handed
from kim.spreading.views import report_page


@members
def claims(request: HttpRequest) -> HttpResponse:
    """One pile of questions; beside them the clarifications that came."""
    shelf = queries.shelf_of(queries.KIM_SHELVES, request.GET.get("rak", ""))
    is_own = request.GET.get("wilayah", "") == "desa"
    found = queries.desk(request.actor, shelf, is_own_village=is_own, after=request.GET.get("sesudah", ""))
    context = {
        "page": found,
        "shelf": shelf,
        "shelves": queries.KIM_SHELVES,
        "is_own": is_own,
        "hat": request.actor.hat.label,
    }
    kept = "&wilayah=desa" if is_own else ""
    context["next_url"] = f"?rak={shelf.key}{kept}&sesudah={found.next}" if found.next else ""
    return render(request, "clarification/claims.html", context)


@members
def handouts(request: HttpRequest) -> HttpResponse:
    """The clarifications that came to this KIM."""
    found = queries.handouts(request.actor, after=request.GET.get("sesudah", ""))
    next_url = f"?sesudah={found.next}" if found.next else ""
    return render(
        request, "clarification/handouts.html", {"page": found, "next_url": next_url, "hat": request.actor.hat.label}
    )


@members
def claim(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    """One claim. Whoever opens its clarification has read it for the KIM; that is all that is noted."""
    found = find(request, claim_id)
    handout = queries.handout_of(request.actor, claim_id)
    if handout and handout.version_seen < handout.version:
        actions.open_(handout.id, actor=request.actor)
    return _page(request, found)


def _page(request: HttpRequest, found: Claim, **forms: Any) -> HttpResponse:
    own = queries.own_check(request.actor, found)
    handout = queries.handout_of(request.actor, found.id)
    context = sheet(request, found) | {
        "own": own,
        "handout": handout,
        "spreads": queries.spreads_of(handout),
        "check_form": CheckForm(initial=CheckForm.first_values(own.points, own.note) if own else None),
        "hat": request.actor.hat.label,
    }
    return render(request, "clarification/claim.html", context | forms)


@members
@require_POST
@once
def check(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    """Save the list."""
    found, form = find(request, claim_id), CheckForm(request.POST)
    if not form.is_valid():
        return _page(request, found, check_form=form)
    actions.check(found.id, actor=request.actor, **form.written)
    messages.success(request, "Hasil cek tersimpan. Kirim ke Diskominfo kalau sudah cukup.")
    return redirect("clarification:claim", claim_id)


@members
@require_POST
@once
def send(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    """Kirim ke Diskominfo."""
    actions.send(find(request, claim_id).id, actor=request.actor)
    messages.success(request, "Terkirim ke Diskominfo. Jawabannya akan sampai ke KIM Anda.")
    return redirect("clarification:claim", claim_id)


@members
@once
def spread(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    """Sudah kami sebarkan: one way of it."""
    found, handout = find(request, claim_id), queries.handout_of(request.actor, claim_id)
    if handout is None:
        raise Claim.DoesNotExist
    back = reverse("clarification:claim", args=[claim_id])
    return report_page(request, handout, thing=found, back_url=back, report=actions.spread)


@desks
def sent_file(request: HttpRequest, claim_id: UUID, upload_id: UUID) -> HttpResponseBase:
    """A photo or a recording that was sent in; only for desks that may see the claim."""
    upload = queries.file_of(request.actor, claim_id, upload_id)
    return handed(upload.file, upload.mime)
