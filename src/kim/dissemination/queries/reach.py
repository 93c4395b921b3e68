"""How far a packet came, for the whole of it and place by place: read from the tallies, never counted on the page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from kim.accounts.actor import Actor
from kim.dissemination.models import Assignment, Bulletin, CallBack, Channel, Coverage, Decline, Tally
from kim.dissemination.queries.audience import villages_in
from kim.dissemination.workflow import Step
from kim.doors.paging import Page, page, walk
from kim.kernel import clock, codes
from kim.kernel.codes import Level
from kim.regions.models import Region
from kim.regions.queries import get
from kim.registry.queries import head_phones

FEW = 8
COLUMNS = ("KIM", "Desa", "Wilayah di atasnya", "Tahap", "Sampai", "Dibuka", "Diputuskan", "Disebarkan",
           "Warga paling sedikit", "Warga paling banyak", "Alasan", "Catatan KIM")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One place below, with its tally."""

    code: str
    name: str
    tally: Tally

    @property
    def share(self) -> int:
        """Of a hundred KIM, so many have spread it."""
        return round(100 * self.tally.spread / self.tally.sent) if self.tally.sent else 0


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung of the ladder; `lost` is how many fell off since the one before."""

    label: str
    number: int
    of: int
    lost: int
    why: str


@dataclass(frozen=True, slots=True)
class Reach:
    """What the page of reach shows for one place."""

    place: Region
    tally: Tally
    rungs: list[Rung]
    rows: list[Row]
    channels: list[tuple[str, int]]
    reasons: list[tuple[str, int]]
    checks: dict[str, int]
    questions: list[Coverage]
    is_on_its_way: bool


def reach(bulletin: Bulletin, code: str) -> Reach:
    """The packet in one place (nation, province or regency) and in what lies right below it."""
    tally = _tally(bulletin, code)
    return Reach(
        place=get(code),
        tally=tally,
        rungs=_rungs(tally),
        rows=_rows(bulletin, code),
        channels=_said(tally.channels, Channel),
        reasons=_said(tally.reasons, Decline),
        checks=_checks(bulletin, code),
        questions=_questions(bulletin, code),
        is_on_its_way=bulletin.targets.filter(done_at=None).exists(),
    )


def area_of(actor: Actor, bulletin: Bulletin, asked: str) -> str:
    """The place whose reach is shown: the one asked for within the hat's own, else the hat's; DoesNotExist beyond it."""
    own = actor.region_code or ""
    code = asked or own
    if not codes.within(code, own):
        raise Bulletin.DoesNotExist
    return code


def _tally(bulletin: Bulletin, code: str) -> Tally:
    """As kept; below a regency, where there are a few KIM and nothing is kept, as counted now."""
    if codes.level(code) in (Level.DISTRICT, Level.VILLAGE):
        return _counted(bulletin, code)
    return bulletin.tallies.filter(region_id=code).first() or Tally(bulletin=bulletin, region_id=code)


def _counted(bulletin: Bulletin, code: str) -> Tally:
    spread = Q(spread_at__isnull=False)
    found = copies_under(bulletin, code).order_by().aggregate(
        sent=Count("id"), opened=Count("opened_at"), decided=Count("decided_at"), spread=Count("spread_at"),
        declined=Count("id", filter=Q(step=Step.DECLINED)), villages=Count("region", distinct=True, filter=spread),
        villages_sent=Count("region", distinct=True), heard_low=Coalesce(Sum("heard_low"), 0),
        heard_high=Coalesce(Sum("heard_high"), 0),
    )  # fmt: skip
    return Tally(bulletin=bulletin, region_id=code, villages_all=villages_in(code), **found)


def _rungs(tally: Tally) -> list[Rung]:
    ladder = (
        ("Sampai", tally.sent, ""),
        ("Dibuka", tally.opened, "KIM belum membukanya"),
        ("Diputuskan", tally.decided, "KIM sudah membaca, belum memutuskan"),
        ("Disebarkan", tally.spread, f"KIM belum melapor, {tally.declined} di antaranya memilih tidak menyebarkan"),
    )
    before = [tally.sent, *(number for _, number, _ in ladder)]
    return [
        Rung(label, number, tally.sent, max(0, before[n] - number), why)
        for n, (label, number, why) in enumerate(ladder)
    ]


def _rows(bulletin: Bulletin, code: str) -> list[Row]:
    """Those where least was spread come first: that is where help is wanted."""
    if codes.level(code) not in (Level.NATION, Level.PROVINCE):
        return []
    below = bulletin.tallies.filter(region__parent_id=code).select_related("region")
    rows = [Row(one.region_id, one.region.title, one) for one in below[:60]]
    return sorted(rows, key=lambda row: (row.share, -row.tally.sent, row.code))


def _said(numbers: dict[str, int], words: Any) -> list[tuple[str, int]]:
    """Labels with their numbers, most first."""
    known = [(str(words(key).label), number) for key, number in numbers.items() if key in words.values]
    return sorted(known, key=lambda pair: (-pair[1], pair[0]))


def _reports(bulletin: Bulletin, code: str) -> QuerySet[Coverage]:
    return Coverage.objects.filter(assignment__in=copies_under(bulletin, code).order_by().values("id"))


def _checks(bulletin: Bulletin, code: str) -> dict[str, int]:
    drawn = _reports(bulletin, code).exclude(call_back=CallBack.NONE).order_by()
    found = dict(drawn.values_list("call_back").annotate(number=Count("id")))
    return {check.value: found.get(check.value, 0) for check in CallBack if check.value}


def _questions(bulletin: Bulletin, code: str) -> list[Coverage]:
    """The newest questions people asked when they heard of it."""
    rows = _reports(bulletin, code).exclude(questions="")
    return list(rows.select_related("assignment__kim", "assignment__region").order_by("-at", "-id")[:FEW])


def copies_under(bulletin: Bulletin, code: str) -> QuerySet[Assignment]:
    """The copies of a packet in one place."""
    return Assignment.objects.within(code).filter(bulletin=bulletin)


def copies_page(bulletin: Bulletin, code: str, *, after: str = "") -> Page:
    """The KIM of a regency with their copies, those that have not opened it first."""
    rows = copies_under(bulletin, code).select_related("kim", "region")
    return page(rows, after=after, size=40, keys=("step", "id"))


def to_remind(bulletin: Bulletin, code: str, *, days: int, after: str = "") -> Page:
    """The copies that nobody has opened for so many days."""
    since = clock.now() - timedelta(days=days)
    rows = copies_under(bulletin, code).filter(step=Step.ARRIVED, arrived_at__lte=since)
    return page(rows.select_related("kim", "region"), after=after, size=40, keys=("arrived_at", "id"))


def reminders(bulletin: Bulletin, copies: Sequence[Assignment]) -> list[tuple[Assignment, str, str]]:
    """(copy, number, text): to the KIM's public number, else to its head's."""
    quiet = {copy.kim_id for copy in copies if not copy.kim.public_phone}
    heads = head_phones(quiet)
    words = f"Halo {{kim}}. Ada info dari {bulletin.agency}: “{bulletin.title}”. Mohon dibuka di KIM.id, menu Info."
    return [
        (copy, copy.kim.public_phone or heads.get(copy.kim_id, ""), words.format(kim=copy.kim.name)) for copy in copies
    ]


def export_rows(bulletin: Bulletin, code: str) -> Iterator[tuple[str, ...]]:
    """Every copy of the place as a row, read page by page."""
    yield COLUMNS
    rows = copies_under(bulletin, code).select_related("kim", "region")
    for copy in walk(rows, keys=("id",)):
        moments = (copy.arrived_at, copy.opened_at, copy.decided_at, copy.spread_at)
        heard = (str(copy.heard_low), str(copy.heard_high)) if copy.heard_high else ("", "")
        yield (
            copy.kim.name, copy.region.title, copy.region.chain, copy.get_step_display(), *map(_moment, moments), *heard,
            copy.get_decline_display() if copy.decline else "", copy.note,
        )  # fmt: skip


def _moment(at: datetime | None) -> str:
    return clock.local(at).strftime("%Y-%m-%d %H:%M") if at else ""
