"""At the same moment: the same message from many phones is one claim, the same form is one question, and nobody is told twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from clarification.factories import ANSWER, MESSAGE, VILLAGES, country
from kim.accounts.actor import ANONYMOUS
from kim.clarification import actions
from kim.clarification.models import Claim, Handout, Report, Sighting
from kim.kernel.ids import new_id
from kim.ledger.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(act: Callable[[], object], times: int = 6) -> None:
    def run() -> None:
        try:
            act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(times) as pool:
        for waiting in [pool.submit(run) for _ in range(times)]:
            waiting.result()


def test_many_phones_and_one_form_sent_many_times():
    land = country()
    at_once(lambda: actions.ask(new_id(), region_code=VILLAGES[0], text=MESSAGE, actor=ANONYMOUS))
    claim = Claim.objects.get()
    assert claim.reports_count == 6
    assert set(Sighting.objects.values_list("reports_count", flat=True)) == {6}
    made = new_id()
    at_once(lambda: actions.ask(made, region_code=VILLAGES[1], text=MESSAGE, actor=ANONYMOUS))
    assert Report.objects.count() == 7
    actions.judge(claim.id, fields=ANSWER, actor=land.regency)
    at_once(actions.carry_on)
    assert Handout.objects.count() == 2
    told = [kim for entry in Entry.objects.filter(verb="claim.told") for kim in entry.data["kims"]]
    assert len(told) == len(set(told)) == 2
