"""The board of shared difficulties, and the minutes of the village's meetings."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from kim.accounts.models import KIM_ROLES
from kim.deliberation import actions, policies, queries
from kim.deliberation.forms import (
    ActForm,
    DropForm,
    MeetingForm,
    ProblemForm,
    ResolutionForm,
    ResultForm,
)
from kim.deliberation.models import Meeting, Problem
from kim.deliberation.workflow import WORKFLOW
from kim.discussion import actions as discussion
from kim.discussion import queries as rooms
from kim.discussion.forms import RemarkForm
from kim.discussion.models import Room
from kim.doors.access import needs
from kim.doors.replay import once
from kim.kernel import clock
from kim.kernel.ids import as_id, new_id

villagers = needs(*policies.VILLAGE)


@villagers
def board(request: HttpRequest) -> HttpResponse:
    """What the village shares, from named to worked on."""
    ended = queries.ended(request.actor, after=request.GET.get("sesudah", ""))
    columns = queries.board(request.actor)
    context = {"columns": columns, "ended": ended, "hat": request.actor.hat.label}
    context["is_empty"] = not any(column.problems for column in columns)
    context["next_url"] = f"?sesudah={ended.next}" if ended.next else ""
    return render(request, "deliberation/board.html", context)


@villagers
@once
def name(request: HttpRequest) -> HttpResponse:
    """One more on the board."""
    given = request.POST if request.method == "POST" else None
    form = ProblemForm(given, voices=queries.tellable(request.actor)[:30], initial={"id": new_id()})
    if given is not None and form.is_valid():
        data = form.cleaned_data
        made = actions.name(data["id"], fields=form.written, voices=map(UUID, data["voices"]), actor=request.actor)
        messages.success(request, "Masuk papan. Bahas bersama, lalu putuskan dalam musyawarah.")
        return redirect("deliberation:problem", made.id)
    return render(request, "deliberation/name.html", {"form": form, "hat": request.actor.hat.label})


@villagers
def problem(request: HttpRequest, problem_id: UUID) -> HttpResponse:
    """One difficulty with its voices, its talk, its decisions and its result."""
    return _problem_page(request, queries.problem_of(request.actor, problem_id))


def _problem_page(request: HttpRequest, found: Problem, **forms: Any) -> HttpResponse:
    room = rooms.of_subject(found.key)
    is_member = bool(room and request.actor.in_kim(room.kim_id, *KIM_ROLES))
    context = {
        "problem": found,
        "verbs": WORKFLOW.verbs(found.step),
        "voices": queries.voices_of(found),
        "resolutions": found.resolutions.select_related("meeting"),
        "sheet": rooms.sheet(room, request.actor) if room and is_member else None,
        "zone": found.region.time_zone,
        "may_talk": policies.can_talk_over(request.actor, found),
        "remark_form": RemarkForm(),
        "act_form": ActForm(activities=queries.activities(request.actor)[:20], initial={"plan": found.plan}),
        "result_form": ResultForm(),
        "drop_form": DropForm(),
        "hat": request.actor.hat.label,
    }
    return render(request, "deliberation/problem.html", context | forms)


@villagers
@require_POST
@once
def talk_over(request: HttpRequest, problem_id: UUID) -> HttpResponse:
    """Open the room."""
    actions.talk_over(queries.problem_of(request.actor, problem_id).id, actor=request.actor)
    messages.success(request, "Pembahasan dibuka.")
    return redirect("deliberation:problem", problem_id)


@needs(*KIM_ROLES)
@require_POST
@once
def remark(request: HttpRequest, problem_id: UUID) -> HttpResponse:
    """Say something in its room."""
    found, form = queries.problem_of(request.actor, problem_id), RemarkForm(request.POST)
    if not form.is_valid():
        return _problem_page(request, found, remark_form=form)
    room = rooms.of_subject(found.key)
    if room is None:
        raise Room.DoesNotExist
    kind = "question" if form.cleaned_data["is_question"] else "remark"
    discussion.remark(room.id, text=form.cleaned_data["text"], kind=kind, actor=request.actor)
    return redirect(f"/kerja/kesulitan/{found.id}/#pesan")


@villagers
@require_POST
@once
def act(request: HttpRequest, problem_id: UUID) -> HttpResponse:
    """Who does what, or the activity that shows it."""
    found = queries.problem_of(request.actor, problem_id)
    form = ActForm(request.POST, activities=queries.activities(request.actor)[:20])
    if not form.is_valid():
        return _problem_page(request, found, act_form=form)
    data = form.cleaned_data
    actions.act(found.id, plan=data["plan"], activity_id=as_id(data["activity"]), actor=request.actor)
    messages.success(request, "Tercatat: sedang dikerjakan.")
    return redirect("deliberation:problem", problem_id)


@villagers
@require_POST
@once
def settle(request: HttpRequest, problem_id: UUID) -> HttpResponse:
    """It is over."""
    found, form = queries.problem_of(request.actor, problem_id), ResultForm(request.POST)
    if not form.is_valid():
        return _problem_page(request, found, result_form=form)
    actions.settle(found.id, result=form.cleaned_data["result"], actor=request.actor)
    messages.success(request, "Selesai. Hasilnya tetap bisa dibaca.")
    return redirect("deliberation:problem", problem_id)


@villagers
@require_POST
@once
def drop(request: HttpRequest, problem_id: UUID) -> HttpResponse:
    """It is not gone on with."""
    found, form = queries.problem_of(request.actor, problem_id), DropForm(request.POST)
    if not form.is_valid():
        return _problem_page(request, found, drop_form=form)
    actions.drop(found.id, reason=form.cleaned_data["reason"], actor=request.actor)
    messages.success(request, "Tidak dilanjutkan. Alasannya tercatat.")
    return redirect("deliberation:problem", problem_id)


@villagers
def meetings(request: HttpRequest) -> HttpResponse:
    """The village's meetings, newest first."""
    page = queries.meetings(request.actor, after=request.GET.get("sesudah", ""))
    context = {"page": page, "next_url": f"?sesudah={page.next}" if page.next else "", "hat": request.actor.hat.label}
    return render(request, "deliberation/meetings.html", context)


@villagers
@once
def hold(request: HttpRequest) -> HttpResponse:
    """Write the minutes of one."""
    given = request.POST if request.method == "POST" else None
    form = MeetingForm(given, initial={"id": new_id(), "held_on": clock.today()})
    if given is not None and form.is_valid():
        made = actions.hold(form.cleaned_data["id"], fields=form.written, actor=request.actor)
        messages.success(request, "Notulen tersimpan. Sekarang catat keputusannya satu per satu.")
        return redirect("deliberation:meeting", made.id)
    return render(request, "deliberation/hold.html", {"form": form, "hat": request.actor.hat.label})


@villagers
def meeting(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The minutes, and what was decided."""
    return _meeting_page(request, queries.meeting_of(request.actor, meeting_id))


def _meeting_page(request: HttpRequest, found: Meeting, form: ResolutionForm | None = None) -> HttpResponse:
    fresh = ResolutionForm(problems=queries.open_problems(request.actor)[:50], initial={"id": new_id()})
    context = {"meeting": found, "form": form or fresh, "hat": request.actor.hat.label}
    context["may_tell"] = request.actor.wears(*KIM_ROLES)
    return render(request, "deliberation/meeting.html", context)


@villagers
@require_POST
@once
def resolve(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """One decision."""
    found = queries.meeting_of(request.actor, meeting_id)
    form = ResolutionForm(request.POST, problems=queries.open_problems(request.actor)[:50])
    if not form.is_valid():
        return _meeting_page(request, found, form)
    data = form.cleaned_data
    actions.resolve(data["id"], found.id, fields=form.written, problem_id=as_id(data["problem"]), actor=request.actor)
    messages.success(request, "Keputusan tercatat.")
    return redirect("deliberation:meeting", meeting_id)


@needs(*KIM_ROLES)
@require_POST
@once
def retell_meeting(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """A draft for everybody to read: numbers and decisions, no names."""
    article = actions.retell_meeting(queries.meeting_of(request.actor, meeting_id).id, actor=request.actor)
    messages.success(request, "Konsep kabar dibuat dari hasil musyawarah. Periksa, bahas, lalu terbitkan.")
    return redirect("publishing:write", article.id)
