"""An answer to a doubtful message as moderation meets it: an office's own words, judged by the level above."""

from functools import partial
from uuid import UUID

from kim.accounts.actor import Actor
from kim.clarification.actions.judging import withdraw
from kim.clarification.models import Claim
from kim.clarification.workflow import Stage
from kim.moderation.workflow import Thing


def reportable(claim_id: UUID) -> Thing:
    """An answer that is out or was withdrawn; raises Claim.DoesNotExist for what nobody has answered."""
    claim = Claim.objects.get(id=claim_id, stage__in=(Stage.ANSWERED, Stage.WITHDRAWN), code__isnull=False)
    answer = claim.answers.get(number=claim.version)
    return Thing(
        key=claim.key,
        title=claim.title,
        url=claim.get_absolute_url(),
        region_code=claim.office_id or "ID",
        words=f"{answer.gist}\n{answer.explanation}",
        author_id=answer.by_id,
        office_code=claim.office_id or "",
        revision=claim.version,
        is_public=claim.is_public,
        put_down=partial(_put_down, claim.id),
    )


def _put_down(claim_id: UUID, actor: Actor, _reason: str, note: str) -> None:
    withdraw(claim_id, reason=note, actor=actor)
