"""Readers ask under a packet: who may do what with a question, and how the answer finds whoever asked."""

from uuid import UUID

import pytest
import time_machine
from django.utils import timezone

from accounts.factories import actor
from dissemination.factories import VILLAGES, Country, country
from kim.accounts.actor import ANONYMOUS
from kim.accounts.models import Role
from kim.config import tasks
from kim.dissemination import actions, queries
from kim.dissemination.models import Answer, Bulletin, Question, Theme
from kim.dissemination.policies import PATIENCE
from kim.dissemination.workflow import QUESTION_WORKFLOW, Turn
from kim.inbox.models import Delivery
from kim.kernel.ids import new_id
from kim.kernel.results import NotAllowed, Refused
from kim.ledger.models import Entry
from kim.registry.models import Kim
from regions.factories import plant

pytestmark = pytest.mark.django_db
EMPTY = "35.02.17.1009"  # a village without a KIM


@pytest.fixture
def land() -> Country:
    return country()


def ask(bulletin: Bulletin, village: str = VILLAGES[0], text: str = "Apakah harus puasa dulu?", **more) -> Question:
    one = new_id()
    actions.ask(one, bulletin.id, region_code=village, text=text, **more)
    return Question.objects.get(id=one)


def at(land: Country, turn: str) -> Question:
    found, board = ask(land.issued()), land.boards[0]
    if turn in (Turn.PASSED, Turn.ANSWERED):
        found = actions.pass_up(found.id, actor=board)
    if turn == Turn.ANSWERED:
        theme = actions.group(found.bulletin_id, question="Harus puasa?", question_ids=[found.id], actor=land.national)
        actions.answer(theme.id, text="Tidak perlu.", actor=land.national)
    if turn == Turn.CLOSED:
        actions.close(found.id, reason="unclear", actor=board)
    return Question.objects.get(id=found.id)


def call(verb: str, question: Question, who) -> None:
    if verb == "group":
        actions.group(question.bulletin_id, question="Puasa?", question_ids=[question.id], actor=who)
    elif verb == "answer":
        actions.answer(theme_of(question), text="Tidak perlu.", actor=who)
    else:
        said = {"reply": {"text": "Tidak perlu."}, "close": {"reason": "spam"}}.get(verb, {})
        getattr(actions, verb)(question.id, actor=who, **said)


def theme_of(question: Question) -> UUID:
    if question.theme_id:
        return question.theme_id
    officer = actor(Role.NATIONAL, question.bulletin.region_id)
    made = Theme.objects.create(bulletin=question.bulletin, question="Uji", by_id=officer.person_id)
    Question.objects.filter(id=question.id).update(theme=made)
    return made.id


def right_hand(land: Country, verb: str, turn: str):
    """Whose verb it is while the question stands there."""
    is_office = verb in ("group", "answer") or (verb == "close" and turn == Turn.PASSED)
    return land.national if is_office else land.boards[0]


@pytest.mark.parametrize("turn", list(Turn))
@pytest.mark.parametrize("verb", list(QUESTION_WORKFLOW))
def test_every_verb_moves_where_the_table_says_or_changes_nothing(land, verb, turn):
    question = at(land, turn)
    if QUESTION_WORKFLOW.allows(verb, turn):
        call(verb, question, right_hand(land, verb, turn))
        assert Question.objects.get(id=question.id).stage == QUESTION_WORKFLOW[verb].to
        return
    if verb == "answer":  # a theme is answered; what does not wait for it stays as it is
        call(verb, question, land.national)
    else:
        with pytest.raises((NotAllowed, Refused)):
            call(verb, question, right_hand(land, verb, turn))
    assert Question.objects.get(id=question.id).stage == turn


ROLES = (
    "board",
    "editor",
    "member",
    "other_board",
    "head",
    "regency",
    "other_regency",
    "province",
    "national",
    "anyone",
)
MAY = {
    ("pass_up", Turn.WAITING): {"board", "editor"}, ("pass_up", Turn.CLOSED): {"board", "editor"},
    ("reply", Turn.WAITING): {"board", "editor"}, ("close", Turn.WAITING): {"board", "editor"},
    ("close", Turn.PASSED): {"national"}, ("group", Turn.PASSED): {"national"}, ("answer", Turn.PASSED): {"national"},
    ("answer", Turn.ANSWERED): {"national"},
}  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("verb", "turn"), list(MAY), ids=[f"{verb}-{turn}" for verb, turn in MAY])
def test_every_open_verb_is_for_these_roles_and_no_other(land, verb, turn, role):
    editor = actor(Role.EDITOR, VILLAGES[0], kim_id=land.kims[0].id)
    people = {
        "board": land.boards[0], "editor": editor, "member": land.members[0], "other_board": land.boards[1],
        "head": land.head, "regency": land.regency, "other_regency": land.other, "province": land.province,
        "national": land.national, "anyone": ANONYMOUS,
    }  # fmt: skip
    question = at(land, turn)
    if role in MAY[verb, turn]:
        call(verb, question, people[role])
    else:
        with pytest.raises(Refused):
            call(verb, question, people[role])
        assert Question.objects.get(id=question.id).stage == turn


def test_the_pile_and_the_page_of_a_packet_belong_to_their_own(land):
    question = ask(land.issued())
    assert list(queries.moderated_by(land.members[0])) == [question]
    for who in (land.members[1], land.head, land.regency, land.national, ANONYMOUS):
        assert not queries.moderated_by(who).exists()
    assert queries.own_bulletin(land.second, question.bulletin_id) == question.bulletin
    for who in (land.province, land.regency, land.boards[0], ANONYMOUS):
        with pytest.raises(Bulletin.DoesNotExist):
            queries.own_bulletin(who, question.bulletin_id)


def test_where_there_is_no_kim_the_regency_moderates(land):
    question = ask(land.issued(), EMPTY)
    assert question.kim is None and question.stage == Turn.WAITING
    assert list(queries.moderated_by(land.regency)) == [question] and not queries.moderated_by(land.other).exists()
    actions.pass_up(question.id, actor=land.regency)
    assert Question.objects.get(id=question.id).stage == Turn.PASSED


def test_a_regencys_own_packet_needs_nobody_between_where_there_is_no_kim(land):
    assert ask(land.issued(by=land.regency), EMPTY).stage == Turn.PASSED


def test_after_a_week_the_regency_may_do_what_a_silent_kim_does_not(land):
    question = ask(land.issued())
    with pytest.raises(Refused, match="tujuh hari"):
        actions.pass_up(question.id, actor=land.regency)
    Question.objects.filter(id=question.id).update(asked_at=timezone.now() - PATIENCE)
    assert list(queries.moderated_by(land.regency)) == [question]
    actions.pass_up(question.id, actor=land.regency)


def test_the_kim_that_got_the_packet_is_asked_before_an_older_one_of_the_village(land):
    newer = land.kims[0]
    Kim.objects.filter(id=land.kims[1].id).update(region_id=VILLAGES[0], registered_at=timezone.now() - PATIENCE)
    bulletin = land.issued(focus=[newer.focus])
    bulletin.assignments.exclude(kim=newer).delete()
    assert ask(bulletin).kim == newer
    bulletin.assignments.all().delete()
    assert ask(bulletin).kim_id == land.kims[1].id


def test_one_answer_answers_everybody_who_asked_and_the_list_of_the_packet(land):
    bulletin = land.issued()
    asked = [ask(bulletin, VILLAGES[number]) for number in (0, 1, 2)]
    for number, one in enumerate(asked):
        actions.pass_up(one.id, actor=land.boards[number])
    assert queries.asked(bulletin).themes == []
    ids = [one.id for one in asked[:2]]
    theme = actions.group(bulletin.id, question="Apakah harus puasa?", question_ids=ids, actor=land.national)
    assert queries.asked(bulletin).themes == []  # nothing is public before it is answered
    actions.answer(theme.id, text="Ya, delapan jam.", actor=land.second)
    stages = list(Question.objects.filter(id__in=ids).values_list("stage", "answer__text", "answer__said_by"))
    assert stages == [("answered", "Ya, delapan jam.", "Kementerian Kesehatan")] * 2
    assert Question.objects.get(id=asked[2].id).stage == Turn.PASSED
    (shown,) = queries.asked(bulletin).themes
    assert (shown.question, shown.answer.text) == ("Apakah harus puasa?", "Ya, delapan jam.")
    assert bulletin.versions.get().answers == []  # what was issued is as it was


def test_who_asks_later_gets_the_answer_with_the_theme_and_a_better_answer_reaches_all(land):
    bulletin = land.issued()
    first, later = ask(bulletin), ask(bulletin, VILLAGES[1])
    actions.pass_up(first.id, actor=land.boards[0])
    theme = actions.group(bulletin.id, question="Harus puasa?", question_ids=[first.id], actor=land.national)
    actions.answer(theme.id, text="Ya.", actor=land.national)
    actions.pass_up(later.id, actor=land.boards[1])
    same = actions.group(bulletin.id, question="Harus puasa?", question_ids=[later.id], actor=land.national)
    assert same == theme and Question.objects.get(id=later.id).answer.text == "Ya."
    actions.answer(theme.id, text="Ya, delapan jam.", actor=land.national)
    assert {one.answer.text for one in theme.questions.all()} == {"Ya, delapan jam."}
    assert [one.answer.text for one in queries.asked(bulletin).themes] == ["Ya, delapan jam."]
    assert list(theme.answers.order_by("at").values_list("text", flat=True)) == ["Ya.", "Ya, delapan jam."]


def test_a_question_of_another_packet_is_not_put_under_a_theme(land):
    mine, foreign = at(land, Turn.PASSED), at(land, Turn.PASSED)
    with pytest.raises(NotAllowed, match="Muat ulang"):
        actions.group(mine.bulletin_id, question="Satu", question_ids=[mine.id, foreign.id], actor=land.national)
    assert not Theme.objects.exists() and Question.objects.filter(theme=None).count() == 2


def test_the_answer_of_a_kim_is_for_whoever_asked_and_not_for_the_list(land):
    question = ask(land.issued())
    actions.reply(question.id, text="Tidak perlu puasa.", actor=land.boards[0])
    found = Question.objects.get(id=question.id)
    assert (found.stage, found.answer.said_by) == (Turn.ANSWERED, land.kims[0].name)
    assert queries.asked(found.bulletin).themes == []


def test_what_the_office_closed_does_not_come_again(land):
    question = at(land, Turn.PASSED)
    actions.close(question.id, reason="elsewhere", note="Ini soal lain.", actor=land.national)
    with pytest.raises(Refused, match="ditutup oleh kantor pengirim"):
        actions.pass_up(question.id, actor=land.boards[0])


def test_several_are_closed_all_or_none(land):
    mine, foreign = ask(land.issued()), ask(land.issued(), VILLAGES[1])
    with pytest.raises(Refused):
        actions.close_many([mine.id, foreign.id], reason="spam", actor=land.boards[0])
    assert not Question.objects.filter(stage=Turn.CLOSED).exists()
    assert actions.close_many([mine.id], reason="spam", actor=land.boards[0]) == 1


def test_a_secret_is_told_once_and_only_its_digest_is_kept(land):
    bulletin, one = land.issued(), new_id()
    secret = actions.ask(one, bulletin.id, region_code=VILLAGES[0], text="Apakah harus puasa?")
    question = queries.question_of_ticket(secret)
    assert question.id == one and len(secret) == 22
    assert secret not in "".join(str(value) for value in Question.objects.values().get().values())
    with pytest.raises(NotAllowed, match="sudah terkirim"):
        actions.ask(one, bulletin.id, region_code=VILLAGES[0], text="Lagi")
    for guess in (str(one), question.ticket, secret[:-1], "", "a" * 22):
        with pytest.raises(Question.DoesNotExist):
            queries.question_of_ticket(guess)


def test_a_secret_has_128_bits_of_chance(land):
    bulletin = land.issued()
    secrets = [actions.ask(new_id(), bulletin.id, region_code=VILLAGES[0], text="Apa?") for _ in range(200)]
    assert len(set(secrets)) == 200 and {len(one) for one in secrets} == {22}  # base64 of sixteen bytes
    assert len({one[:3] for one in secrets}) > 190 and len({one[-4:] for one in secrets}) > 190


def test_the_ledger_learns_neither_who_asked_nor_what(land):
    question = ask(land.issued(), text="Rahasia sekali", name="Ibu Rahasia")
    actions.pass_up(question.id, actor=land.boards[0])
    for entry in Entry.objects.filter(verb__startswith="question."):
        assert "Rahasia" not in f"{entry.data}{entry.person_name}"
    asked = Entry.objects.get(verb="question.asked")
    assert (asked.person_id, asked.person_name, asked.kim_id) == (None, "", land.kims[0].id)


def test_a_withdrawn_packet_is_not_asked_about_any_more(land):
    bulletin = land.issued()
    actions.withdraw(bulletin.id, reason="Keliru.", actor=land.national)
    with pytest.raises(NotAllowed, match="ditarik"):
        ask(bulletin)
    draft = land.draft()
    with pytest.raises(NotAllowed):
        ask(draft)
    assert queries.asked(Bulletin.objects.get(id=bulletin.id)).ask_url == ""


def told(who) -> list[str]:
    tasks.carry_errands()
    return list(
        Delivery.objects.filter(person_id=who.person_id, text__icontains="tanya").values_list("text", flat=True)
    )


def test_a_desk_is_told_of_the_first_question_and_not_of_two_hundred(land):
    bulletin = land.issued()
    ask(bulletin, text="Satu dari kiriman ramai, apa?", is_crowded=True)
    assert told(land.boards[0]) == []
    Question.objects.all().delete()
    for number in range(5):
        ask(bulletin, text=f"Pertanyaan ke-{number} apa?")
    assert told(land.boards[0]) == [f"Ada pertanyaan warga tentang info “{bulletin.title}”."]
    assert told(land.members[0]) == told(land.boards[1]) == told(land.regency) == told(land.national) == []


def test_the_regency_is_told_where_there_is_no_kim_and_the_office_of_what_was_passed_on(land):
    bulletin = land.issued()
    first, second = ask(bulletin, EMPTY), ask(bulletin, EMPTY)
    assert len(told(land.regency)) == 1 and told(land.national) == []
    for one in (first, second):
        actions.pass_up(one.id, actor=land.regency)
    assert len(told(land.national)) == len(told(land.second)) == 1


def test_the_kim_a_question_came_through_are_told_of_the_answer_and_no_other(land):
    bulletin = land.issued()
    for number in (0, 1):
        actions.pass_up(ask(bulletin, VILLAGES[number]).id, actor=land.boards[number])
    Delivery.objects.all().delete()
    one = Question.objects.get(kim=land.kims[0])
    theme = actions.group(bulletin.id, question="Harus puasa?", question_ids=[one.id], actor=land.national)
    actions.answer(theme.id, text="Ya.", actor=land.national)
    tasks.carry_errands()
    heard = Delivery.objects.filter(text__startswith="Sudah dijawab").values_list("person_id", flat=True)
    assert list(heard) == [land.boards[0].person_id]


def test_old_questions_go_and_the_answers_of_an_office_stay(land):
    answered, closed, waiting = at(land, Turn.ANSWERED), at(land, Turn.CLOSED), at(land, Turn.PASSED)
    replied = ask(land.issued())
    actions.reply(replied.id, text="Ya.", actor=land.boards[0])
    assert actions.forget_old_questions() == 0
    with time_machine.travel(timezone.now() + timezone.timedelta(days=31), tick=False):
        assert actions.forget_old_questions() == 1
        assert not Question.objects.filter(id=closed.id).exists()
    with time_machine.travel(timezone.now() + timezone.timedelta(days=366), tick=False):
        actions.forget_old_questions()
    assert list(Question.objects.all()) == [waiting]
    assert [one.text for one in Answer.objects.all()] == ["Tidak perlu."] and answered.bulletin.themes.count() == 1


def test_the_office_sees_what_seems_the_same_together_and_where_it_comes_from(land):
    plant("35.02.19.2008")
    bulletin = land.issued()
    texts = ["Apakah harus puasa dulu?", "Puasa nggak sebelum cek?", "Bawa kartu apa?"]
    for number, text in enumerate(texts):
        actions.pass_up(ask(bulletin, VILLAGES[number], text=text).id, actor=land.boards[number])
    ask(bulletin, text="Masih di KIM, ya?")
    desk = queries.desk(bulletin)
    assert [len(heap.questions) for heap in desk.heaps] == [2, 1]
    assert [(place.name, place.number, place.still_open) for place in desk.places] == [
        ("Jawa Timur", 3, 3),
        ("Kalimantan Timur", 1, 1),
    ]
    assert desk.still_below == 1
    actions.group(bulletin.id, question="Harus puasa?", actor=land.national)
    again = queries.desk(bulletin)
    assert again.heaps[0].is_known and again.heaps[0].suggested == "Harus puasa?" and again.themes[0].number == 0
