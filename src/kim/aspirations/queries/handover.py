"""The sheet for SP4N-LAPOR!: their fields in their order, ready to copy, and a text for SMS 1708 (domain.md 4.1)."""

from dataclasses import dataclass
from typing import Protocol

from kim.aspirations.models import Aspiration
from kim.aspirations.workflow import Privacy
from kim.kernel import codes, text
from kim.kernel.dates_id import spell
from kim.regions import queries as regions

SITE = "https://www.lapor.go.id"
SMS = "1708"
# What the forms there take is written in none of our sources; these hold for every SMS and for every title we saw.
LONGEST_TITLE = 100
LONGEST_SMS = 160 * 3 - 21  # three parts, less the header of each


@dataclass(frozen=True, slots=True)
class Line:
    """One field there, with what belongs in it."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything to carry over by hand."""

    lines: list[Line]
    sms: str
    url: str = SITE
    number: str = SMS


class Connection(Protocol):
    """A real connection to LAPOR!, once there is one: sends a sheet, returns the tracking id. None ships today."""

    def send(self, sheet: Sheet) -> str: ...


def lapor_sheet(aspiration: Aspiration) -> Sheet:
    """The fields of the form there. A name goes along only when its reporter lets everybody see it."""
    place = ", ".join(part for part in (aspiration.place, aspiration.region.title, aspiration.region.chain) if part)
    title = text.clip(text.squeeze(aspiration.text), LONGEST_TITLE)
    lines = [
        Line("Klasifikasi", aspiration.get_kind_display()),
        Line("Judul laporan", title),
        Line("Isi laporan", aspiration.text),
        Line("Tanggal kejadian", spell(aspiration.happened_on or aspiration.captured_at.date())),
        Line("Lokasi kejadian", place),
        Line("Instansi tujuan", _body(aspiration)),
        Line("Kategori laporan", aspiration.get_category_display()),
        Line("Pilihan nama", _naming(aspiration)),
    ]
    return Sheet(lines, text.clip(f"{text.squeeze(aspiration.text)} Lokasi: {place}", LONGEST_SMS))


def _body(aspiration: Aspiration) -> str:
    """The office it lies on: an agency's own name, else the government of that place."""
    if aspiration.holder_agency:
        return aspiration.holder_agency.name
    if aspiration.holder_code == codes.NATION:
        return "Pemerintah pusat"
    return f"Pemerintah {regions.get(aspiration.holder_code).title}"


def _naming(aspiration: Aspiration) -> str:
    match aspiration.privacy:
        case Privacy.ANONYMOUS:
            return "Centang “anonim”"
        case Privacy.CONFIDENTIAL:
            return "Centang “rahasia”"
        case _:
            return aspiration.reporter_name or "Atas nama KIM"
