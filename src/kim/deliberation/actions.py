"""What a village makes of its voices: a difficulty is named, talked over, decided in a meeting, worked on, settled."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from kim.accounts.actor import Actor
from kim.deliberation import policies, queries
from kim.deliberation.models import Meeting, Problem, Resolution
from kim.deliberation.workflow import WORKFLOW, Step
from kim.discussion import actions as discussion
from kim.discussion.models import DecisionRule
from kim.kernel import clock
from kim.kernel.ids import new_id
from kim.kernel.results import NotAllowed, demand
from kim.ledger import actions as ledger
from kim.publishing import actions as publish
from kim.publishing.models import Article, Category, Kind
from kim.registry.models import Kim


def _locked(problem_id: UUID) -> Problem:
    return Problem.objects.select_for_update(of=("self",)).select_related("region").get(id=problem_id)


def _record(verb: str, subject: Problem | Meeting, actor: Actor, **data: Any) -> None:
    known = {"title": str(subject)[:160]}
    ledger.record(verb, subject.key, actor=actor, region=subject.region_id, kim_id=actor.kim_id, **(known | data))


def _moved(problem: Problem, verb: str) -> None:
    problem.step, problem.moved_at = WORKFLOW.after(verb, problem.step), clock.now()
    problem.save()


@transaction.atomic
def name(problem_id: UUID, *, fields: Mapping[str, Any], voices: Iterable[UUID] = (), actor: Actor) -> Problem:
    """A shared difficulty goes on the board, with the voices that tell of it. Sent twice, it is the same one.

    Only voices that this village reads itself are linked: whoever reads the board would learn of any other.
    """
    known = Problem.objects.filter(id=problem_id).first()
    problem = known or Problem(id=problem_id, region_id=actor.region_code, named_by_id=actor.person_id, **fields)
    demand(policies.can_name(actor, problem))
    if known is not None:
        return known
    problem.save(force_insert=True)
    problem.aspirations.set(queries.readable_in(problem.region_id).filter(id__in=list(voices)[:50]))
    _record("problem.named", problem, actor)
    return problem


@transaction.atomic
def talk_over(problem_id: UUID, *, actor: Actor) -> Problem:
    """The KIM opens a room about it."""
    problem = _locked(problem_id)
    demand(policies.can_talk_over(actor, problem))
    kim = Kim.objects.get(id=actor.kim_id)
    discussion.open_room(
        key=problem.key, kim_id=kim.id, region_code=problem.region_id, title=problem.title,
        url=f"/kerja/kesulitan/{problem.id}/", rule=DecisionRule.HEAD, actor=actor,
    )  # fmt: skip
    _moved(problem, "talk_over")
    _record("problem.talked_over", problem, actor)
    return problem


@transaction.atomic
def hold(meeting_id: UUID, *, fields: Mapping[str, Any], actor: Actor) -> Meeting:
    """The minutes of a meeting of the own village. Sent twice, they are the same ones."""
    known = Meeting.objects.filter(id=meeting_id).first()
    meeting = known or Meeting(id=meeting_id, region_id=actor.region_code, by_id=actor.person_id, **fields)
    demand(policies.can_hold(actor, meeting))
    if known is not None:
        return known
    if meeting.held_on > clock.today():
        raise NotAllowed("Musyawarah dicatat sesudah diadakan. Periksa lagi tanggalnya.")
    if meeting.women is not None and meeting.women > meeting.present:
        raise NotAllowed("Jumlah perempuan tidak bisa lebih banyak daripada yang hadir.")
    meeting.save(force_insert=True)
    _record("meeting.held", meeting, actor, present=meeting.present)
    return meeting


@transaction.atomic
def resolve(
    resolution_id: UUID, meeting_id: UUID, *, fields: Mapping[str, Any], problem_id: UUID | None = None, actor: Actor
) -> Resolution:
    """One decision of a meeting; a difficulty it answers moves on with it, and its room closes."""
    meeting = Meeting.objects.select_for_update(of=("self",)).get(id=meeting_id)
    demand(policies.can_hold(actor, meeting))
    known = meeting.resolutions.filter(id=resolution_id).first()
    if known is not None:
        return known
    problem = _locked(problem_id) if problem_id else None
    if problem is not None:
        demand(policies.can_resolve(actor, problem))
        _moved(problem, "resolve")
        discussion.close_room(problem.key, reason="Sudah diputuskan dalam musyawarah.", actor=actor)
    made = Resolution.objects.create(id=resolution_id, meeting=meeting, problem=problem, **fields)
    _record("meeting.resolved", meeting, actor, problem=str(problem.id) if problem else "")
    return made


@transaction.atomic
def act(problem_id: UUID, *, plan: str = "", activity_id: UUID | None = None, actor: Actor) -> Problem:
    """Somebody works on it: who does what, or the published activity that shows it."""
    problem = _locked(problem_id)
    demand(policies.can_act(actor, problem))
    if activity_id is not None:
        problem.activity = Article.objects.get(id=activity_id, region_id=problem.region_id)
    problem.plan = plan.strip()[:300] or problem.plan
    if not (problem.plan or problem.activity_id):
        raise NotAllowed("Tulis siapa mengerjakan apa, atau pilih kegiatannya.")
    _moved(problem, "act")
    _record("problem.acted", problem, actor)
    return problem


@transaction.atomic
def settle(problem_id: UUID, *, result: str, actor: Actor) -> Problem:
    """It is over; what came of it stays readable."""
    problem = _locked(problem_id)
    demand(policies.can_settle(actor, problem))
    problem.result = result.strip()[:1000]
    _moved(problem, "settle")
    _record("problem.settled", problem, actor)
    return problem


@transaction.atomic
def drop(problem_id: UUID, *, reason: str, actor: Actor) -> Problem:
    """It is not gone on with; the reason stays readable, and its room closes."""
    problem = _locked(problem_id)
    demand(policies.can_drop(actor, problem))
    problem.result = reason.strip()[:1000]
    was_talked = problem.step == Step.TALKED
    _moved(problem, "drop")
    if was_talked:
        discussion.close_room(problem.key, reason=f"Tidak dilanjutkan: {problem.result[:200]}", actor=actor)
    _record("problem.dropped", problem, actor)
    return problem


@transaction.atomic
def retell_meeting(meeting_id: UUID, *, actor: Actor) -> Article:
    """A draft of the KIM with what was decided, numbers but no names: the village reads it as any other news."""
    meeting = Meeting.objects.get(id=meeting_id)
    demand(policies.can_hold(actor, meeting))
    decided = [one.text for one in meeting.resolutions.all()[:20]]
    fields = {
        "title": f"Hasil musyawarah: {meeting.topic}"[:160], "gist": "\n".join(decided[:4])[:600],
        "body": _told(meeting, decided), "category": Category.VILLAGE, "held_on": meeting.held_on,
        "place": meeting.place, "source_note": "Notulen musyawarah",
    }  # fmt: skip
    return publish.start(new_id(), kind=Kind.ACTIVITY, fields=fields, form_key=None, is_final=False, actor=actor)


def _told(meeting: Meeting, decided: list[str]) -> str:
    came = f"Musyawarah dihadiri {meeting.present} orang" + (
        f", {meeting.women} di antaranya perempuan." if meeting.women is not None else "."
    )
    return "\n\n".join([came, *(f"{number}. {text}" for number, text in enumerate(decided, 1))])
