"""What is found, in which order, and where."""

from datetime import timedelta

import pytest
from django.db import connection, transaction

from kim.kernel import clock
from kim.search import actions, queries
from regions.factories import plant

pytestmark = pytest.mark.django_db
NGEBEL, BABADAN, PONTIANAK = "35.02.19.2007", "35.02.16.2004", "61.71.01.1002"


def put(title: str, body: str = "", *, kind: str = "article", code: str = NGEBEL, key: str = "", days: int = 0) -> str:
    region = plant(code)[code]
    key = key or f"{kind}:{title}"
    at = clock.now() - timedelta(days=days)
    actions.index(
        key=key,
        kind=kind,
        region=region,
        title=title,
        body=body,
        summary="",
        source="KIM Contoh",
        url=f"/{key}/",
        at=at,
    )
    return key


def titles(text: str, **scope) -> list[str]:
    return [hit.title for hit in queries.search(text, **scope).items]


def test_indonesian_stems_are_found():
    put("Warga membersihkan tepi telaga", "<p>Gotong royong pembersihan sampah.</p>")
    assert titles("bersih") == titles("pembersihan telaga") == ["Warga membersihkan tepi telaga"]


def test_names_are_found_as_they_are_written_and_come_first():
    put("Kabar tentang Telaga Ngebel yang ramai", "telaga ngebel " * 20)
    put("KIM Telaga Ngebel", kind="kim", days=300)
    assert titles("telaga ngebel")[0] == titles("TelagaNgebel")[0] == "KIM Telaga Ngebel"


def test_stop_words_are_not_looked_for():
    put("Jadwal posyandu balita")
    assert titles("kapan jadwal posyandu dan sepeda itu") == []
    assert titles("kapan ada jadwal untuk posyandu itu") == ["Jadwal posyandu balita"]
    assert queries.wanted("yang di ke") == "yang di ke"


def test_the_last_word_may_be_half_typed():
    put("Pelatihan foto produk")
    assert titles("pelatihan fot") == titles("pelat") == ["Pelatihan foto produk"]
    assert titles("pe") == []


def test_only_the_asked_region_and_kind_answer():
    put("Posyandu Ngebel")
    put("Posyandu Babadan", code=BABADAN)
    put("Posyandu Kota", code=PONTIANAK, kind="kim")
    assert len(titles("posyandu")) == 3
    assert set(titles("posyandu", region_code="35.02")) == {"Posyandu Ngebel", "Posyandu Babadan"}
    assert titles("posyandu", kind="kim") == ["Posyandu Kota"]
    assert titles("posyandu", region_code="35.02.19", kind="article") == ["Posyandu Ngebel"]
    assert titles("posyandu", region_code="35.02.19", kind="kim") == titles("posyandu", region_code="36") == []


def test_what_is_withdrawn_is_no_longer_found():
    key = put("Posyandu")
    actions.remove(key)
    actions.remove(key)
    assert titles("posyandu") == []


def test_a_second_indexing_replaces_the_first():
    put("Judul lama", key="article:1")
    put("Judul baru", key="article:1")
    assert titles("lama") == []
    assert titles("baru") == ["Judul baru"]


def test_the_words_around_a_match_are_marked_and_plain():
    put("Kerja bakti", "<p>Sebanyak 115 warga &lt;b&gt; mengangkat <b>sampah</b> dari tepi.</p>")
    hit = queries.search("sampah").items[0]
    assert ("sampah", True) in list(hit.parts)
    assert (
        "".join(words for words, _ in hit.parts)
        == hit.headline
        == "Sebanyak 115 warga <b> mengangkat sampah dari tepi."
    )
    assert hit.marked == "Sebanyak 115 warga &lt;b&gt; mengangkat <mark>sampah</mark> dari tepi."


def test_pages_follow_each_other():
    for n in range(7):
        put(f"Posyandu {n}")
    first = queries.search("posyandu", size=5)
    second = queries.search("posyandu", size=5, page=first.next_page)
    assert (len(first.items), len(second.items), second.next_page) == (5, 2, 0)
    assert not {h.key for h in first.items} & {h.key for h in second.items}


@pytest.mark.parametrize(
    "text",
    ["", "   ", "'", "\x00", "a'b:*&|!()", "-", '"', "🙂", "%", "x" * 10_000, "\\", "or and", "kata -"],
)
def test_strange_words_break_nothing(text):
    put("Kabar")
    queries.search(text)


def test_one_query_however_many_rows(django_assert_num_queries):
    for n in range(30):
        put(f"Posyandu {n}", "isi " * 50)
    with django_assert_num_queries(1):
        titles("posyandu")


def test_the_words_shown_begin_shortly_before_the_match_and_mark_the_stem():
    put("Kerja bakti", "Sejak pagi buta warga berkumpul. " * 20 + "Mereka membersihkan telaga. " + "Lalu pulang. " * 30)
    hit = queries.search("pembersihan").items[0]
    assert len(hit.headline) <= 220
    assert [words for words, is_match in hit.parts if is_match] == ["membersihkan"]


def test_the_newest_matches_are_ranked_however_many_there_are(monkeypatch):
    monkeypatch.setattr(queries, "NEWEST", 10)
    for n in range(25):
        put(f"Posyandu {n}", days=n * 7)  # three months: over several stretches of time
    pages = [queries.search("posyandu", size=4, page=number) for number in (1, 2, 3)]
    assert [len(one.items) for one in pages] == [4, 4, 2]
    assert {hit.title for one in pages for hit in one} == {f"Posyandu {n}" for n in range(10)}
    assert [(one.next_page, one.is_cut) for one in pages] == [(2, False), (3, False), (0, True)]


def test_a_search_that_takes_too_long_is_too_broad_and_leaves_the_patience_as_it_was(monkeypatch):
    put("Posyandu")
    monkeypatch.setattr(queries, "_WHOLE", "websearch_to_tsquery('indonesian', %(whole)s || pg_sleep(2)::text)")
    monkeypatch.setattr(queries, "PATIENCE", 30)
    with pytest.raises(queries.TooBroad), transaction.atomic():
        queries.search("posyandu")
    monkeypatch.undo()
    assert titles("posyandu") == ["Posyandu"]
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("0",)
