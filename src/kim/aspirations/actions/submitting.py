"""A voice comes in, with its pictures and its voice note, and of an anonymous reporter nothing stays."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.crypto import constant_time_compare

from kim.accounts.actor import ANONYMOUS, Actor
from kim.aspirations import policies
from kim.aspirations.actions.base import hand_to, record
from kim.aspirations.actions.reaching import reach
from kim.aspirations.models import Aspiration, Attachment
from kim.aspirations.workflow import Privacy
from kim.kernel import clock, codes, ticket, workdays
from kim.kernel.results import NotAllowed, demand
from kim.media import actions as media
from kim.media.models import Purpose, Upload
from kim.regions import queries as regions

PERSONAL = ("reporter_name", "reporter_phone")
TRIES = 5  # two tickets alike: once in a billion
ANOTHER = "Formulir ini sudah pernah dikirim. Muat ulang halaman sebelum mengirim lagi."
LOOSE_FOR = timedelta(days=1)  # how long a file waits for the voice it was brought with


@transaction.atomic
def submit(
    aspiration_id: UUID,
    *,
    fields: Mapping[str, Any],
    secret: str,
    captured_at: datetime | None = None,
    uploads: Iterable[UUID] = (),
    passes_village: bool = False,
    for_other: bool = False,
    tell_me: bool = False,
    actor: Actor,
) -> Aspiration:
    """It lies on the village desk, and its clock runs from when it was written. Sent twice, it is the same one.

    `fields` as the columns are called, with `region` as a code. `for_other`: a member takes it in for somebody without
    a phone. `passes_village`: it is about the village office, so the regency gets it at once. `tell_me`: its reporter
    agreed to be told by phone. An anonymous one drops name, number and person here. The same id with another secret is
    somebody else's: NotAllowed.
    """
    known = Aspiration.objects.filter(id=aspiration_id).first()
    if known is not None:
        return _same(known, secret)
    if for_other:
        demand(policies.can_take_in(actor))
    now = clock.now()
    written = dict(fields) | {"region": regions.get(fields["region"])}
    made = Aspiration(id=aspiration_id, secret=policies.hashed(secret), received_at=now, **written)
    made.captured_at = workdays.believed(captured_at, now)
    _say_who(made, actor, for_other=for_other)
    made.holder_code = codes.regency(made.region_id) if passes_village else made.region_id
    if (twin := _keep(made)) is not None:
        return _same(twin, secret)
    _attach(made, uploads)
    hand_to(made, made.holder_code, None, start=made.captured_at)
    told = reach(made) if tell_me else {}
    record("aspiration.submitted", made, author_of(made, actor), taken_in=for_other, **told)
    return made


def _same(known: Aspiration, secret: str) -> Aspiration:
    """The number is told only to whoever holds the secret that was sent with it."""
    if not constant_time_compare(known.secret, policies.hashed(secret)):
        raise NotAllowed(ANOTHER)
    return known


def _say_who(made: Aspiration, actor: Actor, *, for_other: bool) -> None:
    """Whoever takes it in for somebody else stands in `taken_by`; of an anonymous reporter nothing stays."""
    if for_other:
        made.taken_by_id, made.kim_id = actor.person_id, actor.kim_id
    elif made.privacy != Privacy.ANONYMOUS:
        made.reporter_id = actor.person_id
    if made.privacy == Privacy.ANONYMOUS:
        for name in PERSONAL:
            setattr(made, name, "")


def author_of(made: Aspiration, actor: Actor) -> Actor:
    """Whom the ledger names: who took it in for another; never who speaks in confidence or without a name."""
    is_taken = made.taken_by_id is not None and made.taken_by_id == actor.person_id
    return actor if is_taken or made.privacy == Privacy.OPEN else ANONYMOUS


def _keep(made: Aspiration) -> Aspiration | None:
    """Saves it; returns the one that was sent under its id in the same moment instead, where there is one."""
    for _ in range(TRIES):
        try:
            with transaction.atomic():
                made.save(force_insert=True)
                return None
        except IntegrityError:
            if twin := Aspiration.objects.filter(id=made.id).first():
                return twin
            if not Aspiration.objects.filter(number=made.number).exists():
                raise
            made.number = ticket.new_number()
    raise NotAllowed("Nomor belum dapat dibuat. Coba kirim sekali lagi.")


def _attach(made: Aspiration, uploads: Iterable[UUID]) -> None:
    """What was brought with it and belongs to nobody yet; of the phone's owner nothing is written beside it."""
    free = Upload.objects.filter(id__in=list(uploads), attachment_of__isnull=True, purpose__in=OURS)
    Attachment.objects.bulk_create(Attachment(aspiration=made, upload=one) for one in free.order_by("created_at", "id"))


OURS = (Purpose.EVIDENCE, Purpose.VOICE)


def bring(file: UploadedFile, purpose: Purpose) -> UUID:
    """A picture or a voice note for a voice that is still being written: private, nobody's, cleared after a day.

    Raises BadFile with a kind sentence for what is too big, too long, broken, or something else.
    """
    file.name = "foto.jpg" if purpose == Purpose.EVIDENCE else "rekaman"
    return media.store(file, purpose=purpose, actor=ANONYMOUS).id


def forget_loose(*, limit: int = 500) -> int:
    """Files whose voice was never sent are gone after a day; returns how many."""
    loose = Upload.objects.filter(
        purpose__in=OURS, attachment_of__isnull=True, created_at__lt=clock.now() - LOOSE_FOR
    ).order_by("created_at")
    return media.remove(list(loose.values_list("id", flat=True)[:limit]))
