"""Where allauth asks us: officials only, nobody signs up, single sign-on finds people and never makes them."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import BACKEND_SESSION_KEY
from django.core.exceptions import ValidationError

from kim.accounts import queries
from kim.accounts.backends import HALFWAY
from kim.accounts.forms import WINDOW
from kim.accounts.models import Person
from kim.accounts.views.session import begin_official, count_try, safe, to_officials
from kim.doors.throttle import TooOften, forget, knock

WRONG = "Surel atau kata sandi tidak cocok. Periksa lagi, lalu coba sekali lagi."
NO_SUCH_OFFICIAL = "Akun itu belum terdaftar sebagai petugas di sini. Minta kode undangan kepada kantor di atas Anda."


class OfficialAdapter(DefaultAccountAdapter):
    """E-mail and password; counted per account and device, signed in with the strength that was shown."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": WRONG,
        "incorrect_password": "Kata sandi tidak cocok.",
        "incorrect_code": "Kode tidak cocok. Pakai angka terbaru di aplikasi Anda.",
    }

    def is_open_for_signup(self, request: Any) -> bool:
        return False

    def add_message(self, request: Any, level: int, message_template: str | None = None, **kwargs: Any) -> None:
        """Allauth's own news stay unsaid; our pages say what happened."""
        if kwargs.get("message"):
            messages.add_message(request, level, kwargs["message"])

    def pre_authenticate(self, request: Any, **credentials: Any) -> None:
        try:
            count_try(request, limit=30)
            knock(_bucket(credentials.get("email", "")), limit=10, per=WINDOW)
        except TooOften as error:
            raise ValidationError(str(error)) from error

    def authenticate(self, request: Any, **credentials: Any) -> Any:
        person = super().authenticate(request, **credentials)
        if person is None or not queries.is_official(person.pk):
            return None
        forget(_bucket(credentials.get("email", "")))
        return person

    def reauthenticate(self, user: Any, password: str) -> bool:
        try:
            knock(_bucket(user.email or ""), limit=10, per=WINDOW)
        except TooOften as error:
            raise ValidationError(str(error)) from error
        return user.check_password(password)

    def _rollback_login_failed_rl_usage(self) -> None:
        """Nothing to roll back: the doors count."""

    def login(self, request: Any, user: Person) -> None:
        """The session begins in post_login, where its strength is known."""

    def post_login(self, request: Any, user: Person, **kwargs: Any) -> Any:
        return begin_official(request, user, way="petugas", to=safe(kwargs.get("redirect_url") or ""))

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who has just come in by password to set up a first factor need not say it twice."""
        session = self.request.session if self.request else {}
        return session.get(BACKEND_SESSION_KEY) != HALFWAY

    def respond_user_inactive(self, request: Any, user: Person) -> Any:
        messages.error(request, WRONG)
        return to_officials()


def _bucket(email: str) -> str:
    return f"password:{email.strip().lower()}"


class SecondFactorAdapter(DefaultMFAAdapter):
    """Names and sentences of second factors."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "Kode tidak cocok. Pakai angka terbaru di aplikasi Anda, lalu coba lagi.",
        "cannot_delete_authenticator": "Faktor kedua yang terakhir tidak dapat dihapus.",
    }

    def _get_site_name(self) -> str:
        return settings.KIM_SITE_NAME

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        return "Kunci masuk"


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    """The provider of the environment; a verified e-mail must belong to an official already known here."""

    def list_apps(self, request: Any, provider: str | None = None, client_id: str | None = None) -> list[SocialApp]:
        """Only the provider of the environment; no table of providers is asked."""
        if not settings.KIM_OIDC_URL or provider not in (None, "sso", "openid_connect"):
            return []
        app = SocialApp(provider="openid_connect", provider_id="sso", name=settings.KIM_OIDC_NAME)
        app.client_id, app.secret = settings.KIM_OIDC_CLIENT, settings.KIM_OIDC_SECRET
        app.settings = {"server_url": settings.KIM_OIDC_URL, "oauth_pkce_enabled": True}
        return [app]

    def on_authentication_error(self, request: Any, provider: Any, *args: Any, **kwargs: Any) -> None:
        messages.error(
            request, f"Masuk lewat {settings.KIM_OIDC_NAME} tidak berhasil. Coba lagi atau pakai kata sandi."
        )
        raise ImmediateHttpResponse(to_officials())

    def is_open_for_signup(self, request: Any, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: Any, sociallogin: Any) -> None:
        """Point the sign-in at the known person; anybody else is led back with a sentence."""
        said = sociallogin.account.get_provider_account().get_user_data() or {}
        email = said.get("email") if said.get("email_verified") is True else None
        person = queries.reached_by(email=email).first() if email else None
        if person is None or not person.is_active or not queries.is_official(person.pk):
            messages.error(request, NO_SUCH_OFFICIAL)
            raise ImmediateHttpResponse(to_officials())
        sociallogin.user = person
