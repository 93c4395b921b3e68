"""Who deliberates: the village itself."""

from kim.accounts.actor import Actor
from kim.accounts.models import KIM_ROLES, Role
from kim.deliberation.models import Meeting, Problem
from kim.kernel.results import ALLOWED, Denied, Verdict

VILLAGE = (*KIM_ROLES, Role.VILLAGE)


def can_deliberate(actor: Actor, region_code: str) -> Verdict:
    """Whoever works in that village: the members of its KIM and its head."""
    if actor.wears(*VILLAGE) and actor.region_code == region_code:
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
