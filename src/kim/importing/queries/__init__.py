"""Reading the lists: which an office may see, their pages of rows, and what will happen to each row."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, QuerySet

from kim.accounts.actor import Actor
from kim.accounts.models import OFFICES
from kim.doors.paging import Page, page
from kim.importing.models import Batch, Column, Row
from kim.importing.workflow import Outcome, Stage
from kim.kernel.spreadsheet import Grid

PAGE = 50
FILTERS: dict[str, tuple[str, tuple[str, ...]]] = {
    "semua": ("Semua", ()),
    "salah": ("Perlu dibetulkan", (Outcome.ERROR,)),
    "baru": ("KIM baru", (Outcome.NEW,)),
    "lengkapi": ("Dilengkapi", (Outcome.UPDATE,)),
    "lewati": ("Dilewati", (Outcome.SKIP, Outcome.IGNORED)),
    "tertulis": ("Sudah ditulis", (Outcome.WRITTEN,)),
}
SAMPLES = 3


def visible_to(actor: Actor) -> QuerySet[Batch]:
    """The lists of this office's own region and what lies under it; none for any other hat."""
    rows = Batch.objects.select_related("region", "owner").exclude(stage=Stage.DISCARDED)
    return rows.within(actor.region_code) if actor.wears(*OFFICES) else rows.none()


def recent(actor: Actor, after: str = "") -> Page:
    """The lists, newest first."""
    return page(visible_to(actor), after=after, size=20, keys=("-created_at", "-id"))


def earlier(region_code: str, sha256: str) -> Batch | None:
    """The same file, brought before for the same region."""
    same = Batch.objects.filter(region_id=region_code, sha256=sha256).exclude(stage=Stage.DISCARDED)
    return same.order_by("-created_at").first()


def remembered(region_code: str, header: Iterable[str]) -> dict[str, str]:
    """What an officer of this region said last of a heading with the same words: heading → Column."""
    before = Batch.objects.filter(region_id=region_code).exclude(mapping={}).order_by("-created_at").first()
    if before is None or not set(before.header) & set(header):
        return {}
    return {before.header[int(at)]: what for at, what in before.mapping.items() if int(at) < len(before.header)}


def samples(batch: Batch) -> list[list[str]]:
    """Per column the first few values that differ."""
    found: list[list[str]] = [[] for _ in batch.header]
    for cells in batch.rows.order_by("number").values_list("cells", flat=True)[:60]:
        for at, text in enumerate(cells[: len(found)]):
            if text and text not in found[at] and len(found[at]) < SAMPLES:
                found[at].append(text)
    return found


def rows(batch: Batch, show: str = "semua", after: str = "") -> Page:
    """A page of rows in the order of the sheet, narrowed by what will happen to them."""
    outcomes = FILTERS.get(show, FILTERS["semua"])[1]
    found = batch.rows.filter(outcome__in=outcomes) if outcomes else batch.rows.all()
    return page(found, after=after, size=PAGE, keys=("number",))


def faulty_row(batch: Batch, number: int) -> Row:
    """One row of the list that has to be put right; raises Row.DoesNotExist."""
    return batch.rows.get(number=number, outcome=Outcome.ERROR)


def counted(batch: Batch) -> dict[str, int]:
    """How many rows of each outcome."""
    return dict(batch.rows.order_by().values_list("outcome").annotate(number=Count("id")))


def tabs(batch: Batch, show: str) -> list[dict[str, object]]:
    """The filters with their numbers; those with nothing in them are left out."""
    found = []
    for key, (label, outcomes) in FILTERS.items():
        number = sum(batch.counts.get(outcome, 0) for outcome in outcomes or Outcome.values)
        if number or key == "semua":
            found.append({"key": key, "label": label, "number": number, "is_current": key == show})
    return found


def progress(batch: Batch) -> tuple[int, int]:
    """How many rows are written, of how many that were to be."""
    counts = counted(batch)
    written = counts.get(Outcome.WRITTEN, 0)
    return written, written + counts.get(Outcome.NEW, 0) + counts.get(Outcome.UPDATE, 0)


def waiting() -> QuerySet[Batch]:
    """Confirmed lists that the worker has to write, the longest waiting first."""
    return Batch.objects.filter(stage=Stage.CONFIRMED).order_by("confirmed_at", "id")


def to_correct(batch: Batch) -> Grid:
    """The faulty rows as they stand now, with the list's own heading and a column of what is wrong."""
    columns = batch.columns
    place = {position: what for what, position in columns.items()}
    extra = {
        what
        for cells in batch.rows.filter(outcome=Outcome.ERROR).values_list("corrections", flat=True)
        for what in cells
    }
    added = [what for what in Column.values if what in extra - columns.keys()]
    grid = [["Yang perlu dibetulkan", *batch.header, *(Column(what).label for what in added)]]
    for row in batch.rows.filter(outcome=Outcome.ERROR).order_by("number"):
        cells = row.cells + [""] * (len(batch.header) - len(row.cells))
        now = [row.corrections.get(place.get(at, ""), text) for at, text in enumerate(cells)]
        wrong = " ".join(problem["text"] for problem in row.problems)
        grid.append([wrong, *now, *(row.corrections.get(what, "") for what in added)])
    return grid


def batch_of(batch_id: UUID, actor: Actor) -> Batch:
    """One list the office may see; raises Batch.DoesNotExist."""
    return visible_to(actor).get(pk=batch_id)


def people_of(batch_id: str) -> list[UUID]:
    """Who brought a list and who confirmed it, each once."""
    people = Batch.objects.filter(pk=batch_id).values_list("owner_id", "confirmed_by_id").first() or ()
    return list(dict.fromkeys(person for person in people if person))
