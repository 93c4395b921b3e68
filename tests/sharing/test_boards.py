"""The board of the week: who may make which, what is ticked, and a sheet that holds at most eight."""

import io
from datetime import date, timedelta

import pypdfium2
import pytest
from django.test import Client

from accounts.factories import mandate, person
from kim.accounts.models import Role
from kim.accounts.queries import actor_for
from kim.web.queries import boards
from registry.factories import kim
from web.factories import article
from world import signed_in

pytestmark = pytest.mark.django_db
NGEBEL = "35.02.19.2007"


@pytest.fixture
def group():
    return kim(NGEBEL, name="KIM Telaga Ngebel", slug="telaga-ngebel")


def visitor(role: Role, group=None) -> tuple[Client, object]:
    who = person(pin="846291")
    hat = mandate(who, role, NGEBEL, kim_id=group.id if group else None)
    client = Client()
    client.cookies["sessionid"] = signed_in(who, hat)
    return client, actor_for(who)


def text_of(pdf: bytes) -> str:
    page = pypdfium2.PdfDocument(io.BytesIO(pdf))[0]
    return " ".join(page.get_textpage().get_text_bounded().split())


def test_a_member_picks_from_the_last_fortnight_of_the_own_kim(group):
    other = article(kim(NGEBEL), title="Kabar KIM lain")
    fresh, older = article(group, days=1), article(group, days=10)
    old = article(group, days=15, title="Sudah lama")
    client, _ = visitor(Role.MEMBER, group)
    shown = client.get("/kerja/papan/").content.decode()
    assert fresh.title in shown and older.title in shown
    assert old.title not in shown and other.title not in shown
    assert shown.count("checked") == 1


def test_a_village_head_picks_from_all_kim_of_the_village(group):
    mine, other = article(group), article(kim(NGEBEL))
    elsewhere = article(kim("35.02.19.2006"), title="Desa sebelah")
    client, _ = visitor(Role.VILLAGE)
    shown = client.get("/kerja/papan/").content.decode()
    assert mine.title in shown and other.title in shown and elsewhere.title not in shown


@pytest.mark.parametrize("paper", ["a4", "a3"])
def test_what_is_picked_becomes_one_sheet(group, paper):
    on, off = article(group, title="Posyandu hari Senin"), article(group, title="Lomba burung")
    client, _ = visitor(Role.EDITOR, group)
    answer = client.get("/kerja/papan/", {"picked": on.short_code, "paper": paper})
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Cache-Control"] == "private, no-store"
    said = text_of(answer.content)
    assert on.title in said and off.title not in said and "KIM Telaga Ngebel" in said


@pytest.mark.parametrize(("count", "sentence"), [(0, "Pilih dulu paling sedikit satu kabar."), (9, "Kurangi dulu.")])
def test_none_or_too_many_are_told_kindly(group, count, sentence):
    codes = [article(group).short_code for _ in range(9)]
    client, _ = visitor(Role.BOARD, group)
    assert sentence in client.get("/kerja/papan/", {"picked": codes[:count], "paper": "a4"}).content.decode()


def test_a_text_of_somebody_else_cannot_be_picked(group):
    article(group)
    other = article(kim("35.02.19.2006"))
    client, _ = visitor(Role.MEMBER, group)
    answer = client.get("/kerja/papan/", {"picked": other.short_code, "paper": "a4"})
    assert answer.headers["Content-Type"].startswith("text/html")


def test_urgent_and_fresh_ones_are_ticked_and_never_more_than_fit(group):
    for n in range(12):
        article(group, days=n)
    article(group, days=13, is_urgent=True)
    _, actor = visitor(Role.MEMBER, group)
    offer = boards.offer(actor)
    assert len(offer.things) == 13 and len(offer.ticked) == 8


def test_when_nothing_is_fresh_the_newest_are_ticked(group):
    for n in range(9, 12):
        article(group, days=n)
    _, actor = visitor(Role.MEMBER, group)
    assert len(boards.offer(actor).ticked) == 3


def test_an_empty_fortnight_says_so(group):
    client, _ = visitor(Role.MEMBER, group)
    assert "Belum ada kabar dua minggu ini" in client.get("/kerja/papan/").content.decode()


def test_questions_do_not_grow_with_the_texts(group, django_assert_max_num_queries):
    for _ in range(9):
        article(group)
    _, actor = visitor(Role.MEMBER, group)
    with django_assert_max_num_queries(3):
        offer = boards.offer(actor)
        boards.sheet(offer, offer.ticked, "a4")


@pytest.mark.parametrize(
    ("last", "words"),
    [(date(2025, 11, 28), "14–28 November 2025"), (date(2025, 12, 7), "23 November–7 Desember 2025"),
     (date(2026, 1, 7), "24 Desember 2025–7 Januari 2026")],
)  # fmt: skip
def test_a_period_is_said_shortly(last, words):
    assert boards.period(last - timedelta(days=14), last) == words
