"""Who may act on an aspiration: the desk that holds it, the reporter with the secret code, and nobody beside."""

from uuid import UUID

from django.utils.crypto import constant_time_compare, salted_hmac

from kim.accounts.actor import Actor
from kim.accounts.models import KIM_ROLES, OFFICES, Role
from kim.aspirations.models import Aspiration, Attachment
from kim.aspirations.workflow import WORKFLOW
from kim.kernel import codes
from kim.kernel.codes import Level
from kim.kernel.results import ALLOWED, Denied, Verdict

VILLAGE_DESK = (*KIM_ROLES, Role.VILLAGE)
CLOSE_DESK = (Role.BOARD, Role.VILLAGE)  # in a village everybody knows everybody: a confidential one stays with these
NOT_HERE = "Hanya meja yang sedang memegang aspirasi ini yang dapat melakukannya."
NOT_YOURS = "Hanya pelapor, dengan kode rahasianya, yang dapat melakukannya."
NOT_A_MEMBER = "Hanya anggota KIM yang dapat menerima aspirasi atas nama orang lain."
NOT_SUPPORTED = "Aspirasi ini sudah tidak terbuka untuk didukung."


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


can_supply = can_close = can_reopen = can_rate = can_stay = can_erase = can_follow


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
        "accept": can_accept, "escalate": can_escalate, "ask_back": can_ask_back, "answer": can_answer,
        "merge": can_merge, "dismiss": can_dismiss,
    }  # fmt: skip
    return {verb: rules[verb](actor, aspiration) for verb in WORKFLOW.verbs(aspiration.stage) if verb in rules}
