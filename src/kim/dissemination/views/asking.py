"""Anybody asks under a packet, and comes back by a secret address to read the answer."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kim.dissemination import actions, queries
from kim.dissemination.forms.asking import AskForm
from kim.doors.access import anyone
from kim.doors.replay import once
from kim.doors.throttle import TooOften, knock, line_mark

USUAL, CROWD, VILLAGE = (
    20,
    300,
    2000,
)  # questions: of one line in an hour, of one line in a day, of one village in a day
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@anyone
@once
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """Ask about a packet. What was typed stays, whatever has to be mended."""
    bulletin = queries.asked_about(code)
    form = AskForm(request.POST if request.method == "POST" else None, village=request.GET.get("desa", ""))
    if request.method == "POST" and form.is_valid() and not form.is_searching:
        try:
            is_crowded = count_question(request, form.cleaned_data["region_code"])
        except TooOften as error:
            form.add_error(None, str(error))
        else:
            said = {name: form.cleaned_data[name] for name in ("region_code", "text", "name")}
            secret = actions.ask(form.question_id, bulletin.id, is_crowded=is_crowded, **said)
            return redirect("dissemination:ticket", secret)
    context = {"bulletin": bulletin, "form": form, "asked": queries.asked(bulletin)}
    return render(request, "dissemination/ask.html", context)


def count_question(request: HttpRequest, village: str) -> bool:
    """Whether very many came from this line already; raises TooOften beyond what one line or one village may send.

    A full hour of a line shuts nobody out: what comes after it is looked at last. So behind one address the flood of one
    does not silence the question of another, and neither fills the table.
    """
    line = line_mark(request.META.get("REMOTE_ADDR", ""))
    knock(f"tanya-hari:{line}", limit=CROWD, per=DAY)
    knock(f"tanya-desa:{village}", limit=VILLAGE, per=DAY)
    try:
        knock(f"tanya:{line}", limit=USUAL, per=HOUR)
    except TooOften:
        return True
    return False


@anyone
def ticket(request: HttpRequest, secret: str) -> HttpResponse:
    """What became of the question, for whoever holds its secret."""
    found = queries.question_of_ticket(secret)
    context = {"question": found, "bulletin": found.bulletin, "address": f"{settings.KIM_BASE_URL}{request.path}"}
    return render(request, "dissemination/ticket.html", context)
