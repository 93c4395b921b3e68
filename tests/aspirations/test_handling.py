"""A desk works on an aspiration: every verb at every stage by every role, and what each of them changes."""

from datetime import timedelta

import pytest
import time_machine

from accounts.factories import actor
from aspirations.factories import VILLAGE, agency, officer, voice
from kim.accounts.actor import ANONYMOUS, SYSTEM
from kim.accounts.models import Role
from kim.aspirations import actions, policies, queries
from kim.aspirations.models import Aspiration, Outcome
from kim.aspirations.policies import Desk
from kim.aspirations.workflow import WORKFLOW, Privacy, Stage
from kim.kernel import clock
from kim.kernel.ids import new_id
from kim.kernel.results import NotAllowed, Refused
from kim.ledger.models import Entry
from kim.media.models import Upload
from media.factories import jpeg

pytestmark = pytest.mark.django_db
REGENCY = "35.02"
DONE = {"text": "Sudah ditambal.", "outcome": "done"}


def head():
    return actor(Role.VILLAGE, VILLAGE)


def taken(**fields) -> tuple[Aspiration, object]:
    """One the village has accepted, and the head who did."""
    who, made = head(), voice(**fields)
    actions.accept(made.id, actor=who)
    return Aspiration.objects.get(id=made.id), who


def do(verb: str, made: Aspiration, who) -> None:
    """One verb of a desk with words that would do."""
    words = {
        "accept": {}, "follow_up": {"text": "Disurvei."}, "extend": {"reason": "Berkasnya banyak."},
        "escalate": {"to": Desk(REGENCY), "reason": "Jalan kabupaten."}, "ask_back": {"text": "Di RT mana?"},
        "answer": DONE, "dismiss": {"reason": "Perkara hukum."},
    }  # fmt: skip
    if verb == "merge":
        actions.merge(made.id, into=voice(made.region_id).id, actor=who)
    else:
        getattr(actions, verb)(made.id, actor=who, **words[verb])


VERBS = ("accept", "follow_up", "extend", "escalate", "ask_back", "answer", "merge", "dismiss")


@pytest.mark.parametrize("stage", Stage.values)
@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_works_at_its_stages_and_at_no_other(verb, stage):
    made, who = voice(kind="request"), head()
    Aspiration.objects.filter(id=made.id).update(stage=stage)
    if WORKFLOW.allows(verb, stage):
        do(verb, made, who)
        assert Aspiration.objects.get(id=made.id).stage == WORKFLOW[verb].to
    else:
        with pytest.raises(NotAllowed):
            do(verb, made, who)
        assert Aspiration.objects.get(id=made.id).stage == stage


ROLES = [role for role in Role if role != Role.SUPPORT]
PLACES = {Role.REGENCY: REGENCY, Role.PROVINCE: "35", Role.NATIONAL: "ID", Role.EXPERT: "35", Role.AGENCY: REGENCY}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_is_for_the_desk_that_holds_it(verb, role):
    made = voice(kind="request")
    stage = next(one for one in Stage if WORKFLOW.allows(verb, one))
    Aspiration.objects.filter(id=made.id).update(stage=stage)
    who = actor(role, PLACES.get(role, VILLAGE))
    if role in policies.VILLAGE_DESK:
        do(verb, made, who)
    else:
        with pytest.raises(Refused):
            do(verb, made, who)


@pytest.mark.parametrize("verb", VERBS)
def test_a_confidential_one_is_touched_by_board_and_head_alone_and_never_merged(verb):
    for role, may in ((Role.MEMBER, False), (Role.EDITOR, False), (Role.BOARD, True), (Role.VILLAGE, True)):
        made = voice(kind="request", privacy="secret")
        stage = next(one for one in Stage if WORKFLOW.allows(verb, one))
        Aspiration.objects.filter(id=made.id).update(stage=stage)
        if may and verb != "merge":
            do(verb, made, actor(role))
        else:
            with pytest.raises((Refused, NotAllowed)):
                do(verb, made, actor(role))


def test_it_goes_up_sideways_and_back_down_with_each_stop_kept():
    dinas, made = agency(), voice()
    steps = [
        (head(), Desk(REGENCY)), (actor(Role.REGENCY, REGENCY), Desk(REGENCY, dinas.id)), (officer(dinas), Desk(REGENCY)),
        (actor(Role.REGENCY, REGENCY), Desk("35")), (actor(Role.PROVINCE, "35"), Desk("ID")),
        (actor(Role.NATIONAL, "ID"), Desk("35")), (actor(Role.PROVINCE, "35"), Desk(REGENCY)),
        (actor(Role.REGENCY, REGENCY), Desk(VILLAGE)),
    ]  # fmt: skip
    for who, to in steps:
        actions.escalate(made.id, to=to, reason="Bukan urusan meja ini.", actor=who)
        found = Aspiration.objects.get(id=made.id)
        assert (policies.desk_of(found), found.stage) == (to, Stage.ESCALATED)
        with pytest.raises(Refused):
            actions.escalate(made.id, to=Desk("35"), reason="Lagi.", actor=who)
    stays = queries.journey(found)
    assert len(stays) == 9 and [stay.handling.until is None for stay in stays].count(True) == 1
    assert stays[2].name == dinas.name and stays[0].name.startswith("KIM dan kepala")


@pytest.mark.parametrize(
    ("here", "there", "may"),
    [
        (Desk(VILLAGE), Desk(REGENCY), True),
        (Desk(VILLAGE), Desk("35"), False),  # one storey at a time
        (Desk(VILLAGE), Desk("35.02.17"), False),  # a district has no Diskominfo, only its kecamatan
        (Desk(VILLAGE), Desk("35.02.17", new_id()), True),
        (Desk(VILLAGE), Desk(REGENCY, new_id()), True),
        (Desk(VILLAGE), Desk("64.08"), False),  # never out of the village's own chain
        (Desk(VILLAGE), Desk("35.02.17.1009"), False),
        (Desk(VILLAGE), Desk(VILLAGE), False),
        (Desk(VILLAGE), Desk(VILLAGE, new_id()), False),
        (Desk("35.02.17", new_id()), Desk(VILLAGE), True),
        (Desk("35.02.17", new_id()), Desk(REGENCY, new_id()), True),
        (Desk("35.02.17", new_id()), Desk("35.02.17", new_id()), False),
        (Desk(REGENCY, new_id()), Desk(REGENCY), True),
        (Desk(REGENCY, new_id()), Desk(REGENCY, new_id()), False),
        (Desk(REGENCY, new_id()), Desk("35"), False),
        (Desk(REGENCY), Desk(REGENCY, new_id()), True),
        (Desk(REGENCY), Desk("35.02.17", new_id()), True),
        (Desk(REGENCY), Desk("35", new_id()), True),
        (Desk(REGENCY), Desk("ID"), False),
        (Desk("35"), Desk(REGENCY), True),
        (Desk("35"), Desk(REGENCY, new_id()), False),  # the Diskominfo below chooses its own OPD
        (Desk("35"), Desk(VILLAGE), False),
        (Desk("35"), Desk("ID", new_id()), True),
        (Desk("ID"), Desk("35"), True),
        (Desk("ID"), Desk(REGENCY), False),
    ],
)
def test_which_moves_are_legal(here, there, may):
    assert bool(policies.can_go(VILLAGE, here, there)) is may


def test_what_is_offered_is_what_may_be_chosen_and_the_route_comes_first():
    camat, dinas, closed = agency("35.02.17", "Kecamatan Contoh"), agency(), agency(name="Dinas Lama")
    regency = actor(Role.REGENCY, REGENCY)
    actions.close_agency(closed.id, actor=regency)
    made = voice()
    offered = queries.destinations(made)
    assert [one.key for one in offered] == [str(camat.id), REGENCY, str(dinas.id)]
    assert offered[2].name == f"{dinas.name} (belum ada petugas)"
    assert queries.suggested(made, offered) == REGENCY
    actions.route(region=REGENCY, category="road", agency_id=dinas.id, actor=regency)
    assert queries.suggested(made, offered) == str(dinas.id)
    with pytest.raises(NotAllowed):
        actions.escalate(made.id, to=Desk(REGENCY, closed.id), reason="Lama.", actor=head())


def test_handing_over_wants_a_reason():
    made = voice()
    with pytest.raises(NotAllowed):
        actions.escalate(made.id, to=Desk(REGENCY), reason="  ", actor=head())


def test_an_answer_ends_the_stay_and_gives_the_reporter_the_turn():
    made, who = taken()
    made = actions.answer(made.id, actor=who, **DONE)
    stay = made.handlings.get()
    assert (stay.ending, stay.is_late, stay.days) == ("answered", False, 0)
    assert made.answered_at and made.due_at == made.alarm_at and made.due_at > clock.now()


def test_that_it_cannot_be_done_is_an_answer_and_progress_is_none():
    made, who = taken()
    with pytest.raises(NotAllowed):
        actions.answer(made.id, text="Sabar.", outcome=Outcome.PROGRESS, actor=who)
    assert actions.answer(made.id, text="Tidak ada anggaran.", outcome="unmet", actor=who).stage == Stage.ANSWERED


def test_photos_of_an_answer_are_private_until_everybody_may_read_it(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    made, who = taken()
    actions.answer(made.id, actor=who, is_public=True, photos=[jpeg()], **DONE)
    assert not Upload.objects.get().is_public
    actions.publish(made.id, public_text=made.text, actor=who)
    assert Upload.objects.get().is_public
    actions.hide(made.id, actor=who)
    assert not Upload.objects.get().is_public


@pytest.mark.parametrize("text", ["Hubungi 0812 3456 7890.", "NIK 3502171008990001 benar.", "Surel budi@contoh.id."])
def test_a_public_answer_holds_no_personal_data(text):
    made, who = taken()
    with pytest.raises(NotAllowed):
        actions.answer(made.id, text=text, outcome="done", is_public=True, actor=who)
    actions.answer(made.id, text=text, outcome="done", actor=who)


def test_what_the_public_reads_are_the_reporters_words_without_personal_data():
    words = "Pak Budi di 0812 3456 7890 bilang jalan rusak."
    made, who = taken(text=words)
    for wrong in (words, "Jalan rusak sekali.", "bilang jalan rusak.", " "):
        with pytest.raises(NotAllowed):
            actions.publish(made.id, public_text=wrong, actor=who)
    made = actions.publish(made.id, public_text="Pak [dihapus] di [dihapus] bilang jalan rusak.", actor=who)
    assert made.is_public and made.text == words
    assert "Budi" not in made.public_text


def test_a_confidential_one_is_never_public():
    made, who = taken(privacy="secret")
    with pytest.raises(Refused):
        actions.publish(made.id, public_text=made.text, actor=who)
    with pytest.raises(NotAllowed):
        actions.answer(made.id, actor=who, is_public=True, **DONE)


def test_merging_adds_up_who_stands_behind_it():
    one, two, three, who = voice(), voice(), voice(), head()
    actions.merge(one.id, into=two.id, actor=who)
    actions.merge(two.id, into=three.id, actor=who)
    found = Aspiration.objects.get(id=three.id)
    assert found.supporters == 2
    assert set(found.merged.values_list("id", flat=True)) == {one.id, two.id}
    with pytest.raises(NotAllowed):
        actions.merge(three.id, into=two.id, actor=who)


def test_only_neighbours_on_the_same_desk_are_merged():
    here, there = voice(), voice("35.02.17.1009")
    with pytest.raises(Refused):
        actions.merge(here.id, into=there.id, actor=head())
    away = voice()
    actions.escalate(away.id, to=Desk(REGENCY), reason="x", actor=head())
    with pytest.raises(Refused):
        actions.merge(here.id, into=away.id, actor=head())


def test_setting_aside_tells_the_reporter_why():
    made = actions.dismiss(voice().id, reason="Perkara hukum diurus polisi.", actor=head())
    assert made.answers.get().outcome == Outcome.DISMISSED and made.due_at is None
    with pytest.raises(NotAllowed):
        actions.dismiss(voice().id, reason="", actor=head())


def test_the_ledger_holds_neither_the_words_nor_the_reporter():
    made, who = taken(text="Kalimat rahasia.", reporter_name="Sari Pelapor", reporter_phone="+6281234567890")
    actions.ask_back(made.id, text="Pertanyaan rahasia", actor=who)
    actions.answer(made.id, text="Jawaban rahasia", outcome="done", actor=who)
    told = str([(entry.data, entry.person_name) for entry in Entry.objects.filter(key=made.key)])
    assert not [word for word in ("rahasia", "Sari Pelapor", "81234567890") if word in told]


def test_only_the_clock_closes_for_silence_and_passes_up():
    made, who = taken()
    for act in (actions.close_silent, actions.pass_up, actions.remind):
        with pytest.raises(Refused):
            act(made.id, actor=who)
        with pytest.raises(Refused):
            act(made.id, actor=ANONYMOUS)
    with pytest.raises(NotAllowed):
        actions.pass_up(made.id, actor=SYSTEM)
    with time_machine.travel(clock.now() + timedelta(days=1)):
        actions.answer(made.id, actor=who, **DONE)
    with pytest.raises(NotAllowed):
        actions.close_silent(made.id, actor=SYSTEM)


def test_a_former_desk_knows_how_it_fares_and_reads_no_word():
    made, who = taken()
    actions.escalate(made.id, to=Desk(REGENCY), reason="Jalan kabupaten.", actor=who)
    assert queries.once_held(who, made.id) == made
    with pytest.raises(Aspiration.DoesNotExist):
        queries.one(who, made.id)
    for other in (actor(Role.PROVINCE, "35"), actor(Role.VILLAGE, "35.02.17.1009"), actor(Role.EXPERT, "35")):
        with pytest.raises(Aspiration.DoesNotExist):
            queries.once_held(other, made.id)
    assert [stay.aspiration_id for stay in queries.passed_on(who)] == [made.id]


def test_a_member_is_not_told_of_a_confidential_one_that_has_left():
    made = voice(privacy=Privacy.CONFIDENTIAL)
    actions.escalate(made.id, to=Desk(REGENCY), reason="x", actor=head())
    with pytest.raises(Aspiration.DoesNotExist):
        queries.once_held(actor(Role.MEMBER), made.id)
    assert not queries.passed_on(actor(Role.MEMBER)).items


def test_nothing_that_finds_a_child_is_let_out_or_answered_in_public():
    made, desk = voice(text="Anak saya bernama Budi Contoh jatuh di jalan itu."), actor(Role.VILLAGE, VILLAGE)
    actions.accept(made.id, actor=desk)
    with pytest.raises(NotAllowed, match="data anak"):
        actions.publish(made.id, public_text=made.text, actor=desk)
    assert actions.publish(made.id, public_text="[dihapus] jatuh di jalan itu.", actor=desk).is_public
    with pytest.raises(NotAllowed, match="data anak"):
        actions.answer(
            made.id, text="Seorang siswa kelas 3 SD Negeri 2 sudah diobati.", outcome="done", is_public=True, actor=desk
        )
