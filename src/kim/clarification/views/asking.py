"""Ini hoaks? Anybody asks, gets a ticket, and comes back for the answer; no account, no cookie needed, no script."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from kim.accounts.models import KIM_ROLES
from kim.clarification import actions, queries
from kim.clarification.forms import AskForm, TrackForm
from kim.clarification.models import Report
from kim.doors.access import anyone
from kim.doors.throttle import knock, line_mark
from kim.kernel import ticket
from kim.kernel.ids import new_id
from kim.media.actions import BadFile

PHOTO, VOICE = "photo", "voice"
WRONG = "Nomor atau kodenya belum cocok. Periksa lagi keduanya."


@anyone
def ask(request: HttpRequest) -> HttpResponse:
    """The question; the id in its form makes it one, however often it is sent (not `once`: that would keep the secret)."""
    form, places = _form(request), None
    if request.method == "POST" and form.is_valid():
        code, places = form.where()
        if places is None and "cari" not in request.POST:
            report = _take(request, form, code)
            if report is not None:
                return redirect(queries.tracking_path(report))
    return render(request, "clarification/ask.html", {"form": form, "found": places})


def _form(request: HttpRequest) -> AskForm:
    if request.method == "POST":
        return AskForm(request.POST, request.FILES)
    own = request.actor.region_code if request.actor.wears(*KIM_ROLES) else ""
    return AskForm(initial={"id": new_id(), "kode": own or "", "text": request.GET.get("teks", "")[:4000]})


def _take(request: HttpRequest, form: AskForm, code: str) -> Report | None:
    """The report; nothing when a file was none, or one too many today, which the form then says."""
    line = line_mark(request.META.get("REMOTE_ADDR", ""), code)
    try:
        return actions.ask(form.cleaned_data["id"], region_code=code, line=line, actor=request.actor, **form.written)
    except (BadFile, actions.TooMuch) as error:
        form.add_error(VOICE if form.cleaned_data[VOICE] and not form.cleaned_data[PHOTO] else PHOTO, str(error))
        return None


@anyone
def track(request: HttpRequest) -> HttpResponse:
    """Find the way back with number and code; ten tries an hour for each number."""
    form = TrackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(queries.tracking_path(_found(**form.cleaned_data)))
        except Report.DoesNotExist:
            form.add_error("secret", WRONG)
    return render(request, "clarification/track.html", {"form": form})


def _found(number: str, secret: str) -> Report:
    """The report of a ticket. Wrong tries are counted for its number, right ones are not."""
    try:
        return queries.report_of(number, secret)
    except Report.DoesNotExist:
        knock(
            f"hoaks:{ticket.read(number) or 'salah'}", limit=10 if ticket.read(number) else 1000, per=timedelta(hours=1)
        )
        raise


@anyone
def tracking(request: HttpRequest, number: str, secret: str) -> HttpResponse:
    """How far it is, and the answer as soon as there is one."""
    report = _found(number, secret)
    claim, answer = report.claim, queries.answer_of(report.claim)
    context = {
        "report": report,
        "claim": claim,
        "answer": answer,
        "kit": queries.kit(claim, answer) if answer and claim.is_public else None,
        "number": ticket.shown(report.number),
        "secret": queries.secret_of(report),
        "is_joined": queries.is_joined(report),
    }
    return render(request, "clarification/tracking.html", context)


@anyone
@require_POST
def part(request: HttpRequest, number: str, secret: str) -> HttpResponse:
    """Bukan ini yang saya tanyakan; said twice, it is said once."""
    report = actions.part(_found(number, secret).id, actor=request.actor)
    return redirect(queries.tracking_path(report))
