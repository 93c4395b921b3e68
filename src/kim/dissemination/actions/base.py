"""What every act on a packet does: lock it, keep its words, write the ledger."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from kim.accounts.actor import Actor
from kim.dissemination.models import Assignment, Bulletin, Version
from kim.dissemination.workflow import Stage
from kim.kernel import clock
from kim.kernel.results import NotAllowed
from kim.ledger import actions as ledger

WORDS = (
    "title", "body", "points", "meaning", "answers", "whatsapp_short", "whatsapp_long", "loudspeaker", "caption",
)  # fmt: skip
FACTS = (
    "agency",
    "regulation_id",
    "urgency",
    "info_class",
    "programme",
    "focus",
    "valid_from",
    "valid_until",
    "act_by",
)


def locked(bulletin_id: UUID) -> Bulletin:
    """The packet, held until the transaction ends; raises DoesNotExist."""
    return Bulletin.objects.select_for_update(of=("self",)).select_related("region").get(id=bulletin_id)


def locked_copy(copy_id: UUID) -> Assignment:
    """One KIM's copy, held until the transaction ends; raises DoesNotExist."""
    rows = Assignment.objects.select_for_update(of=("self",)).select_related("kim", "region", "bulletin")
    return rows.get(id=copy_id)


def standing_copy(copy_id: UUID) -> Assignment:
    """A copy to work with, held like `locked_copy`; NotAllowed once its packet was withdrawn."""
    copy = locked_copy(copy_id)
    if copy.bulletin.stage == Stage.WITHDRAWN:
        raise NotAllowed(
            f"Info ini sudah ditarik dan tidak disebarkan lagi. Sebabnya: {copy.bulletin.withdrawn_reason}"
        )
    return copy


def record(verb: str, bulletin: Bulletin, actor: Actor, **data: Any) -> None:
    """The entry of an act on a packet."""
    ledger.record(verb, bulletin.key, actor=actor, region=bulletin.region_id, title=bulletin.title, **data)


def record_copy(verb: str, copy: Assignment, actor: Actor, **data: Any) -> None:
    """The entry of an act on one KIM's copy; its packet stands in the data, for the counters."""
    known = {"bulletin": str(copy.bulletin_id), "title": copy.bulletin.title}
    ledger.record(verb, copy.key, actor=actor, region=copy.region_id, kim_id=copy.kim_id, **(known | data))


def words_of(bulletin: Bulletin) -> Version:
    """The newest words of a packet."""
    return bulletin.versions.get(number=bulletin.version)


def put(bulletin: Bulletin, words: Version, fields: Mapping[str, Any]) -> None:
    """Set what was written, on the packet and on its words, and save both."""
    for name in FACTS:
        if name in fields:
            setattr(bulletin, name, fields[name])
    for name in WORDS:
        if name in fields:
            setattr(words, name, fields[name])
    bulletin.title, bulletin.edited_at, words.at = words.title, clock.now(), clock.now()
    words.save()
    bulletin.save()
