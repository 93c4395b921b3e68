"""Who may act on an aspiration: the desk that holds it, the reporter with the secret code, and nobody beside."""

from uuid import UUID

from kim.accounts.actor import Actor
from kim.accounts.models import KIM_ROLES, OFFICES, Role
from kim.aspirations.models import Aspiration, InformationRequest, Meeting, Objection, Problem
from kim.aspirations.workflow import WORKFLOW
from kim.kernel import codes
from kim.kernel.codes import Level
from kim.kernel.results import ALLOWED, Denied, Verdict

VILLAGE_DESK = (*KIM_ROLES, Role.VILLAGE)
CLOSE_DESK = (Role.BOARD, Role.VILLAGE)  # in a village everybody knows everybody: a confidential one stays with these
NOT_HERE = "Hanya meja yang sedang memegang aspirasi ini yang dapat melakukannya."


def sits_at(actor: Actor, holder_code: str, agency_id: UUID | None, *, is_confidential: bool = False) -> bool:
    """Whether this hat works at that desk: an agency's own people, a village's KIM and head, an office's officers."""
    if agency_id is not None:
        return actor.wears(Role.AGENCY) and actor.agency_id == agency_id
    if actor.region_code != holder_code:
        return False
    if codes.level(holder_code) is Level.VILLAGE:
        return actor.wears(*(CLOSE_DESK if is_confidential else VILLAGE_DESK))
    return actor.wears(*OFFICES)


def holds(actor: Actor, aspiration: Aspiration) -> bool:
    """Whether it lies on this actor's desk now."""
    desk = (aspiration.holder_code, aspiration.holder_agency_id)
    return sits_at(actor, *desk, is_confidential=aspiration.is_confidential)


def can_read(actor: Actor, aspiration: Aspiration) -> Verdict:
    """The words as they were written: the desk that holds it."""
    return ALLOWED if holds(actor, aspiration) else Denied(NOT_HERE)


def can_accept(actor: Actor, aspiration: Aspiration) -> Verdict:
    """Anybody of the desk."""
    return can_read(actor, aspiration)


can_escalate = can_ask_back = can_answer = can_merge = can_dismiss = can_accept


def open_verbs(actor: Actor, aspiration: Aspiration) -> dict[str, Verdict]:
    """Verb → verdict, for the buttons of a desk at this stage."""
    rules = {
        "accept": can_accept, "escalate": can_escalate, "ask_back": can_ask_back, "answer": can_answer,
        "merge": can_merge, "dismiss": can_dismiss,
    }  # fmt: skip
    return {verb: rules[verb](actor, aspiration) for verb in WORKFLOW.verbs(aspiration.stage) if verb in rules}


def can_deliberate(actor: Actor, region_code: str) -> Verdict:
    """Whoever works in that village: the members of its KIM and its head."""
    if actor.wears(*VILLAGE_DESK) and actor.region_code == region_code:
        return ALLOWED
    return Denied("Musyawarah dicatat oleh KIM dan kepala desa di desa itu sendiri.")


def can_name(actor: Actor, problem: Problem) -> Verdict:
    return can_deliberate(actor, problem.region_id)


can_resolve = can_act = can_settle = can_drop = can_name


def can_talk_over(actor: Actor, problem: Problem) -> Verdict:
    """A member of a KIM there: the room is the KIM's."""
    if actor.wears(*KIM_ROLES) and actor.region_code == problem.region_id:
        return ALLOWED
    return Denied("Pembahasan dibuka oleh anggota KIM.")


def can_hold(actor: Actor, meeting: Meeting) -> Verdict:
    return can_deliberate(actor, meeting.region_id)


def can_register(actor: Actor, aspiration: Aspiration) -> Verdict:
    """The desk that holds it writes it into its own register."""
    return can_read(actor, aspiration)


def can_decide(actor: Actor, request: InformationRequest) -> Verdict:
    """The body whose register it stands in."""
    if sits_at(actor, request.body_code, request.agency_id, is_confidential=request.aspiration.is_confidential):
        return ALLOWED
    return Denied("Hanya badan yang mencatat permohonan ini yang dapat memutuskannya.")


can_extend = can_decide


def can_reply_objection(actor: Actor, objection: Objection) -> Verdict:
    """The superior of the body (atasan PPID): a village's head, and the office of the area for its agencies and itself."""
    body = objection.request.body_code
    is_village = codes.level(body) is Level.VILLAGE
    office = codes.regency(body) if codes.level(body) is Level.DISTRICT else body
    superiors = (Role.VILLAGE,) if is_village else OFFICES
    if actor.wears(*superiors) and actor.region_code == office:
        return ALLOWED
    return Denied("Keberatan ditanggapi atasan PPID badan itu.")
