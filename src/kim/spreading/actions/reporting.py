"""A report of spreading: judged, drawn for a call back or not, and the best of a KIM kept on its copy."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.utils.crypto import salted_hmac

from kim.accounts.actor import Actor
from kim.kernel import clock
from kim.kernel.results import NotAllowed
from kim.media import actions as media
from kim.media.models import Purpose
from kim.spreading.models import Book, CallBack

DRAWN_OF_256 = 13  # about one report in twenty is called back
MOST_HEARD = 100_000  # more than any village has


def reported(
    book: Book, report_id: UUID, copy: Any, *, fields: Mapping[str, Any], photo: UploadedFile | None = None, actor: Actor, **more: Any
) -> Any:  # fmt: skip
    """The report, kept, with the best of its KIM on the copy (saved by whoever locked it).

    Raises media's BadFile for a photo that is none.
    """
    low, high = sorted((fields["heard_low"], fields["heard_high"]))
    if high > MOST_HEARD or fields["held_on"] > clock.today():
        raise NotAllowed("Periksa lagi jumlah warga dan tanggalnya.")
    known = dict(fields) | {"heard_low": low, "heard_high": high, book.copy: copy, "by_id": actor.person_id} | more
    made = book.reports(id=report_id, **known)
    made.call_back = CallBack.DRAWN if _is_drawn(report_id) else CallBack.NONE
    if photo is not None:
        made.photo = media.store(
            photo, purpose=Purpose.PHOTO, actor=actor, kim_id=copy.kim_id, region_code=copy.region_id
        )
    made.save(force_insert=True)
    copy.spread_at = copy.spread_at or clock.now()
    if (high, low) > (copy.heard_high, copy.heard_low):
        copy.heard_low, copy.heard_high = low, high
    return made


def noted(report: Any, *, result: str, note: str = "") -> None:
    """What the call back said about a drawn report."""
    if report.call_back == CallBack.NONE:
        raise NotAllowed("Laporan ini tidak diundi untuk dicek ulang.")
    report.call_back, report.call_note = CallBack(result), note.strip()[:300]
    report.save(update_fields=["call_back", "call_note"])


def _is_drawn(report_id: UUID) -> bool:
    """About one in twenty, by a digest with the site's own secret: whoever makes the id cannot choose."""
    return salted_hmac("kim.spreading.draw", str(report_id), algorithm="sha256").digest()[0] < DRAWN_OF_256
