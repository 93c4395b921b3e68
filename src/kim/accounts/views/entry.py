"""The ways in for members and heads: phone and PIN, or a one-time code; and the way out."""

from django.contrib import messages
from django.contrib.auth import authenticate
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from kim.accounts import actions, demo
from kim.accounts.backends import PHONE, STRONG
from kim.accounts.forms import FIRST, WINDOW, CodeForm, EnterForm
from kim.accounts.models import EntryCode, Purpose
from kim.accounts.queries import has_second_factor, masked_name, person
from kim.accounts.views.session import (
    begin,
    begin_official,
    count_try,
    desk_of,
    end,
    remember_device,
    to_officials,
)
from kim.doors.access import anyone
from kim.doors.throttle import TooOften, forget, knock
from kim.kernel.results import Denied

CONSENT_VERSION = "2026-11"
WRONG = "Nomor HP atau PIN tidak cocok. Periksa lagi, lalu coba sekali lagi."


@anyone
@sensitive_post_parameters("pin")
def enter(request: HttpRequest) -> HttpResponse:
    """Phone and PIN on one page; the demo's people in one tap."""
    to = request.POST.get("lanjut") or request.GET.get("lanjut", "")
    if request.actor.is_signed_in:
        return redirect(desk_of(request.actor))
    form = EnterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = _by_pin(request, form, to)
        if answer is not None:
            return answer
    context = {"form": form, "to": to, "demo": demo.sign_ins(), "has_left": "keluar" in request.GET}
    return remember_device(request, render(request, "accounts/enter.html", context))


def _by_pin(request: HttpRequest, form: EnterForm, to: str) -> HttpResponse | None:
    """The answer to a right PIN; a wrong one or a full bucket becomes a sentence of the form."""
    phone, bucket = form.cleaned_data["phone"], f"pin:{form.cleaned_data['phone']}"
    try:
        count_try(request, limit=30)
        knock(bucket, limit=10, per=WINDOW)
    except TooOften as error:
        form.add_error(None, str(error))
        return None
    known = authenticate(request, phone=phone, pin=form.cleaned_data["pin"])
    if known is None:
        form.add_error(None, WRONG)
        return None
    forget(bucket)
    return begin(request, known, backend=PHONE, way="pin", to=to)


@anyone
@sensitive_post_parameters("new", "again")
def enter_by_code(request: HttpRequest) -> HttpResponse:
    """Type or scan a code, see whose it is, choose a secret, agree, come in. Looking does not spend the code."""
    typed = request.POST.get("k") or request.GET.get("k", "")
    found = _look(request, typed) if typed else None
    twice = actions.just_used(typed, secret=request.POST.get("new", "")) if isinstance(found, Denied) else None
    if twice is not None:
        return begin(request, twice, backend=PHONE, way="kode")
    if not isinstance(found, EntryCode):
        ask = CodeForm({"k": typed} if typed else None)
        if found is not None:
            ask.add_error("k", found.reason)
        return remember_device(request, render(request, "accounts/code.html", {"form": ask}))
    form = FIRST[Purpose(found.purpose)](request.POST or None, person=found.person)
    if request.method == "POST" and form.is_valid():
        return _first_entry(request, typed, found, form.cleaned_data["new"])
    context = {"form": form, "k": typed, "name": masked_name(found.person.name), "purpose": found.purpose}
    return remember_device(request, render(request, "accounts/first_entry.html", context))


def _look(request: HttpRequest, typed: str) -> EntryCode | Denied:
    """The code, unless this device has guessed too often."""
    try:
        bucket = count_try(request, limit=20, what="code:")
    except TooOften as error:
        return Denied(str(error))
    found = actions.try_code(typed)
    if isinstance(found, EntryCode):
        forget(bucket)
    return found


def _first_entry(request: HttpRequest, typed: str, found: EntryCode, secret: str) -> HttpResponse:
    """Spend the code and come in; officials go on to their second factor."""
    comer = actions.use_code(typed, secret=secret, text_version=CONSENT_VERSION, channel="kode")
    if found.purpose == Purpose.PIN:
        messages.success(request, "PIN Anda tersimpan. Lain kali masuk dengan nomor HP dan PIN ini.")
        return begin(request, comer, backend=PHONE, way="kode")
    if has_second_factor(comer.pk):
        return to_officials()
    return begin_official(request, comer, way="kode")


@anyone
@require_POST
def enter_demo(request: HttpRequest) -> HttpResponse:
    """One tap into the demo; anywhere else this address does not exist."""
    row = demo.sign_in_for(request.POST.get("role", ""))
    if row is None:
        raise Http404
    backend = STRONG if row.code else PHONE
    return begin(request, person(row.person_id), backend=backend, way="contoh", hat_id=row.mandate_id)


@anyone
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Keluar: the session ends and the browser forgets what it kept."""
    return end(request, to="/masuk/?keluar=1")
