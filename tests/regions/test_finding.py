"""Finding a place among all 91,600: namesakes, spellings, slips, codes; always by index; on the page and as JSON."""

import pytest
from django.db import connection
from django.test import Client
from psycopg import ClientCursor

from kim.regions import actions, queries
from kim.regions.data import pack


@pytest.fixture(scope="module")
def whole_country(django_db_setup, django_db_blocker):
    """The full tree, once for this file; taken away at its end."""
    with django_db_blocker.unblock():
        actions.load(tree=pack.read())
        yield
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE regions_region, regions_regionchange, regions_treeload CASCADE")


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("whole_country")]


def titles(text, **options):
    return [region.full_title for region in queries.search(text, **options)]


def test_namesakes_are_all_shown_with_what_lies_above_them():
    assert titles("Sangatta Utara") == [
        "Kecamatan Sangatta Utara, Kab. Kutai Timur, Kalimantan Timur",
        "Desa Sangatta Utara, Kec. Sangatta Utara, Kab. Kutai Timur, Kalimantan Timur",
    ]


@pytest.mark.parametrize(
    "text", ["Pangkalpinang", "Pangkal Pinang", "pangkal-pinang", "kota PANGKAL pinang", "pangkalpi"]
)
def test_spelling_does_not_matter(text):
    assert titles(text)[0] == "Kota Pangkalpinang, Kepulauan Bangka Belitung"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("ngebel", "Kecamatan Ngebel"),
        ("desa ngebel", "Desa Ngebel"),
        ("ngebel ponorogo", "Kecamatan Ngebel"),
        ("ponorogo ngebel", "Kecamatan Ngebel"),
        ("ponorogo", "Kabupaten Ponorogo"),
        ("jawa", "Jawa Barat"),
        ("kalbar", "Kalimantan Barat"),
        ("jogja", "Kota Yogyakarta"),
        ("kota bandung", "Kota Bandung"),
        ("kab bandung", "Kabupaten Bandung"),
        ("sungai raya kubu raya", "Kecamatan Sungai Raya"),
        ("ngebel jatim", "Kecamatan Ngebel"),
        ("tiga puluh lima ilir", "Kelurahan 35 Ilir"),
        ("35 ilir", "Kelurahan 35 Ilir"),
        ("parit tokaya", "Kelurahan Parit Tokaya"),
        ("desa adat yoboi", "Desa Adat Yoboi"),
        ("35.02", "Kabupaten Ponorogo"),
        ("3502171008", "Kelurahan Bangunsari"),
        ("indonesia", "Indonesia"),
    ],
)
def test_what_people_type_leads_to_the_place(text, first):
    finding = queries.find(text)
    assert (finding.regions[0].title, finding.is_guess) == (first, False)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Ngebell", "Kecamatan Ngebel"),
        ("ngabel ponorogo", "Kecamatan Ngebel"),
        ("ngebel ponorgo", "Kecamatan Ngebel"),
        ("Ponorgoo", "Kabupaten Ponorogo"),
        ("banddung", "Kabupaten Bandung"),
        ("pelembang", "Kota Palembang"),
        ("sngatta", "Kecamatan Sangatta Utara"),
        ("kutai timurr", "Kabupaten Kutai Timur"),
        ("pontinaak", "Kota Pontianak"),
    ],
)
def test_a_slip_of_the_finger_is_forgiven_and_said(text, first):
    finding = queries.find(text)
    assert (finding.regions[0].title, finding.is_guess) == (first, True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "a",
        "'",
        "%",
        "_",
        "\x00",
        "😀😀",
        "zzzzqqqq",
        "x" * 10_000,
        "a b c d e f g h i j",
        "35.02.99.9999",
        "'; DROP TABLE regions_region; --",
        "999999999999999",
    ],
)
def test_nonsense_finds_nothing_and_breaks_nothing(text):
    assert queries.search(text) == [] or len(text) > 10


def test_levels_and_a_region_narrow_the_search():
    assert titles("sangatta utara", levels=["village"]) == [
        "Desa Sangatta Utara, Kec. Sangatta Utara, Kab. Kutai Timur, Kalimantan Timur"
    ]
    assert {region.code[:5] for region in queries.search("sumber", within="35.02", limit=30)} == {"35.02"}
    assert len(queries.search("su", limit=10)) == 10
    assert queries.search("ngebel", within="ID") == queries.search("ngebel")


def nodes(plan):
    yield plan
    for inner in plan.get("Plans", ()):
        yield from nodes(inner)


@pytest.mark.parametrize(
    "text", ["su", "sumber rejo", "kec. sangatta utara", "ngebel ponorogo", "35.02", "Ngebell", "qqngebel"]
)
def test_a_search_walks_indexes_and_takes_less_than_ten_milliseconds(text):
    asked: list[tuple[str, object]] = []

    def listen(execute, sql, params, many, context):
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        queries.search(text)
    total = 0.0
    with ClientCursor(connection.connection) as cursor:
        for sql, params in asked:
            cursor.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + sql, params)
            (explained,) = cursor.fetchone()[0]
            total += explained["Execution Time"]
            kinds = [node["Node Type"] for node in nodes(explained["Plan"]) if node.get("Relation Name")]
            assert kinds
            assert "Seq Scan" not in kinds, sql
    assert total < 10, f"{text}: {total:.1f} ms"


def test_a_scope_over_regions_walks_an_index():
    with connection.cursor() as cursor:
        sql, params = queries.children("35.02").query.sql_with_params()
        cursor.execute("EXPLAIN (FORMAT JSON) " + sql, params)
        assert "Seq Scan" not in str(cursor.fetchone())


def test_the_page_answers_without_a_script(client: Client):
    page = client.get("/wilayah/", {"q": "Sangatta Utara"})
    words = page.content.decode()
    assert "Kec. Sangatta Utara, Kab. Kutai Timur, Kalimantan Timur" in words
    assert '<a href="/wilayah/64.08.04.2001/">' in words
    assert "/wilayah/64.08.04/daftar/" in words
    assert not page.cookies


def test_the_page_says_what_was_perhaps_meant(client: Client):
    words = client.get("/wilayah/", {"q": "Ngebell"}).content.decode()
    assert "Tidak ketemu “Ngebell”." in words
    assert "Mungkin maksud Anda" in words
    assert "Desa Ngebel" in words


def test_the_page_offers_the_provinces_when_nothing_was_asked_or_found(client: Client):
    for query in ({}, {"q": "zzzzqqqq"}):
        words = client.get("/wilayah/", query).content.decode()
        assert words.count("/daftar/") == 38
    assert "<script>" not in client.get("/wilayah/", {"q": "<script>alert(1)</script>"}).content.decode()


def test_one_can_walk_down_to_a_village(client: Client):
    assert "Kabupaten Ponorogo" in client.get("/wilayah/35/daftar/").content.decode()
    regency = client.get("/wilayah/35.02/daftar/").content.decode()
    assert "21 kecamatan, 281 desa, 26 kelurahan" in regency
    assert "/wilayah/35.02.17/daftar/" in regency
    assert 'href="/wilayah/35.02.17.1008/"' in client.get("/wilayah/35.02.17/daftar/").content.decode()
    assert "Papua Selatan dibentuk dari Papua." in client.get("/wilayah/93/daftar/").content.decode()
    assert client.get("/wilayah/35.99/daftar/").status_code == 404
    assert client.get("/wilayah/abc/daftar/").status_code == 404


@pytest.mark.parametrize(
    ("address", "most"),
    [("/wilayah/", 2), ("/wilayah/?q=ngebel", 2), ("/wilayah/?q=qqngebel", 9), ("/wilayah/35/daftar/", 6)],
)
def test_pages_are_small_and_ask_few_questions(client: Client, django_assert_max_num_queries, address, most):
    with django_assert_max_num_queries(most):
        page = client.get(address, headers={"accept-encoding": "gzip"})
    assert page.status_code == 200
    assert len(page.content) < 14_000


def test_fields_get_their_answers_as_json_that_may_be_kept(client: Client):
    answer = client.get("/wilayah/cari.json", {"q": "sangatta utara", "level": "village"})
    assert answer.json() == [
        {
            "code": "64.08.04.2001", "name": "Sangatta Utara", "title": "Desa Sangatta Utara", "level": "village",
            "level_label": "Desa", "chain": "Kec. Sangatta Utara, Kab. Kutai Timur, Kalimantan Timur",
            "url": "/wilayah/64.08.04.2001/",
        }
    ]  # fmt: skip
    assert answer.headers["Cache-Control"] == "public, max-age=3600"
    assert "ETag" in answer.headers
    assert not answer.cookies
    again = client.get(
        "/wilayah/cari.json",
        {"q": "sangatta utara", "level": "village"},
        headers={"if-none-match": answer.headers["ETag"]},
    )
    assert again.status_code == 304


@pytest.mark.parametrize(
    "query", ["", "q=", "q=x", "q=ngebel&level=moon", "q=ngebel&within=3", "q=%01", "q=" + "a" * 5000]
)
def test_odd_questions_get_a_list(client: Client, query):
    answer = client.get(f"/wilayah/cari.json?{query}")
    assert answer.status_code == 200
    assert isinstance(answer.json(), list)
    assert client.post("/wilayah/cari.json").status_code == 405
