"""The room of a text: talk, sides, and the decision."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from kim.discussion import policies as room_policies
from kim.discussion import queries as rooms
from kim.discussion.models import Outcome
from kim.doors.replay import once
from kim.kernel.results import Verdict
from kim.publishing import actions
from kim.publishing.forms import DecisionForm, RemarkForm, SideForm
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
    context["verdict"] = _verdict(request, sheet, article) if sheet else None
    return page(request, "publishing/room.html", article, **(context | forms))


def _verdict(request: HttpRequest, sheet: rooms.Sheet, article: Article) -> Verdict:
    """Allowed as soon as one of the outcomes is; else why the best one is not."""
    offered = [one for one in Outcome if one != Outcome.POSTPONE or not article.is_published]
    verdicts = [room_policies.can_decide(request.actor, sheet.room, one, sheet.tally) for one in offered]
    return next((verdict for verdict in verdicts if verdict), verdicts[0])


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
    if form.is_valid() and form.cleaned_data["side"] == "object" and not form.cleaned_data["reason"].strip():
        form.add_error("reason", "Tulis alasannya, supaya bisa dibahas.")
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
