"""The room of a text: talk, sides, and the decision."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from kim.discussion import queries as rooms
from kim.discussion.forms import RemarkForm, SideForm
from kim.discussion.models import Outcome
from kim.discussion.policies import can_decide_any
from kim.doors.replay import once
from kim.publishing import actions
from kim.publishing.forms import DecisionForm
from kim.publishing.models import Article
from kim.publishing.views.base import find, members, page


@members
def room(request: HttpRequest, article_id: UUID) -> HttpResponse:
    """The talk about a text, how it stands, and the decision."""
    return _room_page(request, find(request, article_id))


def _room_page(request: HttpRequest, article: Article, **forms: Any) -> HttpResponse:
    found = rooms.of_subject(article.key)
    sheet = rooms.sheet(found, request.actor) if found else None
    decide = DecisionForm(initial={"revision": article.revision}, is_afterwards=article.is_published)
    context: dict[str, Any] = {
        "sheet": sheet,
        "remark_form": RemarkForm(),
        "side_form": SideForm(),
        "decision_form": decide,
    }
    offered = [one for one in Outcome if one != Outcome.POSTPONE or not article.is_published]
    context["verdict"] = can_decide_any(request.actor, sheet.room, offered, sheet.tally) if sheet else None
    return page(request, "publishing/room.html", article, **(context | forms))


@members
@require_POST
@once
def discuss(request: HttpRequest, article_id: UUID) -> HttpResponse:
    """Bring the text into the room."""
    article = actions.discuss(find(request, article_id).id, actor=request.actor)
    messages.success(request, "Tulisan diajukan. Teman-teman KIM sudah dikabari.")
    return redirect("publishing:room", article.id)


@members
@require_POST
@once
def remark(request: HttpRequest, article_id: UUID) -> HttpResponse:
    """Say something."""
    article, form = find(request, article_id), RemarkForm(request.POST)
    if not form.is_valid():
        return _room_page(request, article, remark_form=form)
    kind = "question" if form.cleaned_data["is_question"] else "remark"
    actions.remark(article.id, text=form.cleaned_data["text"], kind=kind, actor=request.actor)
    return redirect(f"{article.desk_url}bahas/#pesan")


@members
@require_POST
@once
def side(request: HttpRequest, article_id: UUID) -> HttpResponse:
    """Agree or object; an objection says why."""
    article, form = find(request, article_id), SideForm(request.POST)
    if not form.is_valid():
        return _room_page(request, article, side_form=form)
    actions.take_side(article.id, actor=request.actor, **form.cleaned_data)
    return redirect(f"{article.desk_url}bahas/#suara")


@members
@require_POST
@once
def decide(request: HttpRequest, article_id: UUID) -> HttpResponse:
    """Record what the KIM decided; whoever comes second is told so."""
    article = find(request, article_id)
    form = DecisionForm(request.POST, is_afterwards=article.is_published)
    if not form.is_valid():
        return _room_page(request, article, decision_form=form)
    data = form.cleaned_data
    said = {"revision": data["revision"], "minutes": data["minutes"], "actor": request.actor}
    if data["outcome"] in ("spread", "spread_with_note"):
        yes = actions.confirm if article.is_published else actions.agree
        yes(article.id, note=data["note"] if data["outcome"] == "spread_with_note" else "", **said)
    elif data["outcome"] == "postpone":
        actions.postpone(article.id, **said)
    else:
        (actions.retract if article.is_published else actions.reject)(article.id, **said)
    messages.success(request, f"Keputusan tercatat. {_consequence(data['outcome'], article)}")
    return redirect("publishing:article", article.id)


def _consequence(outcome: str, article: Article) -> str:
    """What a decision does, in a sentence; `article` as it stood before."""
    if outcome == "postpone":
        return "Tulisan kembali jadi konsep."
    if outcome == "reject":
        return "Kabar ditarik dari umum." if article.is_published else "Kabar ini tidak disebarkan."
    return "Kabar tetap terbit." if article.is_published else "Kabar ini boleh terbit."
