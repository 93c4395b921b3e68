"""Every view says who may knock. A view that says nothing is closed (and a test walks them all)."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers

from kim.pages.packed import brotlied, encoding_for, gzipped

View = Callable[..., Any]


def public(view: View) -> View:
    """Same bytes for everyone: GET only, no cookie, ETag and 304, compressed. Never touches the session."""

    @wraps(view)
    def inner(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return _sealed(request, view(request, *args, **kwargs))

    return _opened(inner, "public")


def passing(*methods: str) -> Callable[[View], View]:
    """Somebody passes and says so: no session, no form, no person, no cookie, and nothing that anybody may keep."""

    def decorate(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            response = view(request, *args, **kwargs)
            response.headers["Cache-Control"] = "no-store"
            return response

        return _opened(inner, "passing")

    return decorate


def unnamed(*methods: str) -> Callable[[View], View]:
    """A form that asks nobody who they are: no session, no person. Without a person there is nothing to forge, so no
    token and no cookie either. What it answers nobody may keep, list, or tell to the next address.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            response = view(request, *args, **kwargs)
            response.headers["Cache-Control"] = "private, no-store"
            response.headers["X-Robots-Tag"] = "noindex"
            response.headers["Referrer-Policy"] = "no-referrer"
            return response

        return _opened(inner, "unnamed")

    return decorate


def anyone(view: View) -> View:
    """No account needed, but a form or a cookie may be involved: never cached by anybody."""

    @wraps(view)
    def inner(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return _private(view(request, *args, **kwargs))

    return _opened(inner, "anyone")


def signed_in(view: View) -> View:
    """Any person who has signed in, whatever the hat."""

    @wraps(view)
    def inner(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.actor.is_signed_in:
            return _to_sign_in(request)
        return _private(view(request, *args, **kwargs))

    return _opened(inner, "signed_in")


def needs(*roles: str) -> Callable[[View], View]:
    """Only under one of these hats. Whoever owns such a hat but wears another is offered the switch."""

    def decorate(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if not request.actor.is_signed_in:
                return _to_sign_in(request)
            if not request.actor.wears(*roles):
                fitting = [hat for hat in request.actor.hats if hat.role in roles]
                context = {"reason": "Halaman ini bukan untuk peran Anda saat ini.", "fitting": fitting}
                return _private(render(request, "403.html", context, status=403))
            return _private(view(request, *args, **kwargs))

        return _opened(inner, tuple(roles))

    return decorate


def _opened(view: View, access: str | tuple[str, ...]) -> View:
    """The view with its word on who may knock, for the middleware and the tests to read."""
    setattr(view, "access", access)  # noqa: B010  a function has no such attribute for the type checker
    return view


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    back = request.get_full_path() if request.method == "GET" else request.META.get("HTTP_REFERER", "/kerja/")
    return redirect("/masuk/?" + urlencode({"lanjut": back}))


def _private(response: HttpResponse) -> HttpResponse:
    response.headers.setdefault("Cache-Control", "private, no-store")
    return response


def _sealed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if response.status_code != 200 or response.streaming:
        return response
    etag = '"' + hashlib.sha256(response.content).hexdigest()[:24] + '"'
    response.headers.setdefault("Cache-Control", "public, max-age=0, must-revalidate")
    patch_vary_headers(response, ["Accept-Encoding"])
    if etag in request.headers.get("If-None-Match", ""):
        short = HttpResponseNotModified()
        short.headers["ETag"], short.headers["Cache-Control"] = etag, response.headers["Cache-Control"]
        return short
    response.headers["ETag"] = etag
    return _compressed(request, response)


def _compressed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    encoding = encoding_for(request.headers.get("Accept-Encoding", ""))
    if len(response.content) < 400 or not response.headers["Content-Type"].startswith(("text/", "application/")):
        return response
    if not encoding:
        return response
    response.content = brotlied(response.content) if encoding == "br" else gzipped(response.content)
    response.headers["Content-Encoding"] = encoding
    response.headers["Content-Length"] = str(len(response.content))
    return response
