"""Everything to spread an article: texts to copy, cards, posters, a script for the loudspeaker, a sheet in big type."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kim.doors.access import public
from kim.pages import shows
from kim.publishing.models import Article
from kim.publishing.queries import article_to_share
from kim.sharing import queries as kit_of
from kim.web.queries import cards, shareables, sharing
from kim.web.views.sites import own_tags

# Pictures and sheets have an address for each state of their words (`?v=`), so a browser may keep them for a day.
KEPT = "public, max-age=86400"


def of_article(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A public page about the article of a short code; a withdrawn one leads to the page that says so."""

    @public
    @wraps(view)
    def inner(request: HttpRequest, code: str, **how: str) -> HttpResponse:
        article = article_to_share(code)
        if article.is_withdrawn:
            return redirect(cards.absolute(article.get_absolute_url()))
        shows(request, *own_tags(article))
        return view(request, article, **how)

    return inner


@of_article
def kit(request: HttpRequest, article: Article) -> HttpResponse:
    """One screen with all of it."""
    return render(request, "web/share_kit.html", sharing.kit(article))


@of_article
def script(request: HttpRequest, article: Article) -> HttpResponse:
    return render(request, "web/share_script.html", sharing.script(article))


@of_article
def big_sheet(request: HttpRequest, article: Article) -> HttpResponse:
    return render(request, "web/share_big_sheet.html", sharing.big_sheet(article))


@of_article
def card(request: HttpRequest, article: Article, shape: str) -> HttpResponse:
    """PNG, for chats and networks."""
    drawn = kit_of.card(shareables.shareable(article), shape, shareables.photo_of(article))
    return _file(drawn, "image/png", f"kartu-{article.short_code}.png")


@of_article
def poster(request: HttpRequest, article: Article, paper: kit_of.Paper) -> HttpResponse:
    """PDF, for walls."""
    drawn = kit_of.poster(shareables.shareable(article), paper)
    return _file(drawn, "application/pdf", f"poster-{paper}-{article.short_code}.pdf")


def _file(data: bytes, mime: str, name: str) -> HttpResponse:
    headers = {"Cache-Control": KEPT, "Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(data, content_type=mime, headers=headers)
