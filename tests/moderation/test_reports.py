"""Reporting without an account: what gets through, what is one case, and what is never kept."""

import re
import threading
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connections

from accounts.factories import actor
from kim.accounts.actor import ANONYMOUS
from kim.accounts.models import Mandate, Person, Role
from kim.doors.models import Replay
from kim.doors.throttle import TooOften
from kim.kernel import clock
from kim.kernel.ids import new_id
from kim.ledger.models import Entry
from kim.moderation import actions, queries
from kim.moderation.actions import reporting
from kim.moderation.models import Case, Report
from kim.moderation.workflow import BY_PEOPLE, URGENT, Stage
from kim.publishing import actions as texts
from moderation.factories import PONOROGO, officer, reported
from publishing.factories import house, person_of

pytestmark = pytest.mark.django_db


def path(article) -> str:
    return f"/laporkan/article/{article.id}/"


def test_a_stranger_reports_and_comes_back_with_the_code(client):
    home, by = house(), officer()
    article = home.published()
    page = client.get(path(article))
    assert page.status_code == 200 and "Judi atau penipuan" in page.text and article.title in page.text
    sent = {"reason": "hoax", "words": "Tanggalnya tidak benar.", "kunci": str(uuid4())}
    answer = client.post(path(article), sent, follow=True)
    assert "Laporan terkirim" in answer.text and "Menunggu diperiksa" in answer.text
    code = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}(?=</p>)", answer.text)[0]
    case = Case.objects.get()
    assert (case.reason, case.reports, case.holder_id, case.stage) == ("hoax", 1, PONOROGO, Stage.WAITING)
    assert case.due_at - case.opened_at == timedelta(hours=24)
    actions.claim(case.id, actor=by)
    assert "Sedang diperiksa" in client.get("/laporkan/", {"kode": code.lower()}).text
    assert client.get("/laporkan/", {"kode": "ABCD-EFGH-JKLM"}).status_code == 404


def test_sent_twice_it_is_one_report_with_one_code(client):
    article = house().published()
    sent = {"reason": "other", "words": "Dua kali ketuk.", "kunci": str(uuid4())}
    first, second = (client.post(path(article), sent) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert Report.objects.count() == 1 and Case.objects.get().reports == 1
    Replay.objects.all().delete()  # forgotten, and still the same report with the same code
    assert client.post(path(article), sent).headers["Location"] == first.headers["Location"]
    assert Report.objects.count() == 1


def test_many_reports_of_one_thing_are_one_case_and_a_graver_reason_hurries_it():
    article = house().published()
    case = reported(article, "wrong")
    assert not case.is_urgent
    assert reported(article, "violence", "Ada ancaman di alinea kedua.").pk == case.pk
    case.refresh_from_db()
    assert (case.reports, case.is_urgent, case.reason) == (2, True, "violence")
    assert case.due_at <= clock.now() + timedelta(hours=4)
    assert Entry.objects.filter(verb="case.opened").count() == 1


@pytest.mark.parametrize("reason", BY_PEOPLE, ids=str)
def test_the_clock_is_four_hours_for_what_is_urgent_and_a_day_for_the_rest(reason):
    case = reported(house().published(), reason)
    assert case.due_at - case.opened_at == timedelta(hours=4 if reason in URGENT else 24)


def test_of_two_hundred_reports_from_one_address_the_real_one_gets_through(client):
    """199 pranks on 20 texts, one threat against a life; all from one machine."""
    home, judge = house(), officer()
    Person.objects.update(joined_at=clock.now() - timedelta(days=30))
    articles = [home.published(title=f"Kerja bakti ke-{n}") for n in range(21)]
    for n in range(199):
        sent = {"reason": "wrong", "words": "jelek", "kunci": str(uuid4())}
        assert client.post(path(articles[n % 20]), sent, REMOTE_ADDR="10.1.2.3").status_code == 302
    real = {"reason": "violence", "words": "Penulis mengancam membakar rumah saya.", "kunci": str(uuid4())}
    assert client.post(path(articles[20]), real, REMOTE_ADDR="10.1.2.3").status_code == 302
    assert Report.objects.count() == 200 and Case.objects.count() == 21
    first = queries.queue(judge).items[0]
    assert first.subject == articles[20].key and first.is_urgent
    assert [voice.words for voice in queries.voices(first)] == ["Penulis mengancam membakar rumah saya."]


def test_of_two_hundred_reports_on_one_text_the_one_with_something_to_say_is_read():
    article = house().published()
    for _ in range(199):
        case = reported(article, "other", "hapus!!!")
    reported(article, "personal", "Nomor HP nenek saya ada di sini.")
    said = [voice.words for voice in queries.voices(case)]
    assert said == ["Nomor HP nenek saya ada di sini.", "hapus!!!"]
    case.refresh_from_db()
    assert case.reports == 200


def test_a_flood_on_one_thing_stops_somewhere_and_on_no_other_thing(monkeypatch):
    monkeypatch.setattr(reporting, "MOST_OF_A_THING", 3)
    home = house()
    article, other = home.published(), home.published(title="Kabar lain")
    for _ in range(3):
        reported(article)
    with pytest.raises(TooOften):
        reported(article)
    assert reported(other).reports == 1


def test_whoever_has_signed_in_has_a_limit_of_their_own_and_leaves_no_name(monkeypatch):
    monkeypatch.setattr(reporting, "MOST_OF_A_PERSON", 2)
    home = house()
    nosy = actor(Role.MEMBER, kim_id=home.kim.id, name="Tukang Lapor")
    texts_out = [home.published(title=f"Kabar {n}") for n in range(3)]
    for article in texts_out[:2]:
        actions.report(new_id(), "article", article.id, reason="wrong", actor=nosy)
    with pytest.raises(TooOften):
        actions.report(new_id(), "article", texts_out[2].id, reason="wrong", actor=nosy)
    entries = Entry.objects.filter(verb__startswith="case.")
    assert not entries.exclude(person_id=None).exists() and not entries.filter(person_name__contains="Tukang").exists()


@pytest.mark.parametrize(
    "words",
    [
        "http://a.example http://b.example http://c.example",
        "Kalian semua akan saya datangi, tunggu saja.",
        "<script>alert(1)</script><img src=x onerror=alert(1)>",
        "Anjing, bangsat, tolol",
        "",
    ],
    ids=["links only", "a threat", "markup", "abuse", "nothing"],
)
def test_ugly_words_are_taken_as_words(words, client):
    home, judge = house(), officer()
    case = reported(home.published(), "violence", words)
    client.force_login(person_of(judge), backend="kim.accounts.backends.StrongBackend")
    page = client.get(f"/kantor/laporan/{case.id}/")
    assert page.status_code == 200
    assert "<script>alert" not in page.text and 'href="http://a.example' not in page.text


def test_what_is_not_public_cannot_be_reported(client):
    home = house()
    assert client.get(path(home.draft())).status_code == 404
    article = home.published()
    texts.unpublish(article.id, category="wrong", reason="Keliru.", actor=home.board)
    assert client.get(path(article)).status_code == 404
    assert client.get(f"/laporkan/rahasia/{article.id}/").status_code == 404


def test_a_kim_site_can_be_reported_too(client):
    home = house()
    page = client.post(f"/laporkan/kim/{home.kim.id}/", {"reason": "gambling", "kunci": str(uuid4())})
    assert page.status_code == 302 and Case.objects.get().subject == home.kim.key


def test_only_reasons_for_people_are_taken(client):
    article = house().published()
    assert client.post(path(article), {"reason": "tampered", "kunci": str(uuid4())}).status_code == 200
    assert not Case.objects.exists()


def test_what_was_found_harmless_is_not_reopened_by_the_same_complaint_about_the_same_words():
    home, judge = house(), officer()
    article = home.published()
    case = actions.claim(reported(article, "hoax").id, actor=judge)
    actions.dismiss(case.id, note="Sudah dicek ke kantor desa.", actor=judge)
    assert reported(article, "hoax").pk == case.pk
    assert reported(article, "personal").pk != case.pk
    fields = {"title": article.title, "gist": "", "body": "Kalimat yang lain sama sekali."}
    current = type(article).objects.get(pk=article.pk)
    texts.correct(article.id, fields=fields, ralat="Diganti.", version=current.version, actor=home.board)
    assert reported(article, "hoax").pk not in (case.pk,)


def test_an_empty_office_is_passed_by():
    assert reported(house().published()).holder_id == PONOROGO  # the house has an officer
    home = house("64.08.04.2001")
    Mandate.objects.filter(person_id=home.regency.person_id).update(until=clock.now())
    assert reported(home.published()).holder_id == "ID"


def test_the_words_of_reporters_go_ninety_days_after_the_decision():
    home, judge = house(), officer()
    case = actions.claim(reported(home.published(), "hoax", "Ini bohong.").id, actor=judge)
    actions.dismiss(case.id, actor=judge)
    assert actions.forget_old() == 0
    with time_machine.travel(clock.now() + timedelta(days=91)):
        assert actions.forget_old() == 1
    assert Report.objects.get().words == ""


def test_no_table_of_moderation_has_room_for_an_address_or_a_reporter():
    names = {field.name for model in (Report, Case) for field in model._meta.get_fields()}
    assert not [name for name in names if re.search(r"(^|_)(ip|addr|agent|device|reporter|phone|email)($|_)", name)]
    assert {field.name for field in Report._meta.concrete_fields} == {
        "id", "case", "reason", "words", "code_digest", "at",
    }  # fmt: skip


def test_a_code_has_59_bits_and_says_nothing_of_its_report():
    codes = {reporting._code_of(new_id()) for _ in range(200)}
    assert len(codes) == 200 and all(len(code) == 12 for code in codes)
    assert len(reporting.LETTERS) ** 12 > 2**59


def test_anonymous_reports_leave_anonymous_entries():
    reported(house().published())
    entry = Entry.objects.get(verb="case.reported")
    assert (entry.person_id, entry.hat, ANONYMOUS.name) == (None, "", "")


@pytest.mark.django_db(transaction=True)
def test_the_first_reports_of_a_thing_at_the_same_moment_are_one_case():
    article = house().published()
    begun = threading.Barrier(4)

    def complain() -> None:
        try:
            begun.wait()
            reported(article, "hoax")
        finally:
            connections.close_all()

    crowd = [threading.Thread(target=complain) for _ in range(4)]
    [one.start() for one in crowd]
    [one.join() for one in crowd]
    assert Case.objects.get().reports == Report.objects.count() == 4
    assert Entry.objects.filter(verb="case.opened").count() == 1
