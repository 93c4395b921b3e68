"""A room: who speaks, who decides by which rule, what stays of the objections."""

import threading

import pytest
from django.db import connection

from kim.accounts.actor import Actor, Hat
from kim.accounts.models import Role
from kim.discussion import actions, policies, queries
from kim.discussion.models import Decision, Outcome, Room
from kim.discussion.queries import Tally
from kim.kernel.ids import new_id
from kim.kernel.results import NotAllowed, Refused
from publishing.factories import house


def a_room(h, rule="quorum", quorum=2, key=None) -> Room:
    return actions.open_room(
        key=key or f"thing:{new_id()}", kim_id=h.kim.id, region_code=h.kim.region_id, title="Durian", url="/x/",
        rule=rule, quorum=quorum, actor=h.member,
    )  # fmt: skip


@pytest.mark.django_db
def test_the_head_decides_where_the_rule_says_so():
    h = house()
    room = a_room(h, rule="head")
    for who in (h.member, h.editor):
        with pytest.raises(Refused):
            actions.decide(room.id, outcome="spread", actor=who)
    assert actions.decide(room.id, outcome="spread", actor=h.board).outcome == Outcome.SPREAD


@pytest.mark.django_db
def test_a_quorum_needs_enough_answers_and_more_yes_than_no():
    h = house()
    room = a_room(h, quorum=3)
    actions.take_side(room.id, side="agree", actor=h.member)
    actions.take_side(room.id, side="object", reason="Harga belum pasti.", actor=h.second)
    with pytest.raises(Refused, match="Baru 2"):
        actions.decide(room.id, outcome="spread", actor=h.member)
    actions.take_side(room.id, side="agree", actor=h.editor)
    decision = actions.decide(room.id, outcome="spread", minutes="Dibahas.", actor=h.member)
    assert (decision.agreed, decision.objected) == (2, 1)
    assert decision.dissent == [{"name": "Suyatno", "reason": "Harga belum pasti."}]


@pytest.mark.django_db
def test_changing_ones_mind_counts_once_and_objecting_needs_a_reason():
    h = house()
    room = a_room(h)
    actions.take_side(room.id, side="agree", actor=h.member)
    with pytest.raises(NotAllowed, match="alasan"):
        actions.take_side(room.id, side="object", actor=h.member)
    actions.take_side(room.id, side="object", reason="Belum jelas", actor=h.member)
    assert queries.tally(room) == Tally(agreed=0, objected=1, members=4)


@pytest.mark.django_db
def test_a_subject_that_comes_back_keeps_its_talk_and_asks_anew():
    h = house()
    room = a_room(h, rule="head", key="thing:1")
    actions.remark(room.id, text="Cek harga", actor=h.second)
    actions.take_side(room.id, side="agree", actor=h.second)
    actions.decide(room.id, outcome="postpone", actor=h.board)
    again = a_room(h, key="thing:1")
    assert again.id == room.id and again.rule == "quorum"
    assert queries.tally(again).answered == 0
    assert "Cek harga" in [said.text for said in again.remarks.all()]


@pytest.mark.django_db
def test_strangers_see_no_room_and_say_nothing():
    h, other = house(), house("61.12.01.2001")
    room = a_room(h)
    assert list(queries.visible_to(other.board)) == list(queries.open_rooms(h.regency)) == []
    for call in (
        lambda: actions.remark(room.id, text="hai", actor=other.member),
        lambda: actions.take_side(room.id, side="agree", actor=h.regency),
        lambda: actions.decide(room.id, outcome="spread", actor=other.board),
    ):
        with pytest.raises(Refused):
            call()


@pytest.mark.django_db
def test_a_room_is_shown_in_a_constant_number_of_queries(django_assert_num_queries):
    h = house()
    room = a_room(h)
    for number in range(30):
        actions.remark(room.id, text=f"Pesan {number}", actor=h.second)
    with django_assert_num_queries(4):
        sheet = queries.sheet(room, h.member)
    assert len(sheet.remarks) == 31 and sheet.silent == ["Bagus", "Hartini", "Ratna", "Suyatno"]


def test_tie_is_no_majority():
    h_room = Room(rule="quorum", quorum=2)
    who = _member(h_room)
    assert not policies.can_decide(who, h_room, Outcome.SPREAD, Tally(1, 1, 5))
    assert policies.can_decide(who, h_room, Outcome.REJECT, Tally(1, 1, 5))
    assert not policies.can_decide(who, h_room, Outcome.REJECT, Tally(2, 1, 5))


def _member(room):
    room.kim_id = new_id()
    hat = Hat(new_id(), Role.MEMBER, "35.02.17.1008", room.kim_id, "Anggota")
    return Actor(person_id=new_id(), name="Sari", hat=hat, hats=(hat,))


@pytest.mark.django_db(transaction=True)
def test_two_people_deciding_at_once_make_one_decision():
    h = house()
    room = a_room(h, rule="head")
    gate, results = threading.Barrier(2), []

    def decide(outcome):
        gate.wait()
        try:
            actions.decide(room.id, outcome=outcome, actor=h.board)
            results.append("done")
        except NotAllowed:
            results.append("late")
        finally:
            connection.close()

    threads = [threading.Thread(target=decide, args=(o,)) for o in ("spread", "reject")]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert sorted(results) == ["done", "late"]
    assert Decision.objects.count() == 1
