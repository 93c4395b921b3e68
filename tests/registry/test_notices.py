"""Who hears of a registration and of a renewal."""

import pytest

from accounts.factories import actor, mandate, person
from kim.accounts.models import Role
from kim.ledger.queries import timeline
from kim.registry import actions, queries
from kim.registry.notices import NOTICES, SILENT
from registry.factories import decree, kim, submitted

pytestmark = pytest.mark.django_db


def told(key: str) -> dict[str, list]:
    """Verb → the notes it makes, for everything that happened to a subject."""
    return {entry.verb: list(NOTICES[entry.verb](entry)) for entry in timeline(key) if entry.verb in NOTICES}


def test_the_office_of_the_regency_hears_and_the_neighbour_does_not():
    here, there = actor(Role.REGENCY, "35.02"), actor(Role.REGENCY, "35.03")
    notes = told(submitted().key)["kim.submitted"]
    assert [note.person_id for note in notes] == [here.person_id] and there.person_id not in notes
    assert notes[0].text == "KIM Teluk Contoh menunggu verifikasi."


def test_a_registrant_with_an_account_hears_what_was_decided():
    officer, waiting = actor(Role.REGENCY, "35.02"), submitted()
    waiting.created_by = someone = person("Rahma Contoh")
    waiting.save()
    actions.return_(waiting.id, actor=officer, note="Scan buram.")
    notes = told(waiting.key)["kim.returned"]
    assert [(n.person_id, n.url) for n in notes] == [(someone.id, f"/daftar-kim/{waiting.id}/")]


def test_the_board_hears_of_its_renewal():
    group = kim()
    decree(group)
    chair = person("Wati Contoh")
    mandate(chair, Role.BOARD, group.region_id, kim_id=group.id)
    board = actor(Role.BOARD, group.region_id, kim_id=group.id)
    paper = actions.write_renewal(group.id, actor=board, fields={"number": "9/2025"})
    assert queries.renewal(group) == paper
    decree(group, stage="submitted", number="10/2025")
    waiting = queries.renewal(group)
    actions.accept_decree(waiting.id, actor=actor(Role.REGENCY, "35.02"))
    assert chair.id in {note.person_id for note in told(group.key)["decree.accepted"]}


def test_no_verb_is_both_told_and_silent():
    assert not SILENT & set(NOTICES)
