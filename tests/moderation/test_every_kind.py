"""Packets, voices and answers can be reported too: judged above whoever wrote them, and taken down by their own domain."""

import pytest

from accounts.factories import actor
from aspirations.factories import VILLAGE, voice
from clarification.factories import country as doubtful
from dissemination.factories import country
from kim.accounts.actor import ANONYMOUS
from kim.accounts.models import Role
from kim.aspirations import actions as aspirations
from kim.clarification.workflow import Stage
from kim.config import wiring
from kim.kernel.ids import new_id
from kim.kernel.results import Refused
from kim.moderation import actions
from kim.moderation.models import Case, Report
from moderation.factories import JATIM, NATION, PONOROGO, officer

pytestmark = pytest.mark.django_db


def reported(kind: str, thing_id) -> Case:
    """The case after a stranger has reported it."""
    report_id = new_id()
    actions.report(report_id, kind, thing_id, reason="wrong", words="", actor=ANONYMOUS)
    return Report.objects.get(pk=report_id).case


def judged(case: Case, judge) -> Case:
    actions.claim(case.id, actor=judge)
    return actions.take_down(case.id, note="Tidak benar.", actor=judge)


def is_public(kind: str, thing_id) -> bool:
    return wiring.REPORTABLE[kind].find(thing_id).is_public


def test_an_answer_is_judged_above_the_office_that_gave_it():
    claim = doubtful().at(Stage.ANSWERED)
    regency, province = officer(PONOROGO), officer(JATIM)
    case = reported("clarification", claim.id)
    assert case.holder_id == JATIM
    with pytest.raises(Refused):
        actions.claim(case.id, actor=regency)
    judged(case, province)
    assert not is_public("clarification", claim.id)


def test_a_packet_of_the_ministry_stays_with_the_ministry_and_one_below_is_withdrawn_above():
    land = country()
    assert reported("bulletin", land.issued().id).holder_id == NATION
    head = actor(Role.VILLAGE, VILLAGE)
    below = land.issued(VILLAGE, by=head)
    case = reported("bulletin", below.id)
    assert case.holder_id == PONOROGO
    judged(case, officer(PONOROGO))
    below.refresh_from_db()
    assert below.stage == "withdrawn" and below.withdrawn_reason == "Tidak benar."
    assert not is_public("bulletin", below.id)


def test_a_voice_is_hidden_by_the_office_of_the_area_which_reads_no_more_than_everybody():
    head, judge = actor(Role.VILLAGE, VILLAGE), officer(PONOROGO)
    made = voice()
    aspirations.accept(made.id, actor=head)
    aspirations.publish(made.id, public_text=made.text, actor=head)
    case = reported("aspiration", made.id)
    with pytest.raises(Refused):
        aspirations.take_down(made.id, actor=actor(Role.REGENCY, "64.08"))
    judged(case, judge)
    made.refresh_from_db()
    assert not made.is_public and made.text == "Jalan ke pasar berlubang."


def test_what_was_never_out_cannot_be_reported():
    land = country()
    for kind, thing in (
        ("bulletin", land.draft()),
        ("aspiration", voice()),
        ("clarification", doubtful().at(Stage.ASKED)),
    ):
        with pytest.raises(type(thing).DoesNotExist):
            wiring.REPORTABLE[kind].find(thing.id)
