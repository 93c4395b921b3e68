"""What a KIM and an office see: claims of their area by stage, one of them, what was sent in, what KIM found out."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from kim.accounts.actor import Actor
from kim.accounts.models import KIM_ROLES, OFFICES, Role
from kim.accounts.queries import in_force
from kim.clarification.models import Check, CheckPoint, Claim, Found, Handout, Pulse, Report, Sighting, Suggestion
from kim.clarification.policies import area_of
from kim.clarification.workflow import Stage, State
from kim.doors.paging import Page, page
from kim.kernel import codes, personal, text
from kim.ledger import queries as ledger
from kim.ledger.models import Entry
from kim.media.models import Upload

SIZE = 20
LATELY, MOST_SHOWN = 60, 10  # reports of a claim that are looked at, different ones that are shown
BOARDS = (Role.BOARD, Role.EDITOR)
FEW_AT_ONCE = 3  # new questions of one village within an hour that its KIM is told of one by one
UNTOLD = ("claim.told", "claim.joined", "claim.opened", "claim.checked_back")


@dataclass(frozen=True, slots=True)
class Shelf:
    """One pile of a desk."""

    key: str
    label: str
    stage: str
    empty: str


OFFICE_SHELVES = (
    Shelf("", "Menunggu putusan", Stage.SENT, "Tidak ada yang menunggu putusan."),
    Shelf("baru", "Baru", Stage.ASKED, "Tidak ada pertanyaan baru."),
    Shelf("dicek", "Dicek KIM", Stage.CHECKED, "Tidak ada yang sedang dicek KIM."),
    Shelf("dijawab", "Dijawab", Stage.ANSWERED, "Belum ada yang dijawab."),
    Shelf("ditarik", "Ditarik", Stage.WITHDRAWN, "Tidak ada jawaban yang ditarik."),
    Shelf("sisih", "Tidak dicek", Stage.SET_ASIDE, "Tidak ada yang disisihkan."),
    Shelf("digabung", "Digabung", Stage.FOLDED, "Tidak ada yang digabung."),
)
KIM_SHELVES = (
    Shelf("", "Baru", Stage.ASKED, "Tidak ada pertanyaan baru dari warga."),
    Shelf("dicek", "Sedang dicek", Stage.CHECKED, "Tidak ada yang sedang dicek."),
    Shelf("dikirim", "Menunggu Diskominfo", Stage.SENT, "Tidak ada yang menunggu putusan."),
    Shelf("dijawab", "Dijawab", Stage.ANSWERED, "Belum ada yang dijawab."),
)


def shelf_of(shelves: tuple[Shelf, ...], key: str) -> Shelf:
    return next((one for one in shelves if one.key == key), shelves[0])


def visible_to(actor: Actor) -> QuerySet[Sighting]:
    """The sightings in the one place a hat looks at, so each claim once."""
    rows = Sighting.objects.select_related("claim")
    if actor.wears(*OFFICES, *KIM_ROLES) and area_of(actor):
        return rows.filter(region_id=area_of(actor))
    return rows.none()


def desk(actor: Actor, shelf: Shelf, *, is_own_village: bool = False, after: str = "") -> Page:
    """A page of one pile, last heard first; a KIM may look at its own village alone."""
    rows = visible_to(actor)
    if is_own_village and actor.wears(*KIM_ROLES):
        rows = Sighting.objects.select_related("claim").filter(region_id=actor.region_code)
    found = page(rows.filter(stage=shelf.stage), after=after, size=SIZE, keys=("-heard_at", "-id"))
    return Page(_rows(found.items), found.next)


@dataclass(frozen=True, slots=True)
class Row:
    """A claim in a pile: how often it was asked there, and a line that says what it is about."""

    claim: Claim
    stage: str
    reports_count: int
    heard_at: datetime
    words: str
    report: Report | None


def _rows(seen: list[Sighting]) -> list[Row]:
    """Those that have no public words yet are shown by the newest they were asked in."""
    ids = [one.claim_id for one in seen if not one.claim.title]
    newest = (
        Report.objects.filter(claim__in=ids).order_by("claim", "-at", "-id").distinct("claim").select_related("region")
    )
    reports = {report.claim_id: report for report in newest}
    return [
        Row(one.claim, one.stage, one.reports_count, one.heard_at, summary(reports.get(one.claim_id), one.claim),
            reports.get(one.claim_id))
        for one in seen
    ]  # fmt: skip


def summary(report: Report | None, claim: Claim) -> str:
    """A line that says what it is about; personal numbers are left out."""
    if claim.title or report is None:
        return str(claim)
    said = personal.hidden(" ".join((report.text or report.link).split()))[:140]
    return said or ("Foto tanpa keterangan" if report.photo_id else "Rekaman suara tanpa keterangan")


def claim_for(actor: Actor, claim_id: UUID) -> Claim:
    """A claim this desk may see: asked about in its area, or handed to its KIM; raises Claim.DoesNotExist."""
    rows = Claim.objects.select_related("office")
    if visible_to(actor).filter(claim_id=claim_id).exists() or handout_of(actor, claim_id):
        return rows.get(id=claim_id)
    raise Claim.DoesNotExist


def here(actor: Actor, claim: Claim) -> Sighting | None:
    """How often it was asked in the actor's area."""
    return visible_to(actor).filter(claim=claim).first()


@dataclass(frozen=True, slots=True)
class Sent:
    """What somebody sent in, and how often exactly that came lately."""

    report: Report
    times: int


def reports_of(claim: Claim, actor: Actor) -> list[Sent]:
    """The newest of what was sent in from the actor's area, each wording once; a KIM reads them without numbers of people."""
    rows = claim.reports.select_related("region", "photo", "voice").order_by("-at", "-id")
    area = area_of(actor)
    rows = rows if area == codes.NATION else rows.filter(region__code__startswith=area)
    found = list(rows[:LATELY])
    times = Counter(report.digest for report in found)
    shown = {report.digest: report for report in reversed(found)}
    for report in shown.values() if not actor.wears(*OFFICES) else ():
        report.text = personal.hidden(report.text)
    newest = sorted(shown.values(), key=lambda report: (report.at, report.id), reverse=True)
    return [Sent(report, times[report.digest]) for report in newest[:MOST_SHOWN]]


def file_of(actor: Actor, claim_id: UUID, upload_id: UUID) -> Upload:
    """A photo or a recording that was sent in with a claim this desk may see; raises Upload.DoesNotExist."""
    claim = claim_for(actor, claim_id)
    sent = {one for row in reports_of(claim, actor) for one in (row.report.photo_id, row.report.voice_id)}
    if upload_id not in sent:
        raise Upload.DoesNotExist
    return Upload.objects.get(id=upload_id)


@dataclass(frozen=True, slots=True)
class Point:
    """One line of a checklist as it is read."""

    label: str
    found: str
    found_label: str
    note: str


def points_of(check: Check) -> list[Point]:
    """Every point, also those nobody has looked at yet."""
    said = {point: check.points.get(point, ["", ""]) for point in CheckPoint.values}
    return [
        Point(str(CheckPoint(point).label), found, str(Found(found).label), note)
        for point, (found, note) in said.items()
    ]


def checks_of(claim: Claim) -> list[tuple[Check, list[Point]]]:
    """What KIM found out, newest first."""
    rows = claim.checks.select_related("kim", "by").order_by("-at", "-id")[:20]
    return [(check, points_of(check)) for check in rows]


def own_check(actor: Actor, claim: Claim) -> Check | None:
    return claim.checks.filter(kim_id=actor.kim_id).first() if actor.kim_id else None


def handouts(actor: Actor, *, after: str = "") -> Page:
    """The clarifications that came to the own KIM, newest first."""
    rows = Handout.objects.select_related("claim", "claim__office")
    rows = rows.filter(kim_id=actor.kim_id) if actor.wears(*KIM_ROLES) and actor.kim_id else rows.none()
    return page(rows, after=after, size=SIZE, keys=("-at", "-id"))


def handout_of(actor: Actor, claim_id: UUID) -> Handout | None:
    """The own KIM's copy, if it has one."""
    if not (actor.wears(*KIM_ROLES) and actor.kim_id):
        return None
    rows = Handout.objects.filter(kim_id=actor.kim_id, claim_id=claim_id)
    return rows.select_related("claim", "kim", "region").first()


def suggestions(state: str = State.NEW, *, after: str = "") -> Page:
    """What the fact-checker published, newest first."""
    rows = Suggestion.objects.filter(state=state if state in State.values else State.NEW)
    return page(rows, after=after, size=SIZE, keys=("-came_at", "-id"))


def suggestion(suggestion_id: UUID) -> Suggestion:
    return Suggestion.objects.get(id=suggestion_id)


def suggestion_of(claim: Claim) -> Suggestion | None:
    """The suggestion that began this claim, or was found for it."""
    return Suggestion.objects.filter(claim=claim).order_by("-came_at").first()


def pulse() -> Pulse | None:
    return Pulse.objects.filter(pk=1).first()


def journey(claim: Claim) -> list[Entry]:
    """What was done with it, newest first; the portions of telling and the repeated questions are left out."""
    rows = ledger.timeline(claim.key).exclude(verb__in=UNTOLD).order_by("-at", "-id")
    return list(rows[:60])


def boards_of_village(code: str) -> list[UUID]:
    """The boards of the KIM of exactly this village."""
    hats = in_force().filter(region_id=code, role__in=BOARDS).exclude(kim_id=None).order_by()
    return list(hats.values_list("person_id", flat=True).distinct())


def boards_of(kims: list[str]) -> list[UUID]:
    hats = in_force().filter(kim_id__in=kims, role__in=BOARDS).order_by()
    return list(hats.values_list("person_id", flat=True).distinct())


def words_of(claim_id: str) -> str:
    """A few words of what was asked first, for a note to a KIM; personal numbers are left out."""
    claim = Claim.objects.get(id=claim_id)
    first = claim.reports.order_by("at", "id").first()
    return text.clip(summary(first, claim), 80)


def is_crowded(code: str, at: datetime) -> bool:
    """Whether so much was asked there lately that the desk is enough to see it: nobody is rung up two hundred times."""
    lately = Sighting.objects.filter(
        region_id=code, stage=Stage.ASKED, heard_at__gt=at - timedelta(hours=1), heard_at__lte=at
    )
    return len(lately.values_list("id")[: FEW_AT_ONCE + 1]) > FEW_AT_ONCE
