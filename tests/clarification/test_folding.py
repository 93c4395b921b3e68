"""Two claims that turn out to be one: folded by hand, with its reason, and parted again without loss."""

from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clarification.factories import ANSWER, MESSAGE, OTHER, POINTS, VILLAGES, Country, country
from clarification.test_reach import signed_in
from kim.accounts.actor import ANONYMOUS
from kim.clarification import actions, queries
from kim.clarification.models import Claim, Handout, Report
from kim.clarification.workflow import Stage
from kim.config import tasks
from kim.inbox.models import Delivery
from kim.kernel import ticket
from kim.kernel.results import NotAllowed, Refused
from kim.ledger.models import Entry

pytestmark = pytest.mark.django_db
SAME = (
    "Kabar dari tetangga: siapa belum punya kartu sehat kena denda setengah juta dan ditolak di balai desa, cepat urus!"
)
REASON = "Kabar yang sama dengan kata lain."


@pytest.fixture
def land() -> Country:
    return country()


def seen(claim: Claim) -> dict[str, int]:
    return dict(claim.sightings.exclude(reports_count=0).values_list("region_id", "reports_count"))


def counted(claim: Claim) -> dict[str, int]:
    """What the sightings of a claim have to be: each report in its place and in all above."""
    found: dict[str, int] = {}
    for code in claim.reports.values_list("region_id", flat=True):
        for place in {"ID", *(code[:n] for n in (2, 5, 8, 13) if len(code) >= n)}:
            found[place] = found.get(place, 0) + 1
    return found


def folded(land: Country) -> tuple[Claim, Claim]:
    into, claim = land.asked(MESSAGE).claim, land.asked(SAME, place=VILLAGES[1]).claim
    assert into.id != claim.id
    actions.fold(claim.id, into_id=into.id, reason=REASON, actor=land.regency)
    return Claim.objects.get(id=claim.id), Claim.objects.get(id=into.id)


def test_who_asked_gets_the_answer_of_the_other_and_so_does_the_kim_of_that_village(land):
    mine = land.asked(SAME, place=VILLAGES[1])
    into = land.asked(MESSAGE).claim
    actions.fold(mine.claim_id, into_id=into.id, reason=REASON, actor=land.regency)
    actions.judge(into.id, fields=ANSWER, actor=land.regency)
    actions.carry_on()
    page = Client().get(queries.tracking_path(mine)).content.decode()
    assert "Sudah dijawab" in page and ANSWER["gist"] in page
    assert set(Handout.objects.values_list("kim_id", flat=True)) == {land.kims[0].id, land.kims[1].id}


def test_who_asked_while_signed_in_is_told_when_the_other_is_answered_already(land):
    into = land.at(Stage.ANSWERED)
    tasks.carry_errands()
    mine = land.asked(SAME, place=VILLAGES[1], by=land.boards[1])
    actions.check(mine.claim_id, points=POINTS, actor=land.boards[1])
    actions.fold(mine.claim_id, into_id=into.id, reason=REASON, actor=land.boards[1])
    tasks.carry_errands()
    note = Delivery.objects.get(person_id=land.boards[1].person_id, text__contains="sudah dijawab: salah")
    assert note.url == queries.tracking_path(mine)


def test_it_stands_in_the_ledger_with_its_reason_and_its_page_leads_to_the_other(land):
    claim, into = folded(land)
    entry = Entry.objects.get(verb="claim.folded")
    assert entry.data["other"] == str(into.id) and entry.data["reason"] == REASON
    page = signed_in(land.regency).get(reverse("clarification:office_claim", args=[claim.id])).content.decode()
    assert REASON in page and reverse("clarification:office_claim", args=[into.id]) in page
    other = signed_in(land.regency).get(reverse("clarification:office_claim", args=[into.id])).content.decode()
    assert "Klaim yang digabung ke sini" in other and reverse("clarification:office_claim", args=[claim.id]) in other


def test_a_claim_that_was_public_once_leads_everybody_to_the_other(land):
    claim = actions.reopen(land.at(Stage.WITHDRAWN).id, actor=land.regency)
    into = land.asked(OTHER).claim
    actions.judge(into.id, fields=ANSWER | {"title": "Listrik padam"}, actor=land.regency)
    actions.fold(claim.id, into_id=into.id, reason=REASON, actor=land.regency)
    into.refresh_from_db()
    assert Client().get(claim.get_absolute_url()).headers["Location"] == into.get_absolute_url()


def test_folding_again_changes_nothing_and_the_same_message_later_joins_the_other(land):
    claim, into = folded(land)
    before = seen(into)
    actions.fold(claim.id, into_id=into.id, reason="Lagi.", actor=land.regency)
    assert seen(into) == before and Entry.objects.filter(verb="claim.folded").count() == 1
    later = land.asked(SAME, place=VILLAGES[2])
    assert later.claim_id == into.id and later.folded_from_id == claim.id
    actions.unfold(claim.id, actor=land.regency)
    later.refresh_from_db()
    assert later.claim_id == claim.id and later.folded_from_id is None


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(["ask", "fold", "unfold"]), st.integers(0, 2), st.integers(0, 2)), max_size=9
    )
)
def test_whatever_is_folded_and_parted_every_report_counts_once_in_its_places(land, steps):
    texts = (MESSAGE, OTHER, "Sapi di kandang desa sebelah mati karena pakan beracun dari truk yang lewat tadi malam")
    claims = [land.asked(text, place=VILLAGES[number]).claim for number, text in enumerate(texts)]
    for step, one, other in steps:
        try:
            if step == "ask":
                land.asked(texts[one], place=VILLAGES[other])
            elif step == "fold":
                actions.fold(claims[one].id, into_id=claims[other].id, reason=REASON, actor=land.national)
            else:
                actions.unfold(claims[one].id, actor=land.national)
        except (NotAllowed, Refused):
            continue
    for claim in Claim.objects.all():
        assert seen(claim) == counted(claim) and claim.reports_count == claim.reports.count()
        assert claim.into is None or not claim.reports.exists()
    for claim in Claim.objects.exclude(into=None):
        actions.unfold(claim.id, actor=land.national)
    assert {one.claim_id for one in Report.objects.filter(text=MESSAGE)} == {claims[0].id}
    Claim.objects.all().delete()


@pytest.mark.parametrize("stage", [Stage.SET_ASIDE, Stage.WITHDRAWN, Stage.FOLDED])
def test_nothing_is_folded_into_what_nobody_answers_nor_into_itself(land, stage):
    into, claim = land.at(stage), land.asked(SAME, place=VILLAGES[0]).claim
    for target in (into, claim):
        with pytest.raises(Refused):
            actions.fold(claim.id, into_id=target.id, reason=REASON, actor=land.regency)


def test_it_needs_a_reason_and_a_kim_reaches_no_further_than_its_regency(land):
    into, far = land.asked(MESSAGE).claim, land.asked(OTHER, place=VILLAGES[2]).claim
    claim = land.asked(SAME, place=VILLAGES[1]).claim
    with pytest.raises(NotAllowed, match="mengapa keduanya sama"):
        actions.fold(claim.id, into_id=into.id, reason=" ", actor=land.regency)
    with pytest.raises(Refused):
        actions.fold(claim.id, into_id=far.id, reason=REASON, actor=land.boards[0])
    with pytest.raises(Refused):
        actions.fold(claim.id, into_id=into.id, reason=REASON, actor=ANONYMOUS)
    with pytest.raises(Refused, match="daftar ceknya"):
        actions.fold(claim.id, into_id=into.id, reason=REASON, actor=land.boards[0])
    actions.check(claim.id, points=POINTS, actor=land.boards[0])
    with pytest.raises(NotAllowed, match="data pribadi"):
        actions.fold(claim.id, into_id=into.id, reason="Tanya 0812 3456 7890.", actor=land.boards[0])
    assert actions.fold(claim.id, into_id=into.id, reason=REASON, actor=land.boards[0]).stage == Stage.FOLDED
    with pytest.raises(Refused):
        actions.unfold(claim.id, actor=land.boards[0])


def test_a_kim_folds_nothing_that_others_asked_too_or_an_office_has(land):
    """Folding is as good as a verdict."""
    into = land.at(Stage.ANSWERED)
    wide = land.asked(OTHER, place=VILLAGES[1]).claim
    actions.check(wide.id, points=POINTS, actor=land.boards[1])
    land.asked(OTHER, place=VILLAGES[2])
    sent = land.asked(SAME, place=VILLAGES[1]).claim
    actions.check(sent.id, points=POINTS, actor=land.boards[1])
    actions.send(sent.id, actor=land.boards[1])
    for claim in (wide, sent):
        assert "Diskominfo yang menggabungkan" in page_of(claim, land.boards[1])
        with pytest.raises(Refused, match="Diskominfo yang menggabungkan"):
            actions.fold(claim.id, into_id=into.id, reason=REASON, actor=land.boards[1])
    assert actions.fold(sent.id, into_id=into.id, reason=REASON, actor=land.regency).stage == Stage.FOLDED
    shelf = signed_in(land.regency).get("/kantor/hoaks/?rak=digabung").content.decode()
    assert reverse("clarification:office_claim", args=[sent.id]) in shelf


def test_who_was_folded_twice_is_told_too_and_after_parting_everybody_learns_that_it_was_not_theirs(land):
    into = land.at(Stage.ANSWERED)
    mine = land.asked(SAME, place=VILLAGES[1], by=land.boards[1])
    between = land.asked(OTHER, place=VILLAGES[1]).claim
    actions.fold(mine.claim_id, into_id=between.id, reason=REASON, actor=land.regency)
    tasks.carry_errands()
    assert not Delivery.objects.filter(text__contains="sudah dijawab").exists()
    actions.fold(between.id, into_id=into.id, reason=REASON, actor=land.regency)
    tasks.carry_errands()
    actions.carry_on()
    assert (
        Delivery.objects.filter(person_id=land.boards[1].person_id, text__contains="sudah dijawab: salah").count() == 1
    )
    assert Handout.objects.filter(claim=into, kim=land.kims[1]).exists()
    actions.unfold(between.id, actor=land.regency)
    tasks.carry_errands()
    assert Delivery.objects.filter(person_id=land.boards[1].person_id, text__contains="ternyata lain").count() == 1
    assert not into.sightings.filter(region_id=VILLAGES[1]).exists()


def test_whoever_said_not_this_one_may_say_it_again_after_folding(land):
    land.asked(MESSAGE)
    mine = land.asked(MESSAGE, place=VILLAGES[1])
    actions.part(mine.id, actor=ANONYMOUS)
    mine.refresh_from_db()
    into = Claim.objects.exclude(id=mine.claim_id).get()
    actions.fold(mine.claim_id, into_id=into.id, reason=REASON, actor=land.regency)
    mine = Report.objects.get(id=mine.id)
    assert queries.is_joined(mine)
    assert actions.part(mine.id, actor=ANONYMOUS).claim_id not in (into.id, None)


# The page


def page_of(claim: Claim, who, words: str = "") -> str:
    path = reverse("clarification:fold", args=[claim.id])
    return signed_in(who).get(f"{path}?{urlencode({'q': words})}").content.decode()


def test_what_is_alike_is_offered_and_the_rest_is_found_by_number_address_or_words(land):
    into, far = (
        land.at(Stage.ANSWERED),
        land.asked("Air sumur di Sangatta berubah warna jadi hijau terang", place=VILLAGES[2]),
    )
    claim = land.asked(SAME, place=VILLAGES[1]).claim
    actions.check(claim.id, points=POINTS, actor=land.boards[1])
    offered = str(into.id)
    number = ticket.shown(into.reports.get().number)
    for words in ("", number, into.get_absolute_url(), into.short_url, "didenda mulai bulan depan"):
        assert offered in page_of(claim, land.boards[1], words), words
    assert str(far.claim_id) not in page_of(claim, land.boards[1], ticket.shown(far.number)), "not in this regency"
    assert str(far.claim_id) in page_of(claim, land.national, "air sumur hijau")


def test_it_is_folded_by_the_form_and_parted_by_the_office(land):
    into, claim = land.asked(MESSAGE).claim, land.asked(SAME, place=VILLAGES[1]).claim
    path = reverse("clarification:fold", args=[claim.id])
    actions.check(claim.id, points=POINTS, actor=land.boards[1])
    board, office = signed_in(land.boards[1]), signed_in(land.regency)
    assert "Pilih klaim yang sama" in board.post(path, {"reason": REASON}).content.decode()
    assert board.post(path, {"into": into.id, "reason": REASON}).status_code == 302
    assert Claim.objects.get(id=claim.id).into_id == into.id
    assert "tidak bisa digabung" in board.get(path).content.decode()
    assert board.post(reverse("clarification:unfold", args=[claim.id])).status_code == 403
    assert office.post(reverse("clarification:unfold", args=[claim.id])).status_code == 302
    assert Claim.objects.get(id=claim.id).stage == Stage.SENT


def test_what_one_may_not_see_is_not_there(land):
    claim = land.asked(SAME, place=VILLAGES[0]).claim
    far = land.asked(OTHER, place=VILLAGES[2]).claim
    assert signed_in(land.other).get(reverse("clarification:fold", args=[claim.id])).status_code == 404
    told = {"into": far.id, "reason": REASON}
    assert signed_in(land.regency).post(reverse("clarification:fold", args=[claim.id]), told).status_code == 404
    assert signed_in(land.head).get(reverse("clarification:fold", args=[claim.id])).status_code == 403
