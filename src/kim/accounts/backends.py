"""The ways to be recognised. The path of the backend stays in the session and says how strong that session is."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password

from kim.accounts.models import Person


class StrongBackend(AuthenticationBackend):
    """Password and second factor, both shown: the only sessions that wear officials' hats."""


class PhoneBackend(BaseBackend):
    """Phone and PIN, for members and heads. Throttling is the door's."""

    def authenticate(self, request: Any, phone: str = "", pin: str = "", **_: object) -> Person | None:
        """The active person of that E.164 phone and PIN; a wrong phone takes as long as a wrong PIN."""
        if not phone:
            return None
        person = Person.objects.filter(phone=phone, is_active=True).first()
        if person is None or not person.pin:
            make_password(pin)
            return None
        return person if person.check_pin(pin) else None

    def get_user(self, user_id: str) -> Person | None:
        return Person.objects.filter(pk=user_id, is_active=True).first()


class HalfwayBackend(PhoneBackend):
    """A password without a second factor yet: good for setting one up, and for nothing else."""

    def authenticate(self, request: Any, phone: str = "", pin: str = "", **_: object) -> None:
        return None


STRONG = f"{StrongBackend.__module__}.{StrongBackend.__qualname__}"
PHONE = f"{PhoneBackend.__module__}.{PhoneBackend.__qualname__}"
HALFWAY = f"{HalfwayBackend.__module__}.{HalfwayBackend.__qualname__}"
