"""Two at the same moment: numbers stay different, and a registration is decided once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from accounts.factories import actor
from kim.accounts.models import Role
from kim.kernel.results import NotAllowed
from kim.registry import actions
from kim.registry.models import Kim, Review
from kim.registry.workflow import Stage
from registry.factories import submitted

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(calls) -> list[object]:
    """The outcome of each call, all made in their own thread and connection."""

    def run(call):
        try:
            return call()
        except NotAllowed as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_kim_approved_at_the_same_moment_get_different_numbers_and_addresses():
    officer = actor(Role.REGENCY, "35.02")
    waiting = [submitted(phone=f"+628123450000{n}") for n in range(4)]
    at_once([lambda kim=kim: actions.approve(kim.id, actor=officer) for kim in waiting])
    made = Kim.objects.filter(stage=Stage.REGISTERED)
    assert sorted(made.values_list("registry_number", flat=True)) == [f"KIM-3502171008-{n:02d}" for n in range(1, 5)]
    assert len(set(made.values_list("slug", flat=True))) == 4


def test_two_officers_deciding_at_once_decide_once():
    first, second = actor(Role.REGENCY, "35.02"), actor(Role.REGENCY, "35.02")
    kim = submitted()
    said = at_once(
        [
            lambda: actions.approve(kim.id, actor=first),
            lambda: actions.return_(kim.id, actor=second, note="Scan buram."),
        ]
    )
    assert sum(isinstance(answer, NotAllowed) for answer in said) == 1
    assert Review.objects.count() == 1
