"""After the official tree changed. Codes have moved with it (`moves_with_region`); what is left is what a code cannot know:

a village that came under another regency took its voices along, and they may still lie on a desk of the former one.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from kim.accounts.actor import SYSTEM
from kim.aspirations.actions.base import hand_to, leave_desk, locked, record
from kim.aspirations.actions.counting import recount_since
from kim.aspirations.actions.themes import Cell, all_themes, recount_themes
from kim.aspirations.models import Aspiration, Handling, Theme
from kim.aspirations.policies import Desk
from kim.aspirations.workflow import DESKS_TURN, WORKFLOW, Ending, Stage
from kim.kernel import clock, codes
from kim.kernel.codes import Level
from kim.ledger import actions as ledger
from kim.ledger.models import Entry
from kim.regions.models import RegionChange, TreeLoad

MARK = "tree:aspirations"  # the entries that say up to which tree this was done
REASON = "Desa ini pindah wilayah; aspirasinya ikut."
MANY, BATCH = 2000, 200  # cells of themes (a village, a month): from where all are counted anew; in one transaction
LASTING = (Stage.ASKED, Stage.ANSWERED, Stage.CLOSED)  # no office has the turn, but one may get it back


def follow_regions() -> int:
    """Once for each newer tree: voices leave desks that answer for their village no more, figures and themes are counted
    anew; returns how many voices moved. A round that was broken off is done again, and finds what is left."""
    newest = TreeLoad.objects.first()
    last = Entry.objects.filter(key=MARK).order_by("at").last()
    if newest is None or (last and last.data["tree"] == str(newest.id)):
        return 0
    since = datetime.fromisoformat(last.data["loaded_at"]) if last else None
    changed = _changed(since, newest)
    moved = sum(_follow(id_) for id_ in _astray({to for _, to in changed}))
    _count_anew(changed, newest.loaded_at)
    tree, loaded_at = str(newest.id), newest.loaded_at.isoformat()
    with transaction.atomic():
        ledger.record(
            "tree.followed", MARK, actor=SYSTEM, region=codes.NATION, tree=tree, loaded_at=loaded_at, moved=moved
        )
    return moved


def _changed(since: datetime | None, newest: TreeLoad) -> set[tuple[str, str]]:
    """The villages that have another code now: (before, after)."""
    rows = RegionChange.objects.filter(kind__in=("recoded", "merged", "split"), applied_at__lte=newest.loaded_at)
    rows = rows.filter(applied_at__gt=since) if since else rows
    pairs = rows.order_by("id").values_list("from_code", "to_code")
    return {pair for pair in pairs if codes.is_code(pair[1]) and codes.level(pair[1]) is Level.VILLAGE}


def _astray(villages: Iterable[str]) -> list[UUID]:
    """Voices about these villages on a desk that is not in the chain above them."""
    rows = Aspiration.objects.filter(region_id__in=sorted(villages), stage__in=(*DESKS_TURN, *LASTING)).order_by("id")
    found = rows.values_list("id", "region_id", "holder_code")
    return [id_ for id_, village, holder in found if not codes.within(village, holder)]


@transaction.atomic
def _follow(aspiration_id: UUID) -> bool:
    """To the desk on the same storey; a kecamatan's and an agency's to the Diskominfo above, which sees the whole."""
    aspiration = locked(aspiration_id)
    if codes.within(aspiration.region_id, aspiration.holder_code):
        return False
    former, there = aspiration.holder_code, _same_storey(aspiration)
    if aspiration.stage in DESKS_TURN:
        aspiration.stage = WORKFLOW.after("escalate", aspiration.stage)
        hand_to(aspiration, there.code, None, start=clock.now(), reason=REASON)
    else:
        _hand_on_waiting(aspiration, there.code)
    record("aspiration.moved", aspiration, SYSTEM, former=former)
    return True


def _hand_on_waiting(aspiration: Aspiration, code: str) -> None:
    """Its reporter has the turn: the stay on the former desk ends, not late by waiting; the new one has the same days."""
    stay = aspiration.handlings.filter(until=None).first()
    if stay is not None:
        leave_desk(aspiration, Ending.PASSED)
        aspiration.handlings.filter(id=stay.id).update(is_late=stay.is_late)
        Handling.objects.create(
            aspiration=aspiration, holder_code=code, since=clock.now(), accepted_at=stay.accepted_at,
            due_at=stay.due_at, reason=REASON,
        )  # fmt: skip
    aspiration.holder_code, aspiration.holder_agency = code, None
    aspiration.save()


def _same_storey(aspiration: Aspiration) -> Desk:
    level = codes.level(aspiration.holder_code)
    depth = Level.REGENCY.depth if level is Level.DISTRICT else level.depth
    return Desk(codes.chain(aspiration.region_id)[depth])


def _count_anew(changed: set[tuple[str, str]], loaded_at: datetime) -> None:
    """Figures of the months that were counted before, and themes of every month of these villages, before and after."""
    if not changed:
        return
    villages = {code for pair in changed for code in pair}
    known = Theme.objects.filter(place_code__in=villages).order_by().values_list("place_code", "month")
    told = Aspiration.objects.filter(region_id__in=villages).order_by().values_list("region_id", "received_at")
    cells = set(known) | {(code, clock.local(at).date().replace(day=1)) for code, at in told.iterator(chunk_size=5000)}
    _themes_anew(sorted(cells))
    recount_since(loaded_at)


def _themes_anew(cells: list[Cell]) -> None:
    """A few at a time, each in a transaction of its own, so that nobody's acts wait; of a province all at once is quicker."""
    if len(cells) > MANY:
        all_themes()
        return
    for first in range(0, len(cells), BATCH):
        recount_themes(cells[first : first + BATCH])
