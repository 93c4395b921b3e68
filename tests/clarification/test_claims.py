"""A claim on its way: stage × verb × role, versions, the fan-out exactly once, who is told."""

import pytest

from clarification.factories import ANSWER, MESSAGE, POINTS, SPREAD, VILLAGES, Country, country
from kim.accounts.actor import ANONYMOUS
from kim.clarification import actions, policies, queries
from kim.clarification.models import Claim, Handout, Round, Sighting, Spread
from kim.clarification.workflow import WORKFLOW, Stage
from kim.config import tasks
from kim.inbox.models import Delivery
from kim.kernel.ids import new_id
from kim.kernel.results import NotAllowed, Refused
from kim.ledger.models import Entry
from kim.search.models import Document

pytestmark = pytest.mark.django_db
CALLS = {
    "check": {"points": POINTS},
    "send": {},
    "judge": {"fields": ANSWER},
    "revise": {"fields": ANSWER, "change": "Tautannya diperbarui."},
    "withdraw": {"reason": "Kami keliru."},
    "set_aside": {"reason": "Ini pendapat."},
    "reopen": {},
    "fold": {"reason": "Pesan yang sama."},
    "unfold": {},
}
OF_A_KIM = ("check", "send")


@pytest.fixture
def land() -> Country:
    return country()


def rightful(land: Country, verb: str):
    return land.boards[0] if verb in OF_A_KIM else land.regency


def call(verb: str, claim: Claim, who):
    other = {"region_code": VILLAGES[0], "text": "Daging di pasar hewan dicampur bahan berbahaya mulai pekan ini"}
    more = {"into_id": actions.ask(new_id(), actor=ANONYMOUS, **other).claim_id} if verb == "fold" else {}
    done = getattr(actions, verb)(claim.id, actor=who, **CALLS[verb], **more)
    return done if isinstance(done, Claim) else Claim.objects.get(id=claim.id)


@pytest.mark.parametrize("stage", list(Stage))
@pytest.mark.parametrize("verb", list(WORKFLOW))
def test_every_verb_moves_where_the_table_says_or_is_closed(land, verb, stage):
    claim = land.at(stage)
    if verb == "send" and WORKFLOW.allows(verb, stage):
        actions.check(claim.id, points=POINTS, actor=land.boards[0])
    if WORKFLOW.allows(verb, stage):
        assert call(verb, claim, rightful(land, verb)).stage == WORKFLOW[verb].to
        assert set(Sighting.objects.filter(claim=claim).values_list("stage", flat=True)) == {WORKFLOW[verb].to}
    elif verb in ("revise", "withdraw") and not claim.version:
        with pytest.raises(Refused):
            call(verb, claim, rightful(land, verb))
    else:
        with pytest.raises(NotAllowed):
            call(verb, claim, rightful(land, verb))


MAY = {
    "check": {"member", "board", "neighbour"},
    "send": {"board", "neighbour"},
    "judge": {"regency", "province", "national"},
    "revise": {"regency", "province", "national"},
    "withdraw": {"regency", "province", "national"},
    "set_aside": {"regency", "province", "national"},
    "reopen": {"regency", "province", "national"},
    "fold": {"regency", "province", "national"},
    "unfold": {"regency", "province", "national"},
}

OF_A_KIM_TOO = {("fold", Stage.CHECKED): {"board"}}  # the KIM that has looked at it, before an office has it


@pytest.mark.parametrize("verb", list(WORKFLOW))
def test_every_verb_is_open_to_these_roles_and_to_no_other(land, verb):
    roles = {
        "anybody": ANONYMOUS, "member": land.members[0], "board": land.boards[0], "neighbour": land.boards[1],
        "stranger": land.boards[2], "head": land.head, "regency": land.regency, "elsewhere": land.other,
        "province": land.province, "national": land.national,
    }  # fmt: skip
    for stage in WORKFLOW[verb].sources:
        claim = land.at(stage, f"{MESSAGE} {' '.join(f'{stage}{word}' for word in range(60))}")
        found = {name for name, who in roles.items() if getattr(policies, f"can_{verb}")(who, claim)}
        assert found == MAY[verb] | OF_A_KIM_TOO.get((verb, stage), set()), stage


def test_a_kim_sends_only_what_it_has_looked_at_itself(land):
    claim = land.at(Stage.CHECKED)
    with pytest.raises(NotAllowed, match="daftar cek"):
        actions.send(claim.id, actor=land.boards[1])


def test_a_lower_office_cannot_change_the_verdict_of_a_higher_one(land):
    claim = land.at(Stage.SENT)
    actions.judge(claim.id, fields=ANSWER, actor=land.province)
    with pytest.raises(Refused, match="kantor lain"):
        actions.revise(claim.id, fields=ANSWER, change="Lain.", actor=land.regency)
    assert actions.revise(claim.id, fields=ANSWER, change="Lain.", actor=land.national).version == 2


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"evidence": []}, "tautan bukti"),
        ({"evidence": [["http://contoh.id/a", ""]]}, "https://"),
        ({"evidence": [["javascript:alert(1)", ""]]}, "https://"),
        ({"title": " "}, "Isi klaim"),
        ({"gist": "Hubungi 081234567890 untuk bertanya."}, "Nomor HP"),
        ({"explanation": "NIK 3502170101900001 dipakai."}, "NIK"),
    ],
)
def test_a_verdict_without_evidence_or_with_personal_data_is_refused(land, changed, says):
    claim = land.at(Stage.SENT)
    with pytest.raises(NotAllowed, match=says):
        actions.judge(claim.id, fields=ANSWER | changed, actor=land.regency)


def test_an_open_question_needs_no_evidence(land):
    claim = actions.judge(
        land.at(Stage.SENT).id, fields=ANSWER | {"verdict": "unproven", "evidence": []}, actor=land.regency
    )
    assert claim.is_public


def test_the_answer_reaches_every_kim_of_the_places_once_and_its_revision_once_more(land, monkeypatch):
    land.asked(place=VILLAGES[2])
    claim = land.at(Stage.ANSWERED)
    monkeypatch.setattr("kim.clarification.actions.sending.PORTION", 1)
    assert actions.carry_on() == 2  # the villages of the two reports, not the neighbour
    assert actions.carry_on() == 0
    assert set(Handout.objects.values_list("kim_id", flat=True)) == {land.kims[0].id, land.kims[2].id}
    actions.revise(claim.id, fields=ANSWER, change="Ada bukti baru.", actor=land.regency)
    assert actions.carry_on() == 2
    tasks.carry_errands()
    told = Delivery.objects.filter(person_id=land.boards[0].person_id, text__contains="klarifikasi").count()
    told += Delivery.objects.filter(person_id=land.boards[0].person_id, text__contains="dibetulkan").count()
    assert told == 2
    assert not Delivery.objects.filter(person_id=land.boards[1].person_id).exclude(text__startswith="Warga").exists()


def test_a_round_that_is_cut_goes_on_and_tells_nobody_twice(land, monkeypatch):
    land.asked(place=VILLAGES[1])
    land.at(Stage.ANSWERED)
    monkeypatch.setattr("kim.clarification.actions.sending.PORTION", 1)
    assert actions.carry_on(portions=1) == 1
    assert Round.objects.get(done_at=None).after is not None
    assert actions.carry_on() == 1
    assert Handout.objects.count() == 2
    told = [kim for entry in Entry.objects.filter(verb="claim.told") for kim in entry.data["kims"]]
    assert len(told) == len(set(told)) == 2


def test_a_question_from_a_new_village_after_the_answer_brings_the_answer_to_its_kim(land):
    claim = land.at(Stage.ANSWERED)
    actions.carry_on()
    report = land.asked(place=VILLAGES[2])
    assert report.claim_id == claim.id
    assert actions.carry_on() == 1
    assert Handout.objects.filter(claim=claim, kim=land.kims[2]).exists()
    land.asked(place=VILLAGES[2])
    assert actions.carry_on() == 0


def test_a_kim_that_checked_or_asked_from_elsewhere_gets_the_answer_too(land):
    claim = land.at(Stage.ASKED)
    actions.check(claim.id, points=POINTS, actor=land.boards[1])
    actions.ask(new_id(), region_code="ID", text=MESSAGE, actor=land.boards[2])
    actions.judge(claim.id, fields=ANSWER, actor=land.regency)
    assert actions.carry_on() == 3


def test_a_withdrawal_is_told_to_whoever_had_it_and_hides_the_answer(land):
    claim = land.at(Stage.ANSWERED)
    actions.carry_on()
    assert Document.objects.filter(key=claim.key).exists()
    actions.withdraw(claim.id, reason="Buktinya keliru.", actor=land.regency)
    assert actions.carry_on() == 1
    assert Handout.objects.get(claim=claim).is_withdrawn
    assert not Document.objects.filter(key=claim.key).exists()
    assert queries.out_of([str(claim.id)]) == []
    with pytest.raises(NotAllowed):
        actions.spread(new_id(), Handout.objects.get(claim=claim).id, fields=SPREAD, actor=land.boards[0])


def test_an_answer_after_a_withdrawal_is_the_next_version_and_reaches_them_again(land):
    claim = land.at(Stage.WITHDRAWN)
    actions.carry_on()
    actions.reopen(claim.id, actor=land.regency)
    again = actions.judge(claim.id, fields=ANSWER | {"verdict": "misleading"}, actor=land.regency)
    assert (again.version, again.code) == (2, claim.code)
    assert actions.carry_on() == 1


def test_a_report_of_spreading_sent_twice_is_kept_once_and_the_largest_counts(land):
    claim = land.at(Stage.ANSWERED)
    actions.carry_on()
    handout, same = Handout.objects.get(claim=claim), new_id()
    for _ in range(3):
        actions.spread(same, handout.id, fields=SPREAD, actor=land.members[0])
    larger = SPREAD | {"channel": "meeting", "heard_low": 80, "heard_high": 80, "is_counted": True}
    actions.spread(new_id(), handout.id, fields=larger, actor=land.members[0])
    assert Spread.objects.count() == 2
    tasks.carry_errands()
    far = queries.reach(claim, "35.02")
    assert (far.tally.sent, far.tally.opened, far.tally.spread) == (1, 1, 1)
    assert (far.tally.heard_low, far.tally.heard_high) == (50, 100)
    assert dict(far.channels) == {"Grup WhatsApp": 1, "Rapat, arisan, atau PKK": 1}
    with pytest.raises(Refused):
        actions.spread(new_id(), handout.id, fields=SPREAD, actor=land.members[1])


def test_those_who_asked_while_signed_in_are_told_with_their_own_secret_page(land):
    report = land.asked(by=land.boards[2], place=VILLAGES[0])
    actions.judge(report.claim_id, fields=ANSWER, actor=land.regency)
    tasks.carry_errands()
    note = Delivery.objects.get(person_id=land.boards[2].person_id)
    assert note.url == queries.tracking_path(report)
    assert "dijawab: salah" in note.text


def test_the_kim_of_a_village_is_told_of_a_question_but_not_two_hundred_times(land):
    for number in range(12):
        land.asked(f"{MESSAGE} {' '.join(f'lain{number}{word}' for word in range(60))}")
    tasks.carry_errands()
    assert 1 <= Delivery.objects.filter(person_id=land.boards[0].person_id).count() <= 4
    assert not Delivery.objects.filter(person_id=land.boards[1].person_id).exists()


def test_the_ledger_never_holds_the_words_of_whoever_asked(land):
    land.at(Stage.SENT)
    assert not [entry for entry in Entry.objects.all() if "kartu sehat" in str(entry.data)]


def test_desks_see_what_was_asked_in_their_area_and_nothing_else(land):
    here, there = (
        land.asked().claim,
        land.asked("Ada harimau lepas di kebun sawit dekat sungai besar kemarin malam", place=VILLAGES[2]).claim,
    )
    shelf = queries.shelf_of(queries.OFFICE_SHELVES, "baru")
    seen = {name: {row.claim.id for row in queries.desk(who, shelf)} for name, who in
            {"kab": land.regency, "lain": land.other, "prov": land.province, "pusat": land.national, "kim": land.boards[1],
             "kades": land.head, "warga": ANONYMOUS}.items()}  # fmt: skip
    assert seen == {"kab": {here.id}, "lain": {there.id}, "prov": {here.id}, "pusat": {here.id, there.id}, "kim": {here.id},
                    "kades": set(), "warga": set()}  # fmt: skip
    with pytest.raises(Claim.DoesNotExist):
        queries.claim_for(land.other, here.id)
