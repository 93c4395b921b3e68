"""A voice comes in: once, with its clock, and of an anonymous reporter nothing stays."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from accounts.factories import actor
from aspirations.factories import SECRET, VILLAGE, agency, officer, voice
from kim.accounts.actor import ANONYMOUS
from kim.accounts.models import Role
from kim.aspirations import actions, queries
from kim.aspirations.actions import submitting
from kim.aspirations.models import Aspiration
from kim.kernel import clock
from kim.kernel.ids import new_id
from kim.kernel.results import NotAllowed
from kim.ledger.models import Entry
from regions.factories import plant

pytestmark = pytest.mark.django_db


def test_it_lies_on_the_village_desk_and_its_clock_runs_from_when_it_was_written():
    made = voice()
    assert (made.holder_code, made.stage) == (VILLAGE, "submitted")
    late = actions.submit(
        made.id.__class__(int=made.id.int + 1), secret=SECRET, captured_at=clock.now() - timedelta(days=20),
        fields={"kind": "wish", "text": "Lampu jalan.", "region": VILLAGE}, actor=actor(Role.MEMBER),
    )  # fmt: skip
    assert late.due_at < made.due_at
    assert made.handlings.get().due_at == made.due_at


def test_sent_twice_it_is_the_same_one():
    made = voice()
    other = {"text": "Lain", "region": VILLAGE}
    again = actions.submit(made.id, fields=other, secret=SECRET, actor=actor(Role.MEMBER))
    assert again == made and Aspiration.objects.count() == 1
    with pytest.raises(NotAllowed):  # somebody who knows the id alone learns nothing
        actions.submit(made.id, fields=other, secret="x", actor=ANONYMOUS)


def test_of_an_anonymous_reporter_nothing_stays():
    made = voice(privacy="anonymous", reporter_name="Sari", reporter_phone="+62812", who=actor(Role.MEMBER))
    made.refresh_from_db()
    assert (made.reporter_name, made.reporter_phone, made.reporter_id) == ("", "", None)
    entry = Entry.objects.get(key=made.key)
    assert "Jalan" not in str(entry.data) and SECRET not in str(entry.data)


@pytest.mark.parametrize(
    ("role", "code", "sees"),
    [
        (Role.VILLAGE, VILLAGE, True),
        (Role.BOARD, VILLAGE, True),
        (Role.MEMBER, VILLAGE, False),
        (Role.REGENCY, "35.02", False),
    ],
)
def test_a_confidential_one_is_read_by_its_desk_alone(role, code, sees):
    made = voice(privacy="secret")
    assert queries.visible_to(actor(role, code)).filter(id=made.id).exists() is sees
    assert not queries.visible_to(officer(agency())).exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("codes", [(SECRET, SECRET), (SECRET, "rahasia567")])
def test_two_taps_at_the_same_moment_are_one_voice_told_to_who_holds_its_code(codes, monkeypatch):
    plant(VILLAGE)
    key, both, say_who = new_id(), threading.Barrier(2), submitting._say_who
    monkeypatch.setattr(submitting, "_say_who", lambda *told, **more: (both.wait(20), say_who(*told, **more)))

    def send(secret: str) -> str:
        fields = {"kind": "complaint", "category": "road", "text": "Berlubang.", "region": VILLAGE}
        try:
            return actions.submit(key, fields=fields, secret=secret, actor=ANONYMOUS).number
        except NotAllowed:
            return "not yours"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        told = set(pool.map(send, codes))
    made = Aspiration.objects.get(id=key)
    assert told == ({made.number} if len(set(codes)) == 1 else {made.number, "not yours"})
    assert made.handlings.count() == 1 == Entry.objects.filter(verb="aspiration.submitted").count()
