"""Form tags of the doors."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from kim.doors.replay import FIELD
from kim.kernel.ids import new_id

register = template.Library()


@register.simple_tag(takes_context=True)
def idempotency_key(context: template.Context) -> SafeString:
    """The hidden key of a form; a form that came back with errors keeps the key it was sent with."""
    request = context.get("request")
    sent = request.POST.get(FIELD) if request is not None and request.method == "POST" else None
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, sent or new_id())
