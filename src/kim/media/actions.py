"""Storing what people bring: sniffed, capped, cleaned, and private until something publishes it."""

import hashlib
import logging
from collections.abc import Iterable
from functools import partial
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from PIL import Image

from kim.accounts.actor import Actor
from kim.kernel import pictures, sound, text
from kim.kernel.pictures import BadPicture, NoPicture, Picture
from kim.kernel.sound import BadSound
from kim.media.models import PAPERS, Purpose, Rendition, Upload

log = logging.getLogger(__name__)
MEGABYTE = 1024 * 1024
CAPS = {
    Purpose.DECREE: 5 * MEGABYTE,
    Purpose.PHOTO: 12 * MEGABYTE,
    Purpose.ATTACHMENT: 12 * MEGABYTE,
    Purpose.EVIDENCE: 12 * MEGABYTE,
    Purpose.VOICE: 2 * MEGABYTE,
    Purpose.REPORT: 12 * MEGABYTE,
    Purpose.FORWARDED: 4 * MEGABYTE,
}
WIDTHS = {192: 6_000, 480: 18_000, 720: 32_000, 1200: 90_000}  # rendition width: bytes aimed at (design, part 12)
MASTER = {
    Purpose.DECREE: 2000,
    Purpose.PHOTO: 1600,
    Purpose.ATTACHMENT: 2000,
    Purpose.EVIDENCE: 1600,
    Purpose.REPORT: 1600,
}
SHOWN = (Purpose.PHOTO, Purpose.ATTACHMENT, Purpose.EVIDENCE)  # shown on pages, so in several widths
_RETAKE = "Foto ulang dengan ukuran lebih kecil."
SMALLER = dict.fromkeys(CAPS, _RETAKE) | {
    Purpose.VOICE: "Rekam lebih pendek: tiga menit sudah cukup panjang.",
    Purpose.FORWARDED: "Kirim bagian yang penting saja.",
}
NOT_KEPT = "Berkas belum dapat disimpan karena gudang berkas sedang tidak menjawab. Coba kirim lagi sebentar lagi."
NO_SOUND = "Berkas ini bukan rekaman suara yang bisa diputar. Kirim rekaman WhatsApp, M4A, MP3, atau OGG."
NEITHER = "Berkas ini bukan PDF atau foto yang bisa dibuka. Kirim PDF, JPG, atau PNG."


class BadFile(ValueError):
    """The file cannot be taken; the message says in Indonesian what to do."""


@transaction.atomic
def store(
    file: UploadedFile,
    *,
    purpose: Purpose,
    actor: Actor,
    kim_id: UUID | None = None,
    region_code: str = "",
    alt: str = "",
    credit: str = "",
    is_demo: bool = False,
) -> Upload:
    """Keep one file. Pictures are re-encoded (no EXIF, no GPS); a PDF keeps its bytes and gets a preview; a voice keeps its bytes.

    Raises BadFile for what is too big, or is not what its purpose allows, whatever its name claims; and when it cannot
    be kept just now: then no row is left of it.
    """
    data = _read(file, purpose)
    upload = Upload(
        purpose=purpose,
        owner_id=actor.person_id,
        kim_id=kim_id,
        region_code=region_code,
        name=text.squeeze(file.name or "berkas")[-160:],
        sha256=hashlib.sha256(data).hexdigest(),
        alt=alt,
        credit=credit,
        is_demo=is_demo,
    )
    try:
        if purpose in PAPERS and data.startswith(b"%PDF-"):
            _keep_pdf(upload, data)
        elif purpose == Purpose.VOICE:
            _keep_voice(upload, data)
        elif purpose == Purpose.FORWARDED:
            _keep_forwarded(upload, data)
        else:
            _keep_picture(upload, pictures.open_upright(data))
    except OSError as error:
        log.error("a file could not be kept: %s", error)
        raise BadFile(NOT_KEPT) from error
    except BadSound as error:
        raise BadFile(str(error)) from error
    except BadPicture as error:
        is_neither = purpose in PAPERS and isinstance(error, NoPicture)
        raise BadFile(NEITHER if is_neither else str(error)) from error
    return upload


def _read(file: UploadedFile, purpose: Purpose) -> bytes:
    cap = CAPS[purpose]
    if not file.size:
        raise BadFile("Berkas ini kosong. Pilih berkas lain.")
    if file.size > cap:
        size, most = f"{file.size / MEGABYTE:.0f}", cap // MEGABYTE
        raise BadFile(f"Berkas terlalu besar ({size} MB). Paling besar {most} MB. {SMALLER[purpose]}")
    return file.read()


def _keep_pdf(upload: Upload, data: bytes) -> None:
    preview = pictures.first_page(data)
    upload.mime, upload.size = "application/pdf", len(data)
    upload.file.save(f"{upload.id}.pdf", ContentFile(data), save=False)
    upload.preview.save(f"{upload.id}-1.webp", ContentFile(preview.data), save=False)
    upload.width, upload.height = preview.width, preview.height
    upload.save()


def _keep_voice(upload: Upload, data: bytes) -> None:
    """The bytes as they came, without what the phone wrote beside them; its own sandbox keeps a stranger's file harmless."""
    kept = sound.judged(data)
    upload.mime, upload.size = kept.mime, len(kept.data)
    upload.name = f"rekaman.{kept.suffix}"
    upload.file.save(f"{upload.id}.{kept.suffix}", ContentFile(kept.data), save=False)
    upload.save()


def _keep_forwarded(upload: Upload, data: bytes) -> None:
    """A recording keeps its bytes: what is passed on stays the same file, and can be known again."""
    kind = sound.format_of(data)
    if kind is None:
        raise BadFile(NO_SOUND)
    upload.mime, upload.size = kind.mime, len(data)
    upload.file.save(f"{upload.id}.{kind.suffix}", ContentFile(data), save=False)
    upload.save()


def _keep_picture(upload: Upload, image: Image.Image) -> None:
    master = pictures.fit(image, MASTER[Purpose(upload.purpose)], kind="JPEG")
    upload.mime, upload.size = "image/jpeg", len(master.data)
    upload.width, upload.height = master.width, master.height
    upload.file.save(f"{upload.id}.jpg", ContentFile(master.data), save=False)
    upload.save()
    if upload.purpose in SHOWN:
        for width, aim in WIDTHS.items():
            _keep_rendition(upload, width, pictures.fit(image, width, at_most=aim))


def _keep_rendition(upload: Upload, width: int, small: Picture) -> None:
    rendition = Rendition(upload=upload, width=width, height=small.height, size=len(small.data))
    rendition.file.save(f"{upload.id}-{width}.webp", ContentFile(small.data), save=True)


def describe(upload_id: UUID, *, alt: str, credit: str, has_consent: bool) -> None:
    """The words of a photo. The caller has asked its own policy."""
    Upload.objects.filter(id=upload_id).update(alt=alt, credit=credit, has_consent=has_consent)


def open_to_public(upload_ids: Iterable[Any], is_public: bool = True) -> None:
    """What is published with an article can be seen by everyone; what is withdrawn can not. Ids, or a query for them."""
    Upload.objects.filter(id__in=upload_ids).update(is_public=is_public)


def remove(upload_ids: Iterable[Any]) -> int:
    """Files that are to be gone: rows, renditions and bytes, once this is certain. Returns how many went."""
    gone = list(Upload.objects.filter(id__in=upload_ids).prefetch_related("renditions"))
    files = [file for upload in gone for file in (upload.file, upload.preview) if file]
    files += [small.file for upload in gone for small in upload.renditions.all()]
    Upload.objects.filter(id__in=[upload.id for upload in gone]).delete()
    for file in files:
        transaction.on_commit(partial(file.storage.delete, file.name), robust=True)
    return len(gone)
