"""What everybody reads: the voices of a place that were let out, and *saya juga*."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import get_random_string

from kim.aspirations import actions, queries
from kim.doors.access import public, unnamed
from kim.kernel import codes, ticket
from kim.pages import shows, tags
from kim.regions import queries as regions
from kim.regions.models import Region

COOKIE, PATH = "kim_dukung", "/lacak/saya-juga/"  # sent back to this one address only
HALF_A_YEAR = 60 * 60 * 24 * 180


def _moved(place: Region, name: str) -> HttpResponse | None:
    """The way to the code a place has now, where it has another."""
    now = None if place.is_in_force else regions.successor(place.code)
    return redirect(f"aspirations:{name}", now.code) if now else None


@public
def voices(request: HttpRequest, code: str) -> HttpResponse:
    """The list of a place, newest first; `?tahap=dijawab` for those that have an answer."""
    place, asked = regions.get(code), request.GET
    if elsewhere := _moved(place, "voices"):
        return elsewhere
    only_answered = asked.get("tahap") == "dijawab"
    page = queries.let_out(code, after=asked.get("sesudah", ""), only_answered=only_answered)
    kept = {"tahap": "dijawab"} if only_answered else {}
    context = {"place": place, "page": page, "only_answered": only_answered, "shown": queries.SHOWN}
    context["next_url"] = "?" + urlencode(kept | {"sesudah": page.next}) if page.next else ""
    context["crumbs"] = [*queries.crumbs(code), ("Aspirasi", "")]
    shows(request, tags.listed("aspiration", code))
    return render(request, "aspirations/voices.html", context)


@public
def figures(request: HttpRequest, code: str) -> HttpResponse:
    """How the offices of a place do in a year: answered, in time, days in the middle, opened again."""
    place, rows = regions.get(code), queries.of_offices(code)
    if elsewhere := _moved(place, "figures"):
        return elsewhere
    above = regions.get(codes.parent(code)) if code != codes.NATION else None
    context = {"place": place, "above": above, "rows": [(queries.called(tally, place), told) for tally, told in rows]}
    context["as_of"] = max((tally.as_of for tally, _ in rows), default=None)
    context["crumbs"] = [*queries.crumbs(code), ("Angka penanganan", "")]
    shows(request, tags.FIGURES)
    return render(request, "aspirations/figures.html", context)


@unnamed("GET", "HEAD", "POST")
def support(request: HttpRequest) -> HttpResponse:
    """*Saya juga*: one more who says so. This browser keeps a token for this address alone, so as not to count twice."""
    if request.method != "POST":
        return redirect("aspirations:find")
    token = request.get_signed_cookie(COOKIE, default="", salt=COOKIE, max_age=HALF_A_YEAR) or get_random_string(32)
    aspiration = actions.support(ticket.read(request.POST.get("nomor", "")) or "", token=token)
    response = render(request, "aspirations/supported.html", {"aspiration": aspiration})
    response.set_signed_cookie(
        COOKIE, token, salt=COOKIE, max_age=HALF_A_YEAR, path=PATH, secure=settings.SESSION_COOKIE_SECURE,
        httponly=True, samesite="Lax",
    )  # fmt: skip
    return response
