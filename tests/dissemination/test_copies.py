"""A packet in a KIM: the fan-out exactly once, opening, discussing, deciding, reporting; and how far it came."""

import pytest
from django.db import DatabaseError

from accounts.factories import actor
from dissemination.factories import REPORT, VILLAGES, Country, country
from kim.accounts.models import Role
from kim.config import tasks
from kim.discussion.models import Room
from kim.dissemination import actions, queries
from kim.dissemination.actions import sending
from kim.dissemination.models import Assignment, Coverage, Target
from kim.dissemination.workflow import COPY_WORKFLOW, Step
from kim.inbox.models import Delivery
from kim.kernel.ids import new_id
from kim.kernel.results import NotAllowed, Refused
from kim.ledger.queries import timeline
from kim.publishing import actions as publishing
from kim.registry.models import Kim
from kim.spreading.actions import reporting
from kim.spreading.models import CallBack
from publishing.factories import POINTS
from registry.factories import kim

pytestmark = pytest.mark.django_db


@pytest.fixture
def land() -> Country:
    return country()


def at_step(land: Country, step: Step) -> Assignment:
    copy, board = land.copy(land.issued()), land.boards[0]
    if step == Step.ARRIVED:
        return copy
    actions.open_(copy.id, actor=board)
    if step == Step.DISCUSSED:
        return actions.discuss(copy.id, actor=board)
    if step == Step.DECLINED:
        return actions.decline(copy.id, reason="known", actor=board)
    if step in (Step.ACCEPTED, Step.SPREAD):
        copy = actions.accept(copy.id, actor=board)
    if step == Step.SPREAD:
        actions.report(new_id(), copy.id, fields=REPORT, actor=board)
    copy.refresh_from_db()
    return copy


def call(verb: str, copy: Assignment, who) -> None:
    if verb == "report":
        actions.report(new_id(), copy.id, fields=REPORT, actor=who)
    else:
        getattr(actions, verb)(copy.id, actor=who, **({"reason": "known"} if verb == "decline" else {}))


@pytest.mark.parametrize("step", list(Step))
@pytest.mark.parametrize("verb", list(COPY_WORKFLOW))
def test_every_verb_moves_where_the_table_says_or_is_closed(land, verb, step):
    copy = at_step(land, step)
    if verb == "open_" and step != Step.ARRIVED:
        call(verb, copy, land.boards[0])  # reading again changes nothing
        assert land.copy(copy.bulletin).step == step
    elif COPY_WORKFLOW.allows(verb, step):
        call(verb, copy, land.boards[0])
        assert land.copy(copy.bulletin).step == COPY_WORKFLOW[verb].to
    else:
        with pytest.raises(NotAllowed):
            call(verb, copy, land.boards[0])


@pytest.mark.parametrize("verb", list(COPY_WORKFLOW))
def test_nobody_else_works_a_kims_copy(land, verb):
    copy = at_step(land, Step(COPY_WORKFLOW[verb].sources[0]))
    for who in (land.boards[1], land.regency, land.national, land.head):
        with pytest.raises(Refused):
            call(verb, copy, who)


def test_a_plain_member_reads_discusses_and_reports_but_the_board_decides(land):
    copy, member = land.copy(land.issued()), land.members[0]
    actions.open_(copy.id, actor=member)
    with pytest.raises(Refused, match="Pengurus"):
        actions.accept(copy.id, actor=member)
    actions.discuss(copy.id, actor=member)
    actions.take_side(copy.id, side="agree", actor=member)
    actions.accept(copy.id, minutes="Semua setuju.", actor=land.boards[0])
    actions.report(new_id(), copy.id, fields=REPORT, actor=member)
    room = Room.objects.get(key=copy.key)
    assert not room.is_open and room.decisions.get().minutes == "Semua setuju."
    verbs = list(timeline(copy.key).values_list("verb", flat=True))
    assert verbs == ["assignment.opened", "assignment.discussed", "assignment.accepted", "assignment.spread"]


def test_each_kim_of_overlapping_places_gets_one_copy(land):
    bulletin = land.issued("35.02", "35.02.17", "35.02.17.1008")
    assert Assignment.objects.filter(bulletin=bulletin).count() == 2
    assert not Target.objects.filter(bulletin=bulletin, done_at=None).exists()


@pytest.mark.parametrize(("place", "number"), [("ID", 3), ("35", 2), ("35.02", 2), ("35.02.17", 1), (VILLAGES[2], 1)])
def test_a_place_of_every_level_is_found(land, place, number):
    assert Assignment.objects.filter(bulletin=land.issued(place)).count() == number


def test_a_focus_leaves_the_others_out(land):
    kim("35.02.17.1009", focus="farm")
    assert Assignment.objects.filter(bulletin=land.issued("35.02", focus=["farm"])).count() == 1


def test_a_fan_out_that_is_cut_goes_on_and_ends_with_each_kim_once(land, monkeypatch):
    monkeypatch.setattr(sending, "PORTION", 1)
    bulletin = actions.issue(land.draft().id, actor=land.national)
    tell, told = sending._tell, []

    def break_at_the_second(*given, **portion):
        told.append(given)
        if len(told) == 2:
            raise DatabaseError("the power went out")
        tell(*given, **portion)

    monkeypatch.setattr(sending, "_tell", break_at_the_second)
    with pytest.raises(DatabaseError):
        actions.carry_on()
    assert Assignment.objects.filter(bulletin=bulletin).count() == 1
    monkeypatch.setattr(sending, "_tell", tell)
    assert actions.carry_on() == 2 and actions.carry_on() == 0
    assert sorted(Assignment.objects.filter(bulletin=bulletin).values_list("kim_id", flat=True)) == sorted(
        one.id for one in land.kims
    )
    tasks.carry_errands()
    assert {d.person_id for d in Delivery.objects.all()} == {board.person_id for board in land.boards}
    assert Delivery.objects.count() == 3


def told(text: str) -> list:
    tasks.send_bulletins()
    tasks.carry_errands()
    people = list(Delivery.objects.filter(text__contains=text).values_list("person_id", flat=True))
    Delivery.objects.all().delete()
    return sorted(people)


@pytest.mark.parametrize("portion", [1, 2000])
@pytest.mark.parametrize("places", [("35.02", "64.08"), ("35.02", "35.02.17", "ID"), VILLAGES])
def test_each_board_is_told_once_by_whichever_places_the_packet_comes(land, monkeypatch, places, portion):
    monkeypatch.setattr(sending, "PORTION", portion)
    everybody = sorted(board.person_id for board in land.boards)
    bulletin = actions.issue(land.draft(*places).id, actor=land.national)
    assert told("Info dari") == everybody
    actions.correct(bulletin.id, fields={"title": "Baru"}, change="Judul.", actor=land.national)
    assert told("dibetulkan") == everybody
    actions.withdraw(bulletin.id, reason="Keliru.", actor=land.national)
    assert told("ditarik") == everybody


def test_a_KIM_it_is_no_longer_meant_for_hears_that_it_is_withdrawn(land):
    bulletin = land.issued("ID", focus=["public"])
    tasks.carry_errands()
    Kim.objects.filter(pk__in=[one.pk for one in land.kims]).update(focus="farm")
    actions.withdraw(bulletin.id, reason="Keliru.", actor=land.national)
    assert told("ditarik") == sorted(board.person_id for board in land.boards)


def test_an_open_discussion_is_decided_by_the_rule_of_its_room(land):
    copy = at_step(land, Step.DISCUSSED)
    Room.objects.filter(key=copy.key).update(rule="quorum", quorum=2)
    with pytest.raises(Refused, match="Baru 0 anggota"):
        actions.accept(copy.id, actor=land.boards[0])
    for who in (land.boards[0], land.members[0]):
        actions.take_side(copy.id, side="agree", actor=who)
    assert actions.accept(copy.id, actor=land.members[0]).step == Step.ACCEPTED


def test_a_report_sent_twice_is_kept_once_and_overlaps_are_not_added_up(land):
    copy, one = at_step(land, Step.ACCEPTED), new_id()
    for _ in range(2):
        actions.report(one, copy.id, fields=REPORT, actor=land.members[0])
    actions.report(new_id(), copy.id, fields=REPORT | {"heard_low": 10, "heard_high": 50}, actor=land.members[0])
    copy = land.copy(copy.bulletin)
    assert Coverage.objects.filter(assignment=copy).count() == 2
    assert (copy.heard_low, copy.heard_high) == (100, 250)


def test_a_declined_packet_says_why_and_can_still_be_accepted(land):
    copy = at_step(land, Step.DECLINED)
    assert (copy.decline, copy.decided_at is not None) == ("known", True)
    assert actions.accept(copy.id, actor=land.boards[0]).decline == ""


def test_the_kims_own_article_about_it_is_labelled_begun_once_and_counts_when_it_is_out(land):
    copy, board = at_step(land, Step.ACCEPTED), land.boards[0]
    article = actions.retell(copy.id, actor=land.members[0])
    assert actions.retell(copy.id, actor=board) == article
    assert article.source == "government" and "Kementerian Kesehatan" in article.source_note
    publishing.discuss(article.id, actor=board)
    publishing.agree(article.id, revision=article.revision, actor=board)
    publishing.publish(article.id, points=POINTS, actor=board)
    for _ in range(2):
        tasks.carry_errands()
    copy = land.copy(copy.bulletin)
    assert copy.step == Step.SPREAD
    assert [(one.channel, one.article_id) for one in queries.reports_of(copy)] == [("article", article.id)]


def test_the_reach_of_every_level_is_right_and_the_same_counted_anew(land):
    bulletin = land.issued()
    land.spread(bulletin, 0)
    land.spread(bulletin, 2, channel="whatsapp", heard_low=10, heard_high=50)
    actions.decline(land.copy(bulletin, 1).id, reason="not_here", actor=land.boards[1])
    tasks.carry_errands()
    found = {code: queries.reach(bulletin, code) for code in ("ID", "35", "35.02", "64")}
    whole = found["ID"].tally
    assert (whole.sent, whole.opened, whole.decided, whole.declined, whole.spread, whole.villages) == (3, 3, 3, 1, 2, 2)
    assert (whole.heard_low, whole.heard_high, whole.villages_sent, whole.villages_all) == (110, 300, 3, 4)
    assert dict(found["ID"].channels) == {"Pengeras suara": 1, "Grup WhatsApp": 1}
    assert dict(queries.reasons(found["35"])) == {"Bukan untuk desa kami": 1} and not queries.reasons(found["64"])
    assert [(row.code, row.share) for row in found["ID"].rows] == [("35", 50), ("64", 100)]
    assert found["35.02"].tally.spread == 1 and whole.hours_median is not None
    kept = {one.region_id: (one.sent, one.spread, one.channels) for one in bulletin.tallies.all()}
    actions.recount(bulletin.id)
    assert kept == {one.region_id: (one.sent, one.spread, one.channels) for one in bulletin.tallies.all()}


def test_a_share_of_the_reports_is_drawn_and_the_call_back_shows(land, monkeypatch):
    monkeypatch.setattr(reporting, "DRAWN_OF_256", 256)
    bulletin = land.issued()
    land.spread(bulletin, 0)
    report = queries.drawn_reports(land.regency).items[0]
    assert not queries.drawn_reports(land.other).items
    with pytest.raises(Coverage.DoesNotExist):
        queries.drawn_report(land.other, report.id)
    actions.check_back(report.id, result=CallBack.CONFIRMED, actor=land.regency)
    tasks.carry_errands()
    assert queries.reach(bulletin, "ID").checks["confirmed"] == 1
    assert not queries.drawn_reports(land.regency).items


def test_about_one_report_in_twenty_is_drawn_whoever_makes_the_id():
    drawn = sum(reporting._is_drawn(new_id()) for _ in range(4000))
    assert 120 < drawn < 290


def test_questions_of_people_reach_the_office_above(land):
    bulletin = land.issued()
    land.spread(bulletin, 0, questions="Apakah harus bawa KK?")
    assert [one.questions for one in queries.reach(bulletin, "ID").questions] == ["Apakah harus bawa KK?"]
    assert not queries.reach(bulletin, "64").questions


def test_those_who_have_not_opened_it_are_listed_with_a_ready_text(land, settings):
    bulletin = land.issued()
    actions.open_(land.copy(bulletin, 0).id, actor=land.members[0])
    found = queries.to_remind(bulletin, "ID", days=0).items
    assert {copy.kim_id for copy in found} == {land.kims[1].id, land.kims[2].id}
    assert all(bulletin.title in words for _, _, words in queries.reminders(bulletin, found))
    assert not queries.to_remind(bulletin, "ID", days=3).items


def test_the_inbox_shows_ones_own_kim_alone(land):
    land.issued()
    assert len(queries.inbox(land.members[0], queries.TABS[0])) == 1
    assert queries.inbox_count(land.members[0]) == 1
    stranger = actor(Role.MEMBER, "35.02.17.1009", kim_id=kim("35.02.17.1009").id)
    assert not queries.inbox(stranger, queries.TABS[0]).items
    assert not queries.visible_copies(land.regency).exists()


@pytest.mark.parametrize("verb", ["accept", "decline", "discuss", "report", "retell"])
def test_a_withdrawn_packet_is_read_but_worked_no_further(land, verb):
    copy = at_step(land, Step.ACCEPTED if verb == "report" else Step.OPENED)
    actions.withdraw(copy.bulletin_id, reason="Jadwalnya keliru.", actor=land.national)
    with pytest.raises(NotAllowed, match="Jadwalnya keliru"):
        call(verb, copy, land.boards[0])
    actions.open_(copy.id, actor=land.boards[0])


def test_the_room_of_a_withdrawn_packet_falls_silent(land):
    copy = at_step(land, Step.DISCUSSED)
    actions.withdraw(copy.bulletin_id, reason="Jadwalnya keliru.", actor=land.national)
    with pytest.raises(NotAllowed):
        actions.remark(copy.id, text="Masih berlaku?", kind="question", actor=land.boards[0])
    with pytest.raises(NotAllowed):
        actions.take_side(copy.id, side="agree", actor=land.boards[0])
    with pytest.raises(NotAllowed):
        actions.postpone(copy.id, actor=land.boards[0])


def test_an_article_published_after_the_withdrawal_is_no_report_of_it(land):
    copy, board = at_step(land, Step.ACCEPTED), land.boards[0]
    article = actions.retell(copy.id, actor=board)
    actions.withdraw(copy.bulletin_id, reason="Jadwalnya keliru.", actor=land.national)
    publishing.discuss(article.id, actor=board)
    publishing.agree(article.id, revision=article.revision, actor=board)
    publishing.publish(article.id, points=POINTS, actor=board)
    tasks.carry_errands()
    assert not Coverage.objects.filter(assignment=copy).exists()
