"""What the worker does after the fan-out: KIM that came later, and one reminder for copies nobody opened."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from accounts.factories import actor
from dissemination.factories import VILLAGES, Country, country
from kim.accounts.actor import SYSTEM
from kim.accounts.models import Role
from kim.config import tasks
from kim.dissemination import actions, queries
from kim.dissemination.actions import catching_up
from kim.dissemination.models import Assignment, Bulletin, Target, Urgency
from kim.inbox.models import Delivery
from kim.kernel import clock
from kim.ledger.actions import record
from kim.ledger.models import Entry
from kim.registry.models import Kim
from registry.factories import kim

pytestmark = pytest.mark.django_db
LATE = "35.02.17.1009"


@pytest.fixture
def land() -> Country:
    return country()


def registered(code: str = LATE, verb: str = "kim.approved", **fields) -> Kim:
    """A KIM as its approval leaves it: a board, and an entry that the worker will read."""
    one = kim(code, **fields)
    actor(Role.BOARD, code, kim_id=one.id, name=f"Ketua {one.name}")
    record(verb, one.key, actor=SYSTEM, region=code, kim_id=one.id, number=one.registry_number, name=one.name)
    return one


def copies_of(one: Kim) -> set:
    return set(Assignment.objects.filter(kim=one).values_list("bulletin_id", flat=True))


def days_ago(days: int):
    return clock.now() - timedelta(days=days)


# KIM that came later


@pytest.mark.parametrize("verb", ["kim.approved", "kim.imported"])
def test_a_KIM_that_came_later_gets_what_still_holds_for_its_place_once(land, verb):
    bulletins = {land.issued("ID").id, land.issued("35.02.17").id, land.issued(VILLAGES[0]).id, land.issued("64").id}
    one = registered(verb=verb)
    tasks.carry_errands()
    assert copies_of(one) == set(
        Bulletin.objects.filter(targets__region_id__in=["ID", "35.02.17"]).values_list("id", flat=True)
    )
    assert len(copies_of(one)) == 2 and len(bulletins) == 4
    told = Delivery.objects.filter(text__contains="masih berlaku menunggu")
    assert [note.text[:2] for note in told] == ["2 "]
    catching_up.catch_up(Entry.objects.get(verb=verb))
    assert Assignment.objects.filter(kim=one).count() == 2 and Entry.objects.filter(verb="kim.informed").count() == 1


def test_nothing_comes_late_that_is_over_withdrawn_old_or_meant_for_others(land):
    today = clock.today()
    kept = [land.issued("ID", valid_until=today), land.issued("ID", act_by=today), land.issued("ID", focus=["public"])]
    land.issued("ID", valid_until=today - timedelta(days=1))
    land.issued("ID", act_by=today - timedelta(days=1))
    land.issued("ID", focus=["farm"])
    land.draft("ID")
    actions.withdraw(land.issued("ID").id, reason="Keliru.", actor=land.national)
    Bulletin.objects.filter(pk=land.issued("ID").pk).update(issued_at=days_ago(120))
    one = registered()
    tasks.carry_errands()
    assert copies_of(one) == {bulletin.id for bulletin in kept}


def test_a_KIM_without_anything_to_get_hears_nothing(land):
    registered()
    tasks.carry_errands()
    assert not Entry.objects.filter(verb="kim.informed").exists()


def test_the_figures_count_the_late_comer(land):
    bulletin = land.issued("ID")
    registered()
    tasks.carry_errands()
    tasks.carry_errands()
    assert queries.reach(bulletin, "35.02").tally.sent == 3 and queries.reach(bulletin, "ID").tally.sent == 4
    assert Target.objects.get(bulletin=bulletin).made == 4


def test_the_fan_out_and_the_late_comers_way_give_one_copy(land):
    draft = land.draft("ID")
    one = registered()
    actions.issue(draft.id, actor=land.national)
    tasks.carry_errands()
    tasks.send_bulletins()
    assert Assignment.objects.filter(kim=one).count() == 1


# Reminders


def unopened_for(bulletin: Bulletin, days: int) -> None:
    Assignment.objects.filter(bulletin=bulletin).update(arrived_at=days_ago(days))


def reminders_told() -> int:
    tasks.carry_errands()
    return Delivery.objects.filter(text__startswith="Belum dibuka").count()


@pytest.mark.parametrize(
    ("facts", "days", "is_due"),
    [
        ({}, 3, True), ({}, 2, False), ({"remind_after": 5}, 4, False), ({"remind_after": 5}, 5, True),
        ({"remind_after": 0}, 30, False), ({"urgency": Urgency.IMPORTANT}, 3, True),
    ],
)  # fmt: skip
def test_a_copy_is_due_for_a_reminder_after_the_days_its_packet_says(land, facts, days, is_due):
    unopened_for(land.issued("ID", **facts), days)
    assert actions.remind_due() == (3 if is_due else 0)


def test_an_emergency_reminds_after_a_day(land):
    draft = actions.request_check(land.draft("ID", urgency=Urgency.EMERGENCY).id, actor=land.national)
    actions.issue(draft.id, actor=land.second)
    actions.carry_on()
    unopened_for(draft, 1)
    assert actions.remind_due() == 3


def test_each_copy_is_reminded_once_and_says_when(land, monkeypatch):
    monkeypatch.setattr(catching_up, "PORTION", 2)
    bulletin = land.issued("ID")
    unopened_for(bulletin, 4)
    assert actions.remind_due() == 3
    assert actions.remind_due() == 0
    assert reminders_told() == 3
    assert not Assignment.objects.filter(reminded_at=None).exists()
    assert Entry.objects.filter(verb="bulletin.reminded").count() == 2


def test_whoever_opened_it_meanwhile_hears_nothing(land):
    bulletin = land.issued("ID")
    actions.open_(land.copy(bulletin, 0).id, actor=land.boards[0])
    unopened_for(bulletin, 4)
    assert actions.remind_due() == 2
    actions.open_(land.copy(bulletin, 1).id, actor=land.boards[1])
    assert reminders_told() == 1


def test_nobody_is_reminded_of_what_is_withdrawn_or_over(land):
    over, gone = land.issued("ID", act_by=clock.today() - timedelta(days=1)), land.issued("ID")
    late = land.issued("ID")
    for bulletin in (over, gone, late):
        unopened_for(bulletin, 4)
    actions.withdraw(gone.id, reason="Keliru.", actor=land.national)
    assert actions.remind_due() == 3
    actions.withdraw(late.id, reason="Keliru.", actor=land.national)
    assert reminders_told() == 0


def remind(_: int) -> int:
    try:
        return actions.remind_due()
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_several_workers_remind_each_copy_once(land, monkeypatch):
    monkeypatch.setattr(catching_up, "PORTION", 1)
    unopened_for(land.issued("ID"), 4)
    with ThreadPoolExecutor(4) as pool:
        reminded = sum(pool.map(remind, range(4)))
    assert reminded + actions.remind_due() == 3
    assert reminders_told() == 3
