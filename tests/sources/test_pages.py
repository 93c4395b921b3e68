"""The pages of sources, as an officer meets them."""

import re
from uuid import uuid4

import pytest
import time_machine
from django.core import signing
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kim.accounts.backends import STRONG
from kim.accounts.models import Person, Role
from kim.kernel import clock
from kim.kernel.results import NotAllowed, Refused
from kim.ledger.models import Entry
from kim.sources import actions, queries
from kim.sources.forms import SALT, SourceForm
from kim.sources.models import Item, Source
from kim.sources.workflow import State
from sources.factories import JATIM, NATION, PONOROGO, URL, items, officer, source, take_in
from sources.site import Site, rss

pytestmark = pytest.mark.django_db
HOME, ITEMS = "/kantor/sumber/", "/kantor/sumber/usulan/"


@pytest.fixture
def site(settings):
    made = Site()
    settings.KIM_DOORS_INSIDE = [made.door]
    yield made
    made.close()


@pytest.fixture
def who():
    return officer()


@pytest.fixture
def desk(client, who):
    client.force_login(Person.objects.get(pk=who.person_id), backend=STRONG)
    return client


def hidden(page, name: str = "checked") -> str:
    return re.search(rf'name="{name}"[^>]* value="([^"]+)"', page.text)[1]


def test_an_address_is_tried_shown_and_kept(desk, site):
    site.pages["/feed"] = rss("Pupuk tiba", "Cuaca", "Vaksin", "Keempat", s1="Mulai Senin")
    page = desk.post(f"{HOME}periksa/", {"url": f" {site.at('/feed')} "})
    assert page.status_code == 200 and not Source.objects.exists()
    assert all(
        words in page.text
        for words in ("Pupuk tiba", "Mulai Senin", "Vaksin", 'value="Kabar Dinas Contoh"', "CC BY 4.0")
    )
    assert "Keempat" not in page.text
    sent = {
        "checked": hidden(page),
        "name": "Kabar Dinas",
        "agency": "Dinas Contoh",
        "topics": "Tani, cuaca, tani,",
        "every": 60,
    }
    answer = desk.post(f"{HOME}tambah/", sent | {"kunci": str(uuid4())}, follow=True)
    one = Source.objects.get()
    assert (one.url, one.region_id, one.topics, one.every) == (site.at("/feed"), PONOROGO, ["tani", "cuaca"], 60)
    assert "Kabar Dinas" in answer.text and "Menunggu dibaca pertama kali" in answer.text
    assert Entry.objects.get(verb="source.added").data["url"] == one.url


def test_what_was_not_looked_at_is_not_kept(desk):
    sent = {"name": "X", "agency": "Y", "every": 60}
    forged = signing.dumps({"url": "http://10.0.0.1/", "items": []}, salt="lain")
    for checked in ("", "apa saja", forged):
        page = desk.post(f"{HOME}tambah/", sent | {"checked": checked}, follow=True)
        assert "perlu diperiksa lagi" in page.text
    with time_machine.travel(0):
        old = signing.dumps({"url": URL, "items": []}, salt=SALT)
    assert "perlu diperiksa lagi" in desk.post(f"{HOME}tambah/", sent | {"checked": old}, follow=True).text
    assert not Source.objects.exists()


def test_a_form_that_comes_back_still_shows_what_was_found(desk):
    sample = {"url": URL, "name": "N", "licence": "", "items": [["Pupuk tiba", "", clock.now().isoformat()]]}
    form = SourceForm.for_sample(sample)
    page = desk.post(f"{HOME}tambah/", {"checked": form.initial["checked"], "name": "", "agency": "", "every": 7})
    assert page.status_code == 422 and "Pupuk tiba" in page.text and "Ada yang perlu dibetulkan" in page.text


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("", "belum diisi"),
        ("dinas.example", "dimulai dengan https://"),
        ("http://10.0.0.1/feed", "tidak menuju internet umum"),
        ("http://localhost/feed", "tidak menuju internet umum"),
        ("http://[::1]/feed", "tidak menuju internet umum"),
        ("http://siapa:sandi@dinas.example/", "kata sandi"),
        ("http://dinas.example:8080/", "pintu (port)"),
        ("https://dinas.example/" + "a" * 600, "500"),
    ],
)
def test_a_bad_address_is_answered_beside_the_field(url, words, desk):
    page = desk.post(f"{HOME}periksa/", {"url": url})
    assert page.status_code == 422 and words in page.text
    assert not Source.objects.exists()


def test_a_page_that_is_no_feed_is_said_to_be_none(desk, site):
    site.pages |= {
        "/html": lambda line: line.say(200, b"<html>", kind="text/html"),
        "/xml": lambda line: line.say(200, b"<html/>", kind="text/xml"),
        "/gone": lambda line: line.say(410),
    }
    for path, words in (("/html", "text/html"), ("/xml", "bukan umpan"), ("/gone", "sudah dihapus")):
        assert words in desk.post(f"{HOME}periksa/", {"url": site.at(path)}).text


def test_what_a_feed_says_is_shown_as_words_and_nothing_else(desk, site, who):
    nasty = "&lt;script&gt;alert(1)&lt;/script&gt;&amp;lt;img src=x onerror=alert(2)&amp;gt;"
    site.pages["/feed"] = rss(f"Judul {nasty}", s1=f"Isi {nasty}", name=f"Nama {nasty}")
    page = desk.post(f"{HOME}periksa/", {"url": site.at("/feed")})
    take_in(source(who), site.pages["/feed"])
    item = Item.objects.get()
    for words in (page.text, desk.get(ITEMS).text, desk.get(f"{ITEMS}{item.id}/").text):
        assert "<script>alert" not in words and "<img src=x" not in words and "Judul" in words


def test_looking_at_addresses_is_counted(desk):
    for _ in range(40):
        assert desk.post(f"{HOME}periksa/", {"url": "ini bukan alamat"}).status_code == 422
    assert desk.post(f"{HOME}periksa/", {"url": "ini bukan alamat"}).status_code == 429


def test_one_feed_stands_once_in_an_office(who):
    source(who)
    with pytest.raises(NotAllowed, match="sudah ada"):
        source(who)
    assert source(officer("35.19")).url == URL


def test_an_office_has_only_so_many_sources(who, monkeypatch):
    monkeypatch.setattr("kim.sources.actions.tending.MOST", 2)
    source(who), source(who, "https://dua.example/")
    with pytest.raises(NotAllowed, match="paling banyak"):
        source(who, "https://tiga.example/")


def test_a_source_is_switched_off_and_on(desk, who):
    one = source(who)
    page = desk.post(f"{HOME}{one.id}/matikan/", follow=True)
    assert "tidak dibaca lagi" in page.text and "Dimatikan" in page.text and "Nyalakan" in page.text
    page = desk.post(f"{HOME}{one.id}/nyalakan/", follow=True)
    assert "Menunggu dibaca pertama kali" in page.text


def test_suggestions_are_passed_over_with_a_reason_and_put_back(desk, who):
    one, _ = items(who, "Pupuk tiba", "Cuaca")
    page = desk.get(ITEMS)
    assert page.text.index("Cuaca") < page.text.index("Pupuk tiba")  # the newest first
    assert f"/kantor/info/dari-usulan/{one.id}/" in page.text
    page = desk.post(f"{ITEMS}{one.id}/lewati/", {"reason": "Sudah lewat."}, follow=True)
    assert "“Pupuk tiba” dilewati" in page.text and Item.objects.get(pk=one.pk).state == State.PASSED
    assert "Sudah lewat." in desk.get(f"{ITEMS}?rak=dilewati").text
    page = desk.post(f"{ITEMS}{one.id}/kembalikan/", follow=True)
    assert "menunggu lagi" in page.text and Item.objects.get(pk=one.pk).reason == ""
    assert [e.verb for e in Entry.objects.filter(key=one.key).order_by("at")] == ["item.passed", "item.put_back"]


def test_a_reason_that_is_too_long_comes_back_with_the_item(desk, who):
    (one,) = items(who, "Pupuk tiba")
    page = desk.post(f"{ITEMS}{one.id}/lewati/", {"reason": "a" * 301})
    assert page.status_code == 422 and "Pupuk tiba" in page.text and Item.objects.get().state == State.NEW


def test_a_changed_item_shows_what_it_said_before(desk, who):
    one = source(who)
    take_in(one, rss("Mulai Senin")), take_in(one, rss("Mulai Selasa"))
    assert "Berubah" in desk.get(ITEMS).text and "Mulai Senin" not in desk.get(ITEMS).text
    page = desk.get(f"{ITEMS}{Item.objects.get(version=2).id}/").text
    assert "Sebelumnya tertulis" in page and "Mulai Senin" in page
    assert "Diganti versi baru" in desk.get(f"{ITEMS}{Item.objects.get(version=1).id}/").text


@pytest.mark.urls("sources.wired")
def test_the_button_to_make_a_packet_is_there_when_somebody_makes_packets(desk, who):
    (one,) = items(who, "Pupuk tiba")
    for path in (ITEMS, f"{ITEMS}{one.id}/"):
        assert f'href="/kantor/paket/baru/?dari={one.id}"' in desk.get(path).text
    actions.take(one.id, actor=who, key="bulletin:1")
    assert "Jadikan paket</a>" not in desk.get(f"{ITEMS}{one.id}/").text


def test_a_suggestion_is_taken_once(who):
    (one,) = items(who, "Pupuk tiba")
    taken = actions.take(one.id, actor=who, key="bulletin:1")
    assert (taken.state, taken.taken_key, taken.settled_by_id) == (State.TAKEN, "bulletin:1", who.person_id)
    with pytest.raises(NotAllowed):
        actions.take(one.id, actor=who, key="bulletin:2")
    with pytest.raises(NotAllowed):
        actions.pass_over(one.id, actor=who)


def test_an_office_reads_what_is_above_it_and_changes_only_its_own(who):
    offices = {
        NATION: officer(NATION, Role.NATIONAL), JATIM: officer(JATIM, Role.PROVINCE), PONOROGO: who, "35.19": officer("35.19"),
    }  # fmt: skip
    made = {code: items(one, f"Kabar {code}")[0] for code, one in offices.items()}
    seen = {
        code: {item.region_id for item in [*queries.shelf(one, "menunggu"), *queries.shelf(one, "atas")]}
        for code, one in offices.items()
    }
    assert seen == {
        NATION: {NATION}, JATIM: {NATION, JATIM}, PONOROGO: {NATION, JATIM, PONOROGO}, "35.19": {NATION, JATIM, "35.19"},
    }  # fmt: skip
    for code, one in offices.items():
        assert {row.region_id for row in queries.source_list(one)} == seen[code]
        for other, item in made.items():
            if other != code:
                with pytest.raises(Refused):
                    actions.pass_over(item.pk, actor=one)
                with pytest.raises(Refused):
                    actions.switch_off(item.source_id, actor=one)
    for role in (Role.EXPERT, Role.AGENCY, Role.VILLAGE):
        assert not queries.items_for(officer("35.02.17.1008" if role == Role.VILLAGE else PONOROGO, role)).exists()


def test_long_lists_are_walked_page_by_page(desk, who):
    one = source(who)
    take_in(one, rss(*(f"Kabar {n}" for n in range(1, 29))))
    first = desk.get(ITEMS)
    assert first.text.count("<article") == queries.PAGE and "Kabar 28" in first.text
    rest = desk.get(
        re.search(r'href="(\?rak=[^"]+sesudah=[^"]+)"', first.text)[1].replace("&amp;", "&").join([ITEMS, ""])
    )
    assert rest.text.count("<article") == 8 and "Kabar 1<" in rest.text


def test_the_pages_ask_the_same_questions_of_the_database_however_much_there_is(desk, who):
    def asked(path: str) -> int:
        with CaptureQueriesContext(connection) as caught:
            assert desk.get(path).status_code == 200
        return len(caught)

    paths = [HOME, ITEMS, f"{ITEMS}{items(who, 'Satu')[0].id}/"]
    few = [asked(path) for path in paths]
    for n in range(12):
        items(who, "Satu", "Dua", "Tiga", url=f"https://dinas.example/{n}.xml")
    assert [asked(path) for path in paths] == few and max(few) <= 8
