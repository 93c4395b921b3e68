"""Home, places, news lists, the directory, search, and the plain pages."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kim.doors.access import public
from kim.kernel import codes
from kim.pages import shows, tags
from kim.web.queries import cards, finding, pages


def further(request: HttpRequest, **changes: object) -> str:
    """This page with another mark or number; nothing when there is no more."""
    if not all(changes.values()):
        return ""
    kept = {name: value for name, value in request.GET.items() if name not in ("sesudah", "halaman") and value}
    return "?" + urlencode({**kept, **changes})


@public
def home(request: HttpRequest) -> HttpResponse:
    context = pages.home()
    shows(request, tags.region(codes.NATION), tags.info(codes.NATION), until=pages.alarms_end(context["alarms"]))
    return render(request, "web/home.html", context)


@public
def region(request: HttpRequest, code: str) -> HttpResponse:
    """A place at any level. The nation's page is the front page."""
    if code == codes.NATION:
        return redirect("/")
    context = pages.region(code)
    if context["successor"] not in (None, code):
        return redirect(f"/wilayah/{context['successor']}/")
    around = [codes.regency(code)] if context["near_items"] else []
    shown = [*map(tags.region, [code, *around]), *map(tags.info, codes.chain(code))]
    shows(request, *shown, until=pages.alarms_end(context["alarms"]))
    return render(request, "web/region.html", context)


@public
def news(request: HttpRequest, category: str = "") -> HttpResponse:
    code = request.GET.get("wilayah") or codes.NATION
    context = pages.news_under(code, category=category, after=request.GET.get("sesudah", ""))
    context["next_url"] = further(request, sesudah=context["next"])
    shows(request, tags.topic(category) if category else tags.region(code))
    return render(request, "web/news.html", context)


@public
def kims(request: HttpRequest) -> HttpResponse:
    code = request.GET.get("wilayah") or codes.NATION
    text = request.GET.get("q", "").strip()[:120]
    context = pages.directory(code, text=text, after=request.GET.get("sesudah", ""))
    context["next_url"] = further(request, sesudah=context["next"])
    shows(request, tags.region(code))
    return render(request, "web/kims.html", context)


@public
def search(request: HttpRequest) -> HttpResponse:
    asked = request.GET
    number = asked.get("halaman", "1")
    context = finding.results(
        asked.get("q", ""),
        region_code=asked.get("wilayah", ""),
        kind=asked.get("jenis", ""),
        level=asked.get("tingkat", ""),
        page=int(number) if number.isdecimal() and len(number) < 4 else 1,
    )
    context["next_url"] = further(request, halaman=context["next_page"])
    return render(request, "web/search.html", context)


@public
def my_village(request: HttpRequest) -> HttpResponse:
    shows(request, tags.FIXED)
    return render(request, "web/my_village.html", {"canonical": cards.absolute("/desa-saya/")})


@public
def about(request: HttpRequest) -> HttpResponse:
    shows(request, tags.FIXED)
    return render(request, "web/about.html")


@public
def privacy(request: HttpRequest) -> HttpResponse:
    shows(request, tags.FIXED)
    return render(request, "web/privacy.html")


@public
def guide(request: HttpRequest) -> HttpResponse:
    shows(request, tags.FIXED)
    return render(request, "web/guide.html")
