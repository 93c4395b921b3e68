"""A case on its way: every step at every stage by every hat, the clock that lifts it, and the appeal."""

import threading
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connections

from accounts.factories import actor
from kim.accounts.actor import ANONYMOUS, SYSTEM
from kim.accounts.models import Role
from kim.accounts.queries import actor_for
from kim.config import wiring
from kim.inbox.models import Delivery
from kim.kernel import clock
from kim.kernel.ids import as_id, new_id
from kim.kernel.results import NotAllowed, Refused
from kim.ledger.actions import dispatch
from kim.ledger.models import Entry
from kim.moderation import actions, policies, queries
from kim.moderation.models import Case
from kim.moderation.workflow import OPEN, WORKFLOW, Reason, Stage, Thing
from kim.publishing import actions as publishing
from kim.publishing.models import Article
from kim.regions import actions as regions
from kim.regions.data import pack
from kim.regions.data.changes import Change
from kim.registry.models import Kim
from moderation.factories import JATIM, NATION, PONOROGO, claimed, late, officer, reported, taken_down
from publishing.factories import house, person_of

pytestmark = pytest.mark.django_db

OFFICE_STEPS = {"claim", "release", "dismiss", "settle", "warn", "take_down"}
REVIEW = {"uphold", "overturn"}
KIM_STEPS = {"mend", "appeal"}
CLOCK = {"pass_up", "pass_appeal_up"}
# Who may take which step, of a case that is the regency's turn and that nobody has decided yet.
MAY = {
    "anggota": {"appeal"},  # the author
    "anggota lain": set(),
    "pengurus": KIM_STEPS,
    "redaktur": KIM_STEPS,
    "pengurus KIM lain": set(),
    "kades": set(),
    "kab": OFFICE_STEPS | REVIEW | {"restore"},
    "kab lain": set(),
    "provinsi": {"restore"},
    "pusat": {"restore"},
    "ahli": set(),
    "opd": set(),
    "dukungan": set(),
    "warga": set(),
    "Sistem": CLOCK,
}


@pytest.fixture
def home():
    return house()


def cast(home, judge):
    elsewhere = house("64.08.04.2001")
    return {
        "anggota": home.member,
        "anggota lain": home.second,
        "pengurus": home.board,
        "redaktur": home.editor,
        "pengurus KIM lain": elsewhere.board,
        "kades": actor(Role.VILLAGE),
        "kab": judge,
        "kab lain": elsewhere.regency,
        "provinsi": officer(JATIM),
        "pusat": officer(NATION),
        "ahli": actor(Role.EXPERT, PONOROGO),
        "opd": actor(Role.AGENCY, PONOROGO),
        "dukungan": actor(Role.SUPPORT, "35"),
        "warga": ANONYMOUS,
        "Sistem": SYSTEM,
    }


def test_every_step_is_allowed_to_exactly_these_hats(home):
    judge = officer()
    case = claimed(home, judge)
    case.decided_code = PONOROGO  # as it will be when somebody appeals or thinks again
    people = cast(home, judge)
    for verb in WORKFLOW:
        allowed = {name for name, who in people.items() if policies.CAN[verb](who, case)}
        assert allowed == {name for name, verbs in MAY.items() if verb in verbs}, verb


@pytest.mark.parametrize("stage", list(Stage))
@pytest.mark.parametrize("verb", list(WORKFLOW))
def test_every_step_at_every_stage_moves_as_the_table_says_or_refuses(verb, stage, home):
    """With the one who may; whatever the table does not list is NotAllowed and changes nothing."""
    judge = officer()
    case = reported(home.published())
    Case.objects.filter(pk=case.pk).update(
        stage=stage, claimed_by_id=judge.person_id, decided_code=PONOROGO, verdict="warned", passed_up=0
    )
    who = SYSTEM if verb in CLOCK else home.board if verb in KIM_STEPS else judge
    note = {} if verb in {"claim", "release", *CLOCK} else {"note": "Alasan yang jelas."}
    before = Case.objects.filter(pk=case.pk).values().get()
    if WORKFLOW.allows(verb, stage):
        assert getattr(actions, verb)(case.pk, actor=who, **note).stage == WORKFLOW[verb].to
        assert Entry.objects.filter(key=case.key).count() == 3  # opened, reported, and this
    else:
        with pytest.raises(NotAllowed):
            getattr(actions, verb)(case.pk, actor=who, **note)
        assert Case.objects.filter(pk=case.pk).values().get() == before


def test_taking_down_uses_the_domain_and_tells_the_author_why(home):
    judge = officer()
    case = taken_down(home, judge)
    article = Article.objects.get(pk=case.subject.partition(":")[2])
    assert article.is_withdrawn and article.withdrawn_reason == "Alamat rumah orang ikut terbit."
    assert (case.stage, case.verdict, case.decided_code, case.is_in_time) == (
        "taken_down",
        "taken_down",
        PONOROGO,
        True,
    )
    entry = Entry.objects.get(verb="case.taken_down")
    assert entry.data["digest"] == case.digest and entry.data["revision"] == article.revision
    while dispatch(wiring.READERS):
        pass
    told = set(Delivery.objects.filter(url__contains=f"/kerja/laporan/{case.id}/").values_list("person_id", flat=True))
    assert {home.member.person_id, home.board.person_id, home.editor.person_id} <= told
    assert home.second.person_id not in told and judge.person_id not in told


def test_the_words_are_never_touched_by_any_step(home):
    judge, above = officer(), officer(JATIM)
    case = claimed(home, judge)
    before = Article.objects.filter(pk=case.subject.partition(":")[2]).values("title", "gist", "body", "revision").get()
    actions.take_down(case.id, note="Keliru.", actor=judge)
    actions.appeal(case.id, note="Itu benar.", actor=home.board)
    actions.overturn(case.id, note="Penulisnya benar.", actor=above)
    article = Article.objects.get(pk=case.subject.partition(":")[2])
    assert article.is_published
    assert {name: getattr(article, name) for name in before} == before


def test_a_decision_against_somebody_needs_words(home):
    judge = officer()
    case = claimed(home, judge)
    for verb in ("warn", "take_down"):
        with pytest.raises(NotAllowed):
            getattr(actions, verb)(case.id, note="  ", actor=judge)
    case.refresh_from_db()
    assert case.stage == Stage.CLAIMED


def test_two_do_not_look_at_the_same_case_until_the_hour_is_over(home):
    judge, colleague = officer(), officer(name="Bagus Petugas")
    case = claimed(home, judge)
    with pytest.raises(Refused):
        actions.claim(case.id, actor=colleague)
    with pytest.raises(Refused):
        actions.dismiss(case.id, actor=colleague)
    with time_machine.travel(clock.now() + timedelta(hours=1, seconds=1)):
        assert queries.standing(Case.objects.get()).text == "Menunggu diperiksa"
        actions.claim(case.id, actor=colleague)
        with pytest.raises(Refused):
            actions.dismiss(case.id, actor=judge)
        actions.release(case.id, actor=colleague)
        assert actions.claim(case.id, actor=judge).claimed_by_id == judge.person_id


def test_what_is_late_goes_up_level_by_level_each_time_once(home):
    officer(), officer(JATIM), officer(NATION)
    case = late(reported(home.published()))
    assert actions.pass_up_due() == 1 and actions.pass_up_due() == 0
    case.refresh_from_db()
    assert (case.holder_id, case.passed_up, case.stage) == (JATIM, 1, Stage.WAITING)
    assert case.due_at > clock.now() + timedelta(hours=23)
    late(case)
    assert actions.pass_up_due() == 1
    late(case)
    assert actions.pass_up_due() == 0  # the ministry has nobody above it
    case.refresh_from_db()
    assert (case.holder_id, case.passed_up, case.is_overdue) == (NATION, 2, True)
    assert Entry.objects.filter(verb="case.passed_up").count() == 2


def test_a_claim_does_not_stop_the_clock(home):
    judge = officer()
    case = late(claimed(home, judge))
    actions.pass_up_due()
    case.refresh_from_db()
    assert (case.holder_id, case.claimed_by_id) == (JATIM, None)
    with pytest.raises(Refused):
        actions.dismiss(case.id, actor=judge)


@pytest.mark.django_db(transaction=True)
def test_several_workers_pass_up_each_case_once(home):
    for n in range(6):
        late(reported(home.published(title=f"Kabar {n}")))
    done: list[int] = []

    def work():
        try:
            done.append(actions.pass_up_due())
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(3)]
    [worker.start() for worker in workers]
    [worker.join() for worker in workers]
    assert sum(done) == 6
    assert set(Case.objects.values_list("holder_id", "passed_up")) == {(JATIM, 1)}


def test_an_appeal_is_judged_above_and_never_by_who_decided(home):
    judge = officer()
    case = taken_down(home, judge)
    case = actions.appeal(case.id, note="Alamat itu alamat balai desa.", actor=home.member)
    assert (case.holder_id, case.stage) == (JATIM, Stage.APPEALED)
    with pytest.raises(Refused):
        actions.uphold(case.id, note="Tetap.", actor=judge)
    promoted = actor(Role.PROVINCE, JATIM)
    same_person = Case.objects.filter(pk=case.pk)
    same_person.update(decided_by_id=promoted.person_id)  # the same person under a hat of the level above
    with pytest.raises(Refused):
        actions.overturn(case.id, note="Batal.", actor=promoted)
    same_person.update(decided_by_id=judge.person_id)
    actions.uphold(case.id, note="Alamat itu rumah warga.", actor=promoted)
    with pytest.raises(NotAllowed):
        actions.appeal(case.id, note="Lagi.", actor=home.board)


def test_an_overturned_case_brings_the_text_back_and_a_late_appeal_goes_up(home):
    judge, top = officer(), officer(NATION)
    case = actions.appeal(taken_down(home, judge).id, note="Tidak benar.", actor=home.board)
    late(case)
    assert actions.pass_up_due() == 1
    case.refresh_from_db()
    assert (case.holder_id, case.stage) == (NATION, Stage.APPEALED)
    actions.overturn(case.id, note="Alasannya tidak cukup.", actor=top)
    assert Article.objects.get(pk=case.subject.partition(":")[2]).is_published


def test_the_office_may_think_again_without_an_appeal(home):
    judge = officer()
    case = actions.restore(taken_down(home, judge).id, note="Ternyata alamat kantor.", actor=judge)
    assert case.stage == Stage.RESTORED and case.verdict == "taken_down"
    assert Article.objects.get().is_published


def test_a_kim_says_it_has_mended_and_the_office_still_looks(home):
    judge = officer()
    case = reported(home.published())
    case = actions.mend(case.id, note="Tanggalnya sudah kami ralat.", actor=home.editor)
    assert case.stage == Stage.MENDED and case.is_ticking
    actions.claim(case.id, actor=judge)
    assert actions.settle(case.id, actor=judge).stage == Stage.SETTLED


def test_a_closed_site_is_closed_for_readers_and_opens_again(home, client):
    judge, above = officer(), officer(JATIM)
    actions.report(new_id(), "kim", home.kim.id, reason="gambling", actor=ANONYMOUS)
    case = actions.claim(Case.objects.get().id, actor=judge)
    actions.take_down(case.id, note="Nomornya milik orang lain.", actor=judge)
    page = client.get(f"/{home.kim.slug}/")
    assert page.status_code == 410 and "sedang ditutup" in page.text
    assert Kim.objects.get(pk=home.kim.pk).stage == "suspended"
    assert client.get(f"/sertifikat/{home.kim.registry_number}/").status_code == 200
    actions.appeal(case.id, note="Nomor itu nomor bendahara kami.", actor=home.board)
    actions.overturn(case.id, note="Benar.", actor=above)
    assert client.get(f"/{home.kim.slug}/").status_code == 200


def test_an_office_does_not_judge_its_own_words(home):
    officer(), officer(JATIM)
    thing = Thing(key=f"packet:{new_id()}", title="Info", url="/x/", region_code=PONOROGO, office_code=PONOROGO)
    assert actions.open_case(thing, Reason.WRONG, "uji").holder_id == JATIM


def test_a_kim_sees_its_own_cases_and_not_what_reporters_said(home, client):
    case = reported(home.published(), "personal", "Tetangganya yang menulis ini, saya tahu.")
    stranger = house("64.08.04.2001")
    assert list(queries.visible_to(home.board)) == [case] and not list(queries.visible_to(stranger.board))
    assert not list(queries.visible_to(stranger.regency)) and list(queries.visible_to(officer(JATIM))) == [case]
    client.force_login(person_of(home.board), backend="kim.accounts.backends.PhoneBackend")
    page = client.get(f"/kerja/laporan/{case.id}/")
    assert page.status_code == 200 and "Tetangganya" not in page.text and "Data pribadi" in page.text
    assert "Dilaporkan: " in client.get("/kerja/").text


def test_the_public_log_names_nobody_and_quotes_nothing(home, client):
    judge = officer(name="Ratna Rahasia")
    taken_down(home, judge)
    actions.recount()
    page = client.get("/moderasi/")
    assert page.status_code == 200 and "set-cookie" not in {name.lower() for name in page.headers}
    assert "Diturunkan" in page.text and "Kabupaten/kota" in page.text and "salah atau sudah usang" in page.text
    for secret in ("Ratna", "Hartini", home.kim.name, "Panen durian", "Alamat rumah"):
        assert secret not in page.text


def test_the_figures_of_the_levels_are_counted(home):
    judge = officer()
    taken_down(home, judge, title="Satu")
    reported(home.published(title="Dua"))
    actions.recount()
    [row] = queries.figures()
    assert (row.level, row.decided, row.in_time, row.taken_down, row.waiting) == ("regency", 1, 1, 1, 1)
    assert row.median_words == "1 menit"


def test_there_is_one_open_case_for_a_thing_however_it_came(home):
    article = home.published()
    case = reported(article)
    assert Case.objects.filter(subject=article.key, stage__in=OPEN).count() == 1
    assert case.is_open


def test_a_regency_under_another_code_puts_back_its_own_and_is_judged_by_its_new_province():
    before, after = ("35.02", "35.02.17", "35.02.17.1008"), ("33.02", "33.02.17", "33.02.17.1008")
    provinces = {code: name for code, name in pack.read().names.items() if len(code) == 2}
    trees = [provinces | dict.fromkeys(codes, "Contoh") for codes in (before, after)]
    load(trees[0])
    home = house(before[-1])
    case, other = taken_down(home, home.regency), taken_down(home, home.regency, title="Kabar lain")
    load(trees[1], Change("recoded", before[0], after[0], date(2026, 11, 1), "Perda 1/2026"))
    office, board = (actor_for(person_of(who)) for who in (home.regency, home.board))
    assert actions.appeal(case.id, note="Itu benar.", actor=board).holder_id == "33"
    assert publishing.restore(as_id(other.subject.partition(":")[2]), actor=office).stage == "published"


def load(names: dict[str, str], *changes: Change) -> None:
    regions.load(tree=pack.Tree(names, source="Kepmendagri uji", effective_on=date(2026, 11, 1)), changes=changes)
