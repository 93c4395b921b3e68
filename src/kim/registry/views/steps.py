"""The five steps. Each keeps what is right as soon as it is sent, and goes on when nothing is missing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kim.doors.access import anyone
from kim.doors.replay import once
from kim.media.actions import BadFile
from kim.registry import actions, queries
from kim.registry.forms.registration import DecreeForm, PeopleForm, PlaceForm, ProfileForm, SubmitForm
from kim.registry.models import PAPERS, Kim
from kim.registry.views.device import registrant
from kim.registry.workflow import Stage

STEPS = [
    ("desa", "Desa"),
    ("tentang", "Tentang KIM"),
    ("pengurus", "Pengurus dan anggota"),
    ("sk", "Surat keputusan (SK)"),
    ("periksa", "Periksa dan kirim"),
]
PROFILE = ("name", "focus", "founded_on", "secretariat", "about", "ict_level")
OPEN = (Stage.DRAFT, Stage.RETURNED)


def _page(request: HttpRequest, kim: Kim, slug: str, **context: object) -> HttpResponse:
    number = [step for step, _ in STEPS].index(slug) + 1
    back = f"/daftar-kim/{kim.id}/{STEPS[number - 2][0]}/" if number > 1 else f"/daftar-kim/{kim.id}/"
    context |= {
        "kim": kim,
        "number": number,
        "total": len(STEPS),
        "step_name": STEPS[number - 1][1],
        "back": back,
    }
    context |= {"is_returned": kim.stage == Stage.RETURNED, "review": queries.last_review(kim)}
    return render(request, f"registry/step_{slug}.html", context)


def _onward(request: HttpRequest, kim: Kim, slug: str) -> HttpResponse:
    """To the next step, or to the overview for whoever goes on later."""
    if "nanti" in request.POST:
        return redirect("registry:status", kim.id)
    order = [step for step, _ in STEPS]
    return redirect(f"registry:{order[order.index(slug) + 1]}", kim.id)


def _chosen(request: HttpRequest, kim: Kim) -> str:
    """The code of the village meant; none while somebody still searches, or wrote another name than the one kept."""
    if "cari" in request.POST:
        return ""
    code, words = request.POST.get("kode", ""), request.POST.get("tempat", "").strip()
    is_stale = kim.region and code == kim.region_id and words not in (kim.region.display_name, kim.region.short_name)
    return request.POST.get("pilihan", "") if is_stale or not code else code


@anyone
@once
@registrant
def place(request: HttpRequest, kim: Kim, code: str) -> HttpResponse:
    """Step 1: a village, chosen from what the words find."""
    if kim.stage not in OPEN:
        return redirect("registry:status", kim.id)
    form = PlaceForm(request.POST or None, initial={"tempat": kim.region.display_name if kim.region else ""})
    if request.method != "POST":
        return _page(request, kim, "desa", form=form, found=None)
    chosen = _chosen(request, kim)
    if queries.village(chosen):
        actions.save_place(kim.id, actor=request.actor, code=code, region_code=chosen)
        return _onward(request, kim, "desa")
    found = queries.villages(form.cleaned_data["tempat"]) if form.is_valid() else None
    if chosen:
        form.add_error("tempat", "Desa ini tidak ada dalam daftar resmi. Cari lagi namanya.")
    elif found and not found.regions:
        form.add_error("tempat", "Tidak ada desa atau kelurahan dengan nama itu. Coba ejaan lain.")
    return _page(request, kim, "desa", form=form, found=found if found and found.regions else None)


@anyone
@once
@registrant
def profile(request: HttpRequest, kim: Kim, code: str) -> HttpResponse:
    """Step 2: what the KIM is, and where it speaks already."""
    if kim.stage not in OPEN:
        return redirect("registry:status", kim.id)
    if "tambah" in request.POST:
        return _page(request, kim, "tentang", form=ProfileForm.with_more_rows(request.POST, "channel"))
    if request.method != "POST":
        rows = {"channel": list(queries.channels(kim).values("kind", "address"))}
        initial = {name: getattr(kim, name) for name in PROFILE}
        return _page(request, kim, "tentang", form=ProfileForm(initial=initial, rows=rows))
    form = ProfileForm(request.POST, partial="nanti" in request.POST)
    is_right = form.is_valid()
    said, channels = form.known(*PROFILE), form.filled("channel")
    actions.save_profile(kim.id, actor=request.actor, code=code, fields=said, channels=channels)
    return _onward(request, kim, "tentang") if is_right else _page(request, kim, "tentang", form=form)


@anyone
@once
@registrant
def people(request: HttpRequest, kim: Kim, code: str) -> HttpResponse:
    """Step 3: the board and the members."""
    if kim.stage not in OPEN:
        return redirect("registry:status", kim.id)
    if "tambah" in request.POST:
        return _page(request, kim, "pengurus", form=PeopleForm.with_more_rows(request.POST, request.POST["tambah"]))
    if request.method != "POST":
        return _page(request, kim, "pengurus", form=PeopleForm(rows=queries.people_rows(kim)))
    form = PeopleForm(request.POST, partial="nanti" in request.POST)
    is_right = form.is_valid()
    named = {"seats": form.filled("seat"), "members": form.filled("member")}
    actions.save_people(kim.id, actor=request.actor, code=code, **named)
    return _onward(request, kim, "pengurus") if is_right else _page(request, kim, "pengurus", form=form)


@anyone
@once
@registrant
def papers(request: HttpRequest, kim: Kim, code: str) -> HttpResponse:
    """Step 4: the SK. A scan that could be taken stays, even when another field has to be mended."""
    if kim.stage not in OPEN:
        return redirect("registry:status", kim.id)
    decree = queries.first_decree(kim)
    has_scan = bool(decree and decree.scan_id)
    if request.method != "POST":
        initial = {name: getattr(decree, name) for name in PAPERS} if decree else queries.issuer_guess(kim)
        return _page(request, kim, "sk", form=DecreeForm(initial=initial, has_scan=has_scan), decree=decree)
    form = DecreeForm(request.POST, request.FILES, has_scan=has_scan, partial="nanti" in request.POST)
    form.is_valid()
    try:
        sent = {"fields": form.known(*PAPERS), "scan": form.cleaned_data.get("scan")}
        decree = actions.save_decree(kim.id, actor=request.actor, code=code, **sent)
    except BadFile as error:
        form.add_error("scan", str(error))
    return _onward(request, kim, "sk") if not form.errors else _page(request, kim, "sk", form=form, decree=decree)


@anyone
@once
@registrant
def check(request: HttpRequest, kim: Kim, code: str) -> HttpResponse:
    """Step 5: everything once more, the warnings of the rules there, and the sending."""
    if kim.stage not in OPEN:
        return redirect("registry:status", kim.id)
    initial = {"name": kim.registrant_name, "phone": kim.registrant_phone}
    form = SubmitForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.submit(kim.id, actor=request.actor, code=code, **form.known("name", "phone", "understands"))
        return redirect("registry:status", kim.id)
    return _page(request, kim, "periksa", form=form, **queries.summary(kim))
