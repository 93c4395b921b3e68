"""A voice as moderation meets it: what a desk let out can be hidden again by an office above it."""

from functools import partial
from uuid import UUID

from kim.accounts.actor import Actor
from kim.aspirations.actions.handling import take_down
from kim.aspirations.models import Aspiration
from kim.moderation.workflow import Thing


def reportable(aspiration_id: UUID) -> Thing:
    """A voice everybody may read, or could; raises Aspiration.DoesNotExist for one that was never let out.

    Nothing is said of who spoke: the desk that let it out answers for it, and lets it out again itself.
    """
    voice = Aspiration.objects.exclude(public_text="").get(id=aspiration_id)
    return Thing(
        key=voice.key,
        title=str(voice),
        url=f"/lacak/{voice.number}/",
        region_code=voice.region_id,
        words=voice.public_text,
        is_public=voice.is_public,
        put_down=partial(_put_down, voice.id),
    )


def _put_down(aspiration_id: UUID, actor: Actor, _reason: str, _note: str) -> None:
    take_down(aspiration_id, actor=actor)
