"""The list of an office as rows of a spreadsheet, however long it is."""

from collections.abc import Iterator

from kim.accounts.actor import Actor
from kim.doors.paging import walk
from kim.kernel import clock
from kim.kernel.dates_id import spell_short
from kim.registry.models import Kim
from kim.registry.queries.desk import narrowed
from kim.registry.queries.standing import activity_status, legal_status

HEADING = (
    "Nama KIM", "Nomor registrasi", "Desa/kelurahan", "Wilayah di atasnya", "Kode wilayah", "SK", "Nomor SK",
    "SK berlaku sampai", "Kabar", "Kabar terakhir", "Jumlah kabar terbit", "WhatsApp untuk umum", "Alamat situs",
    "Terdaftar sejak",
)  # fmt: skip
WIDTHS = (30, 24, 26, 44, 16, 24, 24, 18, 24, 16, 12, 18, 30, 16)
SHOWN = (
    "name", "registry_number", "slug", "last_news_at", "published_count", "public_phone", "registered_at",
    "region__level", "region__display_name", "region__local_term", "region__chain", "region__time_zone",
)  # fmt: skip


def office_rows(
    actor: Actor, *, legal: str = "", activity: str = "", within: str = "", site: str
) -> Iterator[list[str]]:
    """The heading, then every KIM of the office's list by name, narrowed as the page is. `site` begins the addresses."""
    yield list(HEADING)
    rows = narrowed(actor, legal=legal, activity=activity, within=within).only(*SHOWN)
    today = clock.today()
    for kim in walk(rows, keys=("name", "id")):
        yield [
            kim.name,
            kim.registry_number or "",
            kim.region.title,
            kim.region.chain,
            kim.region_id,
            legal_status(kim, today).text,
            kim.decree_number or "",
            spell_short(kim.decree_until) if kim.decree_until else "",
            activity_status(kim, today).text,
            _day(kim, kim.last_news_at),
            str(kim.published_count),
            kim.public_phone_said,
            f"{site}/{kim.slug}/",
            _day(kim, kim.registered_at),
        ]


def _day(kim: Kim, at) -> str:
    return spell_short(clock.local(at, kim.region.time_zone).date()) if at else ""
