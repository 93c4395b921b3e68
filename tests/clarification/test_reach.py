"""How far a clarification came: counted like a packet, for the villages that asked, with readers, gaps and call backs."""

from datetime import timedelta
from io import BytesIO

import pypdfium2
import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clarification.factories import MESSAGE, SPREAD, VILLAGES, Country, country
from kim.accounts.backends import STRONG
from kim.accounts.models import Person
from kim.clarification import actions, queries
from kim.clarification.models import Claim, Spread, Tally
from kim.config import tasks
from kim.kernel import clock
from kim.kernel.ids import new_id
from kim.kernel.results import NotAllowed, Refused
from kim.ledger.models import Entry
from kim.regions import actions as regions
from kim.regions.data.heads import Count
from kim.spreading.actions import reporting
from reach.factories import read

pytestmark = pytest.mark.django_db
NO_KIM = "35.02.17.1009"


@pytest.fixture
def land() -> Country:
    return country()


def signed_in(who) -> Client:
    client = Client()
    client.force_login(Person.objects.get(pk=who.person_id), backend=STRONG)
    return client


def kept(claim: Claim) -> dict[str, tuple]:
    names = [one.name for one in Tally._meta.concrete_fields if one.name not in ("id", "as_of", "readers_sketch")]
    return {row[names.index("region")]: row for row in claim.tallies.order_by("region_id").values_list(*names)}


def test_it_is_kept_for_every_place_from_the_regency_up(land):
    claim = land.answered()
    land.spread(claim, 0)
    actions.open_(land.handout(claim, 2).id, actor=land.boards[2])
    tasks.carry_errands()
    found = {one.region_id: (one.sent, one.opened, one.spread, one.heard_low) for one in claim.tallies.all()}
    assert found == {
        "ID": (3, 2, 1, 50), "35": (2, 1, 1, 50), "35.02": (2, 1, 1, 50), "64": (1, 1, 0, 0), "64.08": (1, 1, 0, 0),
    }  # fmt: skip


def test_what_is_kept_act_by_act_is_what_a_full_count_gives(land):
    claim = land.answered(*VILLAGES, NO_KIM)
    land.spread(claim, 0)
    land.spread(claim, 2, channel="loudspeaker")
    land.asked(place="35.02.17.1009")
    tasks.carry_errands()
    before = kept(claim)
    Tally.objects.all().delete()
    actions.recount(claim.id)
    assert kept(claim) == before


def test_only_villages_that_asked_can_be_missing_and_those_without_a_kim_are_named(land):
    claim = land.answered(VILLAGES[0], NO_KIM)
    found = queries.reach(claim, "35.02")
    assert (found.gap, found.tally.villages_all) == (1, 2) and [one.code for one in found.gaps] == [NO_KIM]
    whole = queries.reach(claim, "ID")
    assert not whole.gaps and {row.code: row.gap for row in whole.rows} == {"35": 1}


def test_a_regency_where_nobody_has_a_kim_stands_in_the_list_with_its_gap(land):
    claim = land.answered(NO_KIM)
    assert [(row.code, row.tally.sent, row.gap) for row in queries.reach(claim, "35").rows] == [("35.02", 0, 1)]


def test_a_question_from_a_new_village_after_the_answer_counts_there(land):
    claim = land.answered(VILLAGES[0])
    land.asked(place=VILLAGES[2])
    tasks.carry_errands()
    assert [one.code for one in queries.reach(claim, "64.08").gaps] == [VILLAGES[2]]
    actions.carry_on()
    assert not queries.reach(claim, "64.08").gap and queries.reach(claim, "ID").tally.sent == 2


def test_it_is_seen_day_by_day_with_people_and_by_which_ways(land):
    regions.count_people([Count("35.02", 962_000, 2024, "Dukcapil")])
    claim = land.answered()
    land.spread(claim, 0)
    found = queries.reach(claim, "35.02")
    assert found.labels == ["Dibaca", "Disebarkan"] and found.moments[-1].numbers == [1, 1]
    assert found.people.number == 962_000 and dict(found.channels) == {"Grup WhatsApp": 1}


@pytest.mark.parametrize("code", ["35.02.17", "35.02.17.1008"])
def test_below_a_regency_the_same_is_counted_on_the_spot(land, code):
    claim = land.answered(VILLAGES[0], NO_KIM)
    land.spread(claim, 0)
    found = queries.reach(claim, code)
    assert (found.tally.sent, found.tally.spread, found.tally.villages_all) == (1, 1, 2 if code == "35.02.17" else 1)


def test_readers_of_the_page_and_of_its_short_link_count_for_its_office_and_above(land):
    claim = land.answered()
    Claim.objects.filter(pk=claim.pk).update(office_id="35.02")
    read(claim.key, *range(30))
    read(claim.key, *range(20, 40), way="qr")
    assert actions.count_readers() == 1 and actions.count_readers() == 1
    readers = dict(claim.tallies.exclude(readers=0).values_list("region_id", "readers"))
    assert readers == {"ID": 40, "35": 40, "35.02": 40}
    assert dict(queries.ways(claim))["Kode QR"] == "kira-kira 20 kunjungan"
    claim.refresh_from_db()
    assert queries.is_ours(claim, "35") and not queries.is_ours(claim, "64")


def test_what_nobody_read_costs_no_question_of_its_own_and_a_day_is_counted_once_more(land, django_assert_num_queries):
    claim, *others = (land.answered(text=f"{MESSAGE} {' '.join(f'{one}{n}' for n in range(60))}") for one in "abc")
    assert actions.count_readers() == 0
    with django_assert_num_queries(3):  # the claims, who was read, and up to where they are counted
        actions.count_readers()
    read(claim.key, 1, 2)
    assert actions.count_readers() == 1
    with time_machine.travel(clock.now() + timedelta(days=1), tick=False):
        assert actions.count_readers() == 1  # what came late for yesterday
    with time_machine.travel(clock.now() + timedelta(days=4), tick=False):
        assert (actions.count_readers(), actions.count_readers()) == (1, 0)  # and then it rests
        read(others[0].key, 3)
        assert actions.count_readers() == 1


@pytest.mark.parametrize("path", ["clarification:reach", "clarification:office_claim"])
def test_the_pages_ask_the_same_few_questions_however_much_was_sent(land, path):
    claim, client, asked = land.answered(VILLAGES[0]), signed_in(land.national), []
    for turn in range(2):
        with CaptureQueriesContext(connection) as caught:
            assert client.get(reverse(path, args=[claim.id])).status_code == 200
        asked.append([one["sql"][:200] for one in caught if "SAVEPOINT" not in one["sql"]])
        for number in range(3 * (1 - turn)):
            land.asked(place=VILLAGES[number])
            actions.carry_on()
            land.spread(claim, number)
    assert len(asked[1]) == len(asked[0]) <= 16, asked


def test_reach_itself_asks_four_questions(land):
    claim = land.answered()
    with CaptureQueriesContext(connection) as caught:
        queries.reach(claim, "ID")
    assert len(caught) <= 4, [one["sql"][:90] for one in caught]


def test_an_office_sees_its_own_area_and_nothing_beyond(land):
    claim = land.answered(VILLAGES[0])
    page = reverse("clarification:reach", args=[claim.id])
    assert "Kabupaten Ponorogo" in signed_in(land.regency).get(page).content.decode()
    assert signed_in(land.regency).get(page, {"wilayah": "64.08"}).status_code == 404
    assert signed_in(land.regency).get(page, {"wilayah": "35"}).status_code == 404
    assert signed_in(land.other).get(page).status_code == 404, "nobody there has asked"
    assert signed_in(land.head).get(page).status_code == 403
    assert (
        signed_in(land.regency)
        .get(reverse("clarification:reach", args=[land.asked("Lain sekali.").claim_id]))
        .status_code
        == 404
    )


def words_of(pdf: bytes) -> str:
    return " ".join(one.get_textpage().get_text_bounded() for one in pypdfium2.PdfDocument(BytesIO(pdf)))


def test_it_is_taken_along_as_a_list_and_on_paper_and_the_ledger_knows(land):
    claim = land.answered(VILLAGES[0], NO_KIM)
    land.spread(claim, 0)
    client, path = signed_in(land.regency), reverse("clarification:office_export", args=[claim.id])
    lines = b"".join(client.post(path, {"jenis": "csv"}).streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0].startswith("KIM") and len(lines) == 2 and "50" in lines[1]
    paper = words_of(client.post(path, {"jenis": "pdf", "wilayah": "35.02"}).content)
    assert "Jangkauan klarifikasi" in paper and claim.title in paper and "1 dari 2 desa" in paper
    assert [one.data["kind"] for one in Entry.objects.filter(verb="export.taken").order_by("at")] == ["csv", "pdf"]
    assert client.post(path, {"jenis": "pdf", "wilayah": "64.08"}).status_code == 404


def test_a_share_of_the_reports_is_drawn_and_the_call_back_shows(land, monkeypatch):
    monkeypatch.setattr(reporting, "DRAWN_OF_256", 256)
    claim = land.answered()
    land.spread(claim, 0)
    made, page = Spread.objects.get(), reverse("clarification:check_backs")
    assert claim.title in signed_in(land.regency).get(page).content.decode()
    assert claim.title not in signed_in(land.other).get(page).content.decode()
    act = reverse("clarification:check_back", args=[made.id])
    assert signed_in(land.other).post(act, {"result": "confirmed"}).status_code == 404
    assert signed_in(land.regency).post(act, {"result": "confirmed"}).status_code == 302
    tasks.carry_errands()
    assert queries.reach(claim, "35.02").checks["confirmed"] == 1
    with pytest.raises(Refused):
        actions.check_back(made.id, result="differs", actor=land.other)


def test_what_was_not_drawn_cannot_be_checked_and_a_number_nobody_has_is_refused(land, monkeypatch):
    monkeypatch.setattr(reporting, "DRAWN_OF_256", 0)
    claim = land.answered()
    land.spread(claim, 0)
    with pytest.raises(NotAllowed, match="tidak diundi"):
        actions.check_back(Spread.objects.get().id, result="confirmed", actor=land.regency)
    with pytest.raises(NotAllowed, match="jumlah warga"):
        actions.spread(
            new_id(), land.handout(claim, 1).id, fields=SPREAD | {"heard_high": 900_000}, actor=land.boards[1]
        )


def test_a_kim_reports_by_the_form_and_reads_its_reports(land):
    claim = land.answered()
    client, path = signed_in(land.members[0]), reverse("clarification:spread", args=[claim.id])
    said = {"channel": "board", "held_on": SPREAD["held_on"].isoformat(), "place": "Balai desa", "id": str(new_id())}
    assert "Pilih perkiraan" in client.post(path, said).content.decode()
    for _ in range(2):
        assert client.post(path, said | {"guess": "50-100"}).status_code == 302
    page = client.get(reverse("clarification:claim", args=[claim.id])).content.decode()
    assert "Sudah dilaporkan (1)" in page and "Balai desa" in page and Spread.objects.count() == 1
    assert signed_in(land.boards[2]).get(path).status_code == 200 and signed_in(land.head).get(path).status_code == 403
