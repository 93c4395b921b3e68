"""Who may issue, pass on and work a packet. Each refusal is a sentence for the person."""

from datetime import timedelta

from kim.accounts.actor import Actor
from kim.accounts.models import KIM_ROLES, OFFICES, Role
from kim.dissemination.models import Assignment, Bulletin, LocalNote, Question, Regulation
from kim.dissemination.workflow import QUESTION_WORKFLOW, WORKFLOW, Step, Turn
from kim.kernel import clock, codes
from kim.kernel.codes import Level
from kim.kernel.results import ALLOWED, Denied, Verdict

ISSUERS = (*OFFICES, Role.VILLAGE)
PASSING = (Role.PROVINCE, Role.REGENCY)
DECIDERS = (Role.BOARD, Role.EDITOR)
PATIENCE = timedelta(days=7)  # after which the regency may do what a silent KIM does not


def can_start(actor: Actor) -> Verdict:
    """The ministry, a province, a regency or city for its area, and a village head for the own village."""
    return ALLOWED if actor.wears(*ISSUERS) else Denied("Info pemerintah dikirim oleh kantor pemerintah.")


def can_edit(actor: Actor, bulletin: Bulletin) -> Verdict:
    """Anybody of the office that issues it; the words of another level are never touched."""
    if actor.wears(*ISSUERS) and actor.region_code == bulletin.region_id:
        return ALLOWED
    return Denied("Hanya kantor yang membuat paket ini yang dapat mengubahnya.")


can_attach = can_detach = can_request_check = can_unschedule = can_correct = can_withdraw = can_edit


def can_take_down(actor: Actor, bulletin: Bulletin) -> Verdict:
    """An office above the one that issued it, for what was reported (kim.moderation)."""
    above = actor.region_code or ""
    if actor.wears(*OFFICES) and above != bulletin.region_id and codes.within(bulletin.region_id, above):
        return ALLOWED
    return Denied("Info yang dilaporkan ditarik oleh kantor di atas penerbitnya.")


def can_issue(actor: Actor, bulletin: Bulletin) -> Verdict:
    """The office itself; an emergency is sent by a second person of it, never by the one who wrote it."""
    verdict = can_edit(actor, bulletin)
    if verdict and bulletin.is_emergency:
        return _second_pair_of_eyes(actor, bulletin)
    return verdict


def _second_pair_of_eyes(actor: Actor, bulletin: Bulletin) -> Verdict:
    if bulletin.stage == "draft":
        return Denied("Info darurat dilihat orang kedua dulu. Minta rekan sekantor memeriksanya.")
    if actor.person_id == bulletin.created_by_id:
        return Denied("Info darurat dikirim oleh orang kedua, bukan oleh penulisnya.")
    return ALLOWED


can_schedule = can_issue


def can_give_back(actor: Actor, bulletin: Bulletin) -> Verdict:
    """Whoever was asked to look at it, the writer too."""
    return can_edit(actor, bulletin)


def can_see(actor: Actor, bulletin: Bulletin) -> bool:
    """Its own office sees a packet from the first word; others once it is on its way to a place in their area."""
    if not actor.wears(*ISSUERS):
        return False
    if actor.region_code == bulletin.region_id:
        return True
    return bulletin.stage in ("issued", "withdrawn") and reaches(bulletin, actor.region_code or "")


def reaches(bulletin: Bulletin, code: str) -> bool:
    """Whether a target of the packet lies in this area, or this area in a target."""
    named = [target.region_id for target in bulletin.targets.all()]
    return any(codes.within(code, one) or codes.within(one, code) for one in named)


def can_aim(actor: Actor, code: str) -> Verdict:
    """An office names places in its own area."""
    if actor.wears(*ISSUERS) and codes.is_code(code) and codes.within(code, actor.region_code or ""):
        return ALLOWED
    return Denied("Anda hanya dapat mengirim ke wilayah Anda sendiri.")


def can_pass_on(actor: Actor, bulletin: Bulletin) -> Verdict:
    """Province and regency, for a packet that came from above: a note, or more places of their own area."""
    if not (actor.wears(*PASSING) and bulletin.stage == "issued"):
        return Denied("Catatan daerah ditambahkan provinsi atau kabupaten/kota setelah info dikirim.")
    if actor.region_code == bulletin.region_id or not codes.within(actor.region_code or "", bulletin.region_id):
        return Denied("Catatan daerah hanya untuk info yang datang dari tingkat di atas Anda.")
    return ALLOWED


def can_note(actor: Actor, bulletin: Bulletin, note: LocalNote | None = None) -> Verdict:
    return can_pass_on(actor, bulletin)


def can_register(actor: Actor, regulation: Regulation) -> Verdict:
    """An office writes down what is in force in its own area or comes from above."""
    if actor.wears(*ISSUERS) and codes.within(actor.region_code or "", regulation.region_id):
        return ALLOWED
    return Denied("Peraturan daerah lain dicatat oleh daerah itu sendiri.")


def can_open(actor: Actor, copy: Assignment) -> Verdict:
    """Any member of that KIM."""
    return ALLOWED if actor.in_kim(copy.kim_id, *KIM_ROLES) else Denied("Info ini untuk anggota KIM itu.")


can_discuss = can_report = can_retell = can_open


def can_accept(actor: Actor, copy: Assignment) -> Verdict:
    """The board or the editor; what is being discussed is decided by the rule of its room."""
    if actor.in_kim(copy.kim_id, *DECIDERS) or (copy.step == Step.DISCUSSED and can_open(actor, copy)):
        return ALLOWED
    return Denied("Pengurus atau redaktur yang memutuskan. Anda bisa mengusulkan: diskusikan dulu.")


can_postpone = can_decline = can_accept


def can_check_back(actor: Actor, bulletin: Bulletin) -> Verdict:
    """The regency that coaches the KIM, or the office that issued the packet."""
    if actor.wears(*OFFICES) and actor.region_code:
        return ALLOWED
    return Denied("Cek ulang dilakukan Diskominfo.")


def can_moderate(actor: Actor, question: Question) -> Verdict:
    """The board or the editor of the asker's KIM; the regency where there is none, or where it has long been silent."""
    if question.kim_id and actor.in_kim(question.kim_id, *DECIDERS):
        return ALLOWED
    is_coach = actor.wears(Role.REGENCY) and actor.region_code == codes.regency(question.region_id)
    if is_coach and (question.kim_id is None or question.asked_at <= clock.now() - PATIENCE):
        return ALLOWED
    return Denied("Pengurus atau redaktur KIM di desa penanya yang memutuskan; setelah tujuh hari, Diskominfo.")


can_reply = can_moderate


def can_pass_up(actor: Actor, question: Question) -> Verdict:
    """As long as the issuing office has not had it: what that office closed does not come again."""
    if question.stage == Turn.CLOSED and question.passed_at:
        return Denied("Pertanyaan ini sudah ditutup oleh kantor pengirim.")
    return can_moderate(actor, question)


def can_close(actor: Actor, question: Question) -> Verdict:
    """Whoever has it now: the KIM, or the issuing office once it was passed on."""
    return can_moderate(actor, question) if question.stage == Turn.WAITING else can_answer(actor, question.bulletin)


def can_answer(actor: Actor, bulletin: Bulletin) -> Verdict:
    """The issuing office speaks for the packet."""
    return ALLOWED if can_edit(actor, bulletin) else Denied("Hanya kantor pengirim yang menjawab untuk semua.")


can_group = can_answer


def open_verbs(actor: Actor, bulletin: Bulletin) -> dict[str, Verdict]:
    """Verb → verdict, for the buttons of this stage."""
    rules = {
        "edit": can_edit, "attach": can_attach, "detach": can_detach,
        "request_check": can_request_check, "give_back": can_give_back, "schedule": can_schedule,
        "unschedule": can_unschedule, "issue": can_issue, "correct": can_correct, "withdraw": can_withdraw,
    }  # fmt: skip
    return {verb: rules[verb](actor, bulletin) for verb in WORKFLOW.verbs(bulletin.stage)}


def question_verbs(actor: Actor, question: Question) -> dict[str, Verdict]:
    """Verb → verdict, for the buttons beside one question."""
    rules = {"pass_up": can_pass_up, "reply": can_reply, "close": can_close}
    return {
        verb: rule(actor, question) for verb, rule in rules.items() if QUESTION_WORKFLOW.allows(verb, question.stage)
    }


def level_word(code: str) -> str:
    """Which level speaks, as people say it."""
    return {Level.NATION: "Pusat", Level.PROVINCE: "Provinsi", Level.REGENCY: "Kabupaten/kota"}.get(
        codes.level(code), "Desa/kelurahan"
    )
