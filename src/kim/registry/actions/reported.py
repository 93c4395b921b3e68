"""A KIM's site as moderation meets it: closed for the time being, and open again."""

from functools import partial
from uuid import UUID

from django.db import transaction

from kim.accounts.actor import Actor
from kim.kernel.results import NotAllowed, demand
from kim.ledger.actions import record
from kim.moderation.workflow import Thing
from kim.registry import queries
from kim.registry.actions.draft import lock
from kim.registry.models import Kim
from kim.registry.policies import can_reinstate, can_suspend
from kim.registry.workflow import WORKFLOW, Stage


@transaction.atomic
def suspend(kim_id: UUID, *, reason: str, actor: Actor) -> Kim:
    """The site leaves the public, with a reason for the KIM. Registration, certificate and texts stay as they are."""
    kim = lock(kim_id)
    demand(can_suspend(actor, kim))
    kim.stage = WORKFLOW.after("suspend", kim.stage)
    if not reason.strip():
        raise NotAllowed("Tulis alasannya, supaya KIM tahu apa yang perlu diperbaiki.")
    kim.save(update_fields=["stage"])
    record("kim.suspended", kim.key, actor=actor, region=kim.region_id, kim_id=kim.id, reason=reason)
    return kim


@transaction.atomic
def reinstate(kim_id: UUID, *, actor: Actor) -> Kim:
    """The site is open again."""
    kim = lock(kim_id)
    demand(can_reinstate(actor, kim))
    kim.stage = WORKFLOW.after("reinstate", kim.stage)
    kim.save(update_fields=["stage"])
    record("kim.reinstated", kim.key, actor=actor, region=kim.region_id, kim_id=kim.id)
    return kim


def reportable(kim_id: UUID) -> Thing:
    """A KIM's site, open or closed for the time being; raises Kim.DoesNotExist for any other."""
    kim = queries.with_site(kim_id)
    return Thing(
        key=kim.key,
        title=kim.name,
        url=f"/{kim.slug}/",
        region_code=kim.region_id,
        words=queries.words_of_site(kim),
        kim_id=kim.id,
        desk_url="/kerja/kim/profil/",
        is_public=kim.stage == Stage.REGISTERED,
        put_down=partial(_put_down, kim.id),
        put_back=partial(_put_back, kim.id),
    )


def _put_down(kim_id: UUID, actor: Actor, _reason: str, note: str) -> None:
    suspend(kim_id, reason=note, actor=actor)


def _put_back(kim_id: UUID, actor: Actor) -> None:
    reinstate(kim_id, actor=actor)
