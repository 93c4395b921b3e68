"""How far a packet came, for the whole of it and place by place: read from the tallies, never counted on the page."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from kim.accounts.actor import Actor
from kim.dissemination.models import Assignment, Bulletin, CallBack, Channel, Coverage, Decline, Tally
from kim.dissemination.queries.audience import villages_in
from kim.dissemination.workflow import Step
from kim.doors.paging import Page, page, walk
from kim.kernel import clock, codes
from kim.kernel.codes import Level
from kim.reach.queries import about
from kim.regions.models import Population, Region
from kim.regions.queries import get, people_of
from kim.registry.queries import head_phones

FEW = 8
MOST_BELOW = 60  # places right below one: the nation has 38, no province more
GAPS = 60  # villages without a KIM that a page names; a sheet of paper names all of a regency
LINES = 31  # of the table over time
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

    @property
    def gap(self) -> int:
        """Villages that no copy went to, mostly because they have no KIM."""
        return max(0, self.tally.villages_all - self.tally.villages_sent)


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung of the ladder; `lost` is how many fell off since the one before."""

    label: str
    number: int
    of: int
    lost: int
    why: str


@dataclass(frozen=True, slots=True)
class Moment:
    """How far it was at the end of a day."""

    day: date
    opened: int = 0
    decided: int = 0
    spread: int = 0


@dataclass(frozen=True, slots=True)
class Reach:
    """What the page of reach shows for one place."""

    place: Region
    tally: Tally
    rungs: list[Rung]
    moments: list[Moment]
    rows: list[Row]
    gaps: list[Region]
    people: Population | None
    readers: str
    channels: list[tuple[str, int]]
    reasons: list[tuple[str, int]]
    checks: dict[str, int]
    questions: list[Coverage]
    is_on_its_way: bool

    @property
    def changes(self) -> list[Moment]:
        """The moments at which something had changed since the one before."""
        reached = [(0, 0, 0), *((one.opened, one.decided, one.spread) for one in self.moments)]
        return [one for one, now, before in zip(self.moments, reached[1:], reached, strict=False) if now != before]

    @property
    def lines(self) -> list[tuple[str, list[int]]]:
        """The moments as three lines to draw."""
        acts = {"Dibuka": "opened", "Diputuskan": "decided", "Disebarkan": "spread"}
        return [(name, [getattr(one, act) for one in self.moments]) for name, act in acts.items()]

    @property
    def gap(self) -> int:
        """Villages of the place that no copy went to."""
        return max(0, self.tally.villages_all - self.tally.villages_sent)


def reach(bulletin: Bulletin, code: str) -> Reach:
    """The packet in one place (nation, province or regency) and in what lies right below it."""
    tally, below = _tallies(bulletin, code)
    return Reach(
        place=tally.region,
        tally=tally,
        rungs=_rungs(tally),
        moments=_moments(bulletin, tally),
        rows=_rows(below),
        gaps=list(gaps(bulletin, code)[: GAPS + 1]),
        people=people_of(tally.region),
        readers=about(tally.readers, "pembaca") if tally.readers else "",
        channels=_said(tally.channels, Channel),
        reasons=_said(tally.reasons, Decline),
        checks={check.value: tally.checks.get(check.value, 0) for check in CallBack if check.value},
        questions=questions(bulletin, code),
        is_on_its_way=any(target.done_at is None for target in bulletin.targets.all()),
    )


def area_of(actor: Actor, bulletin: Bulletin, asked: str) -> str:
    """The place whose reach is shown: the one asked for within the hat's own, else the hat's; DoesNotExist beyond it."""
    own = actor.region_code or ""
    code = asked or own
    if not codes.within(code, own):
        raise Bulletin.DoesNotExist
    return code


def _tallies(bulletin: Bulletin, code: str) -> tuple[Tally, list[Tally]]:
    """The place itself and what lies right below it, as kept; below a regency, where nothing is kept, as counted now."""
    if codes.level(code) in (Level.DISTRICT, Level.VILLAGE):
        return _counted(bulletin, code), []
    found = {one.region_id: one for one in kept_tallies(bulletin, code)[:MOST_BELOW]}
    own = found.pop(code, None) or Tally(bulletin=bulletin, region=get(code), villages_all=villages_in(code))
    return own, list(found.values())


def kept_tallies(bulletin: Bulletin, code: str) -> QuerySet[Tally]:
    """What is kept of a place and, above the regency, of the places right below it."""
    places = Q(region_id=code) if codes.level(code) is Level.REGENCY else Q(region_id=code) | Q(region__parent_id=code)
    return bulletin.tallies.filter(places).select_related("region__population").defer("readers_sketch")


def _counted(bulletin: Bulletin, code: str) -> Tally:
    place = Region.objects.select_related("population").get(code=code)
    spread = Q(spread_at__isnull=False)
    found = copies_under(bulletin, code).order_by().aggregate(
        sent=Count("id"), opened=Count("opened_at"), decided=Count("decided_at"), spread=Count("spread_at"),
        declined=Count("id", filter=Q(step=Step.DECLINED)), villages=Count("region", distinct=True, filter=spread),
        villages_sent=Count("region", distinct=True), heard_low=Coalesce(Sum("heard_low"), 0),
        heard_high=Coalesce(Sum("heard_high"), 0),
    )  # fmt: skip
    maps = {"days": _counted_days(bulletin, place), "checks": _counted_checks(bulletin, code)}
    return Tally(bulletin=bulletin, region=place, villages_all=villages_in(code), **found, **maps)


def _counted_days(bulletin: Bulletin, place: Region) -> dict[str, int]:
    acts = ("opened", "decided", "spread")
    rows = copies_under(bulletin, place.code).order_by().values_list(*(f"{act}_at" for act in acts))
    return Counter(
        f"{act} {clock.local(at, place.time_zone).date()}"
        for row in rows
        for act, at in zip(acts, row, strict=True)
        if at is not None
    )


def _counted_checks(bulletin: Bulletin, code: str) -> dict[str, int]:
    drawn = Coverage.objects.filter(assignment__in=copies_under(bulletin, code).order_by().values("id"))
    return dict(drawn.exclude(call_back=CallBack.NONE).order_by().values_list("call_back").annotate(number=Count("id")))


def _moments(bulletin: Bulletin, tally: Tally) -> list[Moment]:
    """Day by day from the sending on, each with what was reached by then; a long time in equal steps of several days."""
    acts = [(date.fromisoformat(day), act, number) for key, number in tally.days.items() for act, day in [key.split()]]
    if not acts or bulletin.issued_at is None:
        return []
    zone = tally.region.time_zone
    first = min(clock.local(bulletin.issued_at, zone).date(), min(acts)[0])
    last = max(max(acts)[0], min(clock.today(zone), first + timedelta(days=LINES - 1)))
    step = -(-((last - first).days + 1) // LINES)
    ends = [last - timedelta(days=back) for back in range(0, (last - first).days + 1, step)]
    return [_moment_of(day, acts) for day in reversed(ends)]


def _moment_of(day: date, acts: Iterable[tuple[date, str, int]]) -> Moment:
    reached = {"opened": 0, "decided": 0, "spread": 0}
    for at, act, number in acts:
        reached[act] += number if at <= day else 0
    return Moment(day, **reached)


def _rungs(tally: Tally) -> list[Rung]:
    declined = f"{tally.declined:,}".replace(",", ".")
    ladder = (
        ("Sampai", tally.sent, ""),
        ("Dibuka", tally.opened, "KIM belum membukanya"),
        ("Diputuskan", tally.decided, "KIM sudah membaca, belum memutuskan"),
        ("Disebarkan", tally.spread, f"KIM belum melapor, {declined} di antaranya memilih tidak menyebarkan"),
    )
    before = [tally.sent, *(number for _, number, _ in ladder)]
    return [
        Rung(label, number, tally.sent, max(0, before[n] - number), why)
        for n, (label, number, why) in enumerate(ladder)
    ]


def _rows(below: list[Tally]) -> list[Row]:
    """Those where least was spread come first: that is where help is wanted."""
    rows = [Row(one.region_id, one.region.title, one) for one in below]
    return sorted(rows, key=lambda row: (row.share, -row.tally.sent, row.code))


def _said(numbers: dict[str, int], words: Any) -> list[tuple[str, int]]:
    """Labels with their numbers, most first."""
    known = [(str(words(key).label), number) for key, number in numbers.items() if key in words.values]
    return sorted(known, key=lambda pair: (-pair[1], pair[0]))


def gaps(bulletin: Bulletin, code: str) -> QuerySet[Region]:
    """The villages of a regency or less that no copy went to, in the order of their codes; of a larger place none."""
    if codes.level(code) in (Level.NATION, Level.PROVINCE):
        return Region.objects.none()
    sent = copies_under(bulletin, codes.regency(code)).filter(region=OuterRef("code"))
    villages = Region.objects.within(code).in_force().filter(level=Level.VILLAGE)
    return villages.filter(~Exists(sent)).order_by("code")


def questions(bulletin: Bulletin, code: str) -> list[Coverage]:
    """The newest questions people asked when they heard of it."""
    rows = Coverage.objects.filter(bulletin=bulletin).exclude(questions="")
    if codes.level(code) is not Level.NATION:
        rows = rows.filter(assignment__in=copies_under(bulletin, code).order_by().values("id"))
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
