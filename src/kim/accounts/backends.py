"""Phone and PIN, for members and heads."""

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from kim.accounts.models import Person


class PhoneBackend(BaseBackend):
    """Signs in an active person by E.164 phone and PIN. Throttling is the door's."""

    def authenticate(self, request: HttpRequest | None, phone: str = "", pin: str = "", **_: object) -> Person | None:
        person = Person.objects.filter(phone=phone, is_active=True).first() if phone else None
        if person is None:
            Person().set_password(pin)  # costs the same time as a wrong PIN
            return None
        return person if person.check_password(pin) else None

    def get_user(self, user_id: str) -> Person | None:
        return Person.objects.filter(pk=user_id, is_active=True).first()
