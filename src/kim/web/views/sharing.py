"""Everything to spread an article, a packet or a clarification: texts, cards, posters, a script to read out, a sheet in big type."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kim.doors.access import public
from kim.pages import shows
from kim.sharing import queries as kit_of
from kim.web.queries import cards, shareables, sharing
from kim.web.queries.shareables import Shared

# Pictures and sheets have an address for each state of their words (`?v=`), so a browser may keep them for a day.
KEPT = "public, max-age=86400"


def of_code(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A public page about the thing of a short code; a withdrawn one leads to the page that says so."""

    @public
    @wraps(view)
    def inner(request: HttpRequest, code: str, **how: str) -> HttpResponse:
        thing = shareables.by_code(code)
        if thing.is_withdrawn:
            return redirect(cards.absolute(thing.path))
        shows(request, *thing.tags)
        return view(request, thing, **how)

    return inner


@of_code
def kit(request: HttpRequest, thing: Shared) -> HttpResponse:
    """One screen with all of it."""
    return render(request, "web/share_kit.html", sharing.kit(thing))


@of_code
def script(request: HttpRequest, thing: Shared) -> HttpResponse:
    return render(request, "web/share_script.html", sharing.script(thing))


@of_code
def big_sheet(request: HttpRequest, thing: Shared) -> HttpResponse:
    return render(request, "web/share_big_sheet.html", sharing.big_sheet(thing))


@of_code
def card(request: HttpRequest, thing: Shared, shape: str) -> HttpResponse:
    """PNG, for chats and networks."""
    drawn = kit_of.card(thing.of, shape, shareables.bytes_of(thing.photo))
    return _file(drawn, "image/png", f"kartu-{thing.code}.png")


@of_code
def poster(request: HttpRequest, thing: Shared, paper: kit_of.Paper) -> HttpResponse:
    """PDF, for walls."""
    return _file(kit_of.poster(thing.of, paper), "application/pdf", f"poster-{paper}-{thing.code}.pdf")


def _file(data: bytes, mime: str, name: str) -> HttpResponse:
    headers = {"Cache-Control": KEPT, "Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(data, content_type=mime, headers=headers)
