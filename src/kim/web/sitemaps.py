"""What search engines are shown: an index, and parts of it: news, the KIM, the places, and the plain pages."""

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from kim.doors.access import public
from kim.web.queries import maps

SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"
AT_ONCE = 500
CLOSED = ("/kerja/", "/kantor/", "/akun/", "/masuk/", "/keluar/", "/cari/", "/dibaca/", "/lacak/", "/hoaks/lacak/")


@public
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "web/sitemap_index.xml", {"parts": maps.parts()}, content_type="application/xml")


@public
def part(request: HttpRequest, part: str) -> StreamingHttpResponse:
    """One part: `halaman`, `kim`, `wilayah-35`, a month or a day such as `kabar-2025-11-03`; sent as it is read."""
    try:
        rows = maps.rows_of(part)
    except ValueError as error:
        raise Http404 from error
    answer = StreamingHttpResponse(_lines(rows), content_type="application/xml")
    answer.headers["Cache-Control"] = "public, max-age=3600"
    return answer


def _lines(rows: Iterable[maps.Row]) -> Iterator[str]:
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{SCHEMA}">'
    waiting: list[str] = []
    for address, changed in rows:
        waiting.append(f"<url><loc>{escape(address)}</loc>{f'<lastmod>{changed}</lastmod>' if changed else ''}</url>\n")
        if len(waiting) == AT_ONCE:
            yield "".join(waiting)
            waiting.clear()
    yield "".join(waiting) + "</urlset>"


@public
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in CLOSED),
        f"Sitemap: {settings.KIM_BASE_URL}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
