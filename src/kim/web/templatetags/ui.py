"""The small pieces every page is made of: icon, status, note, empty state, news item, trail, pager, steps, menu."""

from collections.abc import Mapping, Sequence
from datetime import date

from django import template
from django.conf import settings
from django.contrib.messages import get_messages
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from kim.web.templatetags.formats import tanggal

register = template.Library()

LOGO = (
    '<svg class="brand__logo" width="34" height="34" viewBox="0 0 34 34" aria-hidden="true">'
    '<g transform="rotate(-12 11 18)"><path class="brand__mark" fill="currentColor" fill-rule="evenodd" '
    'd="M11 6a6 6 0 0 1 6 6v13a6 6 0 0 1-12 0V12a6 6 0 0 1 6-6zm0 7a1.6 1.6 0 0 0-1.6 1.6v8.8a1.6 1.6 0 0 0 3.2 0v-8.8'
    'A1.6 1.6 0 0 0 11 13z"/><path class="brand__mark" fill="none" stroke="currentColor" stroke-width="2.4" '
    'stroke-linecap="round" d="M11 6V2.5"/></g><path class="brand__sound" fill="none" stroke="currentColor" '
    'stroke-width="3" stroke-linecap="round" d="M22.5 13a8 8 0 0 1 1 8.5M27 9a14 14 0 0 1 1.5 16.5"/></svg>'
)
TONE_ICONS = {"": "info", "done": "done", "wait": "clock", "alert": "warning", "going": "info"}
MENU_ROOTS = ("/", "/kerja/", "/kerja/desa/", "/kantor/")
NEWS_OPTIONAL = ("source", "date", "summary", "photo", "photo_alt", "label")


@register.simple_tag
def icon(name: str) -> SafeString:
    """One drawing of the sprite; the word beside it carries the meaning."""
    return format_html(
        '<svg class="i" width="24" height="24" aria-hidden="true"><use href="{}#{}"/></svg>',
        static("img/icons.svg"),
        name,
    )


@register.simple_tag
def brand() -> SafeString:
    """The drum and the name."""
    return mark_safe(LOGO + "<span>KIM<b>.id</b></span>")


@register.simple_tag
def logo() -> SafeString:
    """The drum alone."""
    return mark_safe(LOGO)


@register.simple_tag(takes_context=True)
def href(context: template.Context, path: str) -> SafeString:
    """A menu link's address, marked on its page and the pages below; a KIM's own host points back to the main one."""
    request = context.get("request")
    root = settings.KIM_BASE_URL if hasattr(request, "kim_slug") else ""
    here = "" if root or request is None else request.path
    mark = "page" if here == path else "true" if path not in MENU_ROOTS and here.startswith(path) else ""
    return format_html('aria-current="{}" href="{}{}"' if mark else '{}href="{}{}"', mark, root, path)


@register.inclusion_tag("parts/status.html")
def status(text: str, tone: str = "", icon: str = "") -> dict[str, str]:
    """A state in words with its icon; `tone` is "", done, wait, alert or going."""
    return {"text": text, "tone": tone, "icon_name": icon or TONE_ICONS[tone]}


@register.inclusion_tag("parts/note.html")
def note(text: str, tone: str = "", icon: str = "", title: str = "") -> dict[str, str]:
    """Help or a result in its place."""
    return {"text": text, "tone": tone, "icon_name": icon or TONE_ICONS[tone], "title": title}


@register.inclusion_tag("parts/empty.html")
def empty(title: str, text: str = "", *, url: str = "", action: str = "", icon: str = "board") -> dict[str, str]:
    """Nothing to show: say so, and offer the next step."""
    return {"title": title, "text": text, "url": url, "action": action, "icon_name": icon}


def _part(item: object, name: str, default: object = "") -> object:
    value = item.get(name) if isinstance(item, Mapping) else getattr(item, name, None)
    return default if value is None else value


@register.inclusion_tag("parts/news_card.html")
def news_card(item: object, *, lead: bool = False) -> dict[str, object]:
    """One news item: a dict or object with `url` and `title`, and as it has them the names in `NEWS_OPTIONAL`."""
    card = {name: _part(item, name) for name in NEWS_OPTIONAL}
    moment = card["date"]
    return {
        **card,
        "url": _part(item, "url"),
        "title": _part(item, "title"),
        "date_text": tanggal(moment) if isinstance(moment, date) else moment,
        "is_moment": isinstance(moment, date),
        "eager": bool(_part(item, "eager", False)) or lead,
        "level": _part(item, "heading", "h3"),
        "lead": lead,
    }


@register.inclusion_tag("parts/breadcrumbs.html")
def breadcrumbs(crumbs: Sequence[tuple[str, str]]) -> dict[str, object]:
    """Where this page lies; a last crumb without address is the page itself."""
    return {"crumbs": crumbs}


@register.inclusion_tag("parts/pager.html")
def pager(next_url: str | None, prev_url: str | None = "") -> dict[str, str]:
    """The way to more of the list."""
    return {"next_url": next_url or "", "prev_url": prev_url or ""}


@register.inclusion_tag("parts/steps.html")
def steps(number: int, total: int, name: str) -> dict[str, object]:
    """How far one is in a step form."""
    marks = ["done" if step < number else "now" if step == number else "" for step in range(1, total + 1)]
    return {"number": number, "total": total, "name": name, "marks": marks}


@register.inclusion_tag("parts/messages.html", takes_context=True)
def messages(context: template.Context) -> dict[str, object]:
    """What just happened; for signed-in pages only, it reads the session."""
    request = context.get("request")
    return {"messages": list(get_messages(request)) if request else []}
