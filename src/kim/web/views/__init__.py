"""Pages of the shell: what everybody may read, and the offices' first look of the day."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kim.doors.access import anyone
from kim.web.queries.condition import is_reachable


@anyone
def health(request: HttpRequest) -> HttpResponse:
    """Alive."""
    return HttpResponse("sehat", content_type="text/plain")


@anyone
def ready(request: HttpRequest) -> HttpResponse:
    """Fit to be given readers: the database answers. For load balancers; `/sehat/` asks nothing."""
    if is_reachable():
        return HttpResponse("siap", content_type="text/plain")
    return HttpResponse("belum siap: basis data tidak menjawab", content_type="text/plain", status=503)


@anyone
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


@anyone
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What could not be read, or was too large to be read."""
    is_too_big = isinstance(exception, RequestDataTooBig)
    return render(request, "400.html", {"is_too_big": is_too_big}, status=413 if is_too_big else 400)


@anyone
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token: most often one that stood open for too long."""
    return render(request, "403_csrf.html", status=403)


@anyone
def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "500.html", status=500)
