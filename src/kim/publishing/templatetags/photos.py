"""A photo of a text as an `<img>` of the right width."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from kim.media.models import Upload
from kim.media.queries import picture

register = template.Library()


@register.simple_tag
def photo(upload: Upload, width: int = 720) -> SafeString | str:
    """The picture, lazily loaded; its words are the upload's own."""
    found = picture(upload, width)
    if not found:
        return ""
    markup = '<img src="{src}" srcset="{srcset}" sizes="{sizes}" width="{width}" height="{height}" alt="{alt}" loading="lazy">'
    return format_html(markup, sizes=f"(max-width: {width}px) 100vw, {width}px", **found)
