"""The KIM: what came, one packet of it, its discussion, the decision, and the reports."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from kim.accounts.actor import Actor
from kim.discussion import queries as rooms
from kim.discussion.forms import RemarkForm, SideForm
from kim.discussion.models import Outcome
from kim.discussion.policies import can_decide_any
from kim.dissemination import actions, policies, queries
from kim.dissemination.forms import (
    AcceptForm,
    CopyDecisionForm,
    DeclineForm,
    SieveForm,
)
from kim.dissemination.models import Assignment
from kim.dissemination.views.base import find_copy, members
from kim.doors.acting import Filled, acts
from kim.doors.replay import once
from kim.kernel import clock
from kim.spreading.views import report_page


@members
def inbox(request: HttpRequest) -> HttpResponse:
    """What came from government, what is asked, and until when; the filters stand in the address."""
    tab = next((one for one in queries.TABS if one.key == request.GET.get("tahap", "")), queries.TABS[0])
    sieve = SieveForm(request.GET)
    kept = sieve.chosen
    narrowed = {"urgency": kept.get("mendesak", ""), "programme": kept.get("program", "")}
    found = queries.inbox(request.actor, tab, after=request.GET.get("sesudah", ""), **narrowed)
    context = {"page": found, "tab": tab, "tabs": queries.TABS, "today": clock.today(), "hat": request.actor.hat.label}
    context |= {"sieve": sieve, "is_narrowed": bool(kept)}
    context["next_url"] = "?" + urlencode({"tahap": tab.key, **kept, "sesudah": found.next}) if found.next else ""
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
        "attachments": queries.attachments_of(found.bulletin),
        "asked": queries.asked(found.bulletin),
        "notes": queries.notes_for(found),
        "reports": queries.reports_of(found),
        **queries.changed_since(found),
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


act = acts(find_copy, _page, "/kerja/info/{}/")


@members
@act(AcceptForm, "accept_form")
def accept(found: Assignment, data: Filled, actor: Actor) -> str:
    """Sebarkan."""
    actions.accept(found.id, note=data["note"], actor=actor)
    return "Dicatat: sebarkan. Bahan siap pakai ada di bawah."


@members
@act(DeclineForm, "decline_form", then="/kerja/info/")
def decline(found: Assignment, data: Filled, actor: Actor) -> str:
    """Belum cocok, with the reason."""
    actions.decline(found.id, actor=actor, **data)
    return "Dicatat: belum cocok. Pengirim membaca alasan Anda."


@members
@act()
def discuss(found: Assignment, data: Filled, actor: Actor) -> str:
    """Talk about it first."""
    actions.discuss(found.id, actor=actor)
    return "Pembahasan dibuka. Teman-teman KIM sudah dikabari."


@members
@act(RemarkForm, "remark_form", then="/kerja/info/{}/#pesan")
def remark(found: Assignment, data: Filled, actor: Actor) -> str:
    """Say something; it stands on the page at once."""
    actions.remark(found.id, text=data["text"], kind="question" if data["is_question"] else "remark", actor=actor)
    return ""


@members
@act(SideForm, "side_form", then="/kerja/info/{}/#suara")
def side(found: Assignment, data: Filled, actor: Actor) -> str:
    """Agree or object; an objection says why."""
    actions.take_side(found.id, actor=actor, **data)
    return ""


@members
@act(CopyDecisionForm, "decision_form")
def decide(found: Assignment, data: Filled, actor: Actor) -> str:
    """What the room decided; whoever comes second is told so."""
    said = {"minutes": data["minutes"], "actor": actor}
    if data["outcome"] == "accept":
        actions.accept(found.id, note=data["note"], **said)
    elif data["outcome"] == "postpone":
        actions.postpone(found.id, **said)
    else:
        actions.decline(found.id, reason="other", note=data["note"] or data["minutes"], **said)
    return "Keputusan tercatat."


@members
@once
def report(request: HttpRequest, copy_id: UUID) -> HttpResponse:
    """One way it was spread."""
    found = find_copy(request, copy_id)
    back = reverse("dissemination:copy", args=[copy_id])
    return report_page(request, found, thing=found.bulletin, back_url=back, report=actions.report)


@members
@require_POST
@once
def retell(request: HttpRequest, copy_id: UUID) -> HttpResponse:
    """An own article about it: begun with the packet's words, labelled with where they come from."""
    article = actions.retell(find_copy(request, copy_id).id, actor=request.actor)
    messages.success(request, "Konsep kabar dibuat dari info ini. Ubah sesuai desa Anda, lalu bahas dan terbitkan.")
    return redirect("publishing:write", article.id)
