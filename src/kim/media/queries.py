"""Finding files and the words a page needs to show a picture."""

from typing import Any
from uuid import UUID

from kim.accounts.actor import ANONYMOUS, Actor
from kim.media.models import Purpose, Rendition, Upload
from kim.media.policies import can_see

SHOWN_WIDTHS = (192, 480, 720, 1200)


def visible_to(actor: Actor, upload_id: UUID) -> Upload:
    """The upload when this actor may open it; raises DoesNotExist for what may not be seen."""
    upload = Upload.objects.get(id=upload_id)
    if not can_see(actor, upload):
        raise Upload.DoesNotExist
    return upload


def stored_before(sha256: str, purpose: Purpose) -> Upload | None:
    """The same bytes brought for the same purpose, whoever brought them."""
    return Upload.objects.filter(sha256=sha256, purpose=purpose).order_by("created_at").first()


def is_public(upload_id: UUID) -> bool:
    return Upload.objects.filter(id=upload_id, is_public=True).exists()


def rendition(upload: Upload, width: int) -> Rendition:
    """The copy of that width; raises DoesNotExist for a width that is not made."""
    return upload.renditions.get(width=width)


def picture(upload: Upload | None, width: int = 720) -> dict[str, Any]:
    """What an <img> needs, from the row alone (no query): src, srcset, width, height, alt, credit. Empty without a photo."""
    if upload is None:
        return {}
    base, ratio = f"/berkas/{upload.id}", (upload.height or 2) / (upload.width or 3)
    widths = [w for w in SHOWN_WIDTHS if w <= width]
    return {
        "src": f"{base}/{width}.webp",
        "srcset": ", ".join(f"{base}/{w}.webp {w}w" for w in widths),
        "width": width,
        "height": round(width * ratio),
        "alt": upload.alt,
        "credit": upload.credit,
    }


def open_file(upload_id: UUID, width: int | None, actor: Actor = ANONYMOUS) -> tuple[Any, str]:
    """(file, content type) of a rendition, or of the whole when no width is named; scope first."""
    upload = visible_to(actor, upload_id)
    if width is None:
        return upload.file, upload.mime
    return rendition(upload, width).file, "image/webp"
