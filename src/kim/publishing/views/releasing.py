"""The check before publishing, and the ways out of the house."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from kim.doors.replay import once
from kim.kernel.results import NotAllowed
from kim.publishing import actions, policies, queries
from kim.publishing.forms import CheckForm
from kim.publishing.models import Article
from kim.publishing.views.base import find, members, page
from kim.publishing.workflow import Stage

DONE = {
    "terbit": "Kabar sudah terbit. Bagikan ke warga.",
    "jadwal": "Kabar dijadwalkan. Akan terbit sendiri pada waktunya.",
    "periksa": "Kabar dikirim ke Diskominfo. Anda dikabari bila sudah dilihat.",
    "mendesak": "Kabar mendesak sudah terbit. Bahas bersama, lalu putuskan.",
}


@members
@once
def check(request: HttpRequest, article_id: UUID) -> HttpResponse:
    """Everything to look at once more; unticked boxes and missing words keep the text at home."""
    article = find(request, article_id)
    if request.method != "POST":
        return _check_page(request, article, CheckForm(zone=article.region.time_zone, initial={"points": []}))
    way = request.POST.get("do", "")
    form = CheckForm(request.POST, zone=article.region.time_zone, needs_moment=way == "jadwal")
    if not form.is_valid():
        return _check_page(request, article, form)
    try:
        _go(request, article, form, way)
    except NotAllowed as reason:
        form.add_error(None, str(reason))
        return _check_page(request, find(request, article_id), form, status=409)
    messages.success(request, DONE.get(way, DONE["terbit"]))
    return redirect("publishing:article", article.id)


def _go(request: HttpRequest, article: Article, form: CheckForm, way: str) -> None:
    said = {
        "points": form.cleaned_data["points"],
        "accepts_personal": form.cleaned_data["accepts_personal"],
        "actor": request.actor,
    }
    if way == "jadwal":
        actions.schedule(article.id, at=form.moment, **said)
    elif way == "periksa":
        actions.request_review(article.id, **said)
    elif way == "mendesak":
        actions.publish_urgently(article.id, **said)
    else:
        actions.publish(article.id, **said)


def _check_page(request: HttpRequest, article: Article, form: CheckForm, status: int = 200) -> HttpResponse:
    photos = queries.photos(article)
    return page(
        request,
        "publishing/check.html",
        article,
        status=status,
        form=form,
        photos=photos,
        problems=policies.problems(article, photos),
        traces=queries.personal_traces(article),
        hints=queries.language_hints(article),
        is_supervised=queries.awaits_look(article),
    )


@members
@require_POST
@once
def hold(request: HttpRequest, article_id: UUID) -> HttpResponse:
    """Take back what is scheduled, or what waits for Diskominfo."""
    article = find(request, article_id)
    act = actions.unschedule if article.stage == Stage.SCHEDULED else actions.take_back
    act(article.id, actor=request.actor)
    messages.success(request, "Kabar ditahan. Terbitkan lagi bila sudah siap.")
    return redirect("publishing:article", article.id)
