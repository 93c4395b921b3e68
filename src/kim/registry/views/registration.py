"""Beginning a registration, coming back to it, and hearing what became of it."""

from datetime import timedelta
from uuid import UUID

from django.core.files import File
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from kim.doors.access import anyone
from kim.doors.replay import request_key
from kim.doors.throttle import forget, knock
from kim.kernel.ids import new_id
from kim.registry import actions, queries
from kim.registry.forms.registration import BeginForm, ResumeForm
from kim.registry.models import Kim
from kim.registry.views.device import codes_of, keep_code, registrant
from kim.registry.views.steps import STEPS
from kim.registry.workflow import Stage

CLOSED, PDF = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'", "application/pdf"


@anyone
def begin(request: HttpRequest) -> HttpResponse:
    """Two questions that make a draft. The form's own key is its id: sent twice, it is one draft."""
    form = BeginForm(request.POST or None, initial={"name": request.actor.name})
    if request.method == "POST" and form.is_valid():
        knock(f"daftar-mulai:{form.cleaned_data['phone']}", limit=10, per=timedelta(days=1))
        kim_id = request_key(request) or new_id()
        village = request.GET.get("desa", "")
        known = form.known("name", "phone")
        kim, code = actions.begin(actor=request.actor, kim_id=kim_id, region_code=village, **known)
        return keep_code(redirect("registry:code", kim.id), request, kim.id, code)
    mine = [*queries.drafts_of(request.actor), *queries.held_by(codes_of(request))]
    drafts = list({kim.id: kim for kim in mine}.values())
    return render(request, "registry/begin.html", {"form": form, "drafts": drafts})


@anyone
def resume(request: HttpRequest) -> HttpResponse:
    """Open a registration on this phone, by the phone number and the code."""
    form = ResumeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        phone, code = form.cleaned_data["phone"], form.cleaned_data["code"]
        knock(f"daftar:{phone}", limit=10, per=timedelta(hours=1))
        kim = queries.to_resume(phone, code)
        if kim is not None:
            forget(f"daftar:{phone}")
            return keep_code(redirect("registry:status", kim.id), request, kim.id, code)
        form.add_error("code", "Nomor HP atau kode belum cocok. Periksa lagi keduanya.")
    return render(request, "registry/resume.html", {"form": form})


@anyone
@registrant
def code(request: HttpRequest, kim: Kim, code: str) -> HttpResponse:
    """The code to write down or print."""
    if not code:
        return redirect("registry:status", kim.id)
    return render(request, "registry/code.html", {"kim": kim, "code": f"{code[:4]}-{code[4:]}"})


@anyone
@registrant
def status(request: HttpRequest, kim: Kim, code: str) -> HttpResponse:
    """Where the registration stands, and what to do next."""
    decree = queries.first_decree(kim)
    missing = queries.gaps_of(kim, decree)
    context = {
        "kim": kim,
        "has_code": bool(code),
        "is_open": kim.stage in (Stage.DRAFT, Stage.RETURNED),
        "review": queries.last_review(kim),
        "steps": [(slug, name, not any(gap.step == slug for gap in missing)) for slug, name in STEPS],
        "next_step": missing[0].step if missing else "periksa",
        "legal": queries.legal_status(kim),
        "activity": queries.activity_status(kim),
    }
    return render(request, "registry/status.html", context)


@anyone
def scan_preview(request: HttpRequest, decree_id: UUID) -> HttpResponseBase:
    """The first page of an SK, for those who may see it."""
    upload = queries.scan(decree_id, actor=request.actor, codes_by_id=codes_of(request))
    return _served(upload.preview, "image/webp") if upload.preview else _served(upload.file, upload.mime)


@anyone
def scan(request: HttpRequest, decree_id: UUID) -> HttpResponseBase:
    """The whole scan."""
    upload = queries.scan(decree_id, actor=request.actor, codes_by_id=codes_of(request))
    return _served(upload.file, upload.mime)


def _served(file: File, mime: str) -> HttpResponseBase:
    """A scan is a stranger's file: it may load nothing, and no script in it runs (a sandboxed PDF would not open)."""
    response = FileResponse(file.open("rb"), content_type=mime)
    response.headers["Content-Security-Policy"] = CLOSED if mime == PDF else f"sandbox; {CLOSED}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
