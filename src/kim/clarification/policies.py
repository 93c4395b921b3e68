"""Who may check, judge and pass on. Each refusal is a sentence for the person."""

from kim.accounts.actor import Actor
from kim.accounts.models import KIM_ROLES, OFFICES, Role
from kim.clarification.models import Claim, Handout, Suggestion
from kim.clarification.workflow import OPEN, WORKFLOW, Stage
from kim.kernel import codes
from kim.kernel.results import ALLOWED, Denied, Verdict

DECIDERS = (Role.BOARD, Role.EDITOR)
NOT_A_KIM = Denied("Daftar cek diisi anggota KIM.")
NOT_AN_OFFICE = Denied("Hanya Diskominfo kabupaten/kota, provinsi, atau kementerian yang memberi putusan.")
ELSEWHERE = Denied("Klaim ini tidak ditanyakan di wilayah Anda.")


def is_seen_in(claim: Claim, code: str | None) -> bool:
    """Whether anybody in this place, or below it, has asked about the claim."""
    return bool(code) and claim.sightings.filter(region_id=code).exists()


def area_of(actor: Actor) -> str:
    """Where a hat looks: an office its own place, a KIM the regency it lies in."""
    code = actor.region_code or ""
    return codes.regency(code) if actor.wears(*KIM_ROLES) else code


def can_check(actor: Actor, claim: Claim) -> Verdict:
    """Any member of a KIM in whose regency it was asked."""
    if not (actor.wears(*KIM_ROLES) and actor.kim_id):
        return NOT_A_KIM
    return ALLOWED if is_seen_in(claim, area_of(actor)) else ELSEWHERE


def can_send(actor: Actor, claim: Claim) -> Verdict:
    """Board or editor, who answer for what leaves the KIM."""
    if not (actor.wears(*DECIDERS) and actor.kim_id):
        return Denied("Pengurus atau redaktur KIM yang mengirim hasil cek ke Diskominfo.")
    return can_check(actor, claim)


def can_judge(actor: Actor, claim: Claim) -> Verdict:
    """An office in whose area it was asked; a village head is a party too often to be the judge."""
    if not actor.wears(*OFFICES):
        return NOT_AN_OFFICE
    return ALLOWED if is_seen_in(claim, actor.region_code) else ELSEWHERE


can_set_aside = can_judge


def can_fold(actor: Actor, claim: Claim) -> Verdict:
    """The office that may judge it; board and editor of a KIM that has looked at it, while it is of their regency alone and
    no office has it yet: folding is as good as a verdict."""
    if not actor.wears(*KIM_ROLES):
        return can_judge(actor, claim)
    here = claim.sightings.filter(region_id=area_of(actor)).first()
    if claim.stage == Stage.SENT or here is None or here.reports_count < claim.reports_count:
        return Denied(
            "Klaim ini sudah ditanyakan di luar kabupaten Anda atau menunggu putusan. Diskominfo yang menggabungkan."
        )
    if not claim.checks.filter(kim_id=actor.kim_id).exists():
        return Denied("Isi dulu daftar ceknya, baru gabungkan.")
    return can_send(actor, claim)


def can_take_in(actor: Actor, claim: Claim, into: Claim) -> Verdict:
    """Another one that is answered, or open in the own area."""
    if into.pk == claim.pk:
        return Denied("Pilih klaim yang lain, bukan klaim ini sendiri.")
    if into.stage not in (*OPEN, Stage.ANSWERED):
        return Denied("Klaim itu tidak menunggu putusan dan tidak dijawab. Pilih yang lain.")
    return ALLOWED if into.is_public or is_seen_in(into, area_of(actor)) else ELSEWHERE


can_unfold = can_judge


def can_revise(actor: Actor, claim: Claim) -> Verdict:
    """The office that answered, or one above it."""
    if not actor.wears(*OFFICES):
        return NOT_AN_OFFICE
    if claim.office_id and codes.within(claim.office_id, actor.region_code or ""):
        return ALLOWED
    return Denied("Putusan ini milik kantor lain. Hanya kantor itu atau tingkat di atasnya yang dapat mengubahnya.")


can_withdraw = can_revise


def can_reopen(actor: Actor, claim: Claim) -> Verdict:
    """What was answered once: the office that answered; what was set aside: any office that may judge."""
    return can_revise(actor, claim) if claim.office_id else can_judge(actor, claim)


def can_spread(actor: Actor, handout: Handout) -> Verdict:
    """Any member of that KIM."""
    return ALLOWED if actor.in_kim(handout.kim_id, *KIM_ROLES) else Denied("Klarifikasi ini untuk anggota KIM itu.")


def can_check_back(actor: Actor, handout: Handout) -> Verdict:
    """The office that coaches the KIM, or one above it."""
    if actor.wears(*OFFICES) and codes.within(handout.region_id, actor.region_code or ""):
        return ALLOWED
    return Denied("Cek ulang dilakukan Diskominfo.")


def can_take(actor: Actor, one: Suggestion) -> Verdict:
    """Any office that may give a verdict."""
    return ALLOWED if actor.wears(*OFFICES) else NOT_AN_OFFICE


can_pass_over = can_take


def open_verbs(actor: Actor, claim: Claim) -> dict[str, Verdict]:
    """Verb → verdict, for the buttons of this stage."""
    rules = {
        "check": can_check, "send": can_send, "judge": can_judge, "revise": can_revise, "withdraw": can_withdraw,
        "set_aside": can_set_aside, "reopen": can_reopen, "fold": can_fold, "unfold": can_unfold,
    }  # fmt: skip
    return {verb: rules[verb](actor, claim) for verb in WORKFLOW.verbs(claim.stage)}
