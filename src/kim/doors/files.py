"""Lists of any length as a file to keep: sent while they are read, so that memory stays flat."""

from collections.abc import Callable, Iterable, Sequence

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse

from kim.kernel import spreadsheet_out

Rows = Iterable[Sequence[str]]


def download(rows: Rows, *, kind: str, name: str, sheet: str, widths: Sequence[int]) -> HttpResponseBase:
    """The rows, heading first, as `name`.csv or `name`.xlsx; only for the one who asked."""
    if kind not in KINDS:
        raise Http404
    response = KINDS[kind](rows, sheet, widths)
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def sheet_of(pdf: bytes, *, name: str) -> HttpResponse:
    """A sheet of paper as `name`.pdf; only for the one who asked."""
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _csv(rows: Rows, *_: object) -> StreamingHttpResponse:
    return StreamingHttpResponse(spreadsheet_out.semicolons_of(rows), content_type=spreadsheet_out.CSV)


def _xlsx(rows: Rows, sheet: str, widths: Sequence[int]) -> FileResponse:
    return FileResponse(spreadsheet_out.xlsx_of(rows, sheet=sheet, widths=widths), content_type=spreadsheet_out.XLSX)


KINDS: dict[str, Callable[..., StreamingHttpResponse]] = {"csv": _csv, "xlsx": _xlsx}
