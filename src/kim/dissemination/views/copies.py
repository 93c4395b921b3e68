"""The KIM: what came, one packet of it, its discussion, the decision, and the reports."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from kim.discussion import queries as rooms
from kim.discussion.forms import RemarkForm, SideForm
from kim.discussion.models import Outcome
from kim.discussion.policies import can_decide_any
from kim.dissemination import actions, policies, queries
from kim.dissemination.forms import (
    AcceptForm,
    CopyDecisionForm,
    DeclineForm,
    ReportForm,
)
from kim.dissemination.models import Assignment
from kim.dissemination.views.base import find_copy, members
from kim.doors.replay import once
from kim.kernel import clock
from kim.kernel.ids import new_id
from kim.media.actions import BadFile


@members
def inbox(request: HttpRequest) -> HttpResponse:
    """What came from government, what is asked, and until when."""
    tab = next((one for one in queries.TABS if one.key == request.GET.get("tahap", "")), queries.TABS[0])
    found = queries.inbox(request.actor, tab, after=request.GET.get("sesudah", ""))
    context = {"page": found, "tab": tab, "tabs": queries.TABS, "today": clock.today(), "hat": request.actor.hat.label}
    context["next_url"] = f"?tahap={tab.key}&sesudah={found.next}" if found.next else ""
    context["questions_waiting"] = queries.waiting_count(request.actor)
    return render(request, "dissemination/inbox.html", context)


@members
def copy(request: HttpRequest, copy_id: UUID) -> HttpResponse:
    """One packet in the KIM. Whoever opens it has read it for the KIM; that is all that is noted."""
    found = find_copy(request, copy_id)
    if found.version_seen < found.bulletin.version:
        actions.open_(found.id, actor=request.actor)
    return _page(request, find_copy(request, copy_id))


def _page(request: HttpRequest, found: Assignment, **forms: Any) -> HttpResponse:
    room = rooms.of_subject(found.key)
    sheet = rooms.sheet(room, request.actor) if room else None
    context: dict[str, Any] = {
        "copy": found,
        "bulletin": found.bulletin,
        "kim": found.kim,
        "zone": found.region.time_zone,
        "words": queries.words_of(found.bulletin),
        "asked": queries.asked(found.bulletin),
        "notes": queries.notes_for(found),
        "reports": queries.reports_of(found),
        "level": policies.level_word(found.bulletin.region_id),
        "may_decide": policies.can_accept(request.actor, found),
        "sheet": sheet,
        "verdict": can_decide_any(request.actor, sheet.room, Outcome, sheet.tally) if sheet else None,
        "remark_form": RemarkForm(),
        "side_form": SideForm(),
        "decision_form": CopyDecisionForm(),
        "decline_form": DeclineForm(),
        "accept_form": AcceptForm(),
    }
    return render(request, "dissemination/copy.html", context | forms)


@members
@require_POST
@once
def accept(request: HttpRequest, copy_id: UUID) -> HttpResponse:
    """Sebarkan."""
    found, form = find_copy(request, copy_id), AcceptForm(request.POST)
    if not form.is_valid():
        return _page(request, found, accept_form=form)
    actions.accept(found.id, note=form.cleaned_data["note"], actor=request.actor)
    messages.success(request, "Dicatat: sebarkan. Bahan siap pakai ada di bawah.")
    return redirect("dissemination:copy", copy_id)


@members
@require_POST
@once
def decline(request: HttpRequest, copy_id: UUID) -> HttpResponse:
    """Belum cocok, with the reason."""
    found, form = find_copy(request, copy_id), DeclineForm(request.POST)
    if not form.is_valid():
        return _page(request, found, decline_form=form)
    actions.decline(found.id, actor=request.actor, **form.cleaned_data)
    messages.success(request, "Dicatat: belum cocok. Pengirim membaca alasan Anda.")
    return redirect("dissemination:inbox")


@members
@require_POST
@once
def discuss(request: HttpRequest, copy_id: UUID) -> HttpResponse:
    """Talk about it first."""
    actions.discuss(find_copy(request, copy_id).id, actor=request.actor)
    messages.success(request, "Pembahasan dibuka. Teman-teman KIM sudah dikabari.")
    return redirect("dissemination:copy", copy_id)


@members
@require_POST
@once
def remark(request: HttpRequest, copy_id: UUID) -> HttpResponse:
    """Say something."""
    found, form = find_copy(request, copy_id), RemarkForm(request.POST)
    if not form.is_valid():
        return _page(request, found, remark_form=form)
    kind = "question" if form.cleaned_data["is_question"] else "remark"
    actions.remark(found.id, text=form.cleaned_data["text"], kind=kind, actor=request.actor)
    return redirect(f"/kerja/info/{found.id}/#pesan")


@members
@require_POST
@once
def side(request: HttpRequest, copy_id: UUID) -> HttpResponse:
    """Agree or object; an objection says why."""
    found, form = find_copy(request, copy_id), SideForm(request.POST)
    if not form.is_valid():
        return _page(request, found, side_form=form)
    actions.take_side(found.id, actor=request.actor, **form.cleaned_data)
    return redirect(f"/kerja/info/{found.id}/#suara")


@members
@require_POST
@once
def decide(request: HttpRequest, copy_id: UUID) -> HttpResponse:
    """What the room decided; whoever comes second is told so."""
    found, form = find_copy(request, copy_id), CopyDecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, found, decision_form=form)
    data, said = form.cleaned_data, {"minutes": form.cleaned_data["minutes"], "actor": request.actor}
    if data["outcome"] == "accept":
        actions.accept(found.id, note=data["note"], **said)
    elif data["outcome"] == "postpone":
        actions.postpone(found.id, **said)
    else:
        actions.decline(found.id, reason="other", note=data["note"] or data["minutes"], **said)
    messages.success(request, "Keputusan tercatat.")
    return redirect("dissemination:copy", copy_id)


@members
@once
def report(request: HttpRequest, copy_id: UUID) -> HttpResponse:
    """One way it was spread."""
    found = find_copy(request, copy_id)
    form = _report_form(request, found)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.report(
                form.cleaned_data["id"],
                found.id,
                fields=form.written,
                photo=form.cleaned_data["photo"],
                actor=request.actor,
            )
        except BadFile as error:
            form.add_error("photo", str(error))
        else:
            messages.success(request, f"Terima kasih. Laporan {made.get_channel_display().lower()} tersimpan.")
            return redirect("dissemination:copy", copy_id)
    return render(request, "dissemination/report.html", {"copy": found, "kim": found.kim, "form": form})


def _report_form(request: HttpRequest, found: Assignment) -> ReportForm:
    if request.method == "POST":
        return ReportForm(request.POST, request.FILES)
    today: date = clock.today(found.region.time_zone)
    return ReportForm(initial={"id": new_id(), "held_on": today, "channel": request.GET.get("lewat", "")})


@members
@require_POST
@once
def retell(request: HttpRequest, copy_id: UUID) -> HttpResponse:
    """An own article about it: begun with the packet's words, labelled with where they come from."""
    article = actions.retell(find_copy(request, copy_id).id, actor=request.actor)
    messages.success(request, "Konsep kabar dibuat dari info ini. Ubah sesuai desa Anda, lalu bahas dan terbitkan.")
    return redirect("publishing:write", article.id)
