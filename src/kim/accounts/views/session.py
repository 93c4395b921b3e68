"""Beginning and ending a session: who, how strong, which cookies, and where to."""

import secrets
from uuid import UUID

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from kim.accounts import actions
from kim.accounts.actor import Actor
from kim.accounts.backends import HALFWAY, STRONG
from kim.accounts.forms import WINDOW
from kim.accounts.models import KIM_ROLES, Person, Role
from kim.accounts.queries import HAT_KEY, actor_of, has_second_factor, support_mandates
from kim.doors.throttle import knock

HERE = "kim_masuk"  # readable by scripts; says only that somebody is signed in
DEVICE = "kim_perangkat"
TWO_YEARS = 2 * 365 * 24 * 3600


def begin(
    request: HttpRequest, person: Person, *, backend: str, way: str, to: str = "", hat_id: UUID | None = None
) -> HttpResponse:
    """Sign the person in and lead to the wished page, else to the desk of the hat."""
    login(request, person, backend=backend)
    request.session[HAT_KEY] = str(hat_id or "")
    actor = actor_of(request.user, request.session)
    actions.note_sign_in(actor=actor, way=way)
    response = to_second_factor() if backend == HALFWAY else redirect(safe(to) or desk_of(actor))
    response.set_cookie(
        HERE, "1", max_age=settings.SESSION_COOKIE_AGE, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )
    return response


def begin_official(request: HttpRequest, person: Person, *, way: str, to: str = "") -> HttpResponse:
    """After password (and second factor, where there is one): a full session only with both."""
    backend = STRONG if has_second_factor(person.pk) else HALFWAY
    return begin(request, person, backend=backend, way=way, to=to)


def end(request: HttpRequest, to: str = "/") -> HttpResponse:
    """Forget the session here, and ask the browser to forget what it kept."""
    logout(request)
    response = redirect(to)
    response.delete_cookie(HERE, samesite="Lax")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def to_second_factor() -> HttpResponse:
    return redirect("/akun/petugas/")


def safe(to: str) -> str:
    """The path, when it lies in this house and is no way in or out itself."""
    inside = to.startswith("/") and url_has_allowed_host_and_scheme(to, allowed_hosts=None)
    return to if inside and not to.startswith(("/masuk/", "/keluar/")) else ""


def desk_of(actor: Actor) -> str:
    """Where the work of this hat lies."""
    if actor.hat is None:
        has_support = actor.person_id is not None and support_mandates(actor.person_id).exists()
        return "/akun/dukungan/" if has_support else "/akun/"
    return "/kerja/" if actor.hat.role in (*KIM_ROLES, Role.VILLAGE) else "/kantor/"


def device_of(request: HttpRequest) -> str:
    """The throttle bucket of this browser; without its cookie, that of the address it knocks from."""
    known = request.COOKIES.get(DEVICE, "")
    return f"device:{known}" if len(known) == 32 else f"address:{request.META.get('REMOTE_ADDR', '')}"


def count_try(request: HttpRequest, *, limit: int, what: str = "") -> str:
    """Count one try of this browser and return its bucket; raises TooOften.

    The address it comes from is counted too, twenty times as patiently: nobody escapes by throwing the cookie away,
    and no village behind one address is shut out.
    """
    bucket, address = what + device_of(request), request.META.get("REMOTE_ADDR", "")
    knock(bucket, limit=limit, per=WINDOW)
    knock(f"{what}crowd:{address}", limit=limit * 20, per=WINDOW)
    return bucket


def remember_device(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Give the browser its own long-lived mark, on sign-in pages only."""
    if len(request.COOKIES.get(DEVICE, "")) != 32:
        response.set_cookie(
            DEVICE, secrets.token_hex(16), max_age=TWO_YEARS, httponly=True, samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip
    return response


def to_officials() -> HttpResponse:
    return redirect("/masuk/petugas/")
