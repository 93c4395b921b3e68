"""The texts of an office's shelf as rows of a spreadsheet, however many there are."""

from collections.abc import Iterator

from kim.accounts.actor import Actor
from kim.doors.paging import walk
from kim.kernel import clock
from kim.kernel.dates_id import spell_short
from kim.publishing.models import Article
from kim.publishing.queries.desk import order_of, visible_to

HEADING = (
    "Judul", "KIM", "Desa/kelurahan", "Wilayah di atasnya", "Kode wilayah", "Topik", "Suara", "Keadaan", "Terbit",
    "Diralat", "Alamat",
)  # fmt: skip
SHOWN = (
    "title", "slug", "short_code", "category", "source", "stage", "published_at", "corrected_at", "edited_at", "kim__name",
    "kim__slug", "region__level", "region__display_name", "region__local_term", "region__chain", "region__time_zone",
)  # fmt: skip


def office_rows(actor: Actor, stages: tuple[str, ...], *, site: str) -> Iterator[list[str]]:
    """The heading, then every text of these stages in the office's region, as the list orders them."""
    yield list(HEADING)
    rows = visible_to(actor).filter(stage__in=stages).select_related(None).select_related("kim", "region").only(*SHOWN)
    for article in walk(rows, keys=order_of(stages)):
        yield _row(article, site)


def _row(article: Article, site: str) -> list[str]:
    region = article.region
    days = [
        clock.local(at, region.time_zone).date() if at else None for at in (article.published_at, article.corrected_at)
    ]
    return [
        article.title,
        article.kim.name,
        region.title,
        region.chain,
        region.code,
        article.get_category_display(),
        article.get_source_display(),
        article.get_stage_display(),
        *(spell_short(day) if day else "" for day in days),
        f"{site}{article.get_absolute_url()}" if article.is_published else "",
    ]
