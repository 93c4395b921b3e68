"""The plans of the hottest questions, as text: a change of one is seen, and none ever reads a big table from end to end.

`KIM_WRITE_PLANS=1` with this file writes them anew.
"""

import os
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from psycopg import ClientCursor

from accounts.factories import actor
from kim.accounts.actor import Actor
from kim.accounts.models import Role
from kim.dissemination import queries as packets
from kim.dissemination.models import PACKETS, Bulletin
from kim.evaluation import queries as evaluation
from kim.kernel import clock
from kim.ledger import actions as ledger
from kim.ledger.queries import of_region as happened
from kim.publishing import queries as publishing
from kim.publishing.models import Article
from kim.publishing.workflow import Stage
from kim.registry import queries as registry
from kim.registry.models import Kim
from kim.search import queries as search
from kim.spreading.queries.reach import kept_tallies, questions
from kim.web.queries import office, pages
from plans.conftest import BIG, HERE, heard

pytestmark = pytest.mark.django_db
PROVINCE, REGENCY, DISTRICT, VILLAGE = "14", "14.03", "14.03.02", "14.03.02.2005"


def deep(code: str = "ID", **narrowed: Any) -> Callable[[], object]:
    """The third page of a list of news."""

    def ask() -> object:
        mark = publishing.newest(code, **narrowed).next
        return publishing.newest(code, **narrowed, after=publishing.newest(code, **narrowed, after=mark).next)

    return ask


def a_kim() -> Kim:
    return Kim.objects.filter(stage="registered", region_id=VILLAGE).first() or Kim.objects.get(slug="kim-7")


def a_text() -> Article:
    return Article.objects.get(short_code="k1001")


def a_packet() -> Bulletin:
    return Bulletin.objects.get(title="Info 2")


def as_office(ask: Callable[[Actor], object], code: str = REGENCY, role: Role = Role.REGENCY) -> Callable[[], object]:
    return lambda: ask(actor(role, code))


# What is asked → the last question it puts is the one that is kept, unless it puts several.
HOT: dict[str, Callable[[], object]] = {
    "news of the nation": lambda: publishing.newest(),
    "news of a province": lambda: publishing.newest(PROVINCE),
    "news of a regency": lambda: publishing.newest(REGENCY),
    "news of a district": lambda: publishing.newest(DISTRICT),
    "news of a village": lambda: publishing.newest(VILLAGE),
    "news of a regency further on": deep(REGENCY),
    "topic": lambda: publishing.newest(category="kesehatan"),
    "topic in a province": lambda: publishing.newest(PROVINCE, category="kesehatan"),
    "topic in a regency": lambda: publishing.newest(REGENCY, category="kesehatan"),
    "news of a KIM": lambda: publishing.newest(VILLAGE, kim_id=a_kim().id),
    "article": lambda: publishing.article_for_reading(a_text().kim.slug, "k1001"),
    "related": lambda: publishing.related(a_text()),
    "urgent": lambda: pages.urgent(PROVINCE),
    "KIM of a province": lambda: registry.directory(PROVINCE),
    "KIM of a district": lambda: registry.directory(DISTRICT),
    "KIM last heard": lambda: registry.lately_heard("ID", 6),
    "KIM by its address": lambda: registry.by_slug("kim-7"),
    "search": lambda: search.search("desa", kind="article"),
    "search in a regency": lambda: search.search("desa", kind="article", region_code=REGENCY),
    "figures below": lambda: evaluation.coverage(REGENCY),
    "errands": lambda: ledger.dispatch([], limit=1),
    "office queue": as_office(registry.queue),
    "office texts that are out": as_office(
        lambda who: publishing.of_stage(who, (Stage.PUBLISHED,)), "14", Role.PROVINCE
    ),
    "office list": as_office(registry.office_list),
    "what an office watches": lambda: registry.watch_counts(PROVINCE, day=clock.today(), now=clock.now()),
    "what lapses first": lambda: registry.lapsing(REGENCY, until=date(2029, 1, 1), limit=6),
    "what happened in the nation": lambda: list(happened("ID").filter(verb__in=office.TOLD)[:8]),
    "what happened in a regency": lambda: list(happened(REGENCY).filter(verb__in=office.TOLD)[:8]),
    "inbox of a KIM": lambda: packets.inbox(actor(Role.MEMBER, VILLAGE, kim_id=a_kim().id), packets.TABS[0]),
    "how far packets came": as_office(lambda who: packets.how_far(who, Bulletin.objects.order_by("id")[:12])),
    "places of a packet": lambda: list(kept_tallies(PACKETS, a_packet(), "ID")),
    "what people ask of a packet": lambda: questions(PACKETS, a_packet(), "ID"),
    "what people of a regency ask": lambda: questions(PACKETS, a_packet(), REGENCY),
    "villages a packet did not reach": lambda: list(packets.gaps(a_packet(), REGENCY)[:60]),
    "tasks of a desk": lambda: list(publishing.visible_to(actor(Role.MEMBER, VILLAGE, kim_id=a_kim().id))[:60]),
}


def plan(sql: str, params: Any) -> str:
    """The plan of one question, without what is another each time."""
    question = next(part for part in sql.split(";") if re.search(r"\bSELECT\b", part))
    with ClientCursor(connection.connection) as cursor:
        cursor.execute("EXPLAIN (COSTS OFF) " + question.strip(), params)
        text = "\n".join(line for (line,) in cursor.fetchall())
    text = re.sub(r"::(text|uuid)|::timestamp with time zone| COLLATE \"C\"|\((\w+)\)(?= )", r"\2", text)
    text = re.sub(r"(\w+)_[a-z]+_[0-9a-f]{8}_like", r"\1_pkey", text)  # two indexes of one key, equally good
    text = re.sub(r"'[0-9a-f]{8}-[0-9a-f-]{27}'", "'…'", text)
    return re.sub(r"'\d{4}-\d\d-\d\d[^']*'", "'…'", text) + "\n"


def last_plan(name: str) -> str:
    with transaction.atomic():
        with heard() as asked:
            HOT[name]()
        questions = [one for one in asked if re.match(r"\s*(WITH|SELECT)", one[0])]
        text = plan(*questions[-1])
        transaction.set_rollback(True)
    return text


PASSING = ("Memoize", "Cache Key", "Cache Mode", "Materialize", "Nested Loop")  # come and go with a page more or less


def essence(text: str) -> list[str]:
    """Which table is read along which index under which condition; how the rows meet may change with a page more."""
    lines = [line.strip().removeprefix("->").strip() for line in text.splitlines()]
    return [
        re.sub(r"using \w+_(pkey|uniq|like|key) on", "by key on", line)
        for line in lines
        if not line.startswith(PASSING)
    ]


def scanned(text: str) -> list[str]:
    return [table for table in re.findall(r"Seq Scan on (\w+)", text) if table in BIG]


@pytest.mark.parametrize("name", HOT)
def test_the_plan_is_the_one_that_is_written_down(country, name):
    kept, now = HERE / f"{name.replace(' ', '_')}.txt", last_plan(name)
    if os.environ.get("KIM_WRITE_PLANS"):
        kept.write_text(now)
    assert not scanned(now), f"reads a big table from end to end:\n{now}"
    assert essence(now) == essence(kept.read_text()), f"another plan than {kept.name}; is it as good?\n{now}"


def test_each_step_of_a_search_is_one_walk_along_one_index(country):
    """The questions stand inside a function, where no plan is shown: they are taken out of it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef('search_newest'::regproc)")
        few, many = re.findall(r"RETURN QUERY (.*?);", cursor.fetchone()[0], re.S)
    for inside, index in ((few, "document_few"), (many, "document_vector")):
        for name, value in (
            ("here", "$1"),
            ("of_kind", "$2::text"),
            ("most - found", "$3"),
            ("before", "$4::timestamptz"),
        ):
            inside = re.sub(rf"\b{name}\b", value, inside)
        with connection.connection.cursor() as cursor:
            cursor.execute("EXPLAIN (GENERIC_PLAN) " + inside)
            steps = re.findall(r"(\w+ Scan) (?:using|on) (\w+)", "\n".join(line for (line,) in cursor.fetchall()))
        assert steps == [("Heap Scan", "search_document"), ("Index Scan", index)]


def test_every_written_plan_belongs_to_a_question():
    assert {path.stem for path in HERE.glob("*.txt")} == {name.replace(" ", "_") for name in HOT}


PUBLIC = (
    "/", "/kabar/", f"/wilayah/{PROVINCE}/", f"/wilayah/{REGENCY}/", f"/wilayah/{DISTRICT}/", f"/wilayah/{VILLAGE}/",
    f"/kabar/?wilayah={PROVINCE}", "/kabar/topik/kesehatan/", "/kim/", f"/kim/?wilayah={REGENCY}", "/kim/?q=contoh",
    "/cari/?q=desa", "/cari/?q=judul", f"/cari/?q=desa&wilayah={PROVINCE}", "/kim-7/", "/kim-7/kabar/", "/kabar/umpan.xml",
    "/sitemap.xml", "/k/k1001/", "/wilayah/", "/wilayah/cari.json?q=desa",
)  # fmt: skip


@pytest.mark.parametrize("path", PUBLIC)
def test_no_public_page_reads_a_big_table_from_end_to_end_or_counts_one(country, client, path):
    with heard() as asked:
        assert client.get(path).status_code in (200, 302), path
    for sql, params in asked:
        if re.match(r"\s*(SELECT|WITH)", sql):
            assert not scanned(found := plan(sql, params)), f"{path}\n{sql}\n{found}"
    counted = [sql for sql, _ in asked if re.search(r"COUNT\(", sql) and not _counts_one_kim(sql)]
    assert not counted, (path, counted)


def _counts_one_kim(sql: str) -> bool:
    """The members of the KIM of the page: a dozen."""
    return "registry_member" in sql and '"kim_id" =' in sql
