"""Voices for tests."""

from typing import Any

from accounts.factories import actor
from kim.accounts.actor import ANONYMOUS, Actor
from kim.accounts.models import Agency, Mandate, Person, Role
from kim.accounts.queries import actor_for
from kim.aspirations import actions
from kim.aspirations.models import Answer, Aspiration
from kim.aspirations.workflow import Stage
from kim.kernel import clock
from kim.kernel.ids import new_id
from regions.factories import plant

VILLAGE = "35.02.17.1008"
SECRET = "rahasia234"


def voice(code: str = VILLAGE, *, who: Actor = ANONYMOUS, passes_village: bool = False, **fields: Any) -> Aspiration:
    """One that just came in, on the village's desk or past it; words as the columns are called."""
    plant(code)
    words = {"kind": "complaint", "category": "road", "text": "Jalan ke pasar berlubang.", "region": code}
    return actions.submit(new_id(), fields=words | fields, secret=SECRET, passes_village=passes_village, actor=who)


def agency(code: str = "35.02", name: str = "Dinas PUPR Contoh") -> Agency:
    plant(code)
    return Agency.objects.get_or_create(region_id=code, name=name)[0]


def officer(of: Agency) -> Actor:
    """Somebody who works in that agency."""
    who = actor(Role.AGENCY, of.region_id)
    Mandate.objects.filter(person_id=who.person_id).update(agency=of)
    return actor_for(Person.objects.get(id=who.person_id))


def answered(
    made: Aspiration, *, text: str = "Sudah ditambal.", is_public: bool = True, outcome: str = "done"
) -> Aspiration:
    """As it stands when its desk has answered (or, without outcome, asked back)."""
    stage = Stage.ANSWERED if outcome else Stage.ASKED
    Aspiration.objects.filter(id=made.id).update(stage=stage, answered_at=clock.now() if outcome else None)
    Answer.objects.create(
        aspiration=made,
        holder_code=made.holder_code,
        agency=made.holder_agency,
        text=text,
        outcome=outcome,
        is_public=is_public,
    )
    made.refresh_from_db()
    return made


def let_out(made: Aspiration, words: str = "Jalan ke pasar berlubang.") -> Aspiration:
    """As everybody may read it."""
    Aspiration.objects.filter(id=made.id).update(is_public=True, public_text=words)
    made.refresh_from_db()
    return made
