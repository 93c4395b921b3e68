"""The actor of a request, and two rules: officials show a second factor first, and support leaves a trace."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY
from django.utils.functional import SimpleLazyObject

from kim.accounts import actions
from kim.accounts.backends import HALFWAY
from kim.accounts.queries import STAFF_KEY, actor_of
from kim.accounts.views.session import to_second_factor

SETTING_UP = ("/akun/petugas/", "/masuk/", "/keluar/")


class _BeforeView:
    def __init__(self, get_response: Callable) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> Any:
        return self.get_response(request)


def _has_session(request: Any, view: Callable) -> bool:
    """Public pages never look at the session, so that they stay the same for everyone."""
    return getattr(view, "access", "") != "public" and settings.SESSION_COOKIE_NAME in request.COOKIES


class ActorMiddleware:
    """Puts a lazy actor on the request: a page that never asks for it never opens the session."""

    def __init__(self, get_response: Callable) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> Any:
        request.actor = SimpleLazyObject(lambda: actor_of(request.user, request.session))
        return self.get_response(request)


class SecondFactorMiddleware(_BeforeView):
    """Leads a session that has shown a password only to the page where a second factor is set up."""

    def process_view(self, request: Any, view: Callable, args: tuple, kwargs: dict) -> Any:
        if not _has_session(request, view) or request.path.startswith(SETTING_UP):
            return None
        return to_second_factor() if request.session.get(BACKEND_SESSION_KEY) == HALFWAY else None


class StaffSessionMiddleware(_BeforeView):
    """Writes every request under an open staff session into the ledger, before it is answered."""

    def process_view(self, request: Any, view: Callable, args: tuple, kwargs: dict) -> None:
        if _has_session(request, view) and STAFF_KEY in request.session and request.actor.staff_session_id:
            actions.note_staff_request(actor=request.actor, method=request.method, path=request.get_full_path())
