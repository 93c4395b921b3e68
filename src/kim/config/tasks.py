"""What the worker does, and how often. Each line calls an action; no logic lives here."""

from collections.abc import Callable

from kim.config import wiring
from kim.ledger import actions as ledger


def carry_errands() -> None:
    ledger.dispatch(wiring.READERS)


EVERY: list[tuple[float, Callable[[], None]]] = [
    (1, carry_errands),
]
