"""How far a thing came, for the whole of it and place by place: read from the tallies, never counted on the page."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from kim.accounts.actor import Actor
from kim.kernel import clock, codes
from kim.kernel.codes import Level
from kim.reach.queries import about
from kim.regions.models import Population, Region
from kim.regions.queries import get, people_of
from kim.spreading.models import Book, CallBack, Channel, Tally

FEW = 8
MOST_BELOW = 60  # places right below one: the nation has 38, no province more
GAPS = 60  # villages without a copy that a page names; a sheet of paper names all of a regency
LINES = 31  # of the table over time


@dataclass(frozen=True, slots=True)
class Row:
    """One place below, with its tally."""

    code: str
    name: str
    tally: Any
    numbers: list[tuple[str, int]]

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
    """How far it was at the end of a day: act → KIM that had done it."""

    day: date
    reached: Mapping[str, int]

    @property
    def numbers(self) -> list[int]:
        return list(self.reached.values())


@dataclass(frozen=True, slots=True)
class Reach:
    """What the page of reach shows for one place."""

    place: Region
    tally: Any
    labels: list[str]
    rungs: list[Rung]
    moments: list[Moment]
    rows: list[Row]
    gaps: list[Region]
    people: Population | None
    readers: str
    channels: list[tuple[str, int]]
    checks: dict[str, int]
    questions: list[Any]
    is_on_its_way: bool

    @property
    def changes(self) -> list[Moment]:
        """The moments at which something had changed since the one before."""
        before = [[0] * len(self.labels), *(one.numbers for one in self.moments)]
        return [one for one, known in zip(self.moments, before, strict=False) if one.numbers != known]

    @property
    def table(self) -> list[tuple[date, list[tuple[str, int]]]]:
        """The changes as rows of a table, each number with its label."""
        return [(one.day, list(zip(self.labels, one.numbers, strict=True))) for one in self.changes]

    @property
    def lines(self) -> list[tuple[str, list[int]]]:
        """The moments as lines to draw, one for each act."""
        columns = zip(*(one.numbers for one in self.moments), strict=True)
        return [(label, list(line)) for label, line in zip(self.labels, columns, strict=False)]

    @property
    def gap(self) -> int:
        """Villages it is for that no copy went to."""
        return max(0, self.tally.villages_all - self.tally.villages_sent)

    @property
    def is_counted(self) -> bool:
        """Whether anything is known here: copies, or villages without one."""
        return bool(self.tally.sent or self.tally.pk)

    @property
    def is_checked(self) -> bool:
        """Whether any report was drawn for a call back."""
        return any(self.checks.values())


def reach(
    book: Book, thing: Any, code: str, *,
    since: datetime | None, villages: Callable[[str], int], meant: QuerySet[Region], is_on_its_way: bool,
) -> Reach:  # fmt: skip
    """A thing in one place (nation, province or regency) and in what lies right below it. `villages` tells how many of a place
    it is for, `meant` names those of a regency."""
    tally, below = _tallies(book, thing, code, villages)
    return Reach(
        place=tally.region,
        tally=tally,
        labels=[act.label for act in book.acts],
        rungs=_rungs(book, tally),
        moments=_moments(book, tally, since),
        rows=_rows(book, below),
        gaps=list(gaps(book, thing, code, meant)[: GAPS + 1]),
        people=people_of(tally.region),
        readers=about(tally.readers, "pembaca") if tally.readers else "",
        channels=said(tally.channels, Channel),
        checks={check.value: tally.checks.get(check.value, 0) for check in CallBack if check.value},
        questions=questions(book, thing, code),
        is_on_its_way=is_on_its_way,
    )


def area_of(actor: Actor, asked: str, missing: type[Exception]) -> str:
    """The place whose reach is shown: the one asked for within the hat's own, else the hat's; `missing` beyond it."""
    own = actor.region_code or ""
    code = asked or own
    if not codes.within(code, own):
        raise missing
    return code


def copies_under(book: Book, thing: Any, code: str) -> QuerySet[Any]:
    """The copies of a thing in one place."""
    return book.copies.objects.within(code).filter(**{book.thing: thing})


def gaps(book: Book, thing: Any, code: str, meant: QuerySet[Region]) -> QuerySet[Region]:
    """The villages of a regency or less that no copy went to, in the order of their codes; of a larger place none."""
    if codes.level(code) in (Level.NATION, Level.PROVINCE):
        return Region.objects.none()
    sent = copies_under(book, thing, codes.regency(code)).filter(region=OuterRef("code"))
    return meant.filter(~Exists(sent)).order_by("code")


def questions(book: Book, thing: Any, code: str) -> list[Any]:
    """The newest questions people asked when they heard of it."""
    rows = book.reports.objects.filter(**{book.thing: thing}).exclude(questions="")
    if codes.level(code) is not Level.NATION:
        rows = rows.filter(**{f"{book.copy}__in": copies_under(book, thing, code).order_by().values("id")})
    return list(rows.select_related(f"{book.copy}__kim", f"{book.copy}__region").order_by("-at", "-id")[:FEW])


def _tallies(book: Book, thing: Any, code: str, villages: Callable[[str], int]) -> tuple[Any, list[Any]]:
    """The place itself and what lies right below it, as kept; below a regency, where nothing is kept, as counted now."""
    if codes.level(code) in (Level.DISTRICT, Level.VILLAGE):
        return _counted(book, thing, code, villages(code)), []
    found = {one.region_id: one for one in kept_tallies(book, thing, code)[:MOST_BELOW]}
    own = found.pop(code, None)
    if own is None:
        own = book.tallies(**{book.thing: thing}, region=get(code), villages_all=villages(code))
    return own, list(found.values())


def kept_tallies(book: Book, thing: Any, code: str) -> QuerySet[Any]:
    """What is kept of a place and, above the regency, of the places right below it."""
    places = Q(region_id=code) if codes.level(code) is Level.REGENCY else Q(region_id=code) | Q(region__parent_id=code)
    rows = book.tallies.objects.filter(places, **{book.thing: thing})
    return rows.select_related("region__population").defer("readers_sketch")


def _counted(book: Book, thing: Any, code: str, villages: int) -> Tally:
    place = Region.objects.select_related("population").get(code=code)
    spread = Q(spread_at__isnull=False)
    acts = {act.name: Count(f"{act.name}_at") for act in book.acts}
    found = copies_under(book, thing, code).order_by().aggregate(
        sent=Count("id"), **acts, villages=Count("region", distinct=True, filter=spread),
        villages_sent=Count("region", distinct=True), heard_low=Coalesce(Sum("heard_low"), 0),
        heard_high=Coalesce(Sum("heard_high"), 0),
    )  # fmt: skip
    maps = {"days": _counted_days(book, thing, place), "checks": _counted_checks(book, thing, code)}
    made: Tally = book.tallies(**{book.thing: thing}, region=place, villages_all=villages, **found, **maps)
    return made


def _counted_days(book: Book, thing: Any, place: Region) -> dict[str, int]:
    names = [act.name for act in book.acts]
    rows = copies_under(book, thing, place.code).order_by().values_list(*(f"{name}_at" for name in names))
    return Counter(
        f"{name} {clock.local(at, place.time_zone).date()}"
        for row in rows
        for name, at in zip(names, row, strict=True)
        if at is not None
    )


def _counted_checks(book: Book, thing: Any, code: str) -> dict[str, int]:
    copies = copies_under(book, thing, code).order_by().values("id")
    drawn = book.reports.objects.filter(**{f"{book.copy}__in": copies}).exclude(call_back=CallBack.NONE)
    return dict(drawn.order_by().values_list("call_back").annotate(number=Count("id")))


def _moments(book: Book, tally: Any, since: datetime | None) -> list[Moment]:
    """Day by day from the sending on, each with what was reached by then; a long time in equal steps of several days."""
    acts = [(date.fromisoformat(day), act, number) for key, number in tally.days.items() for act, day in [key.split()]]
    if not acts or since is None:
        return []
    zone = tally.region.time_zone
    first = min(clock.local(since, zone).date(), min(acts)[0])
    last = max(max(acts)[0], min(clock.today(zone), first + timedelta(days=LINES - 1)))
    step = -(-((last - first).days + 1) // LINES)
    ends = [last - timedelta(days=back) for back in range(0, (last - first).days + 1, step)]
    names = [act.name for act in book.acts]
    return [_moment_of(day, acts, names) for day in reversed(ends)]


def _moment_of(day: date, acts: Iterable[tuple[date, str, int]], names: list[str]) -> Moment:
    reached = dict.fromkeys(names, 0)
    for at, act, number in acts:
        reached[act] += number if at <= day else 0
    return Moment(day, reached)


def _rungs(book: Book, tally: Any) -> list[Rung]:
    declined = f"{getattr(tally, 'declined', 0):,}".replace(",", ".")
    before, ladder = tally.sent, [Rung("Sampai", tally.sent, tally.sent, 0, "")]
    for act in book.acts:
        number = getattr(tally, act.name)
        ladder.append(Rung(act.label, number, tally.sent, max(0, before - number), act.why.format(declined=declined)))
        before = number
    return ladder


def _rows(book: Book, below: list[Any]) -> list[Row]:
    """Those where least was spread come first: that is where help is wanted."""
    rows = [
        Row(
            one.region_id,
            one.region.title,
            one,
            [("Sampai", one.sent), *((act.label, getattr(one, act.name)) for act in book.acts)],
        )
        for one in below
    ]
    return sorted(rows, key=lambda row: (row.share, -row.tally.sent, row.code))


def said(numbers: dict[str, int], words: Any) -> list[tuple[str, int]]:
    """Labels with their numbers, most first."""
    known = [(str(words(key).label), number) for key, number in numbers.items() if key in words.values]
    return sorted(known, key=lambda pair: (-pair[1], pair[0]))


def moment(at: datetime | None) -> str:
    """As a list to take along writes it."""
    return clock.local(at).strftime("%Y-%m-%d %H:%M") if at else ""
