"""A packet in its office: stage × verb × role, the second pair of eyes, versions, places."""

from datetime import timedelta

import pytest

from accounts.factories import actor
from dissemination.factories import FACTS, Country, country
from kim.accounts.actor import ANONYMOUS
from kim.accounts.models import Role
from kim.config import tasks
from kim.dissemination import actions, queries
from kim.dissemination.models import Assignment, Bulletin, Urgency
from kim.dissemination.workflow import WORKFLOW, Stage
from kim.inbox.models import Delivery
from kim.kernel import clock
from kim.kernel.ids import new_id
from kim.kernel.results import NotAllowed, Refused
from media.factories import pdf
from world import suggest

pytestmark = pytest.mark.django_db
WORDS = {name: FACTS[name] for name in ("title", "body", "points")}


@pytest.fixture
def land() -> Country:
    return country()


def at_stage(land: Country, stage: Stage) -> Bulletin:
    later = clock.now() + timedelta(hours=2)
    match stage:
        case Stage.CHECKED:
            return actions.request_check(land.draft().id, actor=land.national)
        case Stage.SCHEDULED:
            return actions.schedule(land.draft().id, at=later, actor=land.national)
        case Stage.ISSUED:
            return land.issued()
        case Stage.WITHDRAWN:
            return actions.withdraw(land.issued().id, reason="Keliru.", actor=land.national)
    return land.draft()


CALLS = {
    "edit": {"fields": FACTS, "targets": ["ID"]},
    "attach": {},
    "detach": {"attachment_ids": []},
    "request_check": {},
    "give_back": {"note": "Tambah jam."},
    "schedule": {},
    "unschedule": {},
    "issue": {},
    "correct": {"fields": WORDS, "change": "Tanggalnya 14 Desember."},
    "withdraw": {"reason": "Keliru."},
}


def call(verb: str, bulletin: Bulletin, who) -> Bulletin:
    given = dict(CALLS[verb])
    if verb == "schedule":
        given["at"] = clock.now() + timedelta(hours=1)
    if verb == "attach":
        given["file"] = pdf()
    return getattr(actions, verb)(bulletin.id, actor=who, **given)


@pytest.mark.parametrize("stage", list(Stage))
@pytest.mark.parametrize("verb", list(WORKFLOW))
def test_every_verb_moves_where_the_table_says_or_is_closed(land, verb, stage):
    bulletin = at_stage(land, stage)
    if WORKFLOW.allows(verb, stage):
        assert call(verb, bulletin, land.national).stage == WORKFLOW[verb].to
    else:
        with pytest.raises(NotAllowed):
            call(verb, bulletin, land.national)


@pytest.mark.parametrize("verb", list(WORKFLOW))
def test_nobody_from_another_office_or_a_kim_touches_a_packet(land, verb):
    stage = Stage(WORKFLOW[verb].sources[0])
    bulletin = at_stage(land, stage)
    for who in (land.province, land.regency, land.head, land.boards[0], ANONYMOUS):
        with pytest.raises(Refused):
            call(verb, bulletin, who)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.EXPERT, Role.AGENCY])
def test_only_offices_and_village_heads_begin_one(land, role):
    with pytest.raises(Refused):
        actions.start(new_id(), actor=actor(role, "35.02"))


def test_the_same_beginning_twice_is_one_packet(land):
    one = new_id()
    assert actions.start(one, actor=land.regency) == actions.start(one, actor=land.regency)
    with pytest.raises(Refused):
        actions.start(one, actor=land.other)


def test_an_emergency_is_sent_by_a_second_person_and_never_by_its_writer(land):
    bulletin = land.draft(urgency=Urgency.EMERGENCY)
    with pytest.raises(Refused, match="orang kedua"):
        actions.issue(bulletin.id, actor=land.national)
    actions.request_check(bulletin.id, actor=land.national)
    with pytest.raises(Refused, match="bukan oleh penulisnya"):
        actions.issue(bulletin.id, actor=land.national)
    assert actions.issue(bulletin.id, actor=land.second).stage == Stage.ISSUED


def test_the_colleague_hears_of_the_request(land):
    actions.request_check(land.draft(urgency=Urgency.EMERGENCY).id, actor=land.national)
    tasks.carry_errands()
    assert Delivery.objects.filter(person_id=land.second.person_id, text__contains="minta Anda memeriksa").exists()


@pytest.mark.parametrize("missing", [{"title": " "}, {"body": ""}, {"points": []}, {"agency": ""}])
def test_an_incomplete_packet_stays_at_home(land, missing):
    with pytest.raises(NotAllowed, match="Lengkapi"):
        actions.issue(land.draft(**missing).id, actor=land.national)


def test_a_packet_without_a_place_stays_at_home(land):
    bulletin = land.draft()
    bulletin.targets.all().delete()
    with pytest.raises(NotAllowed, match="wilayah"):
        actions.issue(bulletin.id, actor=land.national)


def test_an_office_aims_only_into_its_own_area(land):
    with pytest.raises(Refused):
        land.draft("64.08", by=land.regency)
    assert [t.region_id for t in land.draft("35.02.17", by=land.regency).targets.all()] == ["35.02.17"]


def test_what_is_scheduled_goes_out_by_itself(land, monkeypatch):
    bulletin = actions.schedule(land.draft().id, at=clock.now() + timedelta(minutes=5), actor=land.national)
    assert actions.issue_due() == 0
    Bulletin.objects.filter(pk=bulletin.pk).update(scheduled_for=clock.now() - timedelta(minutes=1))
    assert actions.issue_due() == 1 and actions.issue_due() == 0
    assert Bulletin.objects.get(pk=bulletin.pk).stage == Stage.ISSUED


def test_a_correction_keeps_the_former_words_and_reaches_everybody_who_had_them(land):
    bulletin = land.issued()
    tasks.carry_errands()
    Delivery.objects.all().delete()
    actions.correct(bulletin.id, fields=WORDS | {"title": "Sampai 20 Desember"}, change="Tanggal.", actor=land.national)
    tasks.send_bulletins()
    tasks.carry_errands()
    told = Delivery.objects.filter(text__contains="dibetulkan")
    assert {row.person_id for row in told} == {board.person_id for board in land.boards}
    versions = queries.versions_of(Bulletin.objects.get(pk=bulletin.pk))
    assert [(one.number, one.title) for one in versions] == [(2, "Sampai 20 Desember"), (1, FACTS["title"])]
    assert Assignment.objects.filter(bulletin=bulletin).count() == 3
    assert versions[0].change == "Tanggal." and versions[1].body == FACTS["body"]


def test_a_correction_without_saying_what_changed_is_none(land):
    with pytest.raises(NotAllowed, match="apa yang berubah"):
        actions.correct(land.issued().id, fields=WORDS, change=" ", actor=land.national)


def test_a_withdrawal_tells_everybody_who_has_it_and_sends_no_new_copy(land):
    bulletin = land.issued("35.02")
    actions.withdraw(bulletin.id, reason="Ternyata keliru.", actor=land.national)
    tasks.send_bulletins()
    tasks.carry_errands()
    told = Delivery.objects.filter(text__contains="ditarik")
    assert {row.person_id for row in told} == {board.person_id for board in land.boards[:2]}
    assert Assignment.objects.filter(bulletin=bulletin).count() == 2


def test_a_level_between_adds_a_note_and_never_a_word_of_the_packet(land):
    bulletin = land.issued()
    actions.note_locally(bulletin.id, text="Posyandu Ngebel: Selasa.", actor=land.regency)
    actions.note_locally(bulletin.id, text="Se-Jawa Timur.", actor=land.province)
    assert [note.text for note in queries.notes_for(land.copy(bulletin))] == [
        "Se-Jawa Timur.",
        "Posyandu Ngebel: Selasa.",
    ]
    assert queries.notes_for(land.copy(bulletin, 2)) == []
    actions.note_locally(bulletin.id, text="", actor=land.regency)
    assert len(queries.notes_for(land.copy(bulletin))) == 1
    for who in (land.national, land.head, land.boards[0]):
        with pytest.raises(Refused):
            actions.note_locally(bulletin.id, text="x", actor=who)


def test_a_regency_passes_a_packet_on_to_more_of_its_own_places(land):
    bulletin = land.issued("64.08")
    with pytest.raises(Refused):
        actions.pass_on(bulletin.id, codes=["35.02.17"], actor=land.regency and land.head)
    actions.pass_on(bulletin.id, codes=["35.02.17"], actor=land.regency)
    tasks.send_bulletins()
    assert Assignment.objects.filter(bulletin=bulletin).count() == 2
    with pytest.raises(NotAllowed, match="sudah termasuk"):
        actions.pass_on(bulletin.id, codes=["35.02.17"], actor=land.regency)
    with pytest.raises(Refused):
        actions.pass_on(bulletin.id, codes=["64.08.04"], actor=land.regency)


def test_whom_it_would_reach_is_known_before_it_is_sent(land):
    bulletin = land.draft("35.02", "35.02.17")
    found = queries.audience_of(bulletin, queries.targets_of(bulletin))
    assert (found.kims, found.villages, found.districts, found.silent) == (2, 2, 2, 2)
    assert found.all_villages == 3 and found.without == 1


def test_an_office_sees_its_own_and_what_passes_its_area_and_nothing_else(land):
    own, passing = land.draft(by=land.regency), land.issued("35")
    elsewhere, foreign_draft = land.issued("64.08"), land.draft(by=land.other)
    seen = set(queries.visible_to(land.regency).values_list("id", flat=True))
    assert seen == {own.id, passing.id}
    assert set(queries.visible_to(land.head).values_list("id", flat=True)) == {passing.id}
    assert {passing.id, elsewhere.id} <= set(queries.visible_to(land.national).values_list("id", flat=True))
    assert foreign_draft.id not in queries.visible_to(land.national).values_list("id", flat=True)
    assert not queries.visible_to(land.boards[0]).exists() and not queries.visible_to(ANONYMOUS).exists()


def test_a_regulation_is_written_down_once(land):
    given = {"region_code": "35.02", "kind": "circular", "number": "14/3241/405.19/2022", "title": "Pembentukan KIM"}
    one = actions.register(actor=land.regency, **given)
    assert actions.register(actor=land.regency, **given) == one
    assert list(queries.regulations(land.regency)) == [one] and not queries.regulations(land.other).exists()
    with pytest.raises(Refused):
        actions.register(actor=land.other, **given)


def test_a_suggestion_becomes_a_draft_with_its_source_and_is_settled_with_it(land):
    item = suggest("35.02", "Jadwal imunisasi")
    item.summary, item.url = "Mulai Senin.", "https://dinas.example/a"
    item.save()
    draft = actions.start_from(item, actor=land.regency)
    words = queries.words_of(draft)
    assert (draft.stage, draft.agency, words.title) == (Stage.DRAFT, "Dinas Contoh", "Jadwal imunisasi")
    assert "Mulai Senin." in words.body and "https://dinas.example/a" in words.body
    item.refresh_from_db()
    assert item.taken_key == draft.key
    with pytest.raises(NotAllowed):
        actions.start_from(item, actor=land.regency)
    assert Bulletin.objects.count() == 1


def test_nobody_makes_a_draft_of_another_offices_suggestion(land):
    with pytest.raises(Refused):
        actions.start_from(suggest("64.08", "Lain"), actor=land.regency)
    assert not Bulletin.objects.exists()
