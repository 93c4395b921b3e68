"""What the worker does, and how often. Each line calls an action; no logic lives here."""

from collections.abc import Callable

from django.core.management import call_command

from kim.aspirations import actions as aspirations
from kim.clarification import actions as clarification
from kim.config import served, wiring
from kim.dissemination import actions as dissemination
from kim.doors import replay
from kim.evaluation import actions as evaluation
from kim.importing import actions as importing
from kim.inbox import actions as inbox
from kim.ledger import actions as ledger
from kim.moderation import actions as moderation
from kim.publishing import actions as publishing
from kim.reach import actions as reach
from kim.sources import actions as sources


def carry_errands() -> None:
    ledger.dispatch(wiring.READERS, together=wiring.TOGETHER)


def carry_messages() -> None:
    inbox.carry(wiring.GATEWAYS, wiring.ADDRESSES)


def clear_messages() -> None:
    inbox.give_up_late()
    inbox.turn_aside()


def forget_old_messages() -> None:
    inbox.forget_old()


def recount_figures() -> None:
    evaluation.recount()


def write_lists() -> None:
    importing.carry_on()


def forget_old_lists() -> None:
    importing.forget_old()


def forget_old_keys() -> None:
    replay.forget_old()
    call_command("clearsessions")


def tidy_readers() -> None:
    reach.tidy()


def publish_scheduled() -> None:
    publishing.publish_due()


def send_bulletins() -> None:
    dissemination.issue_due()
    dissemination.carry_on()


def remind_of_bulletins() -> None:
    dissemination.remind_due()


def forget_old_questions() -> None:
    dissemination.forget_old_questions()


def count_readers_of_bulletins() -> None:
    dissemination.count_readers()


def watch_clocks() -> None:
    aspirations.watch()


def follow_regions() -> None:
    aspirations.follow_regions()


def count_desks() -> None:
    aspirations.recount()


def count_readers_of_clarifications() -> None:
    clarification.count_readers()


def send_clarifications() -> None:
    clarification.carry_on()


def read_fact_checks() -> None:
    clarification.read_feed()


def read_sources() -> None:
    sources.read_due(limit=3)  # messages wait in the same lane


def forget_old_suggestions() -> None:
    sources.forget_old()


def ask_if_it_stayed() -> None:
    aspirations.ask_again()


def forget_loose_files() -> None:
    aspirations.forget_loose()


def forget_old_voices() -> None:
    aspirations.forget_old()


def pass_reports_up() -> None:
    moderation.pass_up_due()


def check_pages() -> None:
    served.check()


def count_decisions() -> None:
    moderation.recount()


def forget_old_reports() -> None:
    moderation.forget_old()


EVERY: list[tuple[float, Callable[[], None]]] = [
    (1, carry_errands),
    (30, publish_scheduled),
    (1, send_bulletins),
    (1, send_clarifications),
    (1, write_lists),
    (60, watch_clocks),
    (60, follow_regions),
    (60, clear_messages),
    (60, remind_of_bulletins),
    (300, forget_old_messages),
    (3600, forget_old_lists),
    (3600, count_desks),
    (3600, recount_figures),
    (3600, forget_old_keys),
    (3600, tidy_readers),
    (600, count_readers_of_bulletins),
    (600, count_readers_of_clarifications),
    (3600, forget_old_suggestions),
    (3600, forget_old_questions),
    (3600, ask_if_it_stayed),
    (3600, forget_loose_files),
    (3600, forget_old_voices),
    (30, pass_reports_up),
    (300, count_decisions),
    (3600, forget_old_reports),
]
# In a lane of their own: they wait for other people's machines.
BESIDE: list[tuple[float, Callable[[], None]]] = [
    (1, carry_messages),
    (20, read_sources),
    (60, read_fact_checks),
    (3600, check_pages),
]
