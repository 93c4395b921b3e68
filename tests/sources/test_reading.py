"""The worker reads sources politely, keeps what they say, and gives up in the open."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from kim.config import tasks
from kim.inbox.models import Delivery
from kim.kernel import clock
from kim.kernel.outside import Trouble
from kim.kernel.results import NotAllowed
from kim.ledger.models import Entry
from kim.sources import actions, queries
from kim.sources.actions import asking, reading
from kim.sources.models import Host, Item, Source
from kim.sources.workflow import State
from sources.factories import PONOROGO, officer, source, take_in
from sources.site import Line, Site, rss

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(settings):
    made = Site()
    settings.KIM_DOORS_INSIDE = [made.door]
    yield made
    made.close()


@pytest.fixture
def who():
    return officer()


def again(*sources: Source) -> int:
    """The hour has come once more, and every host is free."""
    Host.objects.update(free_at=clock.now())
    Source.objects.filter(pk__in=[one.pk for one in sources]).update(next_at=clock.now())
    return actions.read_due()


def test_a_new_source_is_read_and_what_it_says_waits(site, who):
    site.pages["/feed"] = rss("Pupuk tiba", "Cuaca", s1="Mulai Senin")
    one = source(who, site.at("/feed"), licence="Umum")
    tasks.read_sources()
    one.refresh_from_db()
    first = one.items.get(guid="n-1")
    assert (first.title, first.summary, first.licence, first.state) == (
        "Pupuk tiba",
        "Mulai Senin",
        "CC BY 4.0",
        State.NEW,
    )
    assert first.region_id == PONOROGO and not first.is_changed
    assert one.items.count() == 2 and one.failures == 0
    assert one.ok_at and one.next_at - one.ok_at == timedelta(minutes=one.every)
    assert "KIM.id" in site.asked[0][1]["User-Agent"] and "http" in site.asked[0][1]["User-Agent"]


def test_the_same_words_a_second_time_change_nothing(site, who):
    site.pages["/feed"] = rss("Pupuk tiba", "Cuaca")
    one = source(who, site.at("/feed"))
    actions.read_due()
    before = set(one.items.values_list("id", flat=True))
    assert again(one) == 1
    assert set(one.items.values_list("id", flat=True)) == before


def test_other_words_are_a_new_version_that_takes_the_place_of_the_waiting_one(who):
    one = source(who)
    take_in(one, rss("Pupuk tiba Senin"))
    assert take_in(one, rss("Pupuk tiba Selasa")) == 1
    old, new = one.items.order_by("version")
    assert (old.state, new.state, new.title) == (State.REPLACED, State.NEW, "Pupuk tiba Selasa")
    assert new.is_changed and queries.former(new) == [old]
    assert [item.pk for item in queries.shelf(who, "menunggu")] == [new.pk]


def test_a_change_is_news_when_it_is_seen(who):
    one = source(who)
    take_in(one, rss("Satu", "Dua", "Tiga"))
    take_in(one, rss("Satu ralat", "Dua", "Tiga"))
    assert [item.title for item in queries.shelf(who, "menunggu")] == ["Satu ralat", "Tiga", "Dua"]


def test_what_was_settled_stays_settled_when_its_source_says_it_otherwise(who):
    one = source(who)
    take_in(one, rss("Satu", "Dua"))
    taken, passed = one.items.order_by("guid")
    actions.take(taken.pk, actor=who, key="bulletin:1")
    actions.pass_over(passed.pk, actor=who)
    take_in(one, rss("Satu ralat", "Dua ralat"))
    taken.refresh_from_db(), passed.refresh_from_db()
    assert (taken.state, passed.state) == (State.TAKEN, State.PASSED)
    assert {item.title for item in queries.shelf(who, "menunggu")} == {"Satu ralat", "Dua ralat"}
    with pytest.raises(NotAllowed, match="versi"):
        actions.put_back(passed.pk, actor=who)


def test_a_feed_that_never_says_the_same_is_not_followed_for_ever(who):
    one = source(who)
    for n in range(reading.MOST_VERSIONS + 5):
        take_in(one, rss(f"Kunjungan ke-{n}"))
    assert one.items.count() == reading.MOST_VERSIONS
    assert one.items.filter(state=State.NEW).count() == 1


def test_a_hundred_items_ask_as_many_questions_as_one(who):
    one, many = source(who), source(who, "https://lain.example/")
    counts = []
    for where, number in ((one, 1), (many, 28)):
        with CaptureQueriesContext(connection) as caught:
            take_in(where, rss(*(f"Kabar {n}" for n in range(number))))
        counts.append(len(caught))
    assert counts[0] == counts[1]


def test_an_unchanged_feed_costs_its_server_no_bytes(site, who):
    def page(line: Line) -> None:
        if line.headers.get("If-None-Match") == '"v1"':
            return line.say(304, kind="", Content_Length="")
        return line.say(200, rss("Pupuk tiba"), ETag='"v1"', Last_Modified="Sat, 22 Nov 2025 00:00:00 GMT")

    site.pages["/feed"] = page
    one = source(who, site.at("/feed"))
    actions.read_due()
    one.refresh_from_db()
    read_at = one.read_at
    again(one)
    one.refresh_from_db()
    assert one.read_at == read_at and one.ok_at > read_at and one.items.count() == 1


def test_each_failure_waits_longer_and_the_tenth_switches_off_and_tells_the_office(site, who):
    colleague, elsewhere = officer(name="Bima Contoh"), officer("35.19")
    site.pages["/feed"] = lambda line: line.say(500)
    one = source(who, site.at("/feed"), name="Kabar Dinas")
    waits = []
    for _ in range(queries.GIVES_UP):
        again(one)
        one.refresh_from_db()
        waits.append(timedelta(seconds=round((one.next_at - clock.now()).total_seconds())))
    assert waits == sorted(waits) and timedelta(minutes=14) < waits[0] < waits[1]
    assert waits[-1] <= timedelta(days=1)
    assert not one.is_on and "(500)" in one.trouble
    assert queries.standing(one).text == "Dimatikan sesudah gagal 10 kali"
    assert again(one) == 0 and len(site.asked) == queries.GIVES_UP
    entry = Entry.objects.get(verb="source.failed")
    assert (entry.key, entry.region_code, entry.person_id) == (one.key, PONOROGO, None)
    tasks.carry_errands()
    told = Delivery.objects.filter(entry_id=entry.id)
    assert {row.person_id for row in told} == {who.person_id, colleague.person_id} and elsewhere.person_id
    assert "Kabar Dinas" in told[0].text and told[0].url == "/kantor/sumber/"


def test_one_success_forgets_the_failures(site, who):
    one = source(who, site.at("/feed"))
    for _ in range(3):
        again(one)
    site.pages["/feed"] = rss("Pulih")
    again(one)
    one.refresh_from_db()
    assert (one.failures, one.trouble, queries.standing(one).text) == (0, "", "Lancar")


def test_a_source_switched_on_again_begins_anew(site, who):
    one = source(who, site.at("/feed"))
    for _ in range(queries.GIVES_UP):
        again(one)
    site.pages["/feed"] = rss("Pulih")
    actions.switch_on(one.pk, actor=who)
    actions.switch_on(one.pk, actor=who)
    Host.objects.update(free_at=clock.now())
    assert actions.read_due() == 1 and one.items.count() == 1
    assert Entry.objects.filter(verb="source.switched_on").count() == 1


def test_whoever_asks_to_be_left_alone_is_with_all_its_feeds(site, who):
    site.pages |= {"/1": lambda line: line.say(503, Retry_After="7200"), "/2": rss("Kabar")}
    one, two = source(who, site.at("/1")), source(who, site.at("/2"))
    assert actions.read_due() == 1
    Source.objects.filter(pk=two.pk).update(next_at=clock.now())
    assert actions.read_due() == 0 and len(site.asked) == 1
    one.refresh_from_db()
    assert one.next_at - clock.now() > timedelta(minutes=115)
    assert Host.objects.get().free_at - clock.now() > timedelta(minutes=115)


def test_a_host_is_asked_once_at_a_time_and_not_hurried(site, who):
    for n in range(3):
        site.pages[f"/{n}"] = rss(f"Kabar {n}")
        source(who, site.at(f"/{n}"))
    assert actions.read_due() == 1
    assert [(Host.objects.update(free_at=clock.now()), actions.read_due())[1] for _ in range(3)] == [1, 1, 0]
    assert site.most_at_once == 1


def test_a_broken_reader_stops_no_other_source(site, who, monkeypatch, caplog):
    site.pages["/2"] = rss("Kabar")
    bad, good = source(who, "https://rusak.example/"), source(who, site.at("/2"))
    real = reading.bring
    monkeypatch.setattr(reading, "bring", lambda url, **more: 1 / 0 if "rusak" in url else real(url, **more))
    assert actions.read_due() == 2
    bad.refresh_from_db()
    assert bad.failures == 1 and good.items.count() == 1 and "rusak.example" in caplog.text


def test_a_source_that_leads_inside_is_a_failure_like_any_other(who, monkeypatch):
    monkeypatch.setattr("kim.kernel.outside.socket.getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("10.0.0.5", 80))])
    one = source(who, "http://dinas.example/feed")
    actions.read_due()
    one.refresh_from_db()
    assert one.failures == 1 and "internet umum" in one.trouble


def test_what_is_off_or_of_the_demo_is_never_asked(who, site):
    off, demo = source(who, site.at("/1")), source(who, site.at("/2"))
    actions.switch_off(off.pk, actor=who)
    Source.objects.filter(pk=demo.pk).update(is_demo=True)
    assert actions.read_due() == 0 and site.asked == []


def test_suggestions_go_when_nobody_took_them_and_their_feed_forgot_them(who):
    one = source(who)
    take_in(one, rss("Lama", "Diambil", "Masih ada"))
    old, taken, still = one.items.order_by("guid")
    actions.take(taken.pk, actor=who, key="bulletin:1")
    long_ago = clock.now() - timedelta(days=200)
    Item.objects.update(seen_at=long_ago)
    Source.objects.update(read_at=long_ago)
    tasks.forget_old_suggestions()
    assert Item.objects.count() == 3  # the feed has not been read since: it may still show them
    Source.objects.update(read_at=clock.now())
    Item.objects.filter(pk=still.pk).update(seen_at=clock.now())
    tasks.forget_old_suggestions()
    assert set(Item.objects.values_list("pk", flat=True)) == {taken.pk, still.pk} and old


def test_a_host_that_was_only_looked_at_is_forgotten(who):
    one = source(who)
    for address in ("lain.example", "baru.example"):
        Host.objects.create(address=address)
    Host.objects.exclude(address="baru.example").update(free_at=clock.now() - timedelta(days=2))
    tasks.forget_old_suggestions()
    assert set(Host.objects.values_list("address", flat=True)) == {one.host_id, "baru.example"}


def test_looking_at_a_feed_keeps_nothing(site, who):
    site.pages["/feed"] = rss("Pupuk tiba")
    seen = actions.look(site.at("/feed"), actor=who)
    assert [entry.title for entry in seen.feed.entries] == ["Pupuk tiba"]
    assert not Source.objects.exists() and not Item.objects.exists() and not Entry.objects.exists()


def test_nobody_looks_while_the_host_is_being_read(site, who):
    site.pages["/feed"] = rss("Pupuk tiba")
    with asking.borrowed("127.0.0.1"), pytest.raises(Trouble, match="Tunggu sebentar"):
        actions.look(site.at("/feed"), actor=who)
    assert site.asked == []
    actions.look(site.at("/feed"), actor=who)
    actions.look(site.at("/feed"), actor=who)
    assert len(site.asked) == 2


@pytest.mark.django_db(transaction=True)
def test_two_workers_read_each_source_once_and_a_host_one_by_one(site, who):
    def slowly(line: Line) -> None:
        time.sleep(0.3)
        line.say(200, rss("Kabar"))

    for n in range(2):
        site.pages[f"/{n}"] = slowly
        source(who, site.at(f"/{n}"))
    source(who, "https://tidak-ada.invalid/")
    read = []

    def work() -> None:
        read.append(actions.read_due())
        connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(3)]
    [one.start() for one in workers]
    [one.join() for one in workers]
    assert sum(read) == 2 and len(site.asked) == 1 and site.most_at_once == 1


@pytest.mark.django_db(transaction=True)
def test_whoever_dies_while_reading_loses_the_source_after_a_while(site, who, monkeypatch):
    site.pages["/feed"] = rss("Kabar")
    one = source(who, site.at("/feed"))
    monkeypatch.setattr(reading, "bring", lambda *_, **__: (_ for _ in ()).throw(SystemExit))
    monkeypatch.setattr(reading, "give_back", lambda *_: None)
    with pytest.raises(SystemExit):
        actions.read_due()
    monkeypatch.undo()
    assert actions.read_due() == 0
    one.refresh_from_db()
    assert timedelta(minutes=9) < one.next_at - clock.now() <= timedelta(minutes=10) and one.failures == 0
    assert again(one) == 1
