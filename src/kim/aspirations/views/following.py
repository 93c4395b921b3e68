"""Following a voice: what everybody may know by its number, and with the code what is the reporter's alone."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kim.aspirations import actions, policies, queries
from kim.aspirations.forms.following import NEITHER, NumberForm, OpenForm, ReplyForm, rating
from kim.aspirations.forms.registers import ObjectionForm
from kim.aspirations.models import Aspiration
from kim.aspirations.workflow import REPORTERS_TURN, WORKFLOW, Stage
from kim.doors.access import public, unnamed
from kim.doors.throttle import forget, knock
from kim.kernel import clock
from kim.kernel.ids import as_id, new_id
from kim.pages import shows, tags

OF_ONE, OF_ONE_PER = 30, timedelta(minutes=15)  # tries with one number; who has it right begins anew
OF_ALL, OF_ALL_PER = 3000, timedelta(minutes=1)  # tries of everybody together
RATINGS = ((3, "Puas"), (2, "Cukup puas"), (1, "Kurang puas"))
View = Callable[..., HttpResponse]


@public
def find(request: HttpRequest) -> HttpResponse:
    """The number is asked for; the code too, of whoever has one."""
    form = NumberForm(request.GET if "nomor" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("aspirations:voice", form.cleaned_data["nomor"])
    if not form.is_bound:
        shows(request, tags.FIXED)
    return render(request, "aspirations/find.html", {"form": form, "opening": OpenForm()})


@public
def voice(request: HttpRequest, number: str) -> HttpResponse:
    """The public part: of a confidential one its stage, of any other the way it took and what was said in public."""
    aspiration = queries.by_number(number)
    if aspiration.number != number:
        return redirect("aspirations:voice", aspiration.number)
    turns_late = aspiration.due_at if aspiration.due_at and aspiration.due_at > clock.now() else None
    shows(request, *(f"aspiration:{one}" for one in queries.known_ids(aspiration)), until=turns_late)
    context = shown(aspiration) | {"opening": OpenForm(initial={"nomor": aspiration.shown_number})}
    if not aspiration.is_confidential:
        context |= {"steps": queries.way_of(aspiration), "files": queries.brought(aspiration, is_reporter=False)}
    return render(request, "aspirations/voice.html", context)


def shown(aspiration: Aspiration) -> dict[str, Any]:
    """What a page about one voice always says."""
    tone, icon = queries.SHOWN[aspiration.stage]
    return {
        "aspiration": aspiration, "tone": tone, "icon_name": icon, "zone": aspiration.region.time_zone,
        "desk": "" if aspiration.is_confidential else queries.desk_of(aspiration),
        "due_on": queries.day_of(aspiration.due_at), "is_reporters_turn": aspiration.stage in REPORTERS_TURN,
        "joined": queries.merged_number(aspiration), "may_support": bool(policies.can_support(aspiration)),
    }  # fmt: skip


def reporters(view: View) -> View:
    """Hands the view the aspiration and the code. Wrong number and wrong code get the same page and the same 404."""

    @unnamed("GET", "HEAD", "POST")
    @wraps(view)
    def inner(request: HttpRequest) -> HttpResponse:
        if request.method != "POST":
            return redirect("aspirations:find")
        form = OpenForm(request.POST)
        try:
            aspiration, secret = _opened(form)
        except Aspiration.DoesNotExist:
            form.add_error(None, NEITHER)
            return render(request, "aspirations/find.html", {"form": NumberForm(), "opening": form}, status=404)
        return view(request, aspiration, secret)

    return inner


def _opened(form: OpenForm) -> tuple[Aspiration, str]:
    """Counted per number and all together, never per address: a village may sit behind one."""
    if not form.is_valid():
        raise Aspiration.DoesNotExist
    number, secret = form.cleaned_data["nomor"], form.cleaned_data["kode"]
    bucket = "lacak:" + "".join(sign for sign in number if sign.isdigit())[:10]
    knock("lacak", limit=OF_ALL, per=OF_ALL_PER)
    knock(bucket, limit=OF_ONE, per=OF_ONE_PER)
    aspiration = queries.tracked(number, secret)
    forget(bucket)
    return aspiration, secret


def _own(
    request: HttpRequest,
    aspiration: Aspiration,
    secret: str,
    *,
    done: str = "",
    form: ReplyForm | None = None,
    objection_form: ObjectionForm | None = None,
) -> HttpResponse:
    """The reporter's page. A form that came back with an error keeps its key, anything else begins with a new one."""
    verbs = [verb for verb in ("supply", "close", "reopen") if WORKFLOW.allows(verb, aspiration.stage)]
    is_closed = aspiration.stage == Stage.CLOSED
    context = shown(aspiration) | {
        "secret": secret, "done": done, "form": form or ReplyForm(), "verbs": verbs, "desk": queries.desk_of(aspiration),
        "ratings": RATINGS,
        "key": request.POST.get("kunci") if form else new_id(), "steps": queries.way_of(aspiration, is_reporter=True),
        "files": queries.brought(aspiration, is_reporter=True), "may_rate": is_closed and not aspiration.satisfaction,
        **queries.objecting(aspiration), "objection_form": objection_form or ObjectionForm(initial={"id": new_id()}),
        "is_asked_again": is_closed and aspiration.asked_again_at is not None and aspiration.stayed_fixed is None,
    }  # fmt: skip
    return render(request, "aspirations/own.html", context)


def _key(request: HttpRequest) -> UUID:
    return as_id(request.POST.get("kunci", "")) or new_id()


@reporters
def open_(request: HttpRequest, aspiration: Aspiration, secret: str) -> HttpResponse:
    """The reporter's page."""
    return _own(request, aspiration, secret)


@reporters
def supply(request: HttpRequest, aspiration: Aspiration, secret: str) -> HttpResponse:
    """The answer to a question back."""
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return _own(request, aspiration, secret, form=form)
    aspiration = actions.supply(aspiration.id, _key(request), text=form.cleaned_data["text"], secret=secret)
    return _own(request, aspiration, secret, done="Keterangan Anda sudah kami teruskan.")


@reporters
def close(request: HttpRequest, aspiration: Aspiration, secret: str) -> HttpResponse:
    """*Sudah beres*, with how content one is in the same tap."""
    aspiration = actions.close(aspiration.id, satisfaction=rating(request.POST.get("nilai", "")), secret=secret)
    return _own(request, aspiration, secret, done="Terima kasih. Aspirasi ini ditandai selesai.")


@reporters
def rate(request: HttpRequest, aspiration: Aspiration, secret: str) -> HttpResponse:
    """How content one is with what was closed already."""
    said = rating(request.POST.get("nilai", "")) or 0
    aspiration = actions.rate(aspiration.id, satisfaction=said, secret=secret)
    return _own(request, aspiration, secret, done="Terima kasih atas penilaian Anda.")


@reporters
def reopen(request: HttpRequest, aspiration: Aspiration, secret: str) -> HttpResponse:
    """*Belum*: back to the office that answered, with the reason."""
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return _own(request, aspiration, secret, form=form)
    aspiration = actions.reopen(aspiration.id, _key(request), text=form.cleaned_data["text"], secret=secret)
    return _own(request, aspiration, secret, done="Aspirasi dibuka lagi di kantor yang menjawab.")


@reporters
def object_(request: HttpRequest, aspiration: Aspiration, secret: str) -> HttpResponse:
    """Against the decision on a request for information, or against its silence."""
    form = ObjectionForm(request.POST)
    if not form.is_valid():
        return _own(request, aspiration, secret, objection_form=form)
    data = form.cleaned_data
    actions.object_(data["id"], aspiration.id, reason=data["reason"], text=data["text"], secret=secret)
    return _own(request, aspiration, secret, done="Keberatan Anda sampai kepada atasan PPID.")


@reporters
def stay(request: HttpRequest, aspiration: Aspiration, secret: str) -> HttpResponse:
    """After four weeks: still fixed."""
    aspiration = actions.stay(aspiration.id, secret=secret)
    return _own(request, aspiration, secret, done="Terima kasih. Senang mendengarnya.")


@reporters
def erase(request: HttpRequest, aspiration: Aspiration, secret: str) -> HttpResponse:
    """Words, name, number and files are gone; asked once more by a box to tick."""
    if request.POST.get("yakin") != "ya":
        return _own(request, aspiration, secret, done="Centang dulu kotak persetujuannya. Belum ada yang dihapus.")
    aspiration = actions.erase(aspiration.id, secret=secret)
    return _own(request, aspiration, secret, done="Tulisan, nama, nomor HP, foto, dan rekaman Anda sudah dihapus.")
