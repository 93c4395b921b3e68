"""Following a voice: what everybody may know by its number, and the door that opens with number and code."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kim.aspirations import actions, policies, queries
from kim.aspirations.forms.following import NEITHER, NumberForm, OpenForm
from kim.aspirations.models import Aspiration
from kim.aspirations.workflow import REPORTERS_TURN
from kim.doors.access import public, unnamed
from kim.doors.throttle import forget, knock
from kim.kernel import clock
from kim.pages import shows, tags

OF_ONE, OF_ONE_PER = 30, timedelta(minutes=15)  # tries with one number; who has it right begins anew
OF_ALL, OF_ALL_PER = 3000, timedelta(minutes=1)  # tries of everybody together
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


@unnamed("GET", "HEAD", "POST")
def told(request: HttpRequest, number: str, word: str) -> HttpResponse:
    """Where a message to a phone leads: on to the number, or to the end of messages about it."""
    aspiration = actions.hush(number, word=word) if request.method == "POST" else queries.sent_to_phone(number, word)
    context = {"aspiration": aspiration, "told_at": queries.told_at(aspiration)}
    return render(request, "aspirations/told.html", context)


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
