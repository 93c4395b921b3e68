"""The board of shared difficulties, and the minutes of the village's meetings."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from kim.accounts.actor import Actor
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
from kim.doors.acting import Filled, acts
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
    return _problem_page(request, _find_problem(request, problem_id))


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


def _find_problem(request: HttpRequest, problem_id: UUID) -> Problem:
    return queries.problem_of(request.actor, problem_id)


on_problem = acts(_find_problem, _problem_page, "/kerja/kesulitan/{}/")


@villagers
@on_problem()
def talk_over(found: Problem, data: Filled, actor: Actor) -> str:
    """Open the room."""
    actions.talk_over(found.id, actor=actor)
    return "Pembahasan dibuka."


@needs(*KIM_ROLES)
@on_problem(RemarkForm, "remark_form", then="/kerja/kesulitan/{}/#pesan")
def remark(found: Problem, data: Filled, actor: Actor) -> str:
    """Say something in its room."""
    room = rooms.of_subject(found.key)
    if room is None:
        raise Room.DoesNotExist
    kind = "question" if data["is_question"] else "remark"
    discussion.remark(room.id, text=data["text"], kind=kind, actor=actor)
    return ""


@villagers
@on_problem(ActForm, "act_form", given=lambda request, _: {"activities": queries.activities(request.actor)[:20]})
def act(found: Problem, data: Filled, actor: Actor) -> str:
    """Who does what, or the activity that shows it."""
    actions.act(found.id, plan=data["plan"], activity_id=as_id(data["activity"]), actor=actor)
    return "Tercatat: sedang dikerjakan."


@villagers
@on_problem(ResultForm, "result_form")
def settle(found: Problem, data: Filled, actor: Actor) -> str:
    """It is over."""
    actions.settle(found.id, result=data["result"], actor=actor)
    return "Selesai. Hasilnya tetap bisa dibaca."


@villagers
@on_problem(DropForm, "drop_form")
def drop(found: Problem, data: Filled, actor: Actor) -> str:
    """It is not gone on with."""
    actions.drop(found.id, reason=data["reason"], actor=actor)
    return "Tidak dilanjutkan. Alasannya tercatat."


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


def _find_meeting(request: HttpRequest, meeting_id: UUID) -> Meeting:
    return queries.meeting_of(request.actor, meeting_id)


@villagers
def meeting(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The minutes, and what was decided."""
    return _meeting_page(request, _find_meeting(request, meeting_id))


def _meeting_page(request: HttpRequest, found: Meeting, form: ResolutionForm | None = None) -> HttpResponse:
    fresh = ResolutionForm(**_decided_on(request), initial={"id": new_id()})
    context = {"meeting": found, "form": form or fresh, "hat": request.actor.hat.label}
    context["may_tell"] = request.actor.wears(*KIM_ROLES)
    return render(request, "deliberation/meeting.html", context)


def _decided_on(request: HttpRequest, _: Meeting | None = None) -> dict[str, Any]:
    """What a decision may answer."""
    return {"problems": queries.open_problems(request.actor)[:50]}


on_meeting = acts(_find_meeting, _meeting_page, "/kerja/musyawarah/{}/")


@villagers
@on_meeting(ResolutionForm, given=_decided_on)
def resolve(found: Meeting, data: Filled, actor: Actor) -> str:
    """One decision."""
    fields = {name: data[name] for name in ("text", "who", "due_on")}
    actions.resolve(data["id"], found.id, fields=fields, problem_id=as_id(data["problem"]), actor=actor)
    return "Keputusan tercatat."


@needs(*KIM_ROLES)
@require_POST
@once
def retell_meeting(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """A draft for everybody to read: numbers and decisions, no names."""
    article = actions.retell_meeting(queries.meeting_of(request.actor, meeting_id).id, actor=request.actor)
    messages.success(request, "Konsep kabar dibuat dari hasil musyawarah. Periksa, bahas, lalu terbitkan.")
    return redirect("publishing:write", article.id)
