"""The messages of a member, and the texts of the KIM."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kim.discussion import queries as rooms
from kim.doors.access import signed_in
from kim.inbox import actions as inbox
from kim.publishing import queries
from kim.publishing.views.base import find, members, page
from kim.publishing.workflow import Stage
from kim.reach import queries as reach

SHELVES = {
    "": ("Semua", ()),
    "konsep": ("Konsep", (Stage.DRAFT, Stage.RETURNED)),
    "dibahas": ("Dibahas", (Stage.DISCUSSED,)),
    "siap": ("Siap terbit", (Stage.DECIDED, Stage.SCHEDULED, Stage.REVIEWED)),
    "terbit": ("Terbit", (Stage.PUBLISHED,)),
    "ditarik": ("Ditarik", (Stage.UNPUBLISHED, Stage.REJECTED)),
}


@signed_in
def message(request: HttpRequest, delivery_id: UUID) -> HttpResponse:
    """Open a message: it is read now, and leads where it points."""
    return redirect(inbox.read(delivery_id, actor=request.actor).url)


@members
def articles(request: HttpRequest) -> HttpResponse:
    """The KIM's texts, one shelf at a time, last edited first."""
    shelf = request.GET.get("rak", "") if request.GET.get("rak", "") in SHELVES else ""
    found = queries.of_stage(request.actor, SHELVES[shelf][1], after=request.GET.get("sesudah", ""))
    shelves = [(key, label) for key, (label, _) in SHELVES.items()]
    context = {"page": found, "shelf": shelf, "shelves": shelves, "kim": queries.kim_of(request.actor)}
    context["next_url"] = f"?rak={shelf}&sesudah={found.next}" if found.next else ""
    return render(request, "publishing/articles.html", context)


@members
def article(request: HttpRequest, article_id: UUID) -> HttpResponse:
    """One text: where it stands, how it looks, what comes next."""
    one = find(request, article_id)
    decision = rooms.decisions(one.key).first()
    return page(
        request,
        "publishing/article.html",
        one,
        photos=queries.photos(one),
        replies=list(one.replies.all()),
        decision=decision,
        reach=reach.recent(one.key) if one.is_published else None,
    )
