"""The rows of the sitemaps: (address, day of the last change or nothing)."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from itertools import islice
from zoneinfo import ZoneInfo

from django.db.models import Max, Min

from kim.evaluation.queries import regions_with_kim
from kim.kernel import clock
from kim.publishing import queries as publishing
from kim.publishing.models import Category
from kim.registry import queries as registry
from kim.web.queries.cards import absolute

MOST = 45_000
HOME = ZoneInfo("Asia/Jakarta")
Row = tuple[str, date | None]


def parts() -> list[str]:
    """Addresses of the parts; months from the first news to the last."""
    names = [*FIXED, *(f"kabar-{month:%Y-%m}" for month in _months())]
    return [absolute(f"/sitemap/{name}.xml") for name in names]


def _months() -> Iterator[date]:
    ends = publishing.published().aggregate(first=Min("published_at"), last=Max("published_at"))
    if ends["first"] is None:
        return
    month, last = clock.local(ends["first"]).date().replace(day=1), clock.local(ends["last"]).date()
    while month <= last:
        yield month
        month = _after(month)


def _after(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def news_of(month: date) -> list[Row]:
    """The articles of one month."""
    begin, end = (datetime(day.year, day.month, 1, tzinfo=HOME) for day in (month, _after(month)))
    rows = publishing.published().filter(published_at__gte=begin, published_at__lt=end)
    found = rows.order_by("published_at", "id").values_list(
        "kim__slug", "slug", "short_code", "published_at", "corrected_at"
    )
    return [
        (absolute(f"/{kim}/kabar/{slug}-{short}/"), clock.local(corrected or published).date())
        for kim, slug, short, published, corrected in found[:MOST]
    ]


def kims() -> list[Row]:
    rows = registry.public().order_by("id").values_list("slug", "last_news_at")
    return [(absolute(f"/{slug}/"), clock.local(at).date() if at else None) for slug, at in rows[:MOST]]


def places() -> list[Row]:
    """The places where there is a KIM; all others are reached from them."""
    return [(absolute(f"/wilayah/{code}/"), None) for code in islice(regions_with_kim(), MOST)]


def plain() -> list[Row]:
    fixed = ("/", "/kabar/", "/kim/", "/wilayah/", "/tentang/", "/panduan/", "/pelindungan-data/")
    topics = (f"/kabar/topik/{value}/" for value in Category.values)
    return [(absolute(path), None) for path in (*fixed, *topics)]


FIXED: dict[str, Callable[[], list[Row]]] = {"halaman": plain, "kim": kims, "wilayah": places}
