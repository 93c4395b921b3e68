"""What a village makes of its voices: named, talked over, decided in a meeting, worked on, settled."""

from datetime import timedelta

import pytest

from accounts.factories import actor
from aspirations.factories import VILLAGE, voice
from kim.accounts.actor import Actor
from kim.accounts.backends import PHONE
from kim.accounts.models import Person, Role
from kim.aspirations.models import Aspiration
from kim.deliberation import actions, queries
from kim.deliberation.models import Problem
from kim.deliberation.workflow import WORKFLOW, Step
from kim.discussion.queries import of_subject
from kim.kernel import clock
from kim.kernel.ids import new_id
from kim.kernel.results import NotAllowed, Refused
from kim.publishing.models import Article
from registry.factories import kim

pytestmark = pytest.mark.django_db
MINUTES = {"topic": "Air bersih", "present": 34, "women": 15, "minutes": "Sumur kering sejak Agustus."}


@pytest.fixture
def member() -> Actor:
    return actor(Role.BOARD, VILLAGE, kim_id=kim().id)


def named(who: Actor, *voices: Aspiration) -> Problem:
    fields = {"title": "Air bersih mati tiap kemarau", "category": "water"}
    return actions.name(new_id(), fields=fields, voices=[one.id for one in voices], actor=who)


def held(who: Actor, **fields):
    return actions.hold(new_id(), fields=MINUTES | {"held_on": clock.today()} | fields, actor=who)


def call(verb: str, problem: Problem, who: Actor) -> None:
    match verb:
        case "talk_over":
            actions.talk_over(problem.id, actor=who)
        case "resolve":
            meeting = held(who)
            actions.resolve(new_id(), meeting.id, fields={"text": "Gali sumur."}, problem_id=problem.id, actor=who)
        case "act":
            actions.act(problem.id, plan="Karang taruna menggali.", actor=who)
        case "settle":
            actions.settle(problem.id, result="Air mengalir lagi.", actor=who)
        case "drop":
            actions.drop(problem.id, reason="Sudah ada program lain.", actor=who)


def at_step(step: Step, who: Actor) -> Problem:
    ways = {
        Step.NAMED: [], Step.TALKED: ["talk_over"], Step.RESOLVED: ["resolve"], Step.ACTED: ["resolve", "act"],
        Step.SETTLED: ["resolve", "settle"], Step.DROPPED: ["drop"],
    }  # fmt: skip
    problem = named(who)
    for verb in ways[step]:
        call(verb, problem, who)
    problem.refresh_from_db()
    assert problem.step == step
    return problem


@pytest.mark.parametrize("step", list(Step))
@pytest.mark.parametrize("verb", list(WORKFLOW))
def test_every_verb_moves_where_the_table_says_or_is_closed(member, verb, step):
    problem = at_step(step, member)
    if WORKFLOW.allows(verb, step):
        call(verb, problem, member)
        problem.refresh_from_db()
        assert problem.step == WORKFLOW[verb].to
    else:
        with pytest.raises(NotAllowed):
            call(verb, problem, member)


@pytest.mark.parametrize("verb", list(WORKFLOW))
@pytest.mark.parametrize(
    ("role", "code"),
    [(Role.VILLAGE, "35.02.17.1009"), (Role.REGENCY, "35.02"), (Role.AGENCY, "35.02"), (Role.NATIONAL, "ID")],
)
def test_only_the_village_itself_deliberates(member, verb, role, code):
    step = next(step for step in Step if WORKFLOW.allows(verb, step))
    problem, stranger = at_step(step, member), actor(role, code)
    with pytest.raises(Refused):
        call(verb, problem, stranger)
    assert not queries.visible_problems(stranger).filter(id=problem.id).exists()


def test_the_village_head_works_on_the_board_but_opens_no_room(member):
    head = actor(Role.VILLAGE, VILLAGE)
    problem = named(head)
    with pytest.raises(Refused):
        actions.talk_over(problem.id, actor=head)
    call("resolve", problem, head)
    call("act", problem, head)
    call("settle", problem, head)
    assert queries.ended(head).items == [problem]


def test_sent_twice_it_is_named_and_held_and_decided_once(member):
    problem = named(member)
    assert actions.name(problem.id, fields={"title": "Lain"}, actor=member).title == problem.title
    meeting = held(member)
    assert actions.hold(meeting.id, fields=MINUTES, actor=member) == meeting
    one = actions.resolve(new_id(), meeting.id, fields={"text": "Gali."}, problem_id=problem.id, actor=member)
    again = actions.resolve(one.id, meeting.id, fields={"text": "Gali."}, problem_id=problem.id, actor=member)
    assert again == one and meeting.resolutions.count() == 1


def test_a_confidential_voice_and_one_of_another_village_are_never_linked(member):
    mine, hidden = voice(text="Sumur kering."), voice(privacy="secret", text="Perangkat desa menutup sumur.")
    other = voice("35.02.17.1009", text="Sumur kering di sana.")
    assert [one for one, _ in queries.voices_of(named(member, mine, hidden, other))] == [mine]
    assert set(queries.tellable(member)) == {mine}


def test_a_decision_closes_the_room(member):
    problem = at_step(Step.TALKED, member)
    assert of_subject(problem.key).is_open
    call("resolve", problem, member)
    assert not of_subject(problem.key).is_open


def test_minutes_are_of_what_was_held_and_count_who_came(member):
    with pytest.raises(NotAllowed):
        held(member, held_on=clock.today() + timedelta(days=1))
    with pytest.raises(NotAllowed):
        held(member, present=3, women=4)


def test_the_news_of_a_meeting_tells_numbers_and_decisions_but_no_names(member):
    meeting = held(member, names="Warga Contoh\nTetangga Contoh")
    actions.resolve(new_id(), meeting.id, fields={"text": "Gali sumur kedua."}, actor=member)
    article = actions.retell_meeting(meeting.id, actor=member)
    assert "34 orang" in article.body and "Gali sumur kedua." in article.body
    assert "Warga Contoh" not in article.body + article.gist


def test_the_board_costs_the_same_however_much_is_on_it(member, django_assert_max_num_queries):
    for _ in range(12):
        named(member, voice())
    with django_assert_max_num_queries(1):
        assert [len(column.problems) for column in queries.board(member)] == [12, 0, 0, 0]


def test_what_went_past_the_village_is_neither_offered_nor_linked_nor_read_there(member):
    past = voice(text="Perangkat desa memotong bantuan.", passes_village=True)
    assert not queries.tellable(member).exists()
    assert queries.voices_of(named(member, past)) == []


def test_a_linked_voice_that_moved_on_is_read_only_as_far_as_everybody_reads_it(member):
    problem, made = named(member, mine := voice(text="Sumur Pak Contoh kering.")), mine
    Aspiration.objects.filter(id=made.id).update(holder_code="35.02")
    assert [words for _, words in queries.voices_of(problem)] == [""]
    Aspiration.objects.filter(id=made.id).update(is_public=True, public_text="Sumur [dihapus] kering.")
    assert [words for _, words in queries.voices_of(problem)] == ["Sumur [dihapus] kering."]


def test_the_minutes_show_the_activity_that_a_decision_led_to(client, member, django_assert_max_num_queries):
    problem, meeting = named(member), held(member)
    actions.resolve(new_id(), meeting.id, fields={"text": "Bor sumur."}, problem_id=problem.id, actor=member)
    out = Article.objects.create(
        kim_id=member.kim_id, region_id=VILLAGE, author_id=member.person_id, kind="activity", title="Sumur bor jadi",
        slug="sumur-bor", stage="published", published_at=clock.now(), body="<p>Jadi.</p>",
    )  # fmt: skip
    actions.act(problem.id, plan="", activity_id=out.id, actor=member)
    client.force_login(Person.objects.get(id=member.person_id), backend=PHONE)
    with django_assert_max_num_queries(14):
        page = client.get(f"/kerja/musyawarah/{meeting.id}/").content.decode()
    assert "Kegiatannya" in page and out.get_absolute_url() in page
