"""Finding one voice by its number, and the reporter's own by number and code."""

from uuid import UUID

from django.core import signing
from django.utils.crypto import constant_time_compare

from kim.accounts.actor import Actor
from kim.aspirations import policies
from kim.aspirations.models import Aspiration, Attachment
from kim.kernel import ticket
from kim.regions.models import RegionalQuerySet

PERMIT, PERMIT_FOR = "kim.aspirations.permit", 60 * 60  # seconds a reporter's page may fetch its own files
NOBODY = policies.hashed("")


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


def to_tell(aspiration_id: UUID) -> set[UUID]:
    """Who hears of it inside: the reporter who signed in, and whoever took it in for somebody without a phone."""
    found = Aspiration.objects.filter(id=aspiration_id).values_list("reporter_id", "taken_by_id")
    return {person for row in found for person in row if person}
