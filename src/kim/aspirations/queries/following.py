"""Finding one voice by its number, and the reporter's own by number and code."""

from uuid import UUID

from django.core import signing
from django.db.models import Q
from django.utils.crypto import constant_time_compare, salted_hmac

from kim.accounts.actor import Actor
from kim.accounts.models import KIM_ROLES
from kim.accounts.queries import in_force
from kim.aspirations import policies
from kim.aspirations.models import Aspiration, Attachment, Privacy
from kim.aspirations.workflow import Stage
from kim.doors.paging import Page, page
from kim.kernel import ticket
from kim.regions.models import RegionalQuerySet

PERMIT, PERMIT_FOR = "kim.aspirations.permit", 60 * 60  # seconds a reporter's page may fetch its own files
NOBODY = policies.hashed("")
MOST_TOLD = 500


def whole() -> RegionalQuerySet:
    return Aspiration.objects.select_related("region", "holder_agency", "merged_into", "kim")


def by_number(typed: str) -> Aspiration:
    """The voice of a number, however it is spaced; DoesNotExist for a slip of the pen too."""
    return whole().get(number=ticket.read(typed) or "")


def tracked(typed: str, secret: str) -> Aspiration:
    """The reporter's own. A wrong number and a wrong code end alike: DoesNotExist, after the same work."""
    found = whole().filter(number=ticket.read(typed) or "").first()
    is_right = constant_time_compare(found.secret if found else NOBODY, policies.hashed(secret))
    if found is None or not is_right:
        raise Aspiration.DoesNotExist
    return found


def pass_of(number: str, secret: str) -> str:
    """What a slip's square and an opened page hold besides the code: eighty bits nobody guesses, so they are not counted."""
    return salted_hmac("kim.aspirations.pass", number + secret, algorithm="sha256").hexdigest()[:20]


def mine(actor: Actor, *, after: str = "") -> Page:
    """What a signed-in person sent, or carries for somebody, newest first. What was sent without a name is nobody's."""
    return page(_sent_by(actor), after=after, size=20, keys=("-received_at", "-id"))


def own(actor: Actor, aspiration_id: UUID) -> Aspiration:
    """One of those; DoesNotExist for everybody else's."""
    return _sent_by(actor).get(id=aspiration_id)


def words_of_person(person_id: UUID) -> list[dict[str, object]]:
    """What a person sent signed in, for the own copy of everything kept about them. Words taken in for others are theirs."""
    fields = (
        "number", "kind", "text", "place", "region_id", "privacy", "reporter_name", "reporter_phone", "received_at",
    )  # fmt: skip
    return list(Aspiration.objects.filter(reporter=person_id).order_by("received_at", "id").values(*fields))


def _sent_by(actor: Actor) -> RegionalQuerySet:
    """What they sent, and what they are the hand of (`policies.is_hand`): the same rule, as a question to the table."""
    carried = Q(taken_by=actor.person_id, kim=actor.kim_id, erased_at=None) & ~Q(privacy=Privacy.CONFIDENTIAL)
    is_member = actor.kim_id is not None and actor.wears(*KIM_ROLES)
    return whole().filter(Q(reporter=actor.person_id) | carried if is_member else Q(reporter=actor.person_id))


def awaited(aspiration: Aspiration) -> str:
    """What waits for the reporter, in words; nothing while an office has the turn."""
    is_asked_again = aspiration.asked_again_at is not None and aspiration.stayed_fixed is None
    match aspiration.stage:
        case Stage.ASKED:
            return "Kantor bertanya. Jawab, supaya bisa dilanjutkan."
        case Stage.ANSWERED:
            return "Sudah dijawab. Sudah beres atau belum?"
        case Stage.CLOSED if is_asked_again:
            return "Sudah empat minggu. Masih beres?"
    return ""


def permit(attachment: Attachment) -> str:
    """What lets a reporter's page fetch this file for an hour, instead of the code in an address."""
    return signing.dumps(str(attachment.id), salt=PERMIT)


def file_for(actor: Actor, attachment_id: UUID, shown: str = "") -> Attachment:
    """A picture or voice note for whoever may see or hear it; DoesNotExist for everybody else."""
    attachment = Attachment.objects.select_related("aspiration", "upload", "answer").get(id=attachment_id)
    if not (_is_permitted(attachment, shown) or policies.can_open(actor, attachment)):
        raise Attachment.DoesNotExist
    return attachment


def _is_permitted(attachment: Attachment, shown: str) -> bool:
    try:
        return bool(signing.loads(shown, salt=PERMIT, max_age=PERMIT_FOR) == str(attachment.id))
    except signing.BadSignature:
        return False


def to_tell(aspiration_id: UUID) -> Aspiration:
    """The voice whose reporter, hand or phone is told."""
    return Aspiration.objects.select_related("region").get(id=aspiration_id)


def hands_of(voices: list[Aspiration]) -> set[UUID]:
    """Those of these voices whose hand is still in the KIM that took it in."""
    carried = {
        voice.id: (voice.taken_by_id, voice.kim_id) for voice in voices if voice.taken_by_id and not voice.is_erased
    }
    if not carried:
        return set()
    people, kims = zip(*carried.values(), strict=True)
    rows = in_force().filter(person_id__in=people, kim_id__in=kims, role__in=KIM_ROLES)
    members = set(rows.values_list("person_id", "kim_id"))
    return {voice_id for voice_id, hand in carried.items() if hand in members}


def joined_to(aspiration_id: UUID) -> list[Aspiration]:
    """The voices that were joined to this one: their reporters hear how it ended, each under the own number."""
    rows = Aspiration.objects.filter(merged_into=aspiration_id).select_related("region")
    return list(rows.order_by("received_at", "id")[:MOST_TOLD])
