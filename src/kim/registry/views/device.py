"""What the registrant's phone keeps: the codes of its drafts, in one signed cookie for the step form only."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from kim.registry import queries
from kim.registry.models import Kim

COOKIE, SALT, PATH = "kim_daftar", "kim.registry.drafts", "/daftar-kim/"
HALF_A_YEAR = 60 * 60 * 24 * 180
MOST = 6


def codes_of(request: HttpRequest) -> dict[UUID, str]:
    """The codes this device keeps, by registration; a cookie that was changed keeps none."""
    words = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=HALF_A_YEAR) or ""
    pairs = (pair.partition("~") for pair in words.split(".") if pair)
    return {UUID(kim_id): code for kim_id, _, code in pairs}


def keep_code(response: HttpResponse, request: HttpRequest, kim_id: UUID, code: str) -> HttpResponse:
    """Let this device open the registration from now on."""
    kept = [(known, old) for known, old in codes_of(request).items() if known != kim_id]
    words = ".".join(f"{known}~{old}" for known, old in [*kept, (kim_id, code)][-MOST:])
    response.set_signed_cookie(
        COOKIE,
        words,
        salt=SALT,
        max_age=HALF_A_YEAR,
        path=PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


View = Callable[..., HttpResponse]


def registrant(view: View) -> View:
    """Hands the view `kim` and `code`; whoever cannot open this registration is asked for the code."""

    @wraps(view)
    def inner(request: HttpRequest, kim_id: UUID, **kwargs) -> HttpResponse:
        code = codes_of(request).get(kim_id, "")
        try:
            kim = queries.registration(kim_id, actor=request.actor, code=code)
        except Kim.DoesNotExist:
            return redirect("registry:resume")
        return view(request, kim, code, **kwargs)

    return inner
