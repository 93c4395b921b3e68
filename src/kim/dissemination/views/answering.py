"""The questions of readers: the pile of a KIM or its regency, and the themes of the office that issued the packet."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from kim.accounts.actor import Actor
from kim.accounts.models import KIM_ROLES, Role
from kim.dissemination import actions, policies, queries
from kim.dissemination.forms.asking import CLOSINGS, AnswerForm, CloseForm, CloseManyForm, GroupForm, ReplyForm
from kim.dissemination.models import Bulletin, Question
from kim.dissemination.views.base import issuers, members, office_page
from kim.doors.access import needs
from kim.doors.acting import Filled, acts
from kim.doors.replay import once

coaches = needs(Role.REGENCY)
moderators = needs(*KIM_ROLES, Role.REGENCY)


@members
def questions(request: HttpRequest) -> HttpResponse:
    """What people of the village ask about packets."""
    return _pile(request)


@coaches
def coach_questions(request: HttpRequest) -> HttpResponse:
    """What people ask where there is no KIM, or where it has been silent for a week."""
    return _pile(request)


def _desk(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """In the frame of whoever works there, with the address of their pile."""
    is_kim = request.actor.wears(*KIM_ROLES)
    frame = "layouts/desk.html" if is_kim else "layouts/office.html"
    home = "dissemination:questions" if is_kim else "dissemination:coach_questions"
    known = {"layout": frame, "home": home, "office": request.actor.hat.label}
    return render(request, template, known | context)


def _pile(request: HttpRequest, **forms: Any) -> HttpResponse:
    asked = request.POST.get("tahap") or request.GET.get("tahap", "")
    one = next((pile for pile in queries.PILES if pile.key == asked), queries.PILES[0])
    page = queries.pile(request.actor, one, after=request.GET.get("sesudah", ""))
    context = {"page": page, "pile": one, "piles": queries.PILES, "form": CloseManyForm()}
    context["next_url"] = f"?tahap={one.key}&sesudah={page.next}" if page.next else ""
    return _desk(request, "dissemination/questions.html", context | forms)


@moderators
def question(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """One question, and the three things that can be done with it."""
    return _question(request, _find(request, question_id))


def _question(request: HttpRequest, found: Question, **forms: Any) -> HttpResponse:
    context = {
        "question": found,
        "words": queries.words_of(found.bulletin),
        "level": policies.level_word(found.bulletin.region_id),
        "may": policies.question_verbs(request.actor, found),
        "reply_form": ReplyForm(),
        "close_form": CloseForm(),
    }
    return _desk(request, "dissemination/question.html", context | forms)


def _find(request: HttpRequest, question_id: UUID) -> Question:
    return queries.question_for(request.actor, question_id)


act = acts(_find, _question, "/kerja/info/pertanyaan/{}/")


@moderators
@act()
def pass_up(found: Question, data: Filled, actor: Actor) -> str:
    """Teruskan."""
    actions.pass_up(found.id, actor=actor)
    return "Diteruskan ke kantor pengirim. Jawabannya nanti tampil juga di sini."


@moderators
@act(ReplyForm, "reply_form")
def reply(found: Question, data: Filled, actor: Actor) -> str:
    """Jawab sendiri."""
    actions.reply(found.id, text=data["text"], actor=actor)
    return "Terjawab. Penanya membacanya di tautannya."


@moderators
@act(CloseForm, "close_form")
def close(found: Question, data: Filled, actor: Actor) -> str:
    """Tutup, with the reason."""
    actions.close(found.id, actor=actor, **data)
    return "Ditutup. Penanya membaca alasannya."


@moderators
@require_POST
@once
def close_many(request: HttpRequest) -> HttpResponse:
    """The ticked ones, for one reason."""
    form = CloseManyForm(request.POST)
    if not form.is_valid():
        return _pile(request, form=form)
    ids = queries.questions_for(request.actor, form.cleaned_data["ids"])
    data = {name: form.cleaned_data[name] for name in ("reason", "note")}
    messages.success(request, f"{actions.close_many(ids, actor=request.actor, **data)} pertanyaan ditutup.")
    is_kim = request.actor.wears(*KIM_ROLES)
    return redirect("dissemination:questions" if is_kim else "dissemination:coach_questions")


@issuers
def themes(request: HttpRequest, bulletin_id: UUID) -> HttpResponse:
    """Everything that was asked about a packet of this office: what to put together, and what to answer."""
    return _themes(request, queries.own_bulletin(request.actor, bulletin_id))


def _themes(request: HttpRequest, found: Bulletin, **forms: Any) -> HttpResponse:
    desk = queries.desk(found, sent=request.POST.getlist("ids"))
    context = {"bulletin": found, "desk": desk, "form": GroupForm(is_required=False)}
    context |= {"close_form": CloseForm(), "closings": CLOSINGS}
    return office_page(request, "dissemination/themes.html", context | forms)


@issuers
@require_POST
@once
def group(request: HttpRequest, bulletin_id: UUID) -> HttpResponse:
    """The ticked questions become one, or a theme is opened that nobody has written about."""
    found = queries.own_bulletin(request.actor, bulletin_id)
    form = GroupForm(request.POST, is_required="heap" in request.POST)
    if not form.is_valid():
        return _themes(request, found, form=form)
    data = form.cleaned_data
    theme = actions.group(found.id, question=data["question"], question_ids=data["ids"], actor=request.actor)
    messages.success(request, "Dikelompokkan. Tinggal dijawab.")
    return redirect("dissemination:theme", found.id, theme.id)


@issuers
@require_POST
@once
def close_passed(request: HttpRequest, bulletin_id: UUID) -> HttpResponse:
    """The ticked questions get no answer."""
    found, form = queries.own_bulletin(request.actor, bulletin_id), CloseManyForm(request.POST)
    if not form.is_valid():
        return _themes(request, found, close_form=form)
    ids = queries.passed_up(found, form.cleaned_data["ids"])
    data = {name: form.cleaned_data[name] for name in ("reason", "note")}
    messages.success(request, f"{actions.close_many(ids, actor=request.actor, **data)} pertanyaan ditutup.")
    return redirect("dissemination:themes", found.id)


@issuers
@once
def theme(request: HttpRequest, bulletin_id: UUID, theme_id: UUID) -> HttpResponse:
    """One theme with its questions, and the one answer to them all."""
    found = queries.theme_for(request.actor, bulletin_id, theme_id)
    first = {"text": found.answer.text} if found.answer else None
    form = AnswerForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        actions.answer(found.id, text=form.cleaned_data["text"], actor=request.actor)
        messages.success(request, "Terjawab. Semua penanya dan KIM mereka membacanya.")
        return redirect("dissemination:themes", bulletin_id)
    page = queries.questions_of(found, after=request.GET.get("sesudah", ""))
    context = {"theme": found, "bulletin": found.bulletin, "form": form, "page": page}
    context["next_url"] = f"?sesudah={page.next}" if page.next else ""
    return office_page(request, "dissemination/theme.html", context)
