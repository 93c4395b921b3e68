"""Pictures, voice notes, and the slip with number and code."""

import re
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from kim.aspirations import queries
from kim.aspirations.models import Aspiration
from kim.aspirations.views.following import reporters
from kim.doors.access import anyone
from kim.media.models import Purpose, Upload
from kim.media.queries import rendition
from kim.media.views import CLOSED, handed

SHOWN = 720  # pixels
_RANGE = re.compile(r"bytes=(\d{1,9})-(\d{0,9})$")


@anyone
def file(request: HttpRequest, attachment_id: UUID) -> HttpResponseBase:
    """For the desk that holds it, for the reporter's page for an hour, for everybody once it is let out."""
    upload = queries.file_for(request.actor, attachment_id, request.GET.get("izin", "")).upload
    asked = _RANGE.match(request.headers.get("Range", ""))
    if upload.purpose == Purpose.VOICE and asked is not None:
        return _part(upload, int(asked[1]), asked[2])
    if upload.purpose == Purpose.VOICE:
        whole = handed(upload.file, upload.mime)
        whole.headers["Accept-Ranges"] = "bytes"
        return whole
    return handed(rendition(upload, SHOWN).file, "image/webp")


def _part(upload: Upload, begin: int, last: str) -> HttpResponse:
    """The stretch of a voice note a phone asks for: some play nothing that comes only whole."""
    with upload.file.open("rb") as kept:
        data = kept.read()
    end = min(int(last or len(data)), len(data) - 1)
    if begin > end:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{len(data)}"})
    part = HttpResponse(data[begin : end + 1], status=206, content_type=upload.mime)
    part.headers["Content-Range"] = f"bytes {begin}-{end}/{len(data)}"
    part.headers["Content-Security-Policy"] = f"sandbox; {CLOSED}"
    return part


@reporters
def slip_pdf(request: HttpRequest, aspiration: Aspiration, secret: str) -> HttpResponse:
    """The slip on paper (A6)."""
    return _slip(aspiration, secret, "pdf", "application/pdf")


@reporters
def slip_png(request: HttpRequest, aspiration: Aspiration, secret: str) -> HttpResponse:
    """The slip as a picture to keep on the phone."""
    return _slip(aspiration, secret, "png", "image/png")


def _slip(aspiration: Aspiration, secret: str, kind: str, mime: str) -> HttpResponse:
    drawn = queries.slip_of(aspiration, secret, "png" if kind == "png" else "pdf")
    response = HttpResponse(drawn, content_type=mime)
    response.headers["Content-Disposition"] = f'attachment; filename="aspirasi-{aspiration.number}.{kind}"'
    return response
