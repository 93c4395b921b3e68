"""Files over HTTP: public photos are cached for a day, private ones are nobody else's."""

from uuid import UUID

from django.http import FileResponse, HttpRequest

from kim.accounts.actor import ANONYMOUS
from kim.doors.access import anyone
from kim.media import queries

CLOSED = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'"


@anyone
def picture(request: HttpRequest, upload_id: UUID, width: int) -> FileResponse:
    """One width of a photo."""
    return _served(request, upload_id, width)


@anyone
def whole(request: HttpRequest, upload_id: UUID) -> FileResponse:
    """The file itself: a scan, or a photo at full size."""
    return _served(request, upload_id, None)


@anyone
def preview(request: HttpRequest, upload_id: UUID) -> FileResponse:
    """A scan as a picture: the first page of a PDF, or the photo itself."""
    upload = queries.visible_to(request.actor, upload_id)
    if upload.preview:
        return _sandboxed(FileResponse(upload.preview.open("rb"), content_type="image/webp"))
    return _sandboxed(FileResponse(upload.file.open("rb"), content_type=upload.mime))


def _served(request: HttpRequest, upload_id: UUID, width: int | None) -> FileResponse:
    is_public = queries.is_public(upload_id)
    file, mime = queries.open_file(upload_id, width, ANONYMOUS if is_public else request.actor)
    response = FileResponse(file.open("rb"), content_type=mime)
    if is_public:
        response.headers["Cache-Control"] = "public, max-age=86400"
    return _sandboxed(response)


def _sandboxed(response: FileResponse) -> FileResponse:
    """A stranger's file may load nothing and run no script; a PDF in a sandbox would not open in Chromium."""
    response.headers["Content-Security-Policy"] = (
        CLOSED if response.headers["Content-Type"] == "application/pdf" else f"sandbox; {CLOSED}"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
