"""The board of the week on paper, for members and village heads; the screen in the village hall, for everyone."""

from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kim.accounts.models import KIM_ROLES, Role
from kim.doors.access import needs, public
from kim.pages import shows, tags
from kim.web.forms import BoardForm
from kim.web.queries import boards

WORKER = Path(__file__).resolve().parents[2] / "static" / "js" / "screen-worker.js"


@needs(*KIM_ROLES, Role.VILLAGE)
def board(request: HttpRequest) -> HttpResponse:
    """Pick what goes on it; picked, it is a sheet. Nothing is written, so asking again is the same."""
    offer = boards.offer(request.actor)
    form = BoardForm(offer.things, request.GET if "paper" in request.GET else None, ticked=offer.ticked)
    if not form.is_valid():
        return render(request, "web/board.html", {"form": form, "offer": offer})
    paper = form.cleaned_data["paper"]
    drawn = boards.sheet(offer, form.cleaned_data["picked"], paper)
    disposition = {"Content-Disposition": f'inline; filename="papan-{paper}.pdf"'}
    return HttpResponse(drawn, content_type="application/pdf", headers=disposition)


@public
def screen(request: HttpRequest, code: str, number: int = 1) -> HttpResponse:
    """All slides, this one first. Without scripts the page leads on to the next by itself."""
    context = boards.screen(code)
    if context["successor"] not in (None, code):
        return redirect("screen", context["successor"])
    slides = context["slides"]
    if not 1 <= number <= max(1, len(slides)):
        raise Http404
    shows(request, *map(tags.region, context["seen"]))
    context["slides"] = slides[number - 1 :] + slides[: number - 1]
    context["next"] = number + 1 if number < len(slides) else 1
    return render(request, "web/screen.html", context)


@public
def worker(request: HttpRequest) -> HttpResponse:
    """What keeps the screen alive without a network; it stands here so that it may do so below `/layar/` and nowhere else."""
    shows(request, tags.FIXED)
    return HttpResponse(WORKER.read_bytes(), content_type="text/javascript; charset=utf-8")
