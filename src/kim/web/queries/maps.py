"""The rows of the sitemaps: (address, day of the last change or nothing), read and sent as they are made.

A part holds at most 45,000 addresses. As long as there are fewer of a kind in all, it is one part (news: one for each
month); from then on news go by the day, KIM and places by the province. Old names of parts go on being answered.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Max, Min

from kim.clarification import queries as clarifications
from kim.dissemination import queries as dissemination
from kim.doors.paging import walk
from kim.evaluation import queries as evaluation
from kim.kernel import clock, codes
from kim.publishing import queries as publishing
from kim.publishing.models import Category
from kim.registry import queries as registry
from kim.web.queries.cards import absolute

MOST = 45_000
HOME = ZoneInfo("Asia/Jakarta")
ADDRESS = ("id", "published_at", "corrected_at", "slug", "short_code", "kim__slug")
Row = tuple[str, date | None]


def parts() -> list[str]:
    """Addresses of the parts; those of news from the first to the last. Nothing is counted: the counters know."""
    figure = evaluation.figure(codes.NATION)
    provinces = [code for code, kims in sorted(evaluation.provinces().items()) if kims]
    places = figure.villages + figure.districts + figure.regencies + figure.provinces
    names = ["halaman"]
    names += [f"kim-{code}" for code in provinces] if figure.kims > MOST else ["kim"]
    names += [f"wilayah-{code}" for code in provinces] if places > MOST else ["wilayah"]
    names += ["info"]
    names += [f"kabar-{name}" for name in _news_parts(by_day=figure.articles > MOST)]
    names += ["hoaks"] if clarifications.answered().exists() else []
    return [absolute(f"/sitemap/{name}.xml") for name in names]


def _news_parts(*, by_day: bool) -> Iterator[str]:
    ends = publishing.published().aggregate(first=Min("published_at"), last=Max("published_at"))
    if ends["first"] is None:
        return
    day, last = (clock.local(ends[end]).date() for end in ("first", "last"))
    while day <= last:
        yield f"{day}" if by_day else f"{day:%Y-%m}"
        day = day + timedelta(days=1) if by_day else _after(day.replace(day=1))
        last = last if by_day else last.replace(day=1)


def _after(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def rows_of(part: str) -> Iterator[Row]:
    """The rows of a part by its name; ValueError for a name that no part has."""
    kind, _, rest = part.partition("-")
    if kind == "kabar":
        found = news(*_span(rest))
    elif kind == "halaman" and not rest:
        found = plain()
    elif kind == "info" and not rest:
        found = packets()
    elif kind == "hoaks" and not rest:
        found = answered()
    elif kind in ("kim", "wilayah") and (not rest or (codes.is_code(rest) and len(rest) == 2)):
        found = (kims if kind == "kim" else places)(rest or codes.NATION)
    else:
        raise ValueError(part)
    return islice(found, MOST)


def _span(name: str) -> tuple[datetime, datetime]:
    """The moments between which a day (`2025-11-03`) or a month (`2025-11`) lies."""
    is_month = len(name) == len("2025-11")
    begin = date.fromisoformat(f"{name}-01" if is_month else name)
    end = _after(begin) if is_month else begin + timedelta(days=1)
    if begin.year not in range(1990, 2200):
        raise ValueError(name)
    first, last = (datetime(day.year, day.month, day.day, tzinfo=HOME) for day in (begin, end))
    return first, last


def news(begin: datetime, end: datetime) -> Iterator[Row]:
    """The articles of a span of time, oldest first."""
    rows = publishing.published().filter(published_at__gte=begin, published_at__lt=end).values(*ADDRESS)
    for row in walk(rows, keys=("published_at", "id")):
        path = f"/{row['kim__slug']}/kabar/{row['slug']}-{row['short_code']}/"
        yield absolute(path), _day(row["corrected_at"] or row["published_at"])


def kims(code: str) -> Iterator[Row]:
    rows = registry.public().within(code).select_related(None).only("slug", "last_news_at", "name")
    for kim in walk(rows, keys=("name", "id")):
        yield absolute(f"/{kim.slug}/"), _day(kim.last_news_at)


def _day(at: Any) -> date | None:
    return clock.local(at).date() if at else None


def answered() -> Iterator[Row]:
    """The library of clarifications, oldest first."""
    return ((absolute(path), _day(at)) for path, at in clarifications.addresses())


def places(code: str) -> Iterator[Row]:
    """The places where there is a KIM; all others are reached from them."""
    return ((absolute(f"/wilayah/{place}/"), None) for place in evaluation.regions_with_kim(code)[:MOST].iterator())


def packets() -> Iterator[Row]:
    """The packets that are out, newest first."""
    for one in walk(dissemination.walk_addresses(), keys=dissemination.NEWEST):
        yield absolute(one.get_absolute_url()), _day(max(one.issued_at, one.edited_at))


def plain() -> Iterator[Row]:
    fixed = (
        "/",
        "/kabar/",
        "/info/",
        "/kim/",
        "/wilayah/",
        "/hoaks/",
        "/hoaks/tanya/",
        "/tentang/",
        "/panduan/",
        "/pelindungan-data/",
    )
    topics = (f"/kabar/topik/{value}/" for value in Category.values)
    return ((absolute(path), None) for path in (*fixed, *topics))
