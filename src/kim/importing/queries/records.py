"""What one row says about a KIM, in our own values; and in plain sentences what it says wrongly."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kim.importing.models import Column, Row
from kim.kernel import cells, clock
from kim.kernel.cells import BadCell
from kim.kernel.dates_id import BadDate, read_date, read_founding, read_period
from kim.kernel.phone import BadPhone
from kim.kernel.text import search_key, squeeze
from kim.registry.models import ChannelKind, Focus, IctLevel, IssuerLevel, Position

SEATS = {
    Column.CHAIR: Position.CHAIR,
    Column.SECRETARY: Position.SECRETARY,
    Column.TREASURER: Position.TREASURER,
    Column.PATRON: Position.PATRON,
}
CHANNELS = {
    Column.WHATSAPP: ChannelKind.WHATSAPP,
    Column.INSTAGRAM: ChannelKind.INSTAGRAM,
    Column.FACEBOOK: ChannelKind.FACEBOOK,
    Column.TIKTOK: ChannelKind.TIKTOK,
    Column.YOUTUBE: ChannelKind.YOUTUBE,
    Column.BLOG: ChannelKind.BLOG,
}
_LIMITS = {Column.KIM_NAME: 120, Column.SECRETARIAT: 300, Column.DECREE_NUMBER: 120, Column.DECREE_OFFICE: 160}
_PERSON, _ADDRESS = 120, 200
_SOCIAL = (
    (ChannelKind.INSTAGRAM, r"instagram|\big\b"), (ChannelKind.FACEBOOK, r"facebook|\bfb\b|fanpage"),
    (ChannelKind.TIKTOK, r"tik ?tok"), (ChannelKind.YOUTUBE, r"youtu|\byt\b"), (ChannelKind.WHATSAPP, r"whatsapp|\bwa\b|wa\.me"),
    (ChannelKind.BLOG, r"https?://|www\.|blogspot|wordpress|\.(?:id|com|net|org)\b"),
)  # fmt: skip
_ISSUERS = (
    (IssuerLevel.OFFICE, r"dinas|kominfo"), (IssuerLevel.REGENCY, r"bupati|wali ?kota"), (IssuerLevel.DISTRICT, r"\bcamat\b"),
)  # fmt: skip
_FOCUSES = (
    (Focus.UMKM, r"umkm|ekonomi|usaha|pasar"), (Focus.FARM, r"tani|ikan|ternak|kebun"), (Focus.TOURISM, r"wisata"),
    (Focus.CULTURE, r"seni|budaya"), (Focus.LITERACY, r"literasi|pendidikan|baca"), (Focus.HEALTH, r"sehat|posyandu"),
    (Focus.ENVIRONMENT, r"lingkungan|sampah"),
)  # fmt: skip


@dataclass(slots=True)
class Record:
    """A row in our own words. `problems` keep it from being written, `remarks` do not."""

    name: str = ""
    details: dict[str, Any] = field(default_factory=dict)
    decree: dict[str, Any] = field(default_factory=dict)
    board: dict[str, str] = field(default_factory=dict)
    phone: str = ""
    members: list[str] = field(default_factory=list)
    member_count: int | None = None
    channels: list[tuple[ChannelKind, str]] = field(default_factory=list)
    problems: list[dict[str, Any]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def object_to(self, column: Column, text: str, choices: list[list[str]] | None = None) -> None:
        self.problems.append({"column": column.value, "text": text, "choices": choices or []})


def name_key(name: str) -> str:
    """`KIM Telaga Ngebel` and `TELAGA NGEBEL` share a key."""
    return (
        search_key(name)
        .removeprefix("kelompokinformasimasyarakat")
        .removeprefix("komunitasinformasimasyarakat")
        .removeprefix("kim")
    )


def read_row(row: Row, columns: dict[str, int]) -> Record:
    """Everything but the village."""
    record = Record()

    def said(column: Column) -> str:
        text = row.said(columns, column)
        return "" if cells.is_empty(text) else text

    record.name = _calm(_short(record, Column.KIM_NAME, said(Column.KIM_NAME)))
    if not name_key(record.name):
        record.object_to(Column.KIM_NAME, "Nama KIM masih kosong.")
    _read_details(record, said)
    _read_decree(record, said)
    _read_people(record, said)
    _read_channels(record, said)
    if Column.ICT not in columns and record.channels:
        record.details["ict_level"] = IctLevel.ICT
    return record


def _read_details(record: Record, said: Callable[[Column], str]) -> None:
    if address := _short(record, Column.SECRETARIAT, said(Column.SECRETARIAT)):
        record.details["secretariat"] = address
    if (founded := _read(record, Column.FOUNDED, said, read_founding)) and _is_past(record, Column.FOUNDED, founded):
        record.details["founded_on"] = founded
    if words := said(Column.FOCUS).lower():
        record.details["focus"] = _first(_FOCUSES, words) or Focus.PUBLIC
    if words := said(Column.ICT).lower():
        on_paper = re.search(r"manual|kertas|papan|non|belum|tidak|konvensional", words)
        record.details["ict_level"] = IctLevel.PAPER if on_paper else IctLevel.ICT


def _read_decree(record: Record, said: Callable[[Column], str]) -> None:
    number = _short(record, Column.DECREE_NUMBER, said(Column.DECREE_NUMBER))
    issued = _read(record, Column.DECREE_DATE, said, read_date)
    since, until = _read(record, Column.DECREE_UNTIL, said, read_period) or (None, None)
    if not (number or issued or until):
        return
    if issued:
        _is_past(record, Column.DECREE_DATE, issued)
    if until and (begins := issued or since) and until < begins:
        record.object_to(Column.DECREE_UNTIL, "SK berakhir sebelum tanggal mulainya. Periksa kedua tanggal.")
    elif until and until < clock.today():
        record.remarks.append("Masa berlaku SK ini sudah lewat.")
    if not number:
        record.remarks.append("SK ini belum bernomor.")
    office = _short(record, Column.DECREE_OFFICE, said(Column.DECREE_OFFICE))
    level = _first(_ISSUERS, office.lower()) or IssuerLevel.VILLAGE
    record.decree = {"number": number, "issued_on": issued, "valid_from": since or issued, "valid_until": until}
    record.decree |= {"issuer_office": office, "issuer_level": level}


def _read_people(record: Record, said: Callable[[Column], str]) -> None:
    for column, position in SEATS.items():
        name = squeeze(said(column))
        if len(name) > _PERSON:
            record.object_to(column, f"{column.label} paling panjang {_PERSON} huruf.")
        elif name and not re.search(r"[^\W\d_]{2}", name):
            record.object_to(column, f"“{name[:40]}” tidak seperti nama orang.")
        elif name:
            record.board[position] = name
    record.phone = _read(record, Column.PHONE, said, cells.read_phone) or ""
    if record.phone and Position.CHAIR not in record.board and not record.problems:
        record.remarks.append("Nomor HP tidak ikut ditulis karena nama ketuanya kosong.")
    record.members = [name for name in cells.read_names(said(Column.MEMBERS)) if len(name) <= _PERSON]
    record.member_count = _read(record, Column.MEMBER_COUNT, said, cells.read_count)


def _read_channels(record: Record, said: Callable[[Column], str]) -> None:
    for column, kind in CHANNELS.items():
        if address := squeeze(said(column)):
            if len(address) > _ADDRESS:
                record.object_to(column, f"{column.label} paling panjang {_ADDRESS} huruf.")
            else:
                record.channels.append((kind, address))
    for part in re.split(r"[;,\n]+", said(Column.SOCIAL)):
        words = squeeze(part)[:_ADDRESS]
        kind = _first(_SOCIAL, words.lower())
        if kind:
            record.channels.append((kind, words))
        elif words:
            record.remarks.append(f"Media sosial “{words[:40]}” belum jelas jenisnya, jadi tidak ikut ditulis.")


def _read(record: Record, column: Column, said: Callable[[Column], str], reader: Callable[[str], Any]) -> Any:
    """The value of a cell, None when it is empty; a reader's objection becomes a problem of that column."""
    text = said(column)
    if not text:
        return None
    try:
        return reader(text)
    except (BadCell, BadDate, BadPhone) as error:
        record.object_to(column, str(error))
        return None


def _short(record: Record, column: Column, text: str) -> str:
    words = squeeze(text)
    if len(words) > _LIMITS[column]:
        record.object_to(column, f"{column.label} paling panjang {_LIMITS[column]} huruf.")
        return words[: _LIMITS[column]]
    return words


def _is_past(record: Record, column: Column, day: date) -> bool:
    if day <= clock.today():
        return True
    record.object_to(column, f"{column.label} belum terjadi. Periksa tahunnya.")
    return False


def _first(table: tuple[tuple[Any, str], ...], words: str) -> Any:
    return next((value for value, pattern in table if words and re.search(pattern, words)), None)


def _calm(name: str) -> str:
    """A name in capitals as a name; `KIM` and Roman numerals stay tall."""
    if not name.isupper() or len(name) < 5:
        return name
    return " ".join(word if re.fullmatch(r"KIM|[IVX]+", word) else word.capitalize() for word in name.split(" "))
