"""The ways in for officials: e-mail and password, then an app or a passkey; or single sign-on.

Allauth does the work; only what is named here is open, each with our own page.
"""

import logging
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import LoginView, ReauthenticateView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.base.views import ReauthenticateView as CodeAgainView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    LoginWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from csp.decorators import csp_update
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import BACKEND_SESSION_KEY, login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from kim.accounts import demo, forms, queries
from kim.accounts.backends import HALFWAY, STRONG
from kim.accounts.models import OFFICIAL_ROLES
from kim.accounts.views.session import desk_of, remember_device, safe, to_officials
from kim.doors.access import View, anyone, signed_in

log = logging.getLogger(__name__)


def officials_only(view: View) -> View:
    """For sessions that came in by password or single sign-on; a PIN never sets up a second factor."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.actor.is_signed_in or not queries.is_official(request.actor.person_id):
            raise Http404
        if request.session.get(BACKEND_SESSION_KEY) not in (HALFWAY, STRONG):
            return to_officials()
        return view(request, *args, **kwargs)

    return inner


@anyone
def enter(request: HttpRequest) -> HttpResponse:
    """E-mail and password; the second factor is asked on the next page."""
    if request.actor.is_signed_in and request.actor.is_official:
        return redirect(desk_of(request.actor))
    to = safe(request.POST.get("next") or request.GET.get("lanjut", ""))
    context = {"to": to, "sso": settings.KIM_OIDC_NAME if settings.KIM_OIDC_URL else "", "demo": _demo_officials()}
    view = LoginView.as_view(
        template_name="accounts/officials.html",
        form_class=forms.OfficialForm,
        extra_context=context,
        redirect_field_name="next",
    )
    origin = urlsplit(settings.KIM_OIDC_URL)._replace(path="", query="").geturl()
    if origin:  # the form's redirect leads to the provider, which the policy has to allow
        view = csp_update({"form-action": [origin]})(view)
    return remember_device(request, view(request))


def _demo_officials() -> list[demo.SignIn]:
    return [row for row in demo.sign_ins() if row.role in OFFICIAL_ROLES]


@anyone
def second_factor(request: HttpRequest) -> HttpResponse:
    """The code of the app, a recovery code, or a passkey."""
    context = {"demo": _demo_officials()}
    view = AuthenticateView.as_view(
        template_name="accounts/second_factor.html", form_class=forms.SecondFactorForm, extra_context=context
    )
    return view(request)


@anyone
def enter_by_passkey(request: HttpRequest) -> HttpResponse:
    """A passkey alone is both factors: the device and the finger or its PIN."""
    return LoginWebAuthnView.as_view()(request)


@anyone
def inactive(request: HttpRequest) -> HttpResponse:
    """Closed accounts are told the same as wrong passwords."""
    return to_officials()


class SignedOidc(OpenIDConnectOAuth2Adapter):
    """Checks the signature of the provider's token even though it came straight from the provider."""

    did_fetch_access_token = property(lambda self: False, lambda self, value: None)


@anyone
@require_POST
def single_sign_on(request: HttpRequest, provider_id: str) -> HttpResponse:
    """To the provider of the environment."""
    return _oidc(OAuth2LoginView, request, provider_id)


@anyone
def single_sign_on_return(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from the provider."""
    return _oidc(OAuth2CallbackView, request, provider_id)


def _oidc(kind: Any, request: HttpRequest, provider_id: str) -> HttpResponse:
    if not settings.KIM_OIDC_URL or provider_id != "sso":
        raise Http404
    try:
        return kind.adapter_view(SignedOidc(request, provider_id))(request)
    except (OSError, ValueError, KeyError):  # the provider is away, or does not speak the protocol
        log.exception("single sign-on failed")
        messages.error(request, f"{settings.KIM_OIDC_NAME} sedang tidak menjawab. Coba lagi atau pakai kata sandi.")
        return to_officials()


@signed_in
@officials_only
def factors(request: HttpRequest) -> HttpResponse:
    """What this official has as second factor, and how to add one."""
    found = queries.factors_of(request.actor.person_id)
    context = {"factors": found, "is_first": _is_halfway(request), "has_app": any(f.type == "totp" for f in found)}
    return render(request, "accounts/factors.html", context)


@signed_in
@officials_only
def authenticator(request: HttpRequest) -> HttpResponse:
    """Set up an authenticator app by QR or by hand."""
    view = ActivateTOTPView.as_view(template_name="accounts/authenticator.html", form_class=forms.AuthenticatorForm)
    return _stronger(request, view(request))


@signed_in
@officials_only
def authenticator_remove(request: HttpRequest) -> HttpResponse:
    """Give the app up, as long as a passkey remains."""
    if not queries.has_other_factor(request.actor.person_id, "totp"):
        return _last_one(request)
    view = DeactivateTOTPView.as_view(
        template_name="accounts/factor_remove.html", extra_context={"what": "aplikasi kode"}
    )
    return view(request)


@signed_in
@officials_only
def passkey(request: HttpRequest) -> HttpResponse:
    """Make this phone, laptop or stick a key."""
    view = AddWebAuthnView.as_view(template_name="accounts/passkey.html", form_class=forms.PasskeyForm)
    return _stronger(request, view(request))


@signed_in
@officials_only
def passkey_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a passkey up, as long as another factor remains."""
    if not queries.has_other_factor(request.actor.person_id, str(pk)):
        return _last_one(request)
    view = RemoveWebAuthnView.as_view(
        template_name="accounts/factor_remove.html",
        extra_context={"what": "kunci masuk ini"},
        success_url="/akun/petugas/",
    )
    return view(request, pk=pk)


def _last_one(request: HttpRequest) -> HttpResponse:
    messages.warning(request, "Faktor kedua yang terakhir tidak dapat dihapus. Tambahkan yang baru dahulu.")
    return redirect("/akun/petugas/")


@signed_in
@officials_only
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Ten codes for the day the phone is lost."""
    return ViewRecoveryCodesView.as_view(template_name="accounts/recovery_codes.html")(request)


@signed_in
@officials_only
def recovery_codes_renew(request: HttpRequest) -> HttpResponse:
    """Ten new codes; the old ones stop working."""
    return GenerateRecoveryCodesView.as_view(template_name="accounts/recovery_codes_renew.html")(request)


@signed_in
@officials_only
def again_password(request: HttpRequest) -> HttpResponse:
    view = ReauthenticateView.as_view(template_name="accounts/again.html", form_class=forms.PasswordAgainForm)
    return view(request)


@signed_in
@officials_only
def again_code(request: HttpRequest) -> HttpResponse:
    return CodeAgainView.as_view(template_name="accounts/again.html", form_class=forms.CodeAgainForm)(request)


@signed_in
@officials_only
def again_passkey(request: HttpRequest) -> HttpResponse:
    return ReauthenticateWebAuthnView.as_view(template_name="accounts/again_passkey.html")(request)


def _is_halfway(request: HttpRequest) -> bool:
    return request.session.get(BACKEND_SESSION_KEY) == HALFWAY


def _stronger(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The moment the first factor is there, the session is as strong as one that began with it."""
    if response.status_code == 302 and _is_halfway(request) and queries.has_second_factor(request.user.pk):
        login(request, request.user, backend=STRONG)
        record_authentication(request, request.user, "mfa", reauthenticated=True)
    return response
