"""What a rule answers: allowed, or denied with a reason a person can read."""

from dataclasses import dataclass


class Refused(Exception):
    """The actor may not do this (403). The message is an Indonesian sentence for the person."""


class NotAllowed(Exception):
    """The thing is not in a state that allows this (409). The message is an Indonesian sentence for the person."""


@dataclass(frozen=True, slots=True)
class Allowed:
    reason: str = ""

    def __bool__(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Denied:
    reason: str

    def __bool__(self) -> bool:
        return False


Verdict = Allowed | Denied
ALLOWED = Allowed()


def demand(verdict: Verdict) -> None:
    """Go on only when allowed; raises Refused with the verdict's reason."""
    if not verdict:
        raise Refused(verdict.reason)
