"""“Bagaimana Anda dikabari”: the ways out of the house, each opened and closed by oneself."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from kim.accounts import actions, queries
from kim.accounts.forms import PushForm
from kim.doors.access import anyone, signed_in
from kim.doors.replay import once
from kim.inbox.queries import read_stop
from kim.inbox.workflow import Channel
from kim.kernel.webpush import public_key


@signed_in
@require_safe
def told(request: HttpRequest) -> HttpResponse:
    """Which ways there are here, which of them are mine, and what each means."""
    quiet_from, quiet_until = settings.KIM_QUIET_HOURS
    context = {
        "layout": "layouts/office.html" if request.actor.is_official else "layouts/desk.html",
        "ways": queries.ways_for(request.user),
        "push_key": public_key(settings.KIM_PUSH_KEY) if settings.KIM_PUSH_KEY else "",
        "quiet_from": f"{quiet_from:02}.00",
        "quiet_until": f"{quiet_until:02}.00",
        "digest_hour": f"{settings.KIM_DIGEST_HOUR:02}.00",
    }
    return render(request, "accounts/told.html", context)


@signed_in
@require_POST
@once
def way_open(request: HttpRequest, channel: str) -> HttpResponse:
    actions.open_way(_channel(channel, but=Channel.PUSH), actor=request.actor)
    messages.success(request, f"Mulai sekarang Anda dikabari juga lewat {Channel(channel).label}.")
    return redirect("accounts:told")


@signed_in
@require_POST
@once
def push_open(request: HttpRequest) -> HttpResponse:
    """The browser has subscribed and says where it can be found."""
    form = PushForm(request.POST)
    if form.is_valid():
        actions.open_push(actor=request.actor, **form.cleaned_data)
        messages.success(request, "Mulai sekarang HP ini memberi tahu bila ada kabar untuk Anda.")
    else:
        messages.error(request, "Notifikasi di peramban ini belum dapat dipakai. Pilih cara lain.")
    return redirect("accounts:told")


@signed_in
@require_POST
@once
def way_close(request: HttpRequest, channel: str) -> HttpResponse:
    actions.close_way(_channel(channel), actor=request.actor)
    messages.success(request, f"Anda tidak dikabari lagi lewat {Channel(channel).label}.")
    return redirect("accounts:told")


@csrf_exempt
@anyone
def way_stop(request: HttpRequest, token: str) -> HttpResponse:
    """The link in every e-mail: whoever holds it may stop it, without signing in. Mail programs post here by themselves."""
    whose = read_stop(token)
    if whose is None:
        raise Http404
    person_id, channel = whose
    is_done = request.method == "POST"
    if is_done:
        actions.close_way(channel, actor=queries.actor_for(queries.person(person_id), officially=False))
    return render(request, "accounts/stopped.html", {"channel": channel.label, "is_done": is_done})


def _channel(name: str, *, but: str = "") -> Channel:
    if name not in Channel.values or name == but:
        raise Http404
    return Channel(name)
