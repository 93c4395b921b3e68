"""The office: its packets, one packet, writing it, and everything that is done with it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from kim.dissemination import actions, policies, queries
from kim.dissemination.forms import (
    BulletinForm,
    CorrectForm,
    GiveBackForm,
    MomentForm,
    NoteForm,
    PassOnForm,
    RegulationForm,
    WithdrawForm,
)
from kim.dissemination.models import Bulletin
from kim.dissemination.views.base import find, issuers, office_page, officials
from kim.doors.replay import once, request_key
from kim.kernel.ids import new_id
from kim.regions import queries as regions
from kim.sources import queries as suggestions


@issuers
def bulletins(request: HttpRequest) -> HttpResponse:
    """The packets of this office, and those that pass through its area."""
    shelf = request.GET.get("rak", "") if request.GET.get("rak", "") in queries.SHELVES else ""
    found = queries.office_list(request.actor, shelf=shelf, after=request.GET.get("sesudah", ""))
    far = queries.how_far(request.actor, found)
    context = {"rows": [(one, far.get(one.id)) for one in found], "shelf": shelf, "shelves": queries.SHELVES.items()}
    context["next_url"] = f"?rak={shelf}&sesudah={found.next}" if found.next else ""
    return office_page(request, "dissemination/bulletins.html", context)


@issuers
@require_POST
@once
def start(request: HttpRequest) -> HttpResponse:
    """A new packet under the id that came with the button."""
    bulletin = actions.start(request_key(request) or new_id(), actor=request.actor)
    return redirect("dissemination:write", bulletin.id)


@officials
@once
def start_from(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """A suggestion of an outside source becomes a draft of this office; nothing is sent by it."""
    item = suggestions.item_of(item_id, request.actor)
    if request.method == "POST":
        begun = actions.start_from(item, actor=request.actor)
        messages.success(request, "Konsep dibuat dari usulan. Lengkapi, periksa, lalu kirim.")
        return redirect("dissemination:write", begun.id)
    return office_page(request, "dissemination/from_item.html", {"item": item})


@issuers
def bulletin(request: HttpRequest, bulletin_id: UUID) -> HttpResponse:
    """One packet as KIM read it, where it goes, and what may be done with it."""
    return _page(request, find(request, bulletin_id))


def _page(request: HttpRequest, found: Bulletin, **forms: Any) -> HttpResponse:
    own_note = next((one for one in queries.local_notes(found) if one.region_id == request.actor.region_code), None)
    targets = queries.targets_of(found)
    context = {
        "bulletin": found,
        "words": queries.words_of(found),
        "targets": targets,
        "audience": queries.audience_of(found, targets) if found.stage != "issued" else None,
        "notes": queries.local_notes(found),
        "versions": queries.versions_of(found),
        "may": policies.open_verbs(request.actor, found),
        "may_pass_on": policies.can_pass_on(request.actor, found),
        "level": policies.level_word(found.region_id),
        "moment_form": MomentForm(zone=found.region.time_zone),
        "give_back_form": GiveBackForm(),
        "withdraw_form": WithdrawForm(),
        "note_form": NoteForm(initial={"text": own_note.text if own_note else ""}),
        "pass_on_form": PassOnForm(),
    }
    return office_page(request, "dissemination/bulletin.html", context | forms)


@issuers
@once
def write(request: HttpRequest, bulletin_id: UUID) -> HttpResponse:
    """Write the words, the facts and the places of a draft."""
    found = find(request, bulletin_id)
    form = _form(request, found)
    if request.method == "POST" and form.is_valid():
        actions.edit(found.id, fields=form.written, targets=form.targets, actor=request.actor)
        messages.success(request, "Tersimpan. Periksa sekali lagi, lalu kirim.")
        return redirect("dissemination:bulletin", found.id)
    context = {"bulletin": found, "form": form, "may": policies.open_verbs(request.actor, found)}
    return office_page(request, "dissemination/write.html", context)


def _form(request: HttpRequest, found: Bulletin) -> BulletinForm:
    own = regions.get(found.region_id)
    below = list(regions.children(own.code))
    given: dict[str, Any] = {"own": own, "below": below, "regulations": queries.regulations(request.actor)[:100]}
    if request.method == "POST":
        return BulletinForm(request.POST, **given)
    named = [target.region_id for target in found.targets.all()]
    offered = {one.code for one in below}
    return BulletinForm(initial=BulletinForm.first_values(found, queries.words_of(found), named, offered), **given)


@issuers
@require_POST
@once
def request_check(request: HttpRequest, bulletin_id: UUID) -> HttpResponse:
    """Ask a colleague to look at an emergency."""
    actions.request_check(find(request, bulletin_id).id, actor=request.actor)
    messages.success(request, "Rekan sekantor dikabari. Orang kedua yang mengirimkannya.")
    return redirect("dissemination:bulletin", bulletin_id)


@issuers
@require_POST
@once
def give_back(request: HttpRequest, bulletin_id: UUID) -> HttpResponse:
    """Back to the writer, with a note."""
    found, form = find(request, bulletin_id), GiveBackForm(request.POST)
    if not form.is_valid():
        return _page(request, found, give_back_form=form)
    actions.give_back(found.id, note=form.cleaned_data["note"], actor=request.actor)
    messages.success(request, "Dikembalikan kepada penulisnya.")
    return redirect("dissemination:bulletin", bulletin_id)


@issuers
@require_POST
@once
def issue(request: HttpRequest, bulletin_id: UUID) -> HttpResponse:
    """Send it."""
    found = actions.issue(find(request, bulletin_id).id, actor=request.actor)
    messages.success(request, f"“{found.title}” sedang dibagikan ke KIM. Kemajuannya tampil di sini.")
    return redirect("dissemination:bulletin", bulletin_id)


@issuers
@require_POST
@once
def schedule(request: HttpRequest, bulletin_id: UUID) -> HttpResponse:
    """Send it by itself at a moment."""
    found = find(request, bulletin_id)
    form = MomentForm(request.POST, zone=found.region.time_zone)
    if not form.is_valid():
        return _page(request, found, moment_form=form)
    actions.schedule(found.id, at=form.moment, actor=request.actor)
    messages.success(request, "Dijadwalkan. Akan terkirim sendiri pada waktunya.")
    return redirect("dissemination:bulletin", bulletin_id)


@issuers
@require_POST
@once
def unschedule(request: HttpRequest, bulletin_id: UUID) -> HttpResponse:
    """A draft again."""
    actions.unschedule(find(request, bulletin_id).id, actor=request.actor)
    messages.success(request, "Jadwal dibatalkan. Paket kembali jadi konsep.")
    return redirect("dissemination:bulletin", bulletin_id)


@issuers
@once
def correct(request: HttpRequest, bulletin_id: UUID) -> HttpResponse:
    """A new version for everybody who has the former one."""
    found = find(request, bulletin_id)
    given = request.POST if request.method == "POST" else None
    form = CorrectForm(given, initial=CorrectForm.words_of(queries.words_of(found)))
    if given is not None and form.is_valid():
        fields = {name: value for name, value in form.cleaned_data.items() if name != "change"}
        actions.correct(found.id, fields=fields, change=form.cleaned_data["change"], actor=request.actor)
        messages.success(request, "Pembetulan sedang dikirim ke semua KIM yang sudah menerima info ini.")
        return redirect("dissemination:bulletin", found.id)
    context = {"bulletin": found, "form": form, "may": policies.open_verbs(request.actor, found)}
    return office_page(request, "dissemination/correct.html", context)


@issuers
@require_POST
@once
def withdraw(request: HttpRequest, bulletin_id: UUID) -> HttpResponse:
    """Take it back, with a reason."""
    found, form = find(request, bulletin_id), WithdrawForm(request.POST)
    if not form.is_valid():
        return _page(request, found, withdraw_form=form)
    actions.withdraw(found.id, reason=form.cleaned_data["reason"], actor=request.actor)
    messages.success(request, "Info ditarik. Semua KIM yang menerimanya dikabari.")
    return redirect("dissemination:bulletin", bulletin_id)


@issuers
@require_POST
@once
def note(request: HttpRequest, bulletin_id: UUID) -> HttpResponse:
    """What the KIM of this area read beside the packet."""
    found, form = find(request, bulletin_id), NoteForm(request.POST)
    if not form.is_valid():
        return _page(request, found, note_form=form)
    kept = actions.note_locally(found.id, text=form.cleaned_data["text"], actor=request.actor)
    messages.success(request, "Catatan tersimpan dan dibaca KIM di wilayah Anda." if kept else "Catatan dihapus.")
    return redirect("dissemination:bulletin", bulletin_id)


@issuers
@require_POST
@once
def pass_on(request: HttpRequest, bulletin_id: UUID) -> HttpResponse:
    """More places of the own area."""
    found, form = find(request, bulletin_id), PassOnForm(request.POST)
    if not form.is_valid():
        return _page(request, found, pass_on_form=form)
    number = actions.pass_on(found.id, codes=form.cleaned_data["places"], actor=request.actor)
    messages.success(request, f"Diteruskan ke {number} wilayah lagi.")
    return redirect("dissemination:bulletin", bulletin_id)


@issuers
@once
def regulations(request: HttpRequest) -> HttpResponse:
    """The register of regulations, and one more."""
    form = RegulationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        kept = actions.register(region_code=request.actor.region_code, actor=request.actor, **form.cleaned_data)
        messages.success(request, f"{kept} tercatat dan bisa dipilih sebagai dasar hukum.")
        return redirect("dissemination:regulations")
    return office_page(
        request, "dissemination/regulations.html", {"rows": queries.regulations(request.actor)[:100], "form": form}
    )
