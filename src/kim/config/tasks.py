"""What the worker does, and how often. Each line calls an action; no logic lives here."""

from collections.abc import Callable

from kim.config import wiring
from kim.evaluation import actions as evaluation
from kim.ledger import actions as ledger


def carry_errands() -> None:
    ledger.dispatch(wiring.READERS)


def recount_figures() -> None:
    evaluation.recount()


EVERY: list[tuple[float, Callable[[], None]]] = [
    (1, carry_errands),
    (3600, recount_figures),
]
