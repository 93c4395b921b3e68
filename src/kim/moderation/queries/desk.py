"""Reading cases: what a desk sees, what a KIM sees, what a reporter hears again, what everybody may know."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from kim.accounts.actor import Actor
from kim.accounts.models import KIM_ROLES, OFFICES
from kim.doors.paging import Page, page
from kim.kernel import clock, codes
from kim.kernel.codes import Level
from kim.ledger.models import Entry
from kim.ledger.queries import timeline
from kim.moderation.models import LATEST, QUEUE, Case, LevelFigure, Report
from kim.moderation.queries.things import kind_label
from kim.moderation.workflow import BY_PEOPLE, DECIDED, OPEN, TICKING, URGENT, Reason, Stage, spell
from kim.regions.models import RegionalQuerySet
from kim.regions.queries import rules

PAGE = 20
SHELVES = {
    "giliran": "Giliran kantor ini",
    "bawah": "Di kantor bawahan",
    "selesai": "Sudah diputus",
}
OUTCOMES = {
    Stage.DISMISSED: ("Tidak melanggar", "", "done"),
    Stage.SETTLED: ("Sudah diperbaiki", "done", "done"),
    Stage.WARNED: ("Ditegur", "wait", "flag"),
    Stage.TAKEN_DOWN: ("Diturunkan", "alert", "cross"),
    Stage.UPHELD: ("Keberatan ditolak", "alert", "cross"),
    Stage.OVERTURNED: ("Keberatan diterima", "done", "retry"),
    Stage.RESTORED: ("Dipulihkan", "done", "retry"),
    Stage.APPEALED: ("Keberatan menunggu diputus", "wait", "clock"),
    Stage.WAITING: ("Menunggu diperiksa", "wait", "clock"),
    Stage.MENDED: ("KIM bilang sudah diperbaiki", "going", "pen"),
    Stage.CLAIMED: ("Sedang diperiksa", "going", "eye"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """A state in words, for the tag `status`."""

    text: str
    tone: str
    icon: str


def standing(case: Case) -> Standing:
    """Where a case stands; a claim that ran out is a case that waits."""
    stage = Stage(case.stage)
    if stage == Stage.CLAIMED and not case.is_held_at(clock.now()):
        stage = Stage.WAITING
    return Standing(*OUTCOMES[stage])


def clock_words(case: Case, now: datetime | None = None) -> str:
    """How much time there is: "tinggal 3 jam", "lewat 20 menit"."""
    left = case.due_at - (now or clock.now())
    return f"tinggal {spell(left)}" if left > timedelta() else f"lewat {spell(-left)}"


def due_after(reason: str, region_code: str, since: datetime) -> datetime:
    """Until when a case of this reason has to be decided, by the rules in force there."""
    key = "moderation_urgent_hours" if reason in URGENT else "moderation_hours"
    return since + timedelta(hours=float(rules(region_code)[key].value))


def appeal_due_after(region_code: str, since: datetime) -> datetime:
    return since + timedelta(hours=float(rules(region_code)["moderation_appeal_hours"].value))


def office_above(code: str) -> str:
    """The office whose turn comes after this place: regency, province, ministry; the ministry has nobody above it."""
    match codes.level(code):
        case Level.NATION | Level.PROVINCE:
            return codes.NATION
        case Level.REGENCY:
            return codes.parent(code) or codes.NATION
    return codes.regency(code)


def visible_to(actor: Actor) -> RegionalQuerySet:
    """An office sees every case of its region, a KIM those about itself, an author those about the own words."""
    rows = Case.objects.select_related("region", "holder", "claimed_by")
    if actor.wears(*OFFICES) and actor.region_code:
        return rows.within(actor.region_code)
    if actor.wears(*KIM_ROLES) and actor.kim_id:
        return rows.filter(kim_id=actor.kim_id)
    return rows.none()


def queue(actor: Actor, shelf: str = "", after: str = "") -> Page:
    """A page of the office's cases: whose turn it is, urgent ones first, then by the clock; decided ones newest first."""
    rows = visible_to(actor)
    if shelf == "selesai":
        return page(rows.filter(stage__in=DECIDED, decided_at__isnull=False), after=after, size=PAGE, keys=LATEST)
    rows = rows.filter(stage__in=TICKING)
    rows = rows.exclude(holder=actor.region_code) if shelf == "bawah" else rows.filter(holder=actor.region_code)
    return page(rows, after=after, size=PAGE, keys=QUEUE)


def waiting_count(actor: Actor, most: int = 99) -> int:
    """How many cases are this office's turn, up to a bound."""
    if not actor.wears(*OFFICES):
        return 0
    return Case.objects.filter(holder=actor.region_code, stage__in=TICKING)[:most].count()


def of_kim(actor: Actor, after: str = "") -> Page:
    """The cases about this KIM, newest first."""
    return page(visible_to(actor), after=after, size=PAGE, keys=("-opened_at", "-id"))


def open_of_kim(actor: Actor, most: int = 3) -> list[Case]:
    """What a KIM can still answer: open cases, and decisions against it that it has not appealed."""
    mine = visible_to(actor).filter(stage__in=(*OPEN, Stage.WARNED, Stage.TAKEN_DOWN))
    fresh = mine.filter(opened_at__gte=clock.now() - timedelta(days=30))
    return list(fresh.order_by("-opened_at", "-id")[:most])


def case_of(case_id: UUID, actor: Actor) -> Case:
    """One case the actor may see; raises Case.DoesNotExist."""
    return visible_to(actor).select_related("decided_by").get(pk=case_id)


def voices(case: Case, after: str = "") -> Page:
    """What reporters said, newest first; those with words are what a judge reads."""
    return page(Report.objects.filter(case=case).exclude(words=""), after=after, size=PAGE, keys=("-at", "-id"))


def story(case: Case) -> QuerySet[Entry]:
    """What happened to a case; single reports are left out, their number is on the case."""
    return timeline(case.key).exclude(verb="case.reported")


def reasons_of(case: Case) -> list[tuple[str, int]]:
    """Which reasons were given, the commonest first."""
    given: dict[str, int] = {}
    for reason in Report.objects.filter(case=case).order_by("-at", "-id").values_list("reason", flat=True)[:500]:
        given[reason] = given.get(reason, 0) + 1
    return sorted(((Reason(reason).label, n) for reason, n in given.items()), key=lambda row: (-row[1], row[0]))


def by_code(code: str) -> Report | None:
    """The report this code belongs to, with its case."""
    plain = "".join(ch for ch in code.upper() if ch.isalnum())
    return Report.objects.filter(code_digest=Report.digest_of(plain)).select_related("case").first()


def shown(code: str) -> str:
    """A code in groups of four, as one writes it down."""
    plain = "".join(ch for ch in code.upper() if ch.isalnum())
    return "-".join(plain[begin : begin + 4] for begin in range(0, len(plain), 4))


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened to a case, in words; who did it is told by the hat."""

    at: datetime
    text: str
    by: str
    note: str


TOLD = {
    "case.opened": "Perkara dibuka",
    "case.claimed": "Diambil untuk diperiksa",
    "case.released": "Dikembalikan ke antrean",
    "case.mended": "KIM: sudah diperbaiki",
    "case.passed_up": "Lewat waktu, naik ke tingkat atas",
    "case.dismissed": "Diputus: tidak melanggar",
    "case.settled": "Diputus: sudah diperbaiki",
    "case.warned": "Diputus: ditegur",
    "case.taken_down": "Diputus: diturunkan",
    "case.restored": "Dipulihkan",
    "case.appealed": "Keberatan diajukan",
    "case.appeal_passed_up": "Keberatan lewat waktu, naik ke tingkat atas",
    "case.upheld": "Keberatan ditolak",
    "case.overturned": "Keberatan diterima",
}


def story_of(case: Case) -> list[Happening]:
    """The story as the page tells it, oldest first."""
    entries = story(case)[:100]
    return [
        Happening(entry.at, TOLD[entry.verb], entry.hat or entry.person_name, entry.data.get("note", ""))
        for entry in entries
        if entry.verb in TOLD
    ]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the public log: no words, no name, no address."""

    kind: str
    reason: str
    level: str
    took: str
    in_time: bool
    standing: Standing
    at: datetime


def log(after: str = "") -> tuple[list[Line], str]:
    """A page of decisions for everybody, newest first, and the mark of the next one."""
    rows = Case.objects.filter(decided_at__isnull=False)
    fields = ("subject", "reason", "decided_code", "opened_at", "decided_at", "is_in_time", "stage")
    found = page(rows.only(*fields), after=after, size=PAGE, keys=LATEST)
    return [_line(case) for case in found], found.next


def _line(case: Case) -> Line:
    return Line(
        kind=kind_label(case.kind),
        reason=case.get_reason_display(),
        level=case.level.label,
        took=spell(case.took or timedelta()),
        in_time=bool(case.is_in_time),
        standing=standing(case),
        at=case.decided_at,
    )


def figures() -> list[LevelFigure]:
    """How the levels decide, as the worker last counted it; from the regency up."""
    order = [Level.REGENCY, Level.PROVINCE, Level.NATION]
    rows = {row.level: row for row in LevelFigure.objects.all()}
    return [rows[level] for level in order if level in rows]


def choices() -> list[tuple[str, str]]:
    """The reasons a person may choose from."""
    return [(reason.value, str(reason.label)) for reason in BY_PEOPLE]
