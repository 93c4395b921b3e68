"""Who may speak and decide in a room. The reason of a refusal is shown beside the greyed button."""

from collections.abc import Iterable

from kim.accounts.actor import Actor
from kim.accounts.models import KIM_ROLES, Role
from kim.discussion.models import DecisionRule, Outcome, Room
from kim.discussion.queries import Tally
from kim.kernel.results import ALLOWED, Denied, Verdict

NEEDS_AGREEMENT = (Outcome.SPREAD, Outcome.SPREAD_WITH_NOTE)


def can_open_room(actor: Actor, kim_id: object) -> Verdict:
    """Any member of the KIM."""
    if actor.wears(*KIM_ROLES) and actor.kim_id == kim_id:
        return ALLOWED
    return Denied("Hanya anggota KIM ini yang dapat membuka pembahasan.")


def can_remark(actor: Actor, room: Room) -> Verdict:
    """Any member, also after the decision: what is said late is said too."""
    if actor.in_kim(room.kim_id, *KIM_ROLES):
        return ALLOWED
    return Denied("Hanya anggota KIM ini yang ikut membahas.")


def can_take_side(actor: Actor, room: Room) -> Verdict:
    """Any member, once each; one may change one's mind while the room is open."""
    if actor.in_kim(room.kim_id, *KIM_ROLES):
        return ALLOWED
    return Denied("Hanya anggota KIM ini yang dapat menyatakan setuju atau keberatan.")


def can_decide(actor: Actor, room: Room, outcome: str, tally: Tally) -> Verdict:
    """By the rule of the KIM as it stood when the room opened: the board, or any member once enough have agreed."""
    if not actor.in_kim(room.kim_id, *KIM_ROLES):
        return Denied("Hanya anggota KIM ini yang dapat memutuskan.")
    if room.rule == DecisionRule.HEAD:
        return _by_the_board(actor)
    return _by_quorum(actor, room, outcome, tally)


def can_decide_any(actor: Actor, room: Room, outcomes: Iterable[str], tally: Tally) -> Verdict:
    """Allowed as soon as one of these outcomes is; else why the first one is not."""
    verdicts = [can_decide(actor, room, one, tally) for one in outcomes]
    return next((verdict for verdict in verdicts if verdict), verdicts[0])


def _by_the_board(actor: Actor) -> Verdict:
    if actor.wears(Role.BOARD):
        return ALLOWED
    return Denied("Di KIM Anda keputusan diambil ketua atau pengurus.")


def _by_quorum(actor: Actor, room: Room, outcome: str, tally: Tally) -> Verdict:
    if outcome == Outcome.POSTPONE and actor.wears(Role.BOARD, Role.EDITOR):
        return ALLOWED
    if tally.answered < room.quorum:
        return Denied(f"Baru {tally.answered} anggota menjawab. Perlu {room.quorum} supaya bisa diputuskan.")
    if outcome in NEEDS_AGREEMENT and tally.agreed <= tally.objected:
        return Denied("Yang setuju belum lebih banyak daripada yang keberatan.")
    if outcome == Outcome.REJECT and tally.objected < tally.agreed:
        return Denied("Lebih banyak yang setuju. Kabar ini tidak bisa ditolak.")
    return ALLOWED
