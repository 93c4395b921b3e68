"""A reporter's own voices: one page and the same few acts, through two doors: number and code, or signed in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from kim.accounts.actor import ANONYMOUS, Actor
from kim.aspirations import actions, policies, queries
from kim.aspirations.forms.following import ErasureForm, RatingForm, ReplyForm
from kim.aspirations.forms.registers import ObjectionForm
from kim.aspirations.forms.speaking import Speaking
from kim.aspirations.models import Aspiration
from kim.aspirations.views.following import View, reporters, shown
from kim.aspirations.views.speaking import told
from kim.aspirations.workflow import WORKFLOW, Stage
from kim.doors.access import signed_in
from kim.doors.replay import once
from kim.kernel import ticket
from kim.kernel.ids import as_id, new_id

TURNS = {"supply": policies.can_supply, "close": policies.can_close, "reopen": policies.can_reopen}
RATINGS = ((3, "Puas"), (2, "Cukup puas"), (1, "Kurang puas"))


def supply(found: Aspiration, said: dict[str, Any], key: UUID, **proof: Any) -> str:
    """The answer to a question back."""
    actions.supply(found.id, key, text=said["text"], **proof)
    return "Keterangan Anda sudah kami teruskan."


def close(found: Aspiration, said: dict[str, Any], key: UUID, **proof: Any) -> str:
    """*Sudah beres*, with how content one is in the same tap."""
    actions.close(found.id, satisfaction=said["nilai"], **proof)
    return "Terima kasih. Aspirasi ini ditandai selesai."


def rate(found: Aspiration, said: dict[str, Any], key: UUID, **proof: Any) -> str:
    """How content one is with what was closed already."""
    actions.rate(found.id, satisfaction=said["nilai"] or 0, **proof)
    return "Terima kasih atas penilaian Anda."


def reopen(found: Aspiration, said: dict[str, Any], key: UUID, **proof: Any) -> str:
    """*Belum*: back to the office that answered, with the reason."""
    actions.reopen(found.id, key, text=said["text"], **proof)
    return "Aspirasi dibuka lagi di kantor yang menjawab."


def object_(found: Aspiration, said: dict[str, Any], key: UUID, **proof: Any) -> str:
    """Against the decision on a request for information, or against its silence."""
    actions.object_(said["id"], found.id, reason=said["reason"], text=said["text"], **proof)
    return "Keberatan Anda sampai kepada atasan PPID."


def stay(found: Aspiration, said: dict[str, Any], key: UUID, **proof: Any) -> str:
    """After four weeks: still fixed."""
    actions.stay(found.id, **proof)
    return "Terima kasih. Senang mendengarnya."


def erase(found: Aspiration, said: dict[str, Any], key: UUID, **proof: Any) -> str:
    """Words, name, number and files are gone; asked once more by a box to tick."""
    actions.erase(found.id, **proof)
    return "Tulisan, nama, nomor HP, foto, dan rekaman Anda sudah dihapus."


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing a reporter does: the name of its address, its form, what it is called on the page, and the act."""

    name: str
    act: Callable[..., str]
    form: type[Form] = Form
    called: str = "form"


DEEDS = {
    "tambah": Deed("supply", supply, ReplyForm),
    "beres": Deed("close", close, RatingForm),
    "nilai": Deed("rate", rate, RatingForm),
    "belum": Deed("reopen", reopen, ReplyForm),
    "keberatan": Deed("object", object_, ObjectionForm, "objection_form"),
    "tetap-beres": Deed("stay", stay),
    "hapus": Deed("erase", erase, ErasureForm, "erasure_form"),
}


def _page(request: HttpRequest, found: Aspiration, at: str, *, by: Actor = ANONYMOUS, **given: Any) -> HttpResponse:
    """The reporter's page. A form that came back with an error keeps its key, anything else begins with a new one."""
    proof = (by, found, given.get("secret", ""))
    verbs = [verb for verb, rule in TURNS.items() if WORKFLOW.allows(verb, found.stage) and rule(*proof)]
    is_own, is_closed = bool(policies.can_follow(*proof)), found.stage == Stage.CLOSED
    context = shown(found) | {
        "at": at, "new_secret": ticket.new_secret(), "layout": "layouts/voice.html", "secret": "", "done": "",
        "form": ReplyForm(), "verbs": verbs,
        "desk": queries.desk_of(found), "ratings": RATINGS, "is_own": is_own,
        "key": request.POST.get("kunci") if "form" in given else new_id(),
        "told_at": queries.told_at(found), "stop_url": queries.phone_path(found),
        "steps": queries.way_of(found, is_reporter=True, is_hand=not is_own), "files": queries.brought(found, is_reporter=True),
        "may_rate": is_own and is_closed and not found.satisfaction,
        "is_asked_again": is_own and is_closed and found.asked_again_at is not None and found.stayed_fixed is None,
        **queries.objecting(found), "objection_form": ObjectionForm(initial={"id": new_id()}),
        "erasure_form": ErasureForm(),
    }  # fmt: skip
    return render(request, "aspirations/own.html", context | given)


def _key(request: HttpRequest) -> UUID:
    return as_id(request.POST.get("kunci", "")) or new_id()


@reporters
def open_(request: HttpRequest, aspiration: Aspiration, secret: str) -> HttpResponse:
    """The reporter's page, for whoever holds number and code."""
    return _page(request, aspiration, "/lacak/", secret=secret)


def with_code(deed: Deed) -> View:
    """The address of a deed for whoever holds number and code: what it answers is the page itself."""

    @reporters
    def view(request: HttpRequest, aspiration: Aspiration, secret: str) -> HttpResponse:
        form = deed.form(request.POST)
        if not form.is_valid():
            wrong: dict[str, Any] = {deed.called: form}
            return _page(request, aspiration, "/lacak/", secret=secret, **wrong)
        done = deed.act(aspiration, form.cleaned_data, _key(request), secret=secret)
        return _page(request, queries.by_number(aspiration.number), "/lacak/", secret=secret, done=done)

    return view


@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """*Suara saya*: everything I sent or took in for somebody, where it stands, and what waits for me."""
    page = queries.mine(request.actor, after=request.GET.get("sesudah", ""))
    rows = [(one, queries.awaited(one)) for one in page]
    context = {"rows": rows, "next_url": f"?sesudah={page.next}" if page.next else "", "layout": _layout(request)}
    return render(request, "aspirations/mine.html", context)


def _layout(request: HttpRequest) -> str:
    return "layouts/office.html" if request.actor.is_official else "layouts/desk.html"


@signed_in
def one(request: HttpRequest, aspiration_id: UUID) -> HttpResponse:
    """One of mine."""
    return _mine(request, queries.own(request.actor, aspiration_id))


def _mine(request: HttpRequest, found: Aspiration, **given: Any) -> HttpResponse:
    at = reverse("aspirations:own", args=[found.id])
    return _page(request, found, at, by=request.actor, layout=_layout(request), **given)


@signed_in
@require_POST
@once
def act(request: HttpRequest, aspiration_id: UUID, word: str) -> HttpResponse:
    """One of the deeds, signed in."""
    deed, found = DEEDS.get(word), queries.own(request.actor, aspiration_id)
    if deed is None:
        raise Http404
    form = deed.form(request.POST)
    if not form.is_valid():
        return _mine(request, found, **{deed.called: form})
    messages.success(request, deed.act(found, form.cleaned_data, _key(request), actor=request.actor))
    if word == "hapus":  # nobody's any more
        return redirect("aspirations:mine")
    return redirect("aspirations:own", found.id)


@signed_in
@require_POST
def renew(request: HttpRequest, aspiration_id: UUID) -> HttpResponse:
    """A new slip for somebody without a phone who lost the first one. The code came with the page: sent twice, it is the same slip."""
    found, secret = queries.own(request.actor, aspiration_id), Speaking(request.POST).secret
    renewed = actions.renew(found.id, secret=secret, actor=request.actor)
    return told(request, renewed, secret, _layout(request), is_new=False)
