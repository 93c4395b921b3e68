"""After publication: ralat, hak jawab, withdrawing and bringing back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from kim.doors.replay import once
from kim.kernel.markup import typed
from kim.kernel.results import NotAllowed, demand
from kim.publishing import actions, policies, queries
from kim.publishing.forms import CorrectForm, ReplyForm, WithdrawForm
from kim.publishing.models import Article
from kim.publishing.views.base import find, members, page


def _own(request: HttpRequest, article_id: UUID) -> Article:
    """The article, for those who may send out; the others hear it before they have typed anything."""
    article = find(request, article_id)
    demand(policies.can_send_out(request.actor, article))
    return article


@members
@once
def correct(request: HttpRequest, article_id: UUID) -> HttpResponse:
    """Mend a published text; the ralat is shown with it."""
    article = _own(request, article_id)
    first = {name: getattr(article, name) for name in ("title", "gist", "version")} | {"body": typed(article.body)}
    form = CorrectForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        ways = {name: data[name] for name in ("ralat", "version", "hides_earlier", "accepts_personal")}
        try:
            actions.correct(article.id, fields=data, actor=request.actor, **ways)
        except NotAllowed as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, "Ralat sudah tampil di bawah kabar.")
            return redirect("publishing:article", article.id)
    return page(request, "publishing/correct.html", article, form=form, traces=queries.personal_traces(article))


@members
@once
def reply(request: HttpRequest, article_id: UUID) -> HttpResponse:
    """Add the answer of somebody the text is about."""
    article, form = _own(request, article_id), ReplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.reply(article.id, actor=request.actor, **form.cleaned_data)
        messages.success(request, "Hak jawab sudah tampil di bawah kabar.")
        return redirect("publishing:article", article.id)
    return page(request, "publishing/reply.html", article, form=form)


@members
@once
def withdraw(request: HttpRequest, article_id: UUID) -> HttpResponse:
    """The KIM takes its own text down."""
    article, form = _own(request, article_id), WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.unpublish(article.id, actor=request.actor, **form.cleaned_data)
        messages.success(request, "Kabar sudah ditarik dari umum.")
        return redirect("publishing:article", article.id)
    return page(request, "publishing/withdraw.html", article, form=form)


@members
@require_POST
@once
def restore(request: HttpRequest, article_id: UUID) -> HttpResponse:
    """Bring a withdrawn text back."""
    article = find(request, article_id)
    actions.restore(article.id, actor=request.actor)
    messages.success(request, "Kabar bisa dibaca umum lagi.")
    return redirect("publishing:article", article.id)
