"""Whoever acts, as far as the floors below accounts need to know it."""

from typing import Any, Protocol
from uuid import UUID


class Author(Protocol):
    """The actor of a request (kim.accounts.actor.Actor) is one."""

    @property
    def person_id(self) -> UUID | None: ...

    @property
    def name(self) -> str: ...

    @property
    def hat(self) -> Any: ...

    @property
    def staff_session_id(self) -> UUID | None: ...
