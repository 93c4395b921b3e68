"""What search engines are shown: an index, one part per month of news, the KIM, the places, and the plain pages."""

from datetime import date

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from kim.doors.access import public
from kim.web.queries import maps

CLOSED = ("/kerja/", "/kantor/", "/akun/", "/masuk/", "/keluar/", "/cari/")


def _xml(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
    return render(request, template, context, content_type="application/xml")


@public
def index(request: HttpRequest) -> HttpResponse:
    return _xml(request, "web/sitemap_index.xml", {"parts": maps.parts()})


@public
def part(request: HttpRequest, part: str) -> HttpResponse:
    """One part: `halaman`, `kim`, `wilayah`, or a month such as `kabar-2025-11`."""
    if part in maps.FIXED:
        return _xml(request, "web/sitemap.xml", {"rows": maps.FIXED[part]()})
    try:
        month = date.fromisoformat(part.removeprefix("kabar-") + "-01")
    except ValueError as error:
        raise Http404 from error
    return _xml(request, "web/sitemap.xml", {"rows": maps.news_of(month)})


@public
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in CLOSED),
        f"Sitemap: {settings.KIM_BASE_URL}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
