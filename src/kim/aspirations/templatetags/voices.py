"""Small pieces of the pages about voices."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from django import template
from django.conf import settings
from django.middleware.csrf import get_token
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from kim.aspirations import queries
from kim.aspirations.models import Aspiration
from kim.aspirations.workflow import Kind
from kim.kernel import ticket as tickets

register = template.Library()
SLIPS = (("png", "Simpan gambarnya", "download"), ("pdf", "Cetak lembarnya", "print"))


@register.filter
def spaced(secret: str) -> str:
    """The code as it is read from paper."""
    return queries.spaced(secret)


@register.filter
def ticket(number: str) -> str:
    """The number as it is read aloud."""
    return tickets.shown(number)


@register.filter
def kind_label(value: str) -> str:
    """What a kind is called."""
    return Kind(value).label if value in Kind.values else ""


@register.filter
def whatsapp_number(aspiration: Aspiration) -> str:
    """A message to oneself with the number and its page; never the code."""
    words = f"Nomor aspirasi saya: {aspiration.shown_number}\n{settings.KIM_BASE_URL}/lacak/{aspiration.number}/"
    return f"https://wa.me/?text={quote(words)}"


@register.inclusion_tag("aspirations/slip_buttons.html")
def slip_buttons(aspiration: Aspiration, secret: str) -> dict[str, Any]:
    """The slip as a picture and on paper."""
    return {"proof": _hidden(proof(aspiration, secret)), "kinds": SLIPS}


@register.simple_tag(takes_context=True)
def reporter_fields(context: template.Context) -> SafeString:
    """Number, code and the key of this form: in its body, so that no address ever holds the code. Signed in, the key alone."""
    secret = context["secret"]
    token = [("csrfmiddlewaretoken", get_token(context["request"]))] if not secret else []
    return _hidden([*(token or proof(context["aspiration"], secret)), ("kunci", context["key"])])


def proof(aspiration: Aspiration, secret: str) -> list[tuple[str, str]]:
    """What opens the reporter's page: number, code, and the pass of whoever was in already."""
    return [("nomor", aspiration.number), ("kode", secret), ("izin", queries.pass_of(aspiration.number, secret))]


def _hidden(fields: Iterable[tuple[str, Any]]) -> SafeString:
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', fields)


@register.inclusion_tag("aspirations/stage.html")
def stage_status(aspiration: Aspiration) -> dict[str, str]:
    """Where it stands, in words with an icon."""
    tone, icon_name = queries.SHOWN[aspiration.stage]
    return {"words": aspiration.get_stage_display(), "tone": tone, "icon_name": icon_name}
