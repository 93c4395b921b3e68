"""The actor: a frozen value made once per request, so that policies can be tested without a database."""

from dataclasses import dataclass
from uuid import UUID

from kim.accounts.models import OFFICIAL_ROLES, Role
from kim.kernel import codes


@dataclass(frozen=True, slots=True)
class Hat:
    """A mandate as a value."""

    id: UUID
    role: str
    region_code: str
    kim_id: UUID | None
    label: str
    agency_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, and under which hat. Only the hat worn gives rights; the others can be switched to."""

    person_id: UUID | None
    name: str = ""
    hat: Hat | None = None
    hats: tuple[Hat, ...] = ()
    staff_session_id: UUID | None = None

    @property
    def is_signed_in(self) -> bool:
        return self.person_id is not None

    @property
    def kim_id(self) -> UUID | None:
        return self.hat.kim_id if self.hat else None

    @property
    def agency_id(self) -> UUID | None:
        return self.hat.agency_id if self.hat else None

    @property
    def region_code(self) -> str | None:
        return self.hat.region_code if self.hat else None

    @property
    def is_official(self) -> bool:
        return bool(self.hat and self.hat.role in OFFICIAL_ROLES)

    def wears(self, *roles: Role) -> bool:
        return bool(self.hat and self.hat.role in roles)

    def holds(self, *roles: Role, within: str) -> bool:
        """True when the hat has one of the roles over a region that holds the code `within`."""
        return bool(self.hat and self.hat.role in roles and codes.within(within, self.hat.region_code))

    def in_kim(self, kim_id: UUID, *roles: Role) -> bool:
        """True when the hat belongs to that KIM (with one of the roles, if any are named)."""
        return bool(self.hat and self.hat.kim_id == kim_id and (not roles or self.hat.role in roles))


ANONYMOUS = Actor(person_id=None)
SYSTEM = Actor(person_id=None, name="Sistem")
