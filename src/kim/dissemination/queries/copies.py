"""What a KIM sees: its copies, what is asked of each, and what it reported."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kim.accounts.actor import Actor
from kim.accounts.models import KIM_ROLES
from kim.dissemination.models import PACKETS, Assignment, Coverage, LocalNote
from kim.dissemination.queries.office import differences, narrowed, said_since
from kim.dissemination.workflow import Step
from kim.doors.paging import Page, page
from kim.kernel import codes
from kim.regions.models import RegionalQuerySet
from kim.spreading import queries as spreading

NEWEST = ("-arrived_at", "-id")


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the three piles of the inbox."""

    key: str
    label: str
    steps: tuple[str, ...]


TABS = (
    Tab("", "Baru", (Step.ARRIVED, Step.OPENED)),
    Tab("diolah", "Diolah", (Step.DISCUSSED, Step.ACCEPTED)),
    Tab("selesai", "Selesai", (Step.SPREAD, Step.DECLINED)),
)


def visible_copies(actor: Actor) -> RegionalQuerySet:
    """The copies of one's own KIM."""
    rows = Assignment.objects.select_related("bulletin__region", "bulletin__regulation", "kim", "region")
    if actor.wears(*KIM_ROLES) and actor.kim_id:
        return rows.filter(kim_id=actor.kim_id)
    return rows.none()


def inbox(actor: Actor, tab: Tab, *, urgency: str = "", programme: str = "", after: str = "") -> Page:
    """A page of one pile, narrowed or not, newest first."""
    rows = visible_copies(actor).filter(narrowed(urgency, programme, to="bulletin__"), step__in=tab.steps)
    return page(rows, after=after, size=20, keys=NEWEST)


def inbox_count(actor: Actor, most: int = 20) -> int:
    """How many wait to be read, up to `most`: the number beside the menu."""
    waiting = visible_copies(actor).select_related(None).filter(step=Step.ARRIVED).exclude(bulletin__stage="withdrawn")
    return len(waiting.values_list("id")[:most])


def copy_of(actor: Actor, copy_id: UUID) -> Assignment:
    """One copy of the own KIM; raises Assignment.DoesNotExist for anybody else's."""
    return visible_copies(actor).get(id=copy_id)


def notes_for(copy: Assignment) -> list[LocalNote]:
    """What the offices between have added for this village, from the top down."""
    rows = LocalNote.objects.filter(bulletin_id=copy.bulletin_id, region_id__in=codes.ancestors(copy.region_id))
    return list(rows.select_related("region").order_by("region_id"))


def changed_since(copy: Assignment) -> dict[str, Any]:
    """What was corrected since this KIM last read it: each version's own sentence, and the words themselves."""
    before, bulletin = copy.version_before, copy.bulletin
    if not 0 < before < bulletin.version:
        return {"changes": [], "said": []}
    return {"changes": differences(bulletin, bulletin.version, before), "said": said_since(bulletin, before)}


def reports_of(copy: Assignment) -> list[Coverage]:
    """What this KIM reported of it, newest first."""
    return list(copy.reports.select_related("by", "photo", "article__kim")[:100])


def drawn_reports(actor: Actor, *, after: str = "") -> Page:
    """Reports of the own area that were drawn for a call back and not yet checked, oldest first."""
    return spreading.drawn_reports(PACKETS, actor, after=after)


def drawn_report(actor: Actor, report_id: UUID) -> Coverage:
    """One of them; raises Coverage.DoesNotExist beyond the own area, and for what was not drawn."""
    made: Coverage = spreading.drawn_report(PACKETS, actor, report_id)
    return made
