"""Feeds as they really come: RSS, RDF, Atom and JSON, well and badly made. All contents are invented."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kim.kernel import clock, feeds
from kim.kernel.feed_dates import moment
from kim.kernel.feeds import BadFeed, read
from sources.site import rss

HERE = "https://dinas.example/umpan.xml"
NOW = datetime(2026, 11, 28, 3, 0, tzinfo=UTC)


def rss_with(inner: str, head: str = "", space: str = "") -> feeds.Feed:
    return read(f'<rss version="2.0" {space}><channel><title>D</title>{head}{inner}</channel></rss>'.encode(), url=HERE)


def only(inner: str, **more: str) -> feeds.Entry:
    (entry,) = rss_with(f"<item>{inner}</item>", **more).entries
    return entry


def test_rss_two_says_what_it_says():
    feed = read(rss("Pupuk tiba", "Cuaca", s1="Mulai &lt;b&gt;Senin&lt;/b&gt;"), url=HERE)
    assert (feed.title, feed.url, feed.licence, feed.language) == (
        "Kabar Dinas Contoh", "https://dinas.example/", "CC BY 4.0", "id",
    )  # fmt: skip
    first = feed.entries[0]
    assert (first.guid, first.title, first.summary) == ("n-1", "Pupuk tiba", "Mulai Senin")
    assert first.url == "https://dinas.example/kabar/1"
    assert first.published == datetime(2025, 11, 1, 2, 0, tzinfo=UTC)
    assert (first.licence, first.language) == ("CC BY 4.0", "id")


def test_rss_one_has_its_items_beside_the_channel():
    data = b"""<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
      xmlns="http://purl.org/rss/1.0/" xmlns:d="http://purl.org/dc/elements/1.1/">
      <channel rdf:about="x"><title>BMKG Contoh</title><link>https://cuaca.example/</link><d:rights>Bebas</d:rights></channel>
      <item rdf:about="https://cuaca.example/1"><title>Hujan lebat</title><link>https://cuaca.example/1</link>
      <d:date>2025-11-24T09:41:00+07:00</d:date><d:language>jv</d:language></item></rdf:RDF>"""
    feed = read(data, url=HERE)
    (entry,) = feed.entries
    assert (feed.title, entry.guid, entry.title) == ("BMKG Contoh", "https://cuaca.example/1", "Hujan lebat")
    assert (entry.licence, entry.language, entry.published.hour) == ("Bebas", "jv", 9)


def test_atom_knows_which_of_its_texts_are_html():
    data = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="id" xml:base="/kabar/"><title type="html">Dinas &amp;amp; Warga</title>
      <rights>CC BY-SA</rights><link rel="self" href="umpan"/><link href="."/>
      <entry><id>urn:1</id><title>AT&amp;T &lt;b&gt; tetap</title>
        <summary type="html">&lt;p&gt;Satu&lt;/p&gt;&lt;p&gt;dua&lt;/p&gt;</summary>
        <link rel="enclosure" href="a.mp3"/><link rel="alternate" href="1.html"/><published>2025-11-24T02:41:00Z</published>
        <updated>2025-11-25T02:41:00Z</updated></entry>
      <entry><id>urn:2</id><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Judul <b>tebal</b></div></title>
        <content type="html">&lt;script&gt;x()&lt;/script&gt;Isi</content>
        <updated>2025-11-25T02:41:00Z</updated><rights>Milik sendiri</rights></entry>
      </feed>"""
    feed = read(data, url=HERE)
    one, two = feed.entries
    assert (feed.title, feed.url, feed.language) == ("Dinas & Warga", "https://dinas.example/kabar/", "id")
    assert (one.title, one.summary, one.url) == ("AT&T <b> tetap", "Satu dua", "https://dinas.example/kabar/1.html")
    assert one.published.day == 24
    assert (two.title, two.summary, two.licence, two.url) == ("Judul tebal", "Isi", "Milik sendiri", "")


def test_json_feed_says_the_same():
    items = [
        {"id": 7, "title": "Posyandu", "url": "/7", "summary": "Hari ini", "date_published": "2025-11-24T09:41:00+07:00"},
        {"id": "8", "content_html": "<p>Tanpa <i>judul</i></p>", "external_url": "https://lain.example/8", "language": "su"},
        {"id": ["aneh"], "title": {"juga": "aneh"}, "summary": None}, "bukan", None, 5,
    ]  # fmt: skip
    data = {"version": "https://jsonfeed.org/version/1.1", "title": "Dinas", "language": "id", "items": items}
    one, two = read(json.dumps(data).encode(), url=HERE).entries
    assert (one.guid, one.title, one.summary, one.url) == ("7", "Posyandu", "Hari ini", "https://dinas.example/7")
    assert (two.guid, two.title, two.url, two.language) == ("8", "Tanpa judul", "https://lain.example/8", "su")


@pytest.mark.parametrize(
    "data",
    [
        b"", b"halo", b"<html><body>Halo</body></html>", b"{}", b"[]", b'{"version": 1}', b'{"version": "https://jsonfeed.org/v',
        b"<rss>", b"<rss><channel></rss>", b"\0\1\2", b"\xff\xfe", b"<!DOCTYPE html><title>Dinas</title>",
        b"[" * 100_000, b'{"a":' * 100_000, b"<opml/>",
    ],
)  # fmt: skip
def test_what_is_no_feed_is_said_to_be_none(data):
    with pytest.raises(BadFeed, match=r"[Uu]mpan"):
        read(data, url=HERE)


@pytest.mark.parametrize(
    "entities",
    [
        '<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">',
        '<!ENTITY a SYSTEM "file:///etc/passwd">',
        '<!ENTITY % a SYSTEM "http://127.0.0.1/x.dtd"> %a;',
    ],
)
def test_no_entity_is_expanded_and_nothing_is_fetched_for_one(entities):
    data = f"<!DOCTYPE rss [{entities}]><rss><channel><item><title>&b;&a;</title></item></channel></rss>".encode()
    with pytest.raises(BadFeed):
        read(data, url=HERE)


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("Harga &lt;b&gt;cabai&lt;/b&gt; naik", "Harga cabai naik"),
        ("<![CDATA[Harga <b>cabai</b> &amp; bawang]]>", "Harga cabai & bawang"),
        ("Kurang dari 5 &lt; 10", "Kurang dari 5 < 10"),
        ("Sosial &amp; budaya", "Sosial & budaya"),
        ("Sosial &amp;amp; budaya", "Sosial & budaya"),
        ("Sosial & budaya", "Sosial & budaya"),
        ("Suhu&nbsp;30&deg;C &ndash; panas", "Suhu 30°C – panas"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;Judul", "Judul"),
        ("&lt;img src=x onerror=alert(1)&gt;Judul", "Judul"),
        ("  Dua\n  baris\t ", "Dua baris"),
        ("Satu &tidakada; dua", "Satu &tidakada; dua"),
        ("Nada\x07 dering&#x202e;", "Nada dering"),
    ],
)
def test_a_title_comes_out_as_plain_words(markup, words):
    assert only(f"<title>{markup}</title>").title == words


def test_an_ampersand_in_a_link_stays_one():
    assert (
        only("<title>T</title><link><![CDATA[https://a.example/?a=1&b=2]]></link>").url == "https://a.example/?a=1&b=2"
    )
    assert only("<title>T</title><link>https://a.example/?a=1&b=2</link>").url == "https://a.example/?a=1&b=2"


@pytest.mark.parametrize(
    ("inner", "url"),
    [
        ("<link>javascript:alert(1)</link>", ""),
        ("<link>data:text/html,x</link>", ""),
        ("<link>https://siapa:sandi@a.example/</link>", ""),
        ("<link>http://[::1</link>", ""),
        ("<link>https://a.example/" + "a" * 600 + "</link>", ""),
        ("<link>kabar/1</link>", "https://dinas.example/kabar/1"),
        ("<link>//lain.example/1</link>", "https://lain.example/1"),
        ("<guid>https://a.example/1</guid>", "https://a.example/1"),
        ('<guid isPermaLink="false">https://a.example/1</guid>', ""),
    ],
)
def test_a_link_is_whole_and_of_the_web_or_not_at_all(inner, url):
    assert only(f"<title>T</title>{inner}").url == url


def test_an_item_without_identity_gets_one_from_what_it_says():
    one, two = (only(f"<title>{title}</title><pubDate>2025-11-24</pubDate>") for title in ("Satu", "Dua"))
    assert len(one.guid) == 64 and one.guid != two.guid
    assert one.guid == only("<title>Satu</title><pubDate>2025-11-24</pubDate>").guid
    assert only("<title>T</title><link>https://a.example/1</link>").guid == "https://a.example/1"
    assert len(only(f"<title>T</title><guid>{'g' * 900}</guid>").guid) == 64


def test_one_identity_stands_once_and_nothing_stands_without_words():
    feed = rss_with(
        "<item><guid>1</guid><title>Baru</title></item><item><guid>1</guid><title>Lama</title></item><item/>"
    )
    assert [entry.title for entry in feed.entries] == ["Baru"]


def test_a_feed_is_read_up_to_a_limit_and_texts_up_to_theirs():
    many = rss_with("".join(f"<item><title>Kabar {n}</title></item>" for n in range(500)))
    assert len(many.entries) == feeds.MOST
    long = only(f"<title>{'kata ' * 500}</title><description>{'isi' * 5000}</description><rights>{'r' * 999}</rights>")
    assert len(long.title) <= feeds.TITLE and long.title.endswith(" …")
    assert len(long.summary) <= feeds.SUMMARY and len(long.licence) <= feeds.SHORT


def test_deep_and_broad_trees_are_read_in_a_moment():
    deep = "<a>" * 50_000 + "</a>" * 50_000
    began = clock.now()
    assert rss_with(f"<item><title>T{deep}</title><description>{'&lt;div&gt;' * 50_000}</description></item>").entries
    assert rss_with("<item/>" * 200_000).entries == ()
    assert clock.now() - began < timedelta(seconds=10)


@pytest.mark.parametrize(
    ("encoding", "declared", "charset"),
    [
        ("utf-8", "", ""), ("utf-8", "utf-8", "iso-8859-1"), ("utf-8", "iso-8859-1x", ""), ("utf-8-sig", "", ""),
        ("utf-16", "utf-16", ""), ("iso-8859-1", "iso-8859-1", ""), ("windows-1252", "utf-8", ""),
        ("iso-8859-1", "", "iso-8859-1"), ("utf-8", "", "tidak-ada"),
    ],
)  # fmt: skip
def test_the_letters_are_right_whatever_was_said_of_them(encoding, declared, charset):
    head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    data = f"{head}<rss><channel><item><title>Café – désa</title></item></channel></rss>".replace("–", "-").encode(
        encoding
    )
    (entry,) = read(data, url=HERE, charset=charset).entries
    assert entry.title == "Café - désa"


@pytest.mark.parametrize(
    "text",
    [
        "Mon, 24 Nov 2025 09:41:00 +0700", "Mon, 24 Nov 2025 02:41:00 GMT", "24 Nov 2025 02:41 UT", "2025-11-24T09:41:00+07:00",
        "2025-11-24T02:41:00Z", "2025-11-24 09:41:00", "2025-11-24T09:41", "Sen, 24 Nov 2025 09:41:00 WIB",
        "Senin, 24 November 2025 10.41 WITA", "Senin, 24 November 2025 | 11:41 WIT", "24/11/2025 09:41", "24 Nopember 2025, 09.41",
        "Mon, 24 Nov 2025 09:41:00", "24-11-2025 09:41:59 WIB",
    ],
)  # fmt: skip
def test_a_moment_is_read_however_it_is_written(text):
    found = moment(text, now=NOW)
    assert found.replace(second=0) == datetime(2025, 11, 24, 2, 41, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "kemarin",
        "32 Mei 2025",
        "0000-00-00 00:00:00",
        "1970-01-01",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "25:61",
        "9" * 90,
    ],
)
def test_what_is_no_moment_is_none(text):
    assert moment(text, now=NOW) is None


def test_nothing_is_published_in_the_future():
    assert moment("2099-01-01", now=NOW) == NOW


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_no_bytes_break_the_reading(data):
    for inner in (data, b"<rss><channel><item><title>" + data + b"</title></item></channel></rss>"):
        try:
            feed = read(inner, url=HERE)
        except BadFeed:
            continue
        assert all(entry.title.isprintable() and entry.guid for entry in feed.entries)


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_of_a_moment(text):
    found = moment(text, now=NOW)
    assert found is None or found.tzinfo
