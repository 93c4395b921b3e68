"""The page of a refusal, and the rule that a silent view stays closed."""

from collections.abc import Callable

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from kim.doors.throttle import TooOften
from kim.kernel.results import NotAllowed, Refused

GetResponse = Callable[[HttpRequest], HttpResponse]


class ErrorMiddleware:
    """The one place where the three things an action may raise become a page."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Refused):
            return render(request, "403.html", {"reason": str(error), "fitting": []}, status=403)
        if isinstance(error, TooOften):
            return render(request, "429.html", {"reason": str(error)}, status=429)
        if isinstance(error, NotAllowed):
            return render(request, "409.html", {"reason": str(error)}, status=409)
        if isinstance(error, ObjectDoesNotExist):
            raise Http404 from error
        return None


class ClosedUnlessOpenedMiddleware:
    """Refuses every view of ours that does not say who may knock."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> None:
        if view.__module__.startswith("kim.") and not hasattr(view, "access"):
            raise RuntimeError(f"{view.__module__}.{view.__name__} says not who may knock (kim.doors.access)")
