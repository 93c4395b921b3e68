"""Files over HTTP: public photos are cached for a day, private ones are nobody else's."""

import logging
from uuid import UUID

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase

from kim.accounts.actor import ANONYMOUS
from kim.doors.access import anyone
from kim.media import queries

log = logging.getLogger(__name__)
NOT_NOW = "Gudang berkas sedang tidak menjawab. Berkasnya tidak hilang; coba lagi sebentar lagi."
CLOSED = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'"


@anyone
def picture(request: HttpRequest, upload_id: UUID, width: int) -> HttpResponseBase:
    """One width of a photo."""
    return _served(request, upload_id, width)


@anyone
def whole(request: HttpRequest, upload_id: UUID) -> HttpResponseBase:
    """The file itself: a scan, or a photo at full size."""
    return _served(request, upload_id, None)


@anyone
def preview(request: HttpRequest, upload_id: UUID) -> HttpResponseBase:
    """A scan as a picture: the first page of a PDF, or the photo itself."""
    upload = queries.visible_to(request.actor, upload_id)
    file, mime = (upload.preview, "image/webp") if upload.preview else (upload.file, upload.mime)
    return handed(file, mime)


def _served(request: HttpRequest, upload_id: UUID, width: int | None) -> HttpResponseBase:
    is_public = queries.is_public(upload_id)
    file, mime = queries.open_file(upload_id, width, ANONYMOUS if is_public else request.actor)
    response = handed(file, mime)
    if is_public and response.status_code == 200:
        response.headers["Cache-Control"] = "public, max-age=86400"
    return response


def handed(file: FieldFile, mime: str) -> HttpResponseBase:
    """The bytes as they lie in the store; a sentence when the store does not answer."""
    try:
        return _sandboxed(FileResponse(file.open("rb"), content_type=mime))
    except FileNotFoundError as error:
        raise Http404 from error
    except OSError as error:
        log.error("%s could not be read: %s", file.name, error)
        return HttpResponse(
            NOT_NOW, content_type="text/plain; charset=utf-8", status=503, headers={"Retry-After": "30"}
        )


def _sandboxed(response: FileResponse) -> FileResponse:
    """A stranger's file may load nothing and run no script; a PDF in a sandbox would not open in Chromium."""
    response.headers["Content-Security-Policy"] = (
        CLOSED if response.headers["Content-Type"] == "application/pdf" else f"sandbox; {CLOSED}"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
