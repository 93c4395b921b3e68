"""Following a voice: what everybody may know by its number, and the door that opens with number and code.

Guessing. A number is read aloud, so it keeps nothing secret. A code is one of 31^10 = 8.2 * 10^14 (49.5 bits). Only wrong
codes are counted, and never under a number alone: whoever could fill that bucket would shut the reporter out.

* One line at one number: 10 in a quarter of an hour, 350,000 a year: finds the code with 1 in 2.3 billion.
* Everybody together: 3,000 a minute, 1.6 * 10^9 a year: 1 in 520,000 for one code of all there are. While that is full each
  line still has 3 in a quarter of an hour, so whoever fills it shuts only the own lines. A network of 65,536 lines (a /48)
  gains 6.9 * 10^9 a year by this, 1 in 97,000 in all; every mark there is (a million) at 3,500 a second, 1 in 7,300.

The square of a slip, and every form of a page that was opened, hold a pass besides (80 bits under the site's key): it is
no guess, so it is not counted and no flood keeps it out. A line is counted by a mark of twenty bits (doors.throttle).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import constant_time_compare

from kim.aspirations import actions, policies, queries
from kim.aspirations.forms.following import NEITHER, OR_THE_SLIP, NumberForm, OpenForm
from kim.aspirations.models import Aspiration
from kim.aspirations.workflow import REPORTERS_TURN
from kim.doors.access import public, unnamed
from kim.doors.throttle import TooOften, demand_room, is_full, knock, line_mark
from kim.kernel import clock, ticket
from kim.pages import shows, tags

OF_PAIR, QUARTER = 10, timedelta(minutes=15)  # wrong codes of a line at one number
OF_ALL, MINUTE = 3000, timedelta(minutes=1)  # wrong codes of everybody together
OF_SPARED = 3  # and of each line, in a quarter of an hour, while that is full
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
    """Where a message to a phone leads: on to the number, or to the end of messages about it.

    The word has 40 bits and opens nothing. Wrong ones are counted as wrong codes are: one line ends the messages of one
    voice within a year with 1 in 3 million, an attack those of some voice with 1 in 700 (1 in 130 from a /48).
    """
    try:
        with _counted(number, request.META.get("REMOTE_ADDR", "")):
            aspiration = (
                actions.hush(number, word=word) if request.method == "POST" else queries.sent_to_phone(number, word)
            )
    except TooOften as error:
        return _shut(request, OpenForm({}), str(error), 429)
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
            aspiration, secret = _opened(form, request.META.get("REMOTE_ADDR", ""))
        except Aspiration.DoesNotExist:
            return _shut(request, form, NEITHER, 404)
        except TooOften as error:
            return _shut(request, form, f"{error} {OR_THE_SLIP}", 429)
        return view(request, aspiration, secret)

    return inner


def _shut(request: HttpRequest, form: OpenForm, why: str, status: int) -> HttpResponse:
    form.add_error(None, why)
    return render(request, "aspirations/find.html", {"form": NumberForm(), "opening": form}, status=status)


def _opened(form: OpenForm, address: str) -> tuple[Aspiration, str]:
    """Whoever holds the pass of this number and code is not counted; of everybody else only what was wrong."""
    if not form.is_valid():
        raise Aspiration.DoesNotExist
    number, secret = ticket.read(form.cleaned_data["nomor"]) or "", form.cleaned_data["kode"]
    if constant_time_compare(queries.pass_of(number, secret), form.cleaned_data["izin"]):
        return queries.tracked(number, secret), secret
    with _counted(number, address):
        return queries.tracked(number, secret), secret


@contextmanager
def _counted(number: str, address: str) -> Iterator[None]:
    """What turns out to be wrong in here is counted, and nothing is tried where too much was."""
    is_flooded = is_full("lacak", limit=OF_ALL)
    buckets = {f"lacak:{line_mark(address, number)}": (OF_PAIR, QUARTER)}
    buckets |= {f"lacak-sisa:{line_mark(address)}": (OF_SPARED, QUARTER)} if is_flooded else {"lacak": (OF_ALL, MINUTE)}
    demand_room({bucket: limit for bucket, (limit, _) in buckets.items()})
    try:
        yield
    except Aspiration.DoesNotExist:
        for bucket, (limit, per) in buckets.items():
            knock(bucket, limit=limit, per=per)
        raise
