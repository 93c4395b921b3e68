"""Rich text as people send it becomes the little HTML we keep: few tags, safe links, no pictures, no scripts."""

import html
import json
import re
from typing import Any

import nh3

TAGS = {"p", "h2", "h3", "strong", "em", "ul", "ol", "li", "blockquote", "a", "br"}
SCHEMES = {"http", "https", "mailto", "tel", "wa"}
KEPT = "\n\u200d"  # the joiner inside family emoji is no control character
GONE_WITH_WORDS = {"script", "style", "iframe", "object", "svg", "math", "template", "noscript", "title"}
RENAMED = {"b": "strong", "i": "em", "h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3", "div": "p"}

_IN_SCRIPT = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}
_OLD_TAG = re.compile(r"<(/?)(" + "|".join(RENAMED) + r")(?=[\s>/])[^>]*>", re.IGNORECASE)
_EMPTY = re.compile(r"<(p|h2|h3|li|blockquote|strong|em|ul|ol)>(?:\s|&nbsp;|<br>)*</\1>")
_NESTED = re.compile(r"<p>\s*(?=<(?:p|h2|h3|ul|ol|blockquote)[ >])")
_BLOCK = re.compile(r"<(?:p|h2|h3|ul|ol|blockquote)[ >]")
_BLANK_LINES = re.compile(r"\n\s*\n")


def clean(text: str) -> str:
    """What may be stored: text that begins with `<` is HTML and is sanitised, any other is taken as plain paragraphs."""
    text = _printable(text.replace("\r\n", "\n")).strip()
    if not text.startswith("<"):
        return paragraphs(text)
    markup = nh3.clean(
        _OLD_TAG.sub(lambda m: f"<{m[1]}{RENAMED[m[2].lower()]}>", text),
        tags=TAGS,
        clean_content_tags=GONE_WITH_WORDS,
        attributes={"a": {"href"}},
        url_schemes=SCHEMES,
        link_rel="nofollow ugc noopener",
    )
    return _tidy(markup)


def _printable(text: str) -> str:
    """Without control characters, which would break every feed the text stands in; odd spaces become plain ones."""
    return "".join(ch if ch.isprintable() or ch in KEPT else " " if ch.isspace() else "" for ch in text)


def paragraphs(text: str) -> str:
    """Plain words as `<p>`, one per blank line; single line ends become `<br>`."""
    blocks = [block.strip() for block in _BLANK_LINES.split(text.strip()) if block.strip()]
    return "".join(f"<p>{html.escape(block, quote=False).replace(chr(10), '<br>')}</p>" for block in blocks)


def typed(markup: str) -> str:
    """A stored text as a person without writing tools would type it: plain words, unless it holds more than paragraphs."""
    text = html.unescape(re.sub(r"</?p>", "", markup.replace("</p><p>", "\n\n").replace("<br>", "\n")))
    return text if clean(text) == markup else markup


def words_of(markup: str) -> list[str]:
    """The text of each block, for reading, counting and comparing."""
    broken = re.sub(r"</(?:p|h2|h3|li|blockquote)>|<br\s*/?>", "\n", markup)
    lines = html.unescape(re.sub(r"<[^>]+>", "", broken)).splitlines()
    return [line.strip() for line in lines if line.strip()]


def _tidy(markup: str) -> str:
    for _ in range(3):
        markup = _EMPTY.sub("", _NESTED.sub("", markup))
    markup = nh3.clean(markup, tags=TAGS, attributes={"a": {"href", "rel"}}, link_rel=None, url_schemes=SCHEMES)
    markup = _EMPTY.sub("", _printable(markup)).strip()  # `&#1;` has become the character by now
    return markup if not markup or _BLOCK.match(markup) else f"<p>{markup}</p>"


def script_json(data: dict[str, Any]) -> str:
    """JSON that cannot close the script element it stands in."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_IN_SCRIPT)
