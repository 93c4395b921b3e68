"""Where WhatsApp tells what became of our letters."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt

from kim.doors.access import anyone
from kim.inbox import actions
from kim.inbox.adapters import whatsapp
from kim.inbox.workflow import Channel


@csrf_exempt
@anyone
def whatsapp_callback(request: HttpRequest) -> HttpResponse:
    """The provider's handshake (GET) and its news (POST); news without its signature are refused."""
    if not settings.KIM_WHATSAPP_SECRET:
        raise Http404
    if request.method != "POST":
        return _shake_hands(request)
    if not whatsapp.is_signed(request.body, request.headers.get("X-Hub-Signature-256", "")):
        return HttpResponse("tanda tangan tidak cocok", content_type="text/plain", status=403)
    for number, state, reason in whatsapp.statuses(request.body):
        actions.hear(Channel.WHATSAPP, number, state, reason=reason)
    return HttpResponse("diterima", content_type="text/plain")


def _shake_hands(request: HttpRequest) -> HttpResponse:
    said = request.GET
    is_known = constant_time_compare(said.get("hub.verify_token", ""), settings.KIM_WHATSAPP_VERIFY)
    if said.get("hub.mode") == "subscribe" and settings.KIM_WHATSAPP_VERIFY and is_known:
        return HttpResponse(said.get("hub.challenge", ""), content_type="text/plain")
    return HttpResponse("tidak dikenal", content_type="text/plain", status=403)
