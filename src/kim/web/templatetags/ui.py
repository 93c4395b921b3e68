"""The small pieces every page is made of: icon, status, note, empty state, trail, pager, steps, menu, what stays.

What a page has dozens of is written here as text, not as a template: a template part costs twenty times its string.
"""

import html
from collections.abc import Sequence
from functools import cache

from django import template
from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.template.base import FilterExpression, NodeList, Parser, TextNode, Token
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

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
MENU = (
    "/", "/wilayah/", "/desa-saya/", "/kabar/", "/info/", "/kim/", "/aspirasi/", "/lacak/", "/hoaks/", "/cari/", "/masuk/",
    "/daftar-kim/", "/tentang/", "/panduan/", "/pelindungan-data/", "/moderasi/",
)  # fmt: skip
MENU_ROOTS = ("/", "/kerja/", "/kerja/desa/", "/kantor/")


def said(text: object) -> str:
    """A text between tags; what is markup already stays so."""
    return text if isinstance(text, SafeString) else html.escape(str(text))


def quoted(text: object) -> str:
    """A text inside an attribute."""
    return html.escape(str(text))


@cache
def icon_of(name: str) -> SafeString:
    """One drawing of the sprite; the word beside it carries the meaning."""
    markup = '<svg class="i" width="24" height="24" aria-hidden="true"><use href="{}#{}"/></svg>'
    return format_html(markup, static("img/icons.svg"), name)


class IconNode(template.Node):
    """An icon whose name is known only when the page is drawn."""

    def __init__(self, name: FilterExpression) -> None:
        self.name = name

    def render(self, context: template.Context) -> SafeString:
        return icon_of(str(self.name.resolve(context)))


@register.tag
def icon(parser: Parser, token: Token) -> template.Node:
    """`{% icon "pin" %}`: a name written out is drawn once, when the template is read."""
    _, written = token.split_contents()
    name = parser.compile_filter(written)
    return IconNode(name) if name.is_var else TextNode(icon_of(str(name.resolve(template.Context()))))


class OnceNode(template.Node):
    """Draws its stretch once for each set of values, and gives it nothing else to look at."""

    MOST = 200

    def __init__(self, names: list[str], inside: NodeList) -> None:
        self.names, self.inside = names, inside
        self.drawn: dict[tuple[object, ...], SafeString] = {}

    def render(self, context: template.Context) -> SafeString:
        values = tuple(context.get(name) for name in self.names)
        found = self.drawn.get(values)
        if found is None:
            if len(self.drawn) >= self.MOST:
                self.drawn.clear()
            found = self.inside.render(context.new(dict(zip(self.names, values, strict=True))))
            self.drawn[values] = found
        return found


@register.tag
def once(parser: Parser, token: Token) -> template.Node:
    """`{% once a b %}…{% endonce %}`: a stretch that depends on these few values alone, the same for everyone."""
    inside = parser.parse(("endonce",))
    parser.delete_first_token()
    return OnceNode(token.split_contents()[1:], inside)


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
    root, here = (request and menu_place(request)) or context.get("menu") or ("", "")
    mark = "page" if here == path else "true" if path not in MENU_ROOTS and here.startswith(path) else ""
    return format_html('aria-current="{}" href="{}{}"' if mark else '{}href="{}{}"', mark, root, path)


def menu_place(request: HttpRequest) -> tuple[str, str]:
    """Where the menu's links begin, and the page one is on; on a KIM's own host no page of the menu is."""
    return (settings.KIM_BASE_URL, "") if hasattr(request, "kim_slug") else ("", request.path)


def public_menu(request: HttpRequest) -> tuple[str, str]:
    """The same for the public menu, which looks alike on all pages below one of its own: `/kabar/…`."""
    root, here = menu_place(request)
    if here in MENU:
        return root, here
    return root, next((f"{path}…" for path in MENU if path not in MENU_ROOTS and here.startswith(path)), "")


@register.simple_tag
def status(text: str, tone: str = "", icon: str = "") -> SafeString:
    """A state in words with its icon; `tone` is "", done, wait, alert or going."""
    kind = f" status--{quoted(tone)}" if tone else ""
    drawing = icon_of(icon or TONE_ICONS[tone])
    return SafeString(f'<span class="status{kind}">{drawing}{said(text)}</span>\n')


@register.inclusion_tag("parts/note.html")
def note(text: str, tone: str = "", icon: str = "", title: str = "") -> dict[str, str]:
    """Help or a result in its place."""
    return {"text": text, "tone": tone, "icon_name": icon or TONE_ICONS[tone], "title": title}


@register.inclusion_tag("parts/empty.html")
def empty(title: str, text: str = "", *, url: str = "", action: str = "", icon: str = "board") -> dict[str, str]:
    """Nothing to show: say so, and offer the next step."""
    return {"title": title, "text": text, "url": url, "action": action, "icon_name": icon}


@register.simple_tag
def breadcrumbs(crumbs: Sequence[tuple[str, str]]) -> SafeString:
    """Where this page lies; a last crumb without address is the page itself."""
    links = "".join(
        f'<li><a href="{quoted(url)}">{said(name)}</a></li>'
        if url
        else f'<li><span aria-current="page">{said(name)}</span></li>'
        for name, url in crumbs
    )
    return SafeString(f'<nav class="crumbs" aria-label="Anda di sini"><ol>{links}</ol></nav>\n')


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
