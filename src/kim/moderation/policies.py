"""Who may do what with a case. Judging is the turn of exactly one office; an appeal is never judged by who is appealed against."""

from kim.accounts.actor import SYSTEM, Actor
from kim.accounts.models import OFFICES, Role
from kim.kernel import clock
from kim.kernel.results import ALLOWED, Denied, Verdict
from kim.moderation.models import Case
from kim.moderation.workflow import WORKFLOW

EDITORS = (Role.EDITOR, Role.BOARD)
NOT_AN_OFFICER = Denied("Hanya petugas Diskominfo atau kementerian yang memutus laporan.")
NOT_YOUR_TURN = Denied("Laporan ini sedang menjadi giliran kantor lain. Anda bisa membacanya, tetapi tidak memutusnya.")
NOT_CLAIMED = Denied("Ambil dulu laporan ini, supaya tidak diperiksa dua orang sekaligus.")
OWN_WORDS = Denied("Ini tulisan Anda sendiri. Petugas lain yang memutusnya.")
OWN_DECISION = Denied("Anda yang memutus laporan ini. Keberatannya diputus orang lain di tingkat atas.")
NOT_YOUR_KIM = Denied("Hanya pengurus dan redaktur KIM ini yang dapat melakukannya.")
BY_CLOCK = Denied("Laporan naik tingkat dengan sendirinya kalau waktunya lewat.")


def _turn(actor: Actor, case: Case) -> Verdict:
    if not actor.wears(*OFFICES):
        return NOT_AN_OFFICER
    if actor.person_id == case.author_id:
        return OWN_WORDS
    return ALLOWED if actor.region_code == case.holder_id else NOT_YOUR_TURN


def can_claim(actor: Actor, case: Case) -> Verdict:
    """Somebody of the office whose turn it is, unless a colleague is looking at it just now."""
    verdict = _turn(actor, case)
    if verdict and case.is_held_at(clock.now()) and case.claimed_by_id != actor.person_id:
        return Denied("Petugas lain sedang memeriksa laporan ini. Kalau tidak selesai, Anda bisa mengambilnya nanti.")
    return verdict


def _judge(actor: Actor, case: Case) -> Verdict:
    verdict = _turn(actor, case)
    return verdict if not verdict or case.claimed_by_id == actor.person_id else NOT_CLAIMED


def can_release(actor: Actor, case: Case) -> Verdict:
    """Whoever took it gives it back."""
    return _judge(actor, case)


def can_dismiss(actor: Actor, case: Case) -> Verdict:
    return _judge(actor, case)


def can_settle(actor: Actor, case: Case) -> Verdict:
    return _judge(actor, case)


def can_warn(actor: Actor, case: Case) -> Verdict:
    return _judge(actor, case)


def can_take_down(actor: Actor, case: Case) -> Verdict:
    return _judge(actor, case)


def can_restore(actor: Actor, case: Case) -> Verdict:
    """The office that took it down, or one above it, may think again."""
    if not actor.wears(*OFFICES):
        return NOT_AN_OFFICER
    return ALLOWED if actor.holds(*OFFICES, within=case.decided_code) else NOT_YOUR_TURN


def can_mend(actor: Actor, case: Case) -> Verdict:
    """The KIM says what it has put right."""
    return ALLOWED if case.kim_id and actor.in_kim(case.kim_id, *EDITORS) else NOT_YOUR_KIM


def can_appeal(actor: Actor, case: Case) -> Verdict:
    """The author, or the editors and the board of the KIM."""
    is_author = bool(actor.person_id) and actor.person_id == case.author_id
    return ALLOWED if is_author or can_mend(actor, case) else NOT_YOUR_KIM


def _review(actor: Actor, case: Case) -> Verdict:
    verdict = _turn(actor, case)
    return OWN_DECISION if verdict and actor.person_id == case.decided_by_id else verdict


def can_uphold(actor: Actor, case: Case) -> Verdict:
    return _review(actor, case)


def can_overturn(actor: Actor, case: Case) -> Verdict:
    return _review(actor, case)


def can_pass_up(actor: Actor, case: Case) -> Verdict:
    return ALLOWED if actor is SYSTEM else BY_CLOCK


can_pass_appeal_up = can_pass_up


def can_see_voices(actor: Actor) -> bool:
    """What reporters wrote is for those who judge; a KIM never reads who might have said what of it."""
    return actor.wears(*OFFICES)


def open_verbs(actor: Actor, case: Case) -> dict[str, Verdict]:
    """For each step open at this stage, whether this actor may take it: the page's buttons."""
    return {verb: CAN[verb](actor, case) for verb in WORKFLOW.verbs(case.stage)}


CAN = {verb: globals()[f"can_{verb}"] for verb in WORKFLOW}
