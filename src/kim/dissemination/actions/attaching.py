"""Files that go along with a packet: brought to a draft, taken away from it."""

from collections.abc import Iterable
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from kim.accounts.actor import Actor
from kim.dissemination import policies
from kim.dissemination.actions.base import locked, record
from kim.dissemination.models import MOST_ATTACHED, Attachment, Bulletin
from kim.dissemination.workflow import WORKFLOW
from kim.kernel.results import NotAllowed, demand
from kim.media import actions as media
from kim.media.models import Purpose

FULL = f"Satu info memuat paling banyak {MOST_ATTACHED} lampiran. Buang dulu salah satunya."


@transaction.atomic
def attach(bulletin_id: UUID, *, file: UploadedFile, actor: Actor) -> Bulletin:
    """One more file of a draft, private until the packet is issued. Raises media's BadFile for what is none."""
    bulletin = locked(bulletin_id)
    demand(policies.can_attach(actor, bulletin))
    bulletin.stage = WORKFLOW.after("attach", bulletin.stage)
    if bulletin.attachments.count() >= MOST_ATTACHED:
        raise NotAllowed(FULL)
    upload = media.store(file, purpose=Purpose.ATTACHMENT, actor=actor, region_code=bulletin.region_id)
    Attachment.objects.create(bulletin=bulletin, upload=upload)
    record("bulletin.attached", bulletin, actor, name=upload.name)
    return bulletin


@transaction.atomic
def detach(bulletin_id: UUID, *, attachment_ids: Iterable[int], actor: Actor) -> Bulletin:
    """These files do not go along; they stay closed. What is no file of this draft changes nothing."""
    bulletin = locked(bulletin_id)
    demand(policies.can_detach(actor, bulletin))
    bulletin.stage = WORKFLOW.after("detach", bulletin.stage)
    leaving = list(bulletin.attachments.filter(id__in=attachment_ids).select_related("upload"))
    for attachment in leaving:
        attachment.delete()
    if leaving:
        record("bulletin.detached", bulletin, actor, names=[one.upload.name for one in leaving])
    return bulletin
