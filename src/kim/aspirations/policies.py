"""Who may act on an aspiration: the desk that holds it, the reporter with the secret code, and nobody beside."""

from typing import NamedTuple
from uuid import UUID

from django.utils.crypto import constant_time_compare, salted_hmac

from kim.accounts.actor import SYSTEM, Actor
from kim.accounts.models import KIM_ROLES, OFFICES, Agency, Role
from kim.aspirations.models import Aspiration, Attachment, InformationRequest, Objection
from kim.aspirations.workflow import DESKS_TURN, WORKFLOW, Kind, Stage
from kim.kernel import codes
from kim.kernel.codes import Level
from kim.kernel.results import ALLOWED, Denied, Verdict

VILLAGE_DESK = (*KIM_ROLES, Role.VILLAGE)
CLOSE_DESK = (Role.BOARD, Role.VILLAGE)  # in a village everybody knows everybody: a confidential one stays with these
OFFICE_DESK = (*OFFICES, Role.AGENCY)
NOT_HERE = "Hanya meja yang sedang memegang aspirasi ini yang dapat melakukannya."
NOT_YOURS = "Hanya pelapor, dengan kode rahasianya, yang dapat melakukannya."
NOT_A_MEMBER = "Hanya anggota KIM yang dapat menerima aspirasi atas nama orang lain."
NOT_SUPPORTED = "Aspirasi ini sudah tidak terbuka untuk didukung."
CONFIDENTIAL = "Aspirasi rahasia tidak ditampilkan kepada umum."
FOR_ALL_WHO_JOINED = (
    "Aspirasi lain digabung ke sini. Centang boleh dibaca umum, supaya semua pelapornya membaca jawaban ini."
)


class Desk(NamedTuple):
    """A place of work: the village, the Diskominfo of a regency or province, the ministry; or one agency there."""

    code: str
    agency_id: UUID | None = None


# To which storeys a desk may hand over. A kecamatan may be passed by: not every one works here.
STEPS: dict[Level, tuple[Level, ...]] = {
    Level.VILLAGE: (Level.DISTRICT, Level.REGENCY),
    Level.DISTRICT: (Level.VILLAGE, Level.REGENCY),
    Level.REGENCY: (Level.VILLAGE, Level.DISTRICT, Level.PROVINCE),
    Level.PROVINCE: (Level.REGENCY, Level.NATION),
    Level.NATION: (Level.PROVINCE,),
}


def can_go(village: str, here: Desk, there: Desk) -> Verdict:
    """Whether an aspiration about this village may go from one desk to another: up, sideways, or back down.

    It never leaves the chain of its own village. An agency (OPD) hands back to its own Diskominfo, which sees the whole;
    a kecamatan stands between village and regency and works like a desk of the chain.
    """
    if here == there:
        return Denied("Aspirasi ini sudah di meja itu.")
    if not codes.within(village, there.code):
        return Denied("Meja itu tidak membawahi desa yang dilaporkan.")
    if not _is_a_desk(there):
        return Denied("Di tingkat itu tidak ada meja seperti itu.")
    below, above = codes.level(here.code), codes.level(there.code)
    if here.agency_id and below is not Level.DISTRICT:
        return ALLOWED if there == Desk(here.code) else Denied("OPD menyerahkannya kembali kepada Diskominfo-nya.")
    if here.code == there.code:
        return Denied("Kecamatan meneruskan ke atas atau kembali ke desa.") if here.agency_id else ALLOWED
    if above not in STEPS[below]:
        return Denied("Teruskan satu tingkat demi satu tingkat.")
    is_down_to_agency = there.agency_id and above.depth > below.depth and above is not Level.DISTRICT
    return Denied("Serahkan kepada Diskominfo di bawah; ia yang memilih OPD-nya.") if is_down_to_agency else ALLOWED


def _is_a_desk(desk: Desk) -> bool:
    level = codes.level(desk.code)
    return bool(desk.agency_id) if level is Level.DISTRICT else not (level is Level.VILLAGE and desk.agency_id)


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
    return sits_at(actor, *desk_of(aspiration), is_confidential=aspiration.is_confidential)


def desk_of(aspiration: Aspiration) -> Desk:
    return Desk(aspiration.holder_code, aspiration.holder_agency_id)


def can_read(actor: Actor, aspiration: Aspiration) -> Verdict:
    """The words as they were written: the desk that holds it."""
    return ALLOWED if holds(actor, aspiration) else Denied(NOT_HERE)


def can_accept(actor: Actor, aspiration: Aspiration) -> Verdict:
    """Anybody of the desk."""
    return can_read(actor, aspiration)


can_escalate = can_follow_up = can_ask_back = can_answer = can_dismiss = can_accept


def can_extend(actor: Actor, aspiration: Aspiration) -> Verdict:
    """A request for information, once (UU 14/2008 Ps 22)."""
    if aspiration.kind != Kind.REQUEST:
        return Denied("Perpanjangan hanya untuk permintaan informasi.")
    if aspiration.is_extended:
        return Denied("Waktunya sudah pernah diperpanjang satu kali.")
    return can_read(actor, aspiration)


def can_merge(actor: Actor, aspiration: Aspiration, into: Aspiration | None = None) -> Verdict:
    """Into another open one about the same village on the same desk; a confidential one stays by itself."""
    if aspiration.is_confidential or (into is not None and into.is_confidential):
        return Denied("Aspirasi rahasia tidak digabung: pelapor lain akan ikut membacanya.")
    if into is not None and not (_belong_together(aspiration, into) and into.is_open):
        return Denied("Gabungkan dengan aspirasi lain dari desa yang sama yang masih terbuka di meja ini.")
    return can_read(actor, aspiration)


def _belong_together(one: Aspiration, other: Aspiration) -> bool:
    return one.id != other.id and one.region_id == other.region_id and desk_of(one) == desk_of(other)


def can_publish(actor: Actor, aspiration: Aspiration) -> Verdict:
    """The desk that holds it, and never a confidential one."""
    if aspiration.is_confidential:
        return Denied(CONFIDENTIAL)
    if aspiration.stage in (Stage.MERGED, Stage.DISMISSED):
        return Denied("Yang digabung atau tidak diproses tidak ditampilkan.")
    return can_read(actor, aspiration)


def can_hide(actor: Actor, aspiration: Aspiration) -> Verdict:
    """The desk that holds it."""
    return can_read(actor, aspiration)


def can_take_down(actor: Actor, aspiration: Aspiration) -> Verdict:
    """An office of the area, for what was reported (kim.moderation); it reads no more than the public does."""
    if actor.wears(*OFFICES) and codes.within(aspiration.region_id, actor.region_code or ""):
        return ALLOWED
    return Denied("Aspirasi yang dilaporkan disembunyikan oleh kantor wilayahnya.")


def can_close_silent(actor: Actor, aspiration: Aspiration) -> Verdict:
    """The clock alone: nobody declares a reporter satisfied."""
    return ALLOWED if actor is SYSTEM else Denied("Aspirasi ditutup oleh pelapornya, atau sendiri sesudah lama diam.")


def can_pass_up(actor: Actor, aspiration: Aspiration) -> Verdict:
    """The clock alone, while the desk has the turn."""
    if actor is SYSTEM and aspiration.stage in DESKS_TURN:
        return ALLOWED
    return Denied("Naik sendiri hanya terjadi karena lewat tenggat.")


can_remind = can_pass_up


def can_tend_agency(actor: Actor, agency: Agency) -> Verdict:
    """The Diskominfo of the place; the regency's tends its kecamatan too. The ministry tends its own units."""
    return _tends(actor, agency.region_id)


def can_route(actor: Actor, region_code: str) -> Verdict:
    """Whoever tends the agencies of a place says which of them answers for what."""
    return _tends(actor, region_code)


def can_set_holiday(actor: Actor, region_code: str) -> Verdict:
    """Regency and province, for their own place."""
    if actor.wears(Role.REGENCY, Role.PROVINCE) and actor.region_code == region_code:
        return ALLOWED
    return Denied("Hari libur daerah dicatat oleh kabupaten/kota atau provinsi itu sendiri.")


def _tends(actor: Actor, code: str) -> Verdict:
    is_own = actor.region_code == code
    is_own_district = actor.wears(Role.REGENCY) and codes.parent(code) == actor.region_code
    if actor.wears(*OFFICES) and (is_own or (is_own_district and codes.level(code) is Level.DISTRICT)):
        return ALLOWED
    return Denied("Kantor ini diatur oleh Diskominfo di wilayahnya sendiri.")


def hashed(secret: str) -> str:
    """How a reporter's code is kept: keyed, so that the table alone lets nobody try codes."""
    return salted_hmac("kim.aspirations.secret", secret, algorithm="sha256").hexdigest()


def is_reporter(actor: Actor, aspiration: Aspiration, secret: str) -> bool:
    """Whoever holds the code, or the signed-in person who sent it. Compared in constant time."""
    knows = constant_time_compare(aspiration.secret, hashed(secret))
    return knows or bool(actor.person_id and actor.person_id == aspiration.reporter_id)


def can_follow(actor: Actor, aspiration: Aspiration, secret: str = "") -> Verdict:
    """What only the reporter reads and does."""
    return ALLOWED if is_reporter(actor, aspiration, secret) else Denied(NOT_YOURS)


can_close = can_rate = can_stay = can_erase = can_object = can_follow


def is_hand(actor: Actor, aspiration: Aspiration) -> bool:
    """Whoever took it in for somebody without a phone, while still in that KIM. A confidential one is its reporter's alone."""
    took_it_in = actor.person_id is not None and actor.person_id == aspiration.taken_by_id
    is_open = not (aspiration.is_confidential or aspiration.is_erased)
    return took_it_in and is_open and actor.in_kim(aspiration.kim_id, *KIM_ROLES)


def can_carry(actor: Actor, aspiration: Aspiration, secret: str = "") -> Verdict:
    """Bringing word to and fro: the reporter, or the member who is the hand of one without a phone.

    That it is settled, and how content one is, only the reporter says: the hand may belong to the desk that answered.
    """
    return ALLOWED if is_hand(actor, aspiration) else can_follow(actor, aspiration, secret)


can_supply = can_reopen = can_carry


def can_renew(actor: Actor, aspiration: Aspiration) -> Verdict:
    """A new code for a lost slip: the member who gave the first one."""
    return (
        ALLOWED if is_hand(actor, aspiration) else Denied("Lembar baru dibuat anggota KIM yang mencatat aspirasi ini.")
    )


def can_take_in(actor: Actor) -> Verdict:
    """A member of a KIM, for somebody without a phone."""
    return ALLOWED if actor.kim_id and actor.wears(*KIM_ROLES) else Denied(NOT_A_MEMBER)


def can_support(aspiration: Aspiration) -> Verdict:
    """Anybody, while what everybody reads is still open."""
    return ALLOWED if aspiration.is_public and aspiration.is_open else Denied(NOT_SUPPORTED)


def can_open(actor: Actor, attachment: Attachment) -> Verdict:
    """A picture or voice note: everybody once it was let out, before that the desk that holds it."""
    is_out = attachment.upload.is_public and attachment.aspiration.is_public
    return ALLOWED if is_out or holds(actor, attachment.aspiration) else Denied(NOT_HERE)


def open_verbs(actor: Actor, aspiration: Aspiration) -> dict[str, Verdict]:
    """Verb → verdict, for the buttons of a desk at this stage."""
    rules = {
        "accept": can_accept, "follow_up": can_follow_up, "answer": can_answer, "escalate": can_escalate,
        "ask_back": can_ask_back, "extend": can_extend, "merge": can_merge, "dismiss": can_dismiss,
    }  # fmt: skip
    open_ = set(WORKFLOW.verbs(aspiration.stage))
    return {verb: rule(actor, aspiration) for verb, rule in rules.items() if verb in open_}


def can_register_request(actor: Actor, aspiration: Aspiration) -> Verdict:
    """The desk that holds it writes it into its own register."""
    return can_read(actor, aspiration)


def can_decide_request(actor: Actor, request: InformationRequest) -> Verdict:
    """The body whose register it stands in."""
    if sits_at(actor, request.body_code, request.agency_id, is_confidential=request.aspiration.is_confidential):
        return ALLOWED
    return Denied("Hanya badan yang mencatat permohonan ini yang dapat memutuskannya.")


def can_reply_objection(actor: Actor, objection: Objection) -> Verdict:
    """The superior of the body (atasan PPID): a village's head, and the office of the area for its agencies and itself."""
    body = objection.request.body_code
    is_village = codes.level(body) is Level.VILLAGE
    office = codes.regency(body) if codes.level(body) is Level.DISTRICT else body
    superiors = (Role.VILLAGE,) if is_village else OFFICES
    if actor.wears(*superiors) and actor.region_code == office:
        return ALLOWED
    return Denied("Keberatan ditanggapi atasan PPID badan itu.")
