"""“Akun”: one's own hats, secrets, consent and data."""

import json

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from kim.accounts import actions, queries
from kim.accounts.forms import WINDOW, ChangePassword, ChangePin
from kim.accounts.views.session import desk_of, end, safe
from kim.doors.access import signed_in
from kim.doors.throttle import knock
from kim.kernel.phone import masked
from kim.kernel.results import NotAllowed
from kim.ledger.queries import acts_of


@signed_in
def account(request: HttpRequest) -> HttpResponse:
    """Who I am here, which hats I have, what I agreed to."""
    who = request.user
    context = {
        "who": who,
        "layout": "layouts/office.html" if request.actor.is_official else "layouts/desk.html",
        "phone": masked(who.phone) if who.phone else "",
        "desk": desk_of(request.actor),
        "consents": queries.consents_of(who.pk),
        "is_official": queries.is_official(who.pk),
        "has_support": queries.support_mandates(who.pk).exists(),
    }
    return render(request, "accounts/account.html", context)


@signed_in
@require_POST
def switch_hat(request: HttpRequest) -> HttpResponse:
    """Put on another of my own hats; anybody else's is not found."""
    hat = queries.hat_of(request.actor, request.POST.get("hat", ""))
    if hat is None:
        raise Http404
    request.session[queries.HAT_KEY] = str(hat.id)
    to = safe(request.POST.get("lanjut", ""))
    return redirect(to or desk_of(queries.actor_of(request.user, request.session)))


@signed_in
@sensitive_post_parameters()
def change_pin(request: HttpRequest) -> HttpResponse:
    """A new PIN, after the old one."""
    if not request.user.pin:
        raise Http404
    form = ChangePin(request.POST or None, person=request.user)
    return _change(request, form, actions.change_pin, "PIN Anda sudah diganti. HP lain harus masuk lagi.", "PIN")


@signed_in
@sensitive_post_parameters()
def change_password(request: HttpRequest) -> HttpResponse:
    """A new password, after the old one."""
    if not (queries.is_official(request.user.pk) and request.user.has_usable_password()):
        raise Http404
    form = ChangePassword(request.POST or None, person=request.user)
    said = "Kata sandi Anda sudah diganti. Perangkat lain harus masuk lagi."
    return _change(request, form, actions.change_password, said, "kata sandi")


def _change(request: HttpRequest, form, change, said: str, what: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            knock(f"change:{request.actor.person_id}", limit=10, per=WINDOW)
            person = change(actor=request.actor, old=form.cleaned_data["old"], new=form.cleaned_data["new"])
        except NotAllowed as error:
            form.add_error("old", str(error))
        else:
            update_session_auth_hash(request, person)
            messages.success(request, said)
            return redirect("/akun/")
    return render(request, "accounts/change_secret.html", {"form": form, "what": what})


@signed_in
@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """Every device has to sign in again."""
    actions.sign_out_everywhere(actor=request.actor)
    return end(request, to="/masuk/")


@signed_in
def withdraw(request: HttpRequest) -> HttpResponse:
    """Say what leaving means; do it when it is confirmed."""
    if request.method == "POST":
        actions.withdraw_consent(actor=request.actor)
        return end(request)
    return render(request, "accounts/withdraw.html", {"hats": request.actor.hats})


@signed_in
def own_data(request: HttpRequest) -> HttpResponse:
    """Everything kept about me, as a file."""
    data = queries.own_data(request.actor.person_id)
    data["catatan"] = list(acts_of(request.actor.person_id).values("verb", "key", "hat", "region_code", "at"))
    words = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
    headers = {"Content-Disposition": 'attachment; filename="data-saya.json"'}
    return HttpResponse(words, content_type="application/json", headers=headers)
