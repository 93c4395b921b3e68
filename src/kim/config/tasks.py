"""What the worker does, and how often. Each line calls an action; no logic lives here."""

from collections.abc import Callable

from django.core.management import call_command

from kim.config import wiring
from kim.doors import replay
from kim.evaluation import actions as evaluation
from kim.importing import actions as importing
from kim.ledger import actions as ledger
from kim.publishing import actions as publishing
from kim.sources import actions as sources


def carry_errands() -> None:
    ledger.dispatch(wiring.READERS, together=wiring.TOGETHER)


def recount_figures() -> None:
    evaluation.recount()


def write_lists() -> None:
    importing.carry_on()


def forget_old_lists() -> None:
    importing.forget_old()


def forget_old_keys() -> None:
    replay.forget_old()
    call_command("clearsessions")


def publish_scheduled() -> None:
    publishing.publish_due()


def read_sources() -> None:
    sources.read_due()


def forget_old_suggestions() -> None:
    sources.forget_old()


EVERY: list[tuple[float, Callable[[], None]]] = [
    (1, carry_errands),
    (30, publish_scheduled),
    (1, write_lists),
    (3600, forget_old_lists),
    (3600, recount_figures),
    (3600, forget_old_keys),
    (3600, forget_old_suggestions),
]
# What waits for strangers' machines has a thread of its own, so that no errand waits for them too.
OUTSIDE: list[tuple[float, Callable[[], None]]] = [
    (20, read_sources),
]
