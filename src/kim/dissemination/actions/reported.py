"""A packet as moderation meets it: an office's own words, judged by the level above and withdrawn there if they must."""

from functools import partial
from uuid import UUID

from kim.accounts.actor import Actor
from kim.dissemination.actions.issuing import take_down
from kim.dissemination.models import Bulletin
from kim.dissemination.queries import words_of
from kim.dissemination.workflow import Stage
from kim.moderation.workflow import Thing


def reportable(bulletin_id: UUID) -> Thing:
    """A packet that went out; raises Bulletin.DoesNotExist for a draft. A withdrawn one is issued anew, not put back."""
    bulletin = Bulletin.objects.get(id=bulletin_id, stage__in=(Stage.ISSUED, Stage.WITHDRAWN))
    words = words_of(bulletin)
    return Thing(
        key=bulletin.key,
        title=bulletin.title,
        url=bulletin.get_absolute_url(),
        region_code=bulletin.region_id,
        words="\n".join((words.body, *words.points, words.meaning)),
        author_id=bulletin.created_by_id,
        office_code=bulletin.region_id,
        revision=bulletin.version,
        is_public=bulletin.stage == Stage.ISSUED,
        put_down=partial(_put_down, bulletin.id),
    )


def _put_down(bulletin_id: UUID, actor: Actor, _reason: str, note: str) -> None:
    take_down(bulletin_id, reason=note, actor=actor)
