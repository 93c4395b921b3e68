"""What an office sees of its KIM's texts: those that wait for its look, and those that are public."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from kim.accounts.models import OFFICES
from kim.doors.access import needs
from kim.doors.files import download
from kim.doors.replay import once
from kim.publishing import actions, policies, queries
from kim.publishing.forms import OfficeWithdrawForm, ReturnForm
from kim.publishing.models import Article
from kim.publishing.views.base import find
from kim.publishing.workflow import Stage
from kim.registry.actions import export_taken

officials = needs(*OFFICES)
SHELVES = {
    "": ("Menunggu dilihat", (Stage.REVIEWED,)),
    "terbit": ("Terbit", (Stage.PUBLISHED,)),
    "ditarik": ("Ditarik", (Stage.UNPUBLISHED,)),
}


@officials
def articles(request: HttpRequest) -> HttpResponse:
    """The texts of the KIM in this region, those that wait first."""
    shelf = request.GET.get("rak", "") if request.GET.get("rak", "") in SHELVES else ""
    found = queries.of_stage(request.actor, SHELVES[shelf][1], after=request.GET.get("sesudah", ""))
    context = {
        "page": found,
        "shelf": shelf,
        "shelves": [(key, label) for key, (label, _) in SHELVES.items()],
    }
    context |= {"waiting": queries.waiting_count(request.actor), "office": request.actor.hat.label}
    context["next_url"] = f"?rak={shelf}&sesudah={found.next}" if found.next else ""
    return render(request, "publishing/office_articles.html", context)


@officials
@require_POST
def export(request: HttpRequest) -> HttpResponseBase:
    """A shelf of the list, whole, as a CSV."""
    shelf = request.POST.get("rak", "") if request.POST.get("rak", "") in SHELVES else ""
    rows = queries.office_rows(request.actor, SHELVES[shelf][1], site=settings.KIM_BASE_URL)
    export_taken(actor=request.actor, what="kabar", kind="csv", filters={"rak": shelf})
    return download(rows, kind="csv", name="kabar-kim", sheet="Kabar", widths=())


@officials
def article(request: HttpRequest, article_id: UUID) -> HttpResponse:
    """One text as its readers see it, and what the office may do: publish, return, take down. Never edit."""
    return _page(request, find(request, article_id))


def _page(request: HttpRequest, article: Article, **forms: Any) -> HttpResponse:
    context = {
        "article": article,
        "photos": queries.photos(article),
        "traces": queries.personal_traces(article),
        "may": policies.open_verbs(request.actor, article),
        "zone": article.region.time_zone,
        "office": request.actor.hat.label,
        "return_form": ReturnForm(),
        "withdraw_form": OfficeWithdrawForm(),
    }
    return render(request, "publishing/office_article.html", context | forms)


@officials
@require_POST
@once
def publish(request: HttpRequest, article_id: UUID) -> HttpResponse:
    """The look is good: the text is public now."""
    article = actions.publish(find(request, article_id).id, actor=request.actor)
    messages.success(request, f"“{article.title}” sudah terbit.")
    return redirect("publishing:office_articles")


@officials
@require_POST
@once
def give_back(request: HttpRequest, article_id: UUID) -> HttpResponse:
    """Back to the KIM, with a note."""
    article, form = find(request, article_id), ReturnForm(request.POST)
    if not form.is_valid():
        return _page(request, article, return_form=form)
    actions.return_(article.id, note=form.cleaned_data["note"], actor=request.actor)
    messages.success(request, f"“{article.title}” dikembalikan ke {article.kim.name}.")
    return redirect("publishing:office_articles")


@officials
@require_POST
@once
def withdraw(request: HttpRequest, article_id: UUID) -> HttpResponse:
    """Take a published text down, with a reason."""
    article, form = find(request, article_id), OfficeWithdrawForm(request.POST)
    if not form.is_valid():
        return _page(request, article, withdraw_form=form)
    actions.unpublish(article.id, actor=request.actor, **form.cleaned_data)
    messages.success(request, f"“{article.title}” ditarik. Penulisnya sudah dikabari.")
    return redirect("publishing:office_article", article.id)


@officials
@require_POST
@once
def restore(request: HttpRequest, article_id: UUID) -> HttpResponse:
    """Bring back what this office, or one below it, took down."""
    article = actions.restore(find(request, article_id).id, actor=request.actor)
    messages.success(request, f"“{article.title}” bisa dibaca umum lagi.")
    return redirect("publishing:office_article", article.id)
