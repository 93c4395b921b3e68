"""What never reaches a view, the page of a refusal, and the rule that a silent view stays closed."""

from collections.abc import Callable
from functools import cache
from typing import cast
from urllib.parse import unquote

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.core.exceptions import BadRequest, ObjectDoesNotExist, RequestDataTooBig
from django.core.handlers.exception import convert_exception_to_response
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import Resolver404, ResolverMatch, get_resolver, set_urlconf
from django.utils.module_loading import import_string

from kim.doors.throttle import TooOften
from kim.kernel.results import NotAllowed, Refused

GetResponse = Callable[[HttpRequest], HttpResponse]
MOST_BYTES = 64 * 1024 * 1024  # a 40 MB scan still reaches its form, which says kindly that it is too big
OUTSIDE = ("public", "passing", "unnamed")
REFUSALS = ((Refused, 403, "403.html"), (TooOften, 429, "429.html"), (NotAllowed, 409, "409.html"))


class SoundRequestMiddleware:
    """Turns away what no form of ours sends: a NUL, which the database cannot keep, and a body without end."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        size = request.META.get("CONTENT_LENGTH") or "0"
        if not size.isdecimal() or int(size) > MOST_BYTES:
            raise RequestDataTooBig("the body is larger than anything we take")
        if "\0" in request.path or "\0" in unquote(request.META.get("QUERY_STRING", "")):
            raise BadRequest("a NUL in the address")
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> None:
        if request.method == "POST" and any("\0" in word for words in request.POST.lists() for word in words[1]):
            raise BadRequest("a NUL in a field")


class PolicyMiddleware(CSPMiddleware):
    """The content policy of the settings, written out once; only an answer that changes it has its own made."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if any(name.startswith("_csp") for name in (*vars(response), *vars(request))):
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, _policy(str(settings.CONTENT_SECURITY_POLICY)))
        return response


@cache
def _policy(_written: str) -> str:
    plain = CSPMiddleware(lambda request: HttpResponse())
    return plain.process_response(HttpRequest(), HttpResponse()).headers[HEADER]


class PublicDoorMiddleware:
    """Answers what is the same for everyone right here; session, forms and the person stand behind this door.

    Only a view that says `public` is asked, with what `PUBLIC_MIDDLEWARE` wants to see of it; or `passing`, which is not
    even the same for everyone because it says nothing; or `unnamed`, a form that asks nobody who they are. A template
    of such a page that reaches for the person finds nobody, and fails.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.answer = cast(GetResponse, convert_exception_to_response(self._answer))
        self.errors = ErrorMiddleware(get_response)
        named = [import_string(name)(get_response) for name in settings.PUBLIC_MIDDLEWARE]
        self.before = [middleware.process_view for middleware in named]

    def __call__(self, request: HttpRequest) -> HttpResponse:
        match = _match(request)
        if match is None or getattr(match.func, "access", "") not in OUTSIDE:
            return self.get_response(request)
        request.resolver_match = match
        response = self.answer(request)
        if not response.streaming:
            response.headers.setdefault("Content-Length", str(len(response.content)))
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        view, args, kwargs = request.resolver_match
        try:
            for process_view in self.before:
                response = process_view(request, view, args, kwargs)
                if response is not None:
                    return response
            return view(request, *args, **kwargs)
        except Exception as error:
            page = self.errors.process_exception(request, error)
            if page is None:
                raise
            return page


def _match(request: HttpRequest) -> ResolverMatch | None:
    """The view of this address, under the addresses of its host."""
    urlconf = getattr(request, "urlconf", None)
    if urlconf:
        set_urlconf(urlconf)
    try:
        return get_resolver(urlconf).resolve(request.path_info)
    except Resolver404:
        return None


class ErrorMiddleware:
    """The one place where the three things an action may raise become a page."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        for kind, status, template in REFUSALS:
            if isinstance(error, kind):
                page = render(request, template, {"reason": str(error), "fitting": []}, status=status)
                page.headers["Cache-Control"] = "private, no-store"
                return page
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
