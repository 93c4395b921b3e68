"""The clocks: working days of the place, skewed phones, standing still for the reporter, and going up exactly once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.factories import actor
from aspirations.factories import SECRET, VILLAGE, agency, officer, voice
from kim.accounts.models import Role
from kim.aspirations import actions, policies, queries
from kim.aspirations.actions.base import end_of_clock, resume_clock
from kim.aspirations.models import Aspiration
from kim.aspirations.policies import Desk
from kim.aspirations.workflow import Stage
from kim.config import tasks
from kim.inbox.models import Delivery
from kim.kernel import clock, workdays
from kim.kernel.ids import new_id
from kim.ledger.models import Entry
from kim.regions.models import Holiday, LocalRule
from regions.factories import plant

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 6, 8, 3, 0, tzinfo=ZoneInfo("UTC"))  # an ordinary week: no national holiday until the 16th
ZONES = {VILLAGE: "Asia/Jakarta", "64.08.04.2001": "Asia/Makassar", "91.71.01.1001": "Asia/Jayapura"}
SOME = settings(
    max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
moments = st.datetimes(datetime(2026, 1, 2), datetime(2026, 12, 20)).map(
    lambda one: one.replace(tzinfo=ZoneInfo("UTC"))
)
skews = st.integers(-60, 60).map(lambda days: timedelta(days=days, minutes=7))


def head(code: str = VILLAGE):
    return actor(Role.VILLAGE, code)


def sent(code: str, captured: datetime) -> Aspiration:
    words = {"kind": "complaint", "text": "Jalan berlubang.", "region": code}
    return actions.submit(new_id(), fields=words, secret=SECRET, captured_at=captured, actor=actor(Role.MEMBER))


def last_day(made: Aspiration, zone: str) -> date:
    return clock.local(made.due_at - timedelta(seconds=1), zone).date()


@SOME
@given(now=moments, skew=skews, later=st.integers(0, 20), code=st.sampled_from(sorted(ZONES)))
def test_the_clock_of_a_village_is_right_under_any_phone(now, skew, later, code):
    plant(code)
    zone = ZONES[code]
    with time_machine.travel(now, tick=False):
        one = sent(code, now + skew)
        other = sent(code, now + skew + timedelta(days=later))
    assert now - workdays.SKEW <= one.captured_at <= now
    assert one.due_at <= other.due_at
    begun = clock.local(one.captured_at, zone).date()
    assert workdays.is_workday(last_day(one, zone)) and workdays.between(begun, last_day(one, zone)) == 3
    assert clock.local(one.due_at, zone).timetz().replace(tzinfo=None).isoformat() == "00:00:00"


@SOME
@given(now=moments, asked=st.integers(0, 3), silent=st.integers(0, 9))
def test_the_clock_stands_still_while_the_reporter_has_the_turn(now, asked, silent):
    zone = ZONES[VILLAGE]
    with time_machine.travel(now, tick=False) as travel:
        made, who = voice(), head()
        actions.accept(made.id, actor=who)
        travel.shift(timedelta(days=asked))
        before = Aspiration.objects.get(id=made.id)
        made = actions.ask_back(made.id, text="Di mana?", actor=who)
        assert made.due_at >= clock.now()
        asked_on = clock.today(zone)
        travel.shift(timedelta(days=silent))
        resume_clock(made)
        left = workdays.between(asked_on, last_day(before, zone))
        assert made.due_at >= before.due_at
        assert workdays.between(clock.today(zone), last_day(made, zone)) == max(1, left) or made.due_at == before.due_at


@SOME
@given(now=moments, waited=st.integers(0, 40), kind=st.sampled_from(["complaint", "wish", "request"]))
def test_whoever_takes_it_has_time_and_an_extension_never_shortens_it(now, waited, kind):
    with time_machine.travel(now, tick=False) as travel:
        made = voice(kind=kind)
        travel.shift(timedelta(days=waited))
        made = actions.accept(made.id, actor=head())
        assert made.due_at > clock.now()
        end = end_of_clock(made, clock.now())
        made.is_extended = made.is_supervision = True
        assert made.due_at <= end <= end_of_clock(made, clock.now())


def test_verify_three_follow_up_five_then_the_kind():
    with time_machine.travel(MONDAY, tick=False):
        made, who = voice(), head()
        assert last_day(made, "Asia/Jakarta") == date(2026, 6, 11)
        made = actions.accept(made.id, actor=who)
        assert last_day(made, "Asia/Jakarta") == date(2026, 6, 15)
        made = actions.follow_up(made.id, text="Disurvei.", actor=who)
        assert workdays.between(date(2026, 6, 8), last_day(made, "Asia/Jakarta")) == 14


def test_a_request_for_information_counts_from_when_it_was_written_and_is_extended_once():
    with time_machine.travel(MONDAY, tick=False) as travel:
        made, who = voice(kind="request"), head()
        travel.shift(timedelta(days=2))
        actions.accept(made.id, actor=who)
        made = actions.follow_up(made.id, text="Dicari.", actor=who)
        assert workdays.between(date(2026, 6, 8), last_day(made, "Asia/Jakarta")) == 10
        made = actions.extend(made.id, reason="Arsip lama.", actor=who)
        assert workdays.between(date(2026, 6, 8), last_day(made, "Asia/Jakarta")) == 17
        assert not policies.can_extend(who, made)


def test_an_inspection_has_sixty_days_and_only_an_office_says_so():
    with time_machine.travel(MONDAY, tick=False):
        made, who = voice(), actor(Role.REGENCY, "35.02")
        assert not actions.accept(made.id, is_supervision=True, actor=head()).is_supervision
        other = voice()
        actions.escalate(other.id, to=Desk("35.02"), reason="Perlu diperiksa.", actor=head())
        actions.accept(other.id, is_supervision=True, actor=who)
        other = actions.follow_up(other.id, text="Diperiksa.", actor=who)
        assert workdays.between(date(2026, 6, 8), last_day(other, "Asia/Jakarta")) == 60


def test_a_place_has_its_own_free_days_and_its_own_rules():
    with time_machine.travel(MONDAY, tick=False):
        usual = voice()
        actions.add_holiday(
            region="35.02",
            on=date(2026, 6, 10),
            name="Hari jadi",
            source="SE 1/2026",
            actor=actor(Role.REGENCY, "35.02"),
        )
        assert last_day(voice(), "Asia/Jakarta") == last_day(usual, "Asia/Jakarta") + timedelta(days=1)
        assert voice("64.08.04.2001").due_at < voice().due_at
        LocalRule.objects.create(region_id="35", key="aspiration_verify_days", value=1)
        assert last_day(voice(), "Asia/Jakarta") == date(2026, 6, 9)
        Holiday.objects.all().delete()


def test_it_reminds_once_goes_up_once_and_ends_at_the_ministry():
    with time_machine.travel(MONDAY, tick=False) as travel:
        made, heads = voice(), head()
        told = []
        for _ in range(40):
            travel.shift(timedelta(hours=24))
            actions.watch()
            assert actions.watch() == 0
            told = list(Entry.objects.filter(key=made.key).order_by("at", "id").values_list("verb", flat=True))
    made.refresh_from_db()
    assert made.holder_code == "ID" and made.stage == Stage.ESCALATED and made.alarm_at is None
    up = ["aspiration.reminded", "aspiration.passed_up"]
    assert told == ["aspiration.submitted", *up * 3, "aspiration.reminded", "aspiration.overdue"]
    stays = list(made.handlings.all())
    assert [stay.holder_code for stay in stays] == [VILLAGE, "35.02", "35", "ID"]
    assert all(stay.is_late for stay in stays) and all(stay.is_automatic for stay in stays[1:])
    assert heads.person_id


def test_it_goes_to_the_kecamatan_only_where_somebody_works():
    camat = agency("35.02.17", "Kecamatan Contoh")
    assert queries.above(voice()) == Desk("35.02")
    officer(camat)
    assert queries.above(voice()) == Desk("35.02.17", camat.id)
    dinas, made = agency(), voice()
    actions.escalate(made.id, to=Desk("35.02", dinas.id), reason="Jalan.", actor=head())
    assert queries.above(Aspiration.objects.get(id=made.id)) == Desk("35.02")


def test_what_arrives_overdue_is_not_taken_away_before_a_working_day():
    with time_machine.travel(MONDAY, tick=False) as travel:
        made = sent(VILLAGE, MONDAY - timedelta(days=20)) if plant(VILLAGE) else None
        assert made.due_at < clock.now()
        actions.watch()
        travel.shift(timedelta(hours=20))
        actions.watch()
        assert Aspiration.objects.get(id=made.id).holder_code == VILLAGE
        travel.shift(timedelta(days=2))
        actions.watch()
        assert Aspiration.objects.get(id=made.id).holder_code == "35.02"


@pytest.mark.parametrize("verb", ["answer", "ask_back"])
def test_silence_of_ten_working_days_closes_it(verb):
    with time_machine.travel(MONDAY, tick=False) as travel:
        made, who = voice(), head()
        actions.accept(made.id, actor=who)
        words = {"answer": {"text": "Sudah.", "outcome": "done"}, "ask_back": {"text": "Di mana?"}}[verb]
        getattr(actions, verb)(made.id, actor=who, **words)
        travel.shift(timedelta(days=14))
        actions.watch()
        assert Aspiration.objects.get(id=made.id).is_open is (verb == "ask_back")
        travel.shift(timedelta(days=3))
        actions.watch()
        found = Aspiration.objects.get(id=made.id)
        assert (found.stage, found.due_at) == (Stage.CLOSED, None) and found.closed_at


def test_who_stands_where_is_said_in_words():
    with time_machine.travel(MONDAY, tick=False) as travel:
        made = voice()
        said = []
        for days in (0, 2, 1, 1, 3):
            travel.shift(timedelta(days=days))
            said.append(queries.standings([made])[made.id].text)
    assert said == [
        "sisa 3 hari kerja", "sisa 1 hari kerja", "hari ini hari terakhir", "lewat 1 hari kerja", "lewat 2 hari kerja",
    ]  # fmt: skip


def test_desks_are_told_and_a_confidential_one_is_told_to_few():
    people = {role: actor(role, VILLAGE) for role in (Role.MEMBER, Role.BOARD, Role.VILLAGE)}
    regency = actor(Role.REGENCY, "35.02")
    made, hidden = voice(), voice(privacy="secret", category="aid")
    actions.escalate(made.id, to=Desk("35.02"), reason="Jalan kabupaten.", actor=people[Role.VILLAGE])
    actions.accept(made.id, actor=regency)
    actions.answer(made.id, text="Sudah.", outcome="done", actor=regency)
    tasks.carry_errands()
    heard = {role: list(Delivery.objects.filter(person_id=who.person_id)) for role, who in people.items()}
    assert [len(heard[role]) for role in people] == [2, 3, 3]  # new, answered; and the confidential one
    assert not any("rahasia" in one.text for one in heard[Role.MEMBER])
    told = [one.text for one in heard[Role.BOARD] if hidden.shown_number in one.text]
    assert told == [f"Aspirasi rahasia {hidden.shown_number} baru di meja Anda."]
    assert Delivery.objects.filter(person_id=regency.person_id, text__contains="diteruskan ke meja Anda").count() == 1


ROLES_AT = (
    (Role.MEMBER, VILLAGE), (Role.BOARD, VILLAGE), (Role.EDITOR, VILLAGE), (Role.VILLAGE, VILLAGE),
    (Role.VILLAGE, "35.02.17.1009"), (Role.REGENCY, "35.02"), (Role.REGENCY, "64.08"), (Role.PROVINCE, "35"),
    (Role.NATIONAL, "ID"), (Role.EXPERT, "35"),
)  # fmt: skip


@SOME
@given(steps=st.lists(st.integers(0, 9), max_size=6), is_confidential=st.booleans())
def test_nobody_below_beside_or_above_the_holder_reads_it(steps, is_confidential):
    people = [actor(role, code) for role, code in ROLES_AT]
    people += [
        officer(agency("35.02.17", "Kecamatan Contoh")),
        officer(agency()),
        officer(agency("35", "Dinas Provinsi")),
    ]
    made = voice(privacy="secret" if is_confidential else "open")
    for step in steps:
        found = Aspiration.objects.get(id=made.id)
        offered = queries.destinations(found)
        holder = next(one for one in people if policies.holds(one, found))
        actions.escalate(made.id, to=offered[step % len(offered)].desk, reason="Lanjut.", actor=holder)
    found = Aspiration.objects.get(id=made.id)
    for who in people:
        sees = queries.visible_to(who).filter(id=made.id).exists()
        assert sees is policies.holds(who, found) is bool(policies.can_read(who, found))
        is_there = queries.key_of(who) == str(found.holder_agency_id or found.holder_code)
        is_close = found.holder_code != VILLAGE or who.wears(Role.BOARD, Role.VILLAGE)
        assert sees is (is_there and (is_close or not is_confidential))
    assert sum(policies.holds(who, found) for who in people) >= 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_pass_it_up_once():
    plant(VILLAGE)
    made = [sent(VILLAGE, clock.now() - timedelta(days=20)) for _ in range(6)]
    Aspiration.objects.update(received_at=clock.now() - timedelta(days=20), alarm_at=clock.now() - timedelta(hours=1))

    def work(_: int) -> int:
        try:
            return actions.watch()
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        assert sum(pool.map(work, range(3))) == len(made)
    assert Entry.objects.filter(verb="aspiration.passed_up").count() == len(made)
