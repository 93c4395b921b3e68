"""The pages of a list: bring it, say what its columns mean, see what will happen, confirm."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from kim.accounts.models import OFFICES
from kim.doors.access import needs
from kim.doors.replay import once
from kim.doors.throttle import knock
from kim.importing import actions, queries
from kim.importing.forms import CorrectionForm, MappingForm, UploadForm
from kim.importing.models import Batch
from kim.importing.queries.columns import guessed_for
from kim.importing.queries.example import EXAMPLE, NOTES
from kim.importing.workflow import Outcome, Stage
from kim.kernel import spreadsheet_out

office = needs(*OFFICES)
KINDS = {"xlsx": spreadsheet_out.XLSX, "csv": spreadsheet_out.CSV}


@office
@once
def batch_list(request: HttpRequest) -> HttpResponse:
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_valid():
        knock(f"import:{request.actor.person_id}", limit=60, per=actions.HOUR)
        said = form.cleaned_data
        batch, is_new = actions.upload(
            actor=request.actor, name=said["file"].name, sha256=said["sha256"], sheets=said["sheets"]
        )
        if not is_new:
            messages.info(request, "Berkas ini sudah pernah diunggah. Ini daftarnya; tidak ada yang ditulis dua kali.")
        return redirect("importing:detail", batch.id)
    page = queries.recent(request.actor, request.GET.get("sesudah", ""))
    context = {"form": form, "page": page, "next_url": f"?sesudah={page.next}"}
    return render(request, "importing/list.html", context, status=422 if form.errors else 200)


@office
@require_safe
def example(request: HttpRequest) -> HttpResponse:
    return _file(spreadsheet_out.xlsx(EXAMPLE, sheet="Daftar KIM", notes=NOTES), "contoh-daftar-kim.xlsx", "xlsx")


@office
@require_safe
def batch_detail(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    batch = queries.batch_of(batch_id, request.actor)
    if batch.stage in (Stage.UPLOADED, Stage.MAPPED):
        return redirect("importing:map", batch.id)
    if batch.stage == Stage.CONFIRMED:
        written, total = queries.progress(batch)
        return render(request, "importing/progress.html", {"batch": batch, "written": written, "total": total})
    return _rows(request, batch)


@office
@once
def batch_map(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    batch = queries.batch_of(batch_id, request.actor)
    guessed = guessed_for(batch.header, queries.remembered(batch.region_id, batch.header))
    form = MappingForm(batch, queries.samples(batch), guessed, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        actions.map_columns(batch.id, actor=request.actor, mapping=form.mapping)
        actions.check(batch.id, actor=request.actor)
        return redirect("importing:detail", batch.id)
    return render(request, "importing/map.html", {"batch": batch, "form": form}, status=422 if form.is_bound else 200)


@office
@require_POST
@once
def batch_check(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    batch = queries.batch_of(batch_id, request.actor)
    actions.check(batch.id, actor=request.actor)
    messages.success(request, "Daftar diperiksa lagi dengan data KIM yang terbaru.")
    return redirect("importing:detail", batch.id)


@office
@once
def row_correct(request: HttpRequest, batch_id: UUID, number: int) -> HttpResponse:
    batch = queries.batch_of(batch_id, request.actor)
    row = queries.faulty_row(batch, number)
    form = CorrectionForm(row, batch.columns, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {"batch": batch, "row": row, "form": form}
        return render(request, "importing/correct.html", context, status=422 if form.is_bound else 200)
    row = actions.correct(batch.id, number, actor=request.actor, values=form.values)
    say = messages.warning if row.outcome == Outcome.ERROR else messages.success
    say(request, f"Baris {number}: {Outcome(row.outcome).label}.")
    return redirect(f"{_address(batch)}?lihat=salah#daftar")


@office
@require_POST
@once
def batch_confirm(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    batch = queries.batch_of(batch_id, request.actor)
    actions.confirm(batch.id, actor=request.actor)
    return redirect("importing:detail", batch.id)


@office
@require_POST
@once
def batch_stop(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    batch = queries.batch_of(batch_id, request.actor)
    actions.stop(batch.id, actor=request.actor, reason="Dihentikan petugas.")
    return redirect("importing:detail", batch.id)


@office
@once
def batch_discard(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    batch = queries.batch_of(batch_id, request.actor)
    if request.method != "POST":
        return render(request, "importing/discard.html", {"batch": batch})
    actions.discard(batch.id, actor=request.actor)
    messages.success(request, "Daftar dihapus. KIM yang sudah ditulis tetap ada.")
    return redirect("importing:list")


@office
@require_safe
def batch_errors(request: HttpRequest, batch_id: UUID, kind: str) -> HttpResponse:
    batch = queries.batch_of(batch_id, request.actor)
    if kind not in KINDS:
        raise Http404
    grid = queries.to_correct(batch)
    data = spreadsheet_out.semicolons(grid) if kind == "csv" else spreadsheet_out.xlsx(grid, sheet="Perlu dibetulkan")
    return _file(data, f"perlu-dibetulkan.{kind}", kind)


def _rows(request: HttpRequest, batch: Batch) -> HttpResponse:
    """The dry run: a page of rows, the faulty ones with a form that puts them right."""
    default = "salah" if batch.counts.get(Outcome.ERROR) else "semua"
    show = request.GET.get("lihat", default)
    show = show if show in queries.FILTERS else "semua"
    page = queries.rows(batch, show, request.GET.get("sesudah", ""))
    context = {
        "batch": batch,
        "show": show,
        "tabs": queries.tabs(batch, show),
        "page": page,
        "next_url": f"?lihat={show}&sesudah={page.next}#daftar",
        "lines": [(row, CorrectionForm(row, batch.columns) if show == "salah" else None) for row in page],
        "good": sum(batch.counts.get(outcome, 0) for outcome in (Outcome.NEW, Outcome.UPDATE)),
        "counts": {outcome.value: batch.counts.get(outcome, 0) for outcome in Outcome},
    }
    return render(request, "importing/detail.html", context)


def _address(batch: Batch) -> str:
    return f"/kantor/impor/{batch.id}/"


def _file(data: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(data, content_type=KINDS[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
