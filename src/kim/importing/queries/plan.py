"""The dry run: what will happen to each row, said before anything is written."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.db.models import Prefetch

from kim.importing.models import Batch, Column, Row
from kim.importing.queries.records import Record, name_key, read_row
from kim.importing.queries.villages import Found, Village, Villages
from kim.importing.workflow import Outcome
from kim.kernel import cells
from kim.kernel.dates_id import spell
from kim.kernel.places_id import PlaceWords, bare_name, read_code, read_place
from kim.kernel.text import search_key
from kim.registry.models import BoardSeat, Decree, Kim, Member, Position
from kim.registry.workflow import DecreeStage
from kim.registry.workflow import Stage as KimStage

_TOTAL = re.compile(r"(?:sub ?|grand ?)?(?:jumlah|total|jml)\b|rekap", re.IGNORECASE)
_SECTION = re.compile(r"(?:[A-Z0-9]{1,4}[.)]\s*)?((?:kecamatan|kec|distrik|kapanewon|kemantren)\b.*)", re.IGNORECASE)
_UNDECIDED = {KimStage.SUBMITTED, KimStage.RETURNED}
_LABELS = {
    "secretariat": Column.SECRETARIAT.label, "founded_on": "Tanggal berdiri", "focus": Column.FOCUS.label,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """A KIM of the register with everything a row may complete. Accepted SK stand newest first."""

    kim: Kim
    accepted: list[Decree]
    seated: dict[str, str]
    members: set[str]
    channels: set[tuple[str, str]]

    def has_number(self, number: str) -> bool:
        return any(search_key(one.number) == number for one in self.accepted)


@dataclass(slots=True)
class Plan:
    """A row with its fate. `changes` is what an existing KIM lacks and the row knows, in words."""

    row: Row
    record: Record
    outcome: str = Outcome.ERROR
    village: Village | None = None
    kim_id: UUID | None = None
    above: str = ""
    changes: list[str] = field(default_factory=list)

    def keep(self) -> None:
        """Put the fate on the row (not saved)."""
        self.row.outcome, self.row.problems = self.outcome, self.record.problems
        self.row.kim_id = self.kim_id
        self.row.plan = {
            "name": self.record.name,
            "village": self.village.title if self.village else "",
            "changes": self.changes,
            "remarks": self.record.remarks,
            "above": self.above,
        }


def plan_rows(batch: Batch, rows: Iterable[Row], *, in_order: bool = True) -> list[Plan]:
    """The fate of these rows, as the register stands now.

    `in_order` is for the whole list: headings between rows and repeated rows are then seen. For a part of the
    list the kecamatan above each row is taken from its last plan.
    """
    columns = batch.columns
    plans = list(_read(rows, columns, in_order=in_order))
    living = [plan for plan in plans if plan.outcome != Outcome.IGNORED]
    places = {plan.row.pk: _place(plan, columns) for plan in living}
    villages = Villages(batch.region, places.values())
    for plan in living:
        _settle(plan, villages.resolve(places[plan.row.pk]), places[plan.row.pk])
    register = _register({plan.village.code for plan in living if plan.village})
    seen: dict[tuple[str, str], int] = {}
    for plan in living:
        _decide(plan, register)
        if plan.village and plan.outcome in (Outcome.NEW, Outcome.UPDATE) and in_order:
            _once(plan, seen)
    return plans


def _read(rows: Iterable[Row], columns: dict[str, int], *, in_order: bool) -> Iterator[Plan]:
    section = filled_down = ""
    for row in rows:
        heading = _section(row)
        if heading is not None or _is_no_kim(row, columns):
            section, filled_down = (heading or section), ("" if heading else filled_down)
            yield Plan(row, Record(remarks=[_why_ignored(heading)]), outcome=Outcome.IGNORED)
            continue
        filled_down = row.said(columns, Column.DISTRICT) or filled_down
        above = (filled_down or section) if in_order else row.plan.get("above", "")
        yield Plan(row, read_row(row, columns), above=above)


def _section(row: Row) -> str | None:
    """The kecamatan that a row of one or two cells announces for the rows below it."""
    texts = [text for text in row.cells if text]
    if row.corrections or len(texts) > 2:
        return None
    found = [match[1] for match in map(_SECTION.fullmatch, texts) if match]
    return bare_name(found[0]) if found else None


def _is_no_kim(row: Row, columns: dict[str, int]) -> bool:
    """Totals, signatures and notes below the table."""
    first = next((text for text in row.cells if text), "")
    name, place = (
        row.said(columns, Column.KIM_NAME),
        row.said(columns, Column.VILLAGE) or row.said(columns, Column.CODE),
    )
    if cells.is_empty(name) and cells.is_empty(place):
        return True
    return bool(_TOTAL.match(first)) and (cells.is_empty(name) or cells.is_empty(place) or first in (name, place))


def _why_ignored(heading: str | None) -> str:
    return (
        "Judul kecamatan untuk baris di bawahnya."
        if heading
        else "Bukan baris KIM: jumlah, tanda tangan, atau catatan."
    )


def _place(plan: Plan, columns: dict[str, int]) -> PlaceWords:
    row = plan.row
    words = read_place(row.said(columns, Column.VILLAGE))
    chosen = read_code(row.corrections.get(Column.CODE, ""))
    if chosen:
        return PlaceWords(code=chosen)
    code = words.code or read_code(row.said(columns, Column.CODE))
    district = words.district or bare_name(row.said(columns, Column.DISTRICT) or plan.above)
    regency = words.regency or bare_name(row.said(columns, Column.REGENCY))
    return replace(words, code=code, district=district, regency=regency)


def _settle(plan: Plan, found: Found, words: PlaceWords) -> None:
    plan.village = found.village
    if not (words.code or words.village):
        plan.record.object_to(Column.VILLAGE, "Desa/kelurahan masih kosong.")
    elif found.village is None:
        plan.record.object_to(Column.VILLAGE, found.problem, [village.choice for village in found.choices])


def _register(codes: set[str]) -> dict[str, list[Known]]:
    """What the register knows of these villages, by village code; drafts and refused ones left out."""
    accepted = Decree.objects.filter(stage=DecreeStage.ACCEPTED).order_by("-issued_on", "-id")
    kims = Kim.objects.filter(region_id__in=codes).exclude(stage__in=(KimStage.DRAFT, KimStage.REFUSED))
    kims = kims.order_by("id").prefetch_related(
        Prefetch("decrees", accepted),
        Prefetch("seats", BoardSeat.objects.filter(until=None).order_by("id")),
        Prefetch("members", Member.objects.filter(left_on=None).order_by("id")),
        "channels",
    )
    found: dict[str, list[Known]] = defaultdict(list)
    for kim in kims:
        found[str(kim.region_id)].append(_known(kim))
    return found


def _known(kim: Kim) -> Known:
    return Known(
        kim,
        accepted=list(kim.decrees.all()),
        seated={seat.position: seat.name for seat in kim.seats.all()},
        members={search_key(member.name) for member in kim.members.all()},
        channels={(channel.kind, channel.address.lower()) for channel in kim.channels.all()},
    )


def _decide(plan: Plan, register: dict[str, list[Known]]) -> None:
    record = plan.record
    if plan.village is None:
        return
    here = register.get(plan.village.code, [])
    known = _same(record, here)
    plan.kim_id = known.kim.pk if known else None
    if known and known.kim.stage in _UNDECIDED:
        record.object_to(Column.KIM_NAME, "KIM ini sedang menunggu verifikasi. Putuskan dulu di Verifikasi KIM.")
    elif known and known.kim.stage == KimStage.DISSOLVED:
        record.object_to(Column.KIM_NAME, "KIM ini tercatat sudah bubar. Hapus barisnya atau pakai nama lain.")
    if record.problems:
        return
    if known is None:
        plan.outcome = Outcome.NEW
        if others := [one.kim.name for one in here if one.kim.stage == KimStage.REGISTERED]:
            record.remarks.append(f"Desa ini sudah punya KIM lain: {', '.join(others[:3])}.")
        return
    _leave_what_is_there(record, known)
    plan.changes = list(_changes(record))
    plan.outcome = Outcome.UPDATE if plan.changes else Outcome.SKIP


def _same(record: Record, here: list[Known]) -> Known | None:
    """The KIM of this village with the same SK number, else with the same name."""
    number = search_key(record.decree.get("number", ""))
    by_number = [known for known in here if number and known.has_number(number)]
    by_name = [known for known in here if name_key(known.kim.name) == name_key(record.name)]
    both = [known for known in by_number if known in by_name]
    return next(iter([*both, *by_number, *by_name]), None)


def _leave_what_is_there(record: Record, known: Known) -> None:
    """Take from the record what the KIM already has; what it says otherwise is left as the KIM has it, and said."""
    kim, seated = known.kim, known.seated
    if name_key(kim.name) != name_key(record.name):
        record.remarks.append(f"Nama di daftar lain dari nama terdaftar: {kim.name}. Nama terdaftar tidak diganti.")
    record.details = {name: value for name, value in record.details.items() if not getattr(kim, name)}
    said = record.board.items()
    if kept := [where for where, name in said if search_key(seated.get(where, name)) != search_key(name)]:
        labels = ", ".join(Position(position).label.lower() for position in kept)
        record.remarks.append(f"Pengurus yang sudah tercatat tidak diganti: {labels}.")
    record.board = {position: name for position, name in said if position not in seated}
    if Position.CHAIR not in record.board:
        record.phone = ""
    joined = known.members | {search_key(name) for name in record.board.values()}
    record.members = [name for name in record.members if search_key(name) not in joined]
    record.channels = [one for one in record.channels if (one[0], one[1].lower()) not in known.channels]
    if not _is_news(record.decree, known):
        record.decree = {}


def _is_news(decree: dict[str, Any], known: Known) -> bool:
    """Whether the list knows an SK that the register does not: another number that is not older, or the first one."""
    if not decree:
        return False
    if not known.accepted:
        return True
    number, newest = search_key(decree["number"]), known.accepted[0]
    if not number or known.has_number(number):
        return False
    return bool(decree["issued_on"] and newest.issued_on and decree["issued_on"] > newest.issued_on)


def _changes(record: Record) -> Iterator[str]:
    """What will be filled in, in the words of the form."""
    yield from (_LABELS[name] for name in record.details if name in _LABELS)
    if record.decree:
        issued = record.decree["issued_on"]
        yield " ".join(filter(None, ["SK", record.decree["number"], f"tanggal {spell(issued)}" if issued else ""]))
    yield from (f"{Position(position).label}: {name}" for position, name in record.board.items())
    if record.members:
        yield f"{len(record.members)} nama anggota"
    yield from (f"{kind.label}: {address}" for kind, address in record.channels)


def _once(plan: Plan, seen: dict[tuple[str, str], int]) -> None:
    """The second of two rows that mean the same KIM is left out."""
    identities = [("nama", name_key(plan.record.name)), ("sk", search_key(plan.record.decree.get("number", "")))]
    keys = [(plan.village.code, f"{kind}:{value}") for kind, value in identities if value]
    before = next((seen[key] for key in keys if key in seen), None)
    if before is not None:
        plan.outcome, plan.changes = Outcome.SKIP, []
        plan.record.remarks.append(f"Sama dengan baris {before}, jadi cukup ditulis sekali.")
    for key in keys:
        seen.setdefault(key, plan.row.number)
