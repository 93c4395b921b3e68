"""Speaking up: three steps for anybody, without account, cookie or script; and one screen for a KIM member."""

from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kim.accounts.actor import ANONYMOUS
from kim.accounts.models import KIM_ROLES
from kim.aspirations import actions, queries
from kim.aspirations.forms.speaking import FIRST, LAST, Speaking, WordsForm
from kim.aspirations.forms.taking import EvidenceForm, TakeInForm
from kim.aspirations.models import Aspiration
from kim.doors.access import needs, public, unnamed
from kim.doors.throttle import TooOften, knock
from kim.media.actions import BadFile
from kim.media.models import Purpose
from kim.pages import shows, tags
from kim.regions.models import Region

PAGES = {1: "aspirations/step_words.html", 2: "aspirations/step_where.html", 3: "aspirations/step_who.html"}
FILES_PER_MINUTE = 600  # from everybody together: a flood of files may hold up files, never words
BUSY = "Terlalu banyak berkas masuk saat ini. Kirim tulisannya dulu; fotonya bisa ditambahkan lewat KIM."
COLUMNS = ("kind", "text", "place", "category", "happened_on", "privacy", "reporter_name", "reporter_phone")


@public
def speak(request: HttpRequest) -> HttpResponse:
    """Step 1 as everybody gets it; `?desa=` comes from the page of a village, and brings what was told there already."""
    village = queries.village(request.GET.get("desa", ""))
    if set(request.GET) <= {"desa"}:
        shows(request, tags.FIXED, *([tags.listed("aspiration", village.code)] if village else []))
    told = queries.shared(village.code) if village else []
    context = {"form": WordsForm(), "village": village, "told": told}
    return render(request, PAGES[FIRST], context)


@unnamed("GET", "HEAD", "POST")
def write(request: HttpRequest) -> HttpResponse:
    """A step comes in; the next one goes out, or the same again with what is to be put right."""
    if request.method != "POST":
        return redirect("aspirations:speak")
    sent = Speaking(request.POST)
    if sent.back_to:
        return _step(request, sent, sent.back_to, form=sent.form(sent.back_to, fresh=True))
    if sent.step == 2:
        return _where(request, sent)
    form = sent.form(sent.step)
    if not form.is_valid():
        return _step(request, sent, sent.step, form=form)
    return _send(request, sent) if sent.step == LAST else _step(request, sent, 2)


def _where(request: HttpRequest, sent: Speaking) -> HttpResponse:
    """Step 2: the files that can be taken are taken at once, so that none has to be chosen twice."""
    sent.drop_file(request.POST.get("buang", ""))
    form, evidence = sent.form(2), EvidenceForm(request.POST, request.FILES)
    is_calm = "cari" in request.POST or "buang" in request.POST
    _bring(evidence, sent)
    village = chosen(request)
    if is_calm or village is None or not form.is_valid() or evidence.errors:
        found = None if village and not is_calm else searched(request, form)
        form = sent.form(2, fresh=True) if is_calm else form
        return _step(request, sent, 2, form=form, evidence=evidence, found=found, village=village)
    sent.code = village.code
    return _step(request, sent, 3)


def chosen(request: HttpRequest) -> Region | None:
    """The village meant; none while somebody still searches, or has written another name over the one that was kept."""
    if "cari" in request.POST:
        return None
    kept, words = queries.village(request.POST.get("kode", "")), request.POST.get("tempat", "").strip()
    if kept is not None and words in (kept.short_name, kept.display_name, kept.title):
        return kept
    return queries.village(request.POST.get("pilihan", ""))


def searched(request: HttpRequest, form: forms.Form) -> Any:
    """What a name may mean; a form says it when there is none."""
    words = request.POST.get("tempat", "")
    found = queries.villages(words) if words.strip() else None
    if found and not found.regions and form.is_valid():
        form.add_error("tempat", "Tidak ada desa atau kelurahan dengan nama itu. Coba ejaan lain.")
    return found if found and found.regions else None


def _bring(evidence: EvidenceForm, sent: Speaking) -> None:
    """Pictures and voice note, each with its own trouble."""
    evidence.is_valid()
    for name, purpose in (("foto", Purpose.EVIDENCE), ("suara", Purpose.VOICE)):
        found = evidence.cleaned_data.get(name) or []
        files = found if isinstance(found, list) else [found]
        for file in files[: max(0, sent.room_for(purpose))]:
            try:
                knock("aspirasi:berkas", limit=FILES_PER_MINUTE, per=timedelta(minutes=1))
                sent.add_file(actions.bring(file, purpose), purpose)
            except TooOften:
                evidence.add_error(name, BUSY)
            except BadFile as error:
                evidence.add_error(name, str(error))


def _step(request: HttpRequest, sent: Speaking, step: int, **context: Any) -> HttpResponse:
    village = context.pop("village", None) or queries.village(sent.code)
    context.setdefault("form", sent.form(step, fresh=True, **(_known_village(village) if step == 2 else {})))
    context.setdefault("evidence", EvidenceForm())
    if step == LAST:
        context |= {"alike": queries.alike(sent.code, request.POST.get("text", "")), "traces": sent.warnings()}
        context |= {"words": sent.form(1), "where": sent.form(2)}
    context |= {"sent": sent, "village": village, "along": sent.along(step), "number": step, "total": LAST}
    return render(request, PAGES[step], context)


def _known_village(village: Region | None) -> dict[str, str]:
    return {"tempat": village.display_name} if village else {}


def _send(request: HttpRequest, sent: Speaking) -> HttpResponse:
    """Everything once more, since it came along in the open; then it is in, and the number and code are shown once."""
    for step in (1, 2):
        form = sent.form(step)
        if not form.is_valid():
            return _step(request, sent, step, form=form)
    village = queries.village(sent.code)
    if village is None:
        return _step(request, sent, 2, form=sent.form(2), found=searched(request, sent.form(2)))
    last = _cleaned(sent, LAST)
    fields = {name: value for step in (1, 2, 3) for name, value in _cleaned(sent, step).items() if name in COLUMNS}
    made = actions.submit(
        sent.id, fields=fields | {"region": village.code}, secret=sent.secret, captured_at=sent.written_at,
        uploads=sent.uploads(), passes_village=last["passes_village"], tell_me=last.get("tell_me", False), actor=ANONYMOUS,
    )  # fmt: skip
    return told(request, made, sent.secret, "layouts/voice.html", wished=last.get("tell_me", False))


def _cleaned(sent: Speaking, step: int) -> dict[str, Any]:
    form = sent.form(step)
    form.is_valid()
    return form.cleaned_data


def told(
    request: HttpRequest, made: Aspiration, secret: str, layout: str, *, is_new: bool = True, wished: bool = False
) -> HttpResponse:
    """The number to read aloud and the code, shown this once."""
    context = {
        "aspiration": made, "secret": secret, "layout": layout, "due_on": queries.day_of(made.due_at),
        "desk": queries.desk_of(made), "is_new": is_new, "told_at": queries.told_at(made),
        "wished": wished and made.reporter_id is None,
    }  # fmt: skip
    return render(request, "aspirations/sent.html", context)


@needs(*KIM_ROLES)
def take_in(request: HttpRequest) -> HttpResponse:
    """One screen at the KIM: in the name of somebody without a phone, or one's own. Files that could be taken stay."""
    sent = Speaking(request.POST)
    village = chosen(request) if request.method == "POST" else queries.village(request.actor.region_code or "")
    form = TakeInForm(request.POST or None, request.FILES or None, initial=_known_village(village))
    evidence, found = EvidenceForm(request.POST or None, request.FILES or None), None
    if request.method == "POST":
        sent.drop_file(request.POST.get("buang", ""))
        _bring(evidence, sent)
        is_right = form.is_valid() and not evidence.errors and "buang" not in request.POST
        if is_right and village is not None:
            return _take_in(request, sent, form, village)
        found = None if village else searched(request, form)
    context = {"form": form, "evidence": evidence, "sent": sent, "village": village, "found": found}
    return render(request, "aspirations/take_in.html", context)


def _take_in(request: HttpRequest, sent: Speaking, form: TakeInForm, village: Region) -> HttpResponse:
    said = form.cleaned_data
    made = actions.submit(
        sent.id, fields={name: said[name] for name in COLUMNS} | {"region": village.code}, secret=sent.secret,
        captured_at=sent.written_at, uploads=sent.uploads(), passes_village=said["passes_village"],
        for_other=said["for_other"] == "lain", tell_me=said.get("tell_me", False), actor=request.actor,
    )  # fmt: skip
    return told(request, made, sent.secret, "layouts/desk.html", wished=said.get("tell_me", False))
