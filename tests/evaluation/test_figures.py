"""The counters of every region, kept and recounted."""

from datetime import timedelta
from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kim.accounts.actor import SYSTEM
from kim.evaluation import actions, queries
from kim.evaluation.models import Figure
from kim.kernel import clock
from kim.ledger.actions import dispatch, record
from kim.registry.models import Member
from kim.registry.workflow import Stage
from regions.factories import plant
from registry.factories import kim
from web.factories import article

pytestmark = pytest.mark.django_db
NGEBEL, SAHANG, BABADAN, KAKAP = "35.02.19.2007", "35.02.19.2006", "35.02.16.2004", "61.12.09.2001"


def counted(code: str) -> dict[str, int]:
    row = queries.figure(code)
    return {
        name: getattr(row, name) for name in ("kims", "villages", "districts", "regencies", "provinces", "all_villages")
    }


@pytest.fixture
def four():
    plant(SAHANG)
    kim(NGEBEL, last_news_at=clock.now())
    kim(NGEBEL, last_news_at=clock.now() - timedelta(days=31))
    kim(BABADAN)
    kim(KAKAP)
    kim(SAHANG, stage=Stage.SUBMITTED)
    actions.recount()


def test_every_level_counts_what_lies_under_it(four):
    nothing_above = {"districts": 0, "regencies": 0, "provinces": 0}
    assert counted(NGEBEL) == {"kims": 2, "villages": 1, "all_villages": 1} | nothing_above
    assert counted("35.02.19") == {
        "kims": 2,
        "villages": 1,
        "all_villages": 2,
        "districts": 1,
        "regencies": 0,
        "provinces": 0,
    }
    assert counted("35") == {
        "kims": 3,
        "villages": 2,
        "all_villages": 3,
        "districts": 2,
        "regencies": 1,
        "provinces": 1,
    }
    assert counted("ID") == {
        "kims": 4,
        "villages": 3,
        "all_villages": 4,
        "districts": 3,
        "regencies": 2,
        "provinces": 2,
    }


def test_activity_is_news_within_thirty_days(four):
    assert queries.figure("ID").active_kims == queries.figure(NGEBEL).active_kims == 1


def test_only_members_who_have_not_left_are_counted(four):
    group = kim(KAKAP)
    Member.objects.create(kim=group, name="Contoh Satu")
    Member.objects.create(kim=group, name="Contoh Dua", left_on=clock.today())
    actions.recount_chain(KAKAP)
    assert queries.figure("ID").members == 1


def test_a_village_without_kim_has_no_row_and_is_still_a_village(four):
    assert not Figure.objects.filter(region_id=SAHANG).exists()
    rows = {row.code: (row.have, row.total) for row in queries.coverage("35.02.19")}
    assert rows == {NGEBEL: (1, 1), SAHANG: (0, 1)}


def test_the_reader_keeps_the_chain_right_and_leaves_the_rest(four):
    other = queries.figure("61").as_of
    new = kim(SAHANG)
    record("kim.approved", new.key, actor=SYSTEM, region=SAHANG, kim_id=new.id)
    dispatch([], together=[actions.keep])
    assert counted(SAHANG)["kims"] == 1
    assert counted("35.02.19")["villages"] == 2
    assert counted("ID")["kims"] == 5
    assert queries.figure("61").as_of == other
    assert actions.compare() == {}


def test_the_first_act_ever_counts_everything():
    first = kim(NGEBEL)
    record("kim.approved", first.key, actor=SYSTEM, region=NGEBEL, kim_id=first.id)
    dispatch([], together=[actions.keep])
    assert counted("ID")["kims"] == 1


def test_a_dissolved_kim_is_no_longer_counted(four):
    from kim.registry.models import Kim

    Kim.objects.filter(region_id=KAKAP).update(stage=Stage.DISSOLVED)
    actions.recount_chain(KAKAP)
    assert counted("61")["villages"] == counted("61")["provinces"] == 0
    assert counted("ID")["provinces"] == 1


def test_the_command_tells_and_mends_a_wrong_counter(four, capsys):
    Figure.objects.filter(region_id="35").update(kims=99)
    with pytest.raises(CommandError):
        call_command("figures", "compare")
    assert "35: kims 99 → 3" in capsys.readouterr().out
    call_command("figures", "recount")
    call_command("figures", "compare")
    assert "every counter is right" in capsys.readouterr().out


def test_a_recount_says_what_it_put_right_and_writes_nothing_else(four):
    before = dict(Figure.objects.values_list("region_id", "as_of"))
    assert actions.recount() == []
    Figure.objects.filter(region_id="35").update(kims=99)
    Figure.objects.filter(region_id=BABADAN).delete()
    assert set(actions.recount()) == {BABADAN, "35"}
    after = dict(Figure.objects.values_list("region_id", "as_of"))
    assert {code for code in before if before[code] != after[code]} == {BABADAN, "35"}
    assert actions.compare() == {}


def test_many_acts_in_one_place_are_counted_once(four):
    for number in range(40):
        made = kim(NGEBEL if number % 2 else BABADAN)
        record("kim.approved", made.key, actor=SYSTEM, region=made.region_id, kim_id=made.id)
    with CaptureQueriesContext(connection) as caught:
        assert dispatch([], together=[actions.keep]) == 40
    assert len(caught) < 24
    assert counted("35.02")["kims"] == 43
    assert actions.compare() == {}


def test_what_is_kept_is_exact_after_any_acts(four):
    """Kept piece by piece, it is what counting everything another way comes to."""
    chance, codes = Random(3), [NGEBEL, SAHANG, BABADAN, KAKAP]
    for _ in range(30):
        group = kim(chance.choice(codes), stage=chance.choice([Stage.REGISTERED, Stage.SUBMITTED, Stage.DISSOLVED]))
        if chance.random() < 0.5:
            Member.objects.create(kim=group, name="Contoh", left_on=chance.choice([None, clock.today()]))
        if chance.random() < 0.5:
            article(group, stage=chance.choice(["published", "draft", "unpublished"]))
        record("kim.approved", group.key, actor=SYSTEM, region=group.region_id, kim_id=group.id)
        if chance.random() < 0.3:
            dispatch([], together=[actions.keep])
    dispatch([], together=[actions.keep])
    assert actions.compare() == {}


def test_pages_of_what_changed_are_told_and_no_others(four, monkeypatch):
    told = []
    monkeypatch.setattr(actions, "touched", lambda *tags: told.extend(tags))
    group = kim(SAHANG)
    record("kim.approved", group.key, actor=SYSTEM, region=SAHANG, kim_id=group.id)
    dispatch([], together=[actions.keep])
    assert set(told) == {f"region:{code}" for code in (SAHANG, "35.02.19", "35.02", "35", "ID")}


def test_a_place_whose_own_count_stays_is_told_when_those_below_it_changed(four, monkeypatch):
    gone, _ = kim(SAHANG), kim(SAHANG)
    actions.recount()
    told = []
    monkeypatch.setattr(actions, "touched", lambda *tags: told.extend(tags))
    new = kim(NGEBEL)
    gone.stage = Stage.DISSOLVED
    gone.save()
    for verb, group in (("kim.approved", new), ("kim.dissolved", gone)):
        record(verb, group.key, actor=SYSTEM, region=group.region_id, kim_id=group.id)
    dispatch([], together=[actions.keep])
    assert set(told) == {f"region:{code}" for code in (NGEBEL, SAHANG, "35.02.19")}


def test_coverage_is_one_query_and_most_first(four, django_assert_num_queries):
    with django_assert_num_queries(1):
        rows = queries.coverage("35.02")
    assert [(row.code, row.have) for row in rows] == [("35.02.19", 1), ("35.02.16", 1)] or rows[0].kims >= rows[1].kims
    assert queries.provinces() == {"35": 3, "61": 1}
