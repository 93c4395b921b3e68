"""The office: its packets, one packet, writing it, and everything that is done with it."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from kim.accounts.actor import Actor
from kim.accounts.models import Role
from kim.dissemination import actions, policies, queries
from kim.dissemination.forms import (
    BulletinForm,
    CorrectForm,
    GiveBackForm,
    MomentForm,
    NoteForm,
    PassOnForm,
    RegulationForm,
    SieveForm,
    WithdrawForm,
)
from kim.dissemination.models import Bulletin
from kim.dissemination.views.base import find, issuers, office_page, officials
from kim.doors.acting import Filled, acts
from kim.doors.replay import once, request_key
from kim.kernel.ids import new_id
from kim.media.actions import BadFile
from kim.regions import queries as regions
from kim.sources import queries as suggestions


@issuers
def bulletins(request: HttpRequest) -> HttpResponse:
    """The packets of this office, and those that pass through its area; the filters stand in the address."""
    shelf = request.GET.get("rak", "") if request.GET.get("rak", "") in queries.SHELVES else ""
    sieve = SieveForm(request.GET)
    kept = sieve.chosen
    narrowed = {"urgency": kept.get("mendesak", ""), "programme": kept.get("program", "")}
    found = queries.office_list(request.actor, shelf=shelf, after=request.GET.get("sesudah", ""), **narrowed)
    far = queries.how_far(request.actor, found)
    context = {
        "rows": [(one, far.get(one.id)) for one in found],
        "shelf": shelf,
        "shelves": queries.SHELVES.items(),
        "sieve": sieve,
        "is_narrowed": bool(kept),
    }
    context["next_url"] = "?" + urlencode({"rak": shelf, **kept, "sesudah": found.next}) if found.next else ""
    context |= {"asked": queries.bulletins_asked(request.actor), "is_coach": request.actor.wears(Role.REGENCY)}
    context["info_count"] = queries.second_look_count(request.actor)
    context["coach_waiting"] = queries.waiting_count(request.actor)
    return office_page(request, "dissemination/bulletins.html", context)


@issuers
@require_POST
@once
def start(request: HttpRequest) -> HttpResponse:
    """A new packet under the id that came with the button."""
    agency = queries.usual_agency(request.actor)
    bulletin = actions.start(request_key(request) or new_id(), agency=agency, actor=request.actor)
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
        "attachments": queries.attachments_of(found),
        "asked": queries.asked(found),
        "unanswered": queries.unanswered(found, found.region_id) if found.issued_at else 0,
        "may_answer": policies.can_answer(request.actor, found),
        "targets": targets,
        **(queries.prospect(found, targets) if found.issued_at is None else {}),
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
    if request.method == "POST":
        _file(request, found, form)
    if form.is_valid():
        actions.edit(found.id, fields=form.written, targets=form.targets, actor=request.actor)
        messages.success(request, "Tersimpan. Periksa sekali lagi, lalu kirim.")
        return redirect("dissemination:bulletin", found.id)
    context = {"bulletin": found, "form": form, "may": policies.open_verbs(request.actor, found)}
    return office_page(request, "dissemination/write.html", context)


def _file(request: HttpRequest, found: Bulletin, form: BulletinForm) -> None:
    """Keep the files that came and let go of those ticked, whatever is wrong with the words: no file is picked twice."""
    form.full_clean()
    if form.cleaned_data.get("drop"):
        actions.detach(found.id, attachment_ids=map(int, form.cleaned_data["drop"]), actor=request.actor)
    for file in form.cleaned_data.get("new_files", ()):
        try:
            actions.attach(found.id, file=file, actor=request.actor)
        except BadFile as error:
            form.add_error("new_files", f"{file.name}: {error}")
    form.offer(queries.attachments_of(found))


def _form(request: HttpRequest, found: Bulletin) -> BulletinForm:
    own = regions.get(found.region_id)
    below = list(regions.children(own.code))
    given: dict[str, Any] = {"own": own, "below": below, "regulations": queries.regulations(request.actor)[:100]}
    given["attached"] = queries.attachments_of(found)
    if request.method == "POST":
        return BulletinForm(request.POST, request.FILES, **given)
    named = [target.region_id for target in found.targets.all()]
    offered = {one.code for one in below}
    return BulletinForm(initial=BulletinForm.first_values(found, queries.words_of(found), named, offered), **given)


act = acts(find, _page, "/kantor/info/{}/")


@issuers
@act()
def request_check(found: Bulletin, data: Filled, actor: Actor) -> str:
    """Ask a colleague to look at an emergency."""
    actions.request_check(found.id, actor=actor)
    return "Rekan sekantor dikabari. Orang kedua yang mengirimkannya."


@issuers
@act(GiveBackForm, "give_back_form")
def give_back(found: Bulletin, data: Filled, actor: Actor) -> str:
    """Back to the writer, with a note."""
    actions.give_back(found.id, note=data["note"], actor=actor)
    return "Dikembalikan kepada penulisnya."


@issuers
@act()
def issue(found: Bulletin, data: Filled, actor: Actor) -> str:
    """Send it."""
    actions.issue(found.id, actor=actor)
    return f"“{found.title}” sedang dibagikan ke KIM. Kemajuannya tampil di sini."


@issuers
@act()
def unschedule(found: Bulletin, data: Filled, actor: Actor) -> str:
    """A draft again."""
    actions.unschedule(found.id, actor=actor)
    return "Jadwal dibatalkan. Paket kembali jadi konsep."


@issuers
@act(WithdrawForm, "withdraw_form")
def withdraw(found: Bulletin, data: Filled, actor: Actor) -> str:
    """Take it back, with a reason."""
    actions.withdraw(found.id, reason=data["reason"], actor=actor)
    return "Info ditarik. Semua KIM yang menerimanya dikabari."


@issuers
@act(NoteForm, "note_form")
def note(found: Bulletin, data: Filled, actor: Actor) -> str:
    """What the KIM of this area read beside the packet."""
    kept = actions.note_locally(found.id, text=data["text"], actor=actor)
    return "Catatan tersimpan dan dibaca KIM di wilayah Anda." if kept else "Catatan dihapus."


@issuers
@act(PassOnForm, "pass_on_form")
def pass_on(found: Bulletin, data: Filled, actor: Actor) -> str:
    """More places of the own area."""
    number = actions.pass_on(found.id, codes=data["places"], actor=actor)
    return f"Diteruskan ke {number} wilayah lagi."


@issuers
@act(MomentForm, "moment_form", given=lambda request, found: {"zone": found.region.time_zone})
def schedule(found: Bulletin, data: Filled, actor: Actor) -> str:
    """Send it by itself at a moment."""
    actions.schedule(found.id, at=data["moment"], actor=actor)
    return "Dijadwalkan. Akan terkirim sendiri pada waktunya."


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
def version(request: HttpRequest, bulletin_id: UUID, number: int) -> HttpResponse:
    """What one version says otherwise than the one before it."""
    found = find(request, bulletin_id)
    words = queries.words_of(found, number)
    context = {"bulletin": found, "words": words, "changes": queries.differences(found, number)}
    return office_page(request, "dissemination/version.html", context)


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
