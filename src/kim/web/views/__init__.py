"""Pages of the shell: what everybody may read, and the offices' first look of the day."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kim.doors.access import anyone


@anyone
def health(request: HttpRequest) -> HttpResponse:
    """Alive."""
    return HttpResponse("sehat", content_type="text/plain")


@anyone
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


@anyone
def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "500.html", status=500)
