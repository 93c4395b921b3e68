"""Reading RSS 2.0, RSS 1.0, Atom and JSON Feed: bytes in, plain words out. Nothing is fetched, no entity is expanded.

Whatever comes out is a single line of printable text or a web address; HTML is gone, whole items are left out
rather than guessed.
"""

import hashlib
import html
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element, ParseError

import nh3
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from kim.kernel import clock
from kim.kernel.feed_dates import moment
from kim.kernel.markup import GONE_WITH_WORDS
from kim.kernel.text import plain, squeeze

KINDS = (
    "application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml", "application/xml",
    "text/xml", "application/json", "application/x-rss+xml", "text/plain",
)  # fmt: skip
MOST = 100  # items of one feed, as they stand: feeds put the newest first
TITLE, SUMMARY, ADDRESS, SHORT = 200, 1000, 500, 120  # longest texts

NO_FEED = "Alamat ini bukan umpan RSS, Atom, atau JSON Feed. Cari tautan bertanda RSS di situs itu."
NOT_SOUND = "Umpan ini rusak, jadi tidak terbaca. Beri tahu pengelolanya."


class BadFeed(ValueError):
    """The message says in Indonesian what is wrong."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One item. `guid` is always there; made from the words when the feed gives none."""

    guid: str
    title: str
    summary: str
    url: str
    published: datetime | None
    licence: str
    language: str


@dataclass(frozen=True, slots=True)
class Feed:
    title: str
    url: str
    language: str
    licence: str
    entries: tuple[Entry, ...]


def read(data: bytes, *, url: str, charset: str = "") -> Feed:
    """The feed in these bytes, found at `url` and said to be in `charset`; raises BadFeed."""
    text = decoded(data, charset)
    if text.startswith("{"):
        return _from_json(text, url)
    root = _tree(text)
    name = _name(root)
    if name == "feed":
        return _from_atom(root, url)
    if name in ("rss", "rdf:RDF"):
        return _from_rss(root, url)
    raise BadFeed(NO_FEED)


# What it is written in

_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]{2,40})["']""")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_LAST = "windows-1252"  # what mislabelled Indonesian sites are really written in
_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # in XML 1.0
_AS_IT_STANDS = re.compile(r"(<!\[CDATA\[.*?\]\]>)", re.DOTALL)
_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9A-Fa-f]{1,6});)(?:[A-Za-z][A-Za-z0-9]{1,30};)?")


def decoded(data: bytes, charset: str = "") -> str:
    """The text, by its mark, its own declaration or what the server said, whichever fits; never fails."""
    declared = _DECLARED.match(data)
    said = [encoding for mark, encoding in _MARKS.items() if data.startswith(mark)]
    for encoding in [*said, declared[1].decode() if declared else "", charset, "utf-8"]:
        try:
            return data.decode(encoding).lstrip("\ufeff \t\r\n")
        except (LookupError, UnicodeError):
            continue
    return data.decode(_LAST, errors="replace").lstrip()


def _tree(text: str) -> Element:
    """The XML of a text, mended where feeds break it most: control characters, bare `&`, the entities of HTML."""
    parts = _AS_IT_STANDS.split(_FORBIDDEN.sub("", _DECLARATION.sub("", text)))
    mended = [part if number % 2 else _AMPERSAND.sub(_spelt_out, part) for number, part in enumerate(parts)]
    try:
        return fromstring("".join(mended))
    except DefusedXmlException as error:
        raise BadFeed(NOT_SOUND) from error
    except ParseError as error:
        raise BadFeed(NOT_SOUND if re.match(r"<(rss|feed|rdf:RDF)\b", text.lstrip()) else NO_FEED) from error


def _spelt_out(found: re.Match[str]) -> str:
    """`&nbsp;` as its character, any other `&` as `&amp;`."""
    return html.escape(html.unescape(found[0]), quote=False)


# The names of elements, whatever prefix a feed gives them

_SPACES = {
    "": "", "http://purl.org/rss/1.0/": "", "http://www.w3.org/2005/Atom": "", "http://purl.org/atom/ns#": "",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf:", "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dc:", "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://backend.userland.com/creativeCommonsRssModule": "cc:", "http://creativecommons.org/ns#": "cc:",
    "http://web.resource.org/cc/": "cc:", "http://www.w3.org/XML/1998/namespace": "xml:",
}  # fmt: skip
_RESOURCE = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}resource"
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_BASE, _LANGUAGE = ("{http://www.w3.org/XML/1998/namespace}" + name for name in ("base", "lang"))


def _name(element: Element) -> str:
    """`dc:date` for Dublin Core's date under whatever prefix; `?date` in a vocabulary we do not know."""
    if not isinstance(element.tag, str):
        return "?"
    space, _, local = element.tag.rpartition("}")
    return _SPACES.get(space.lstrip("{"), "?") + local


def _all(element: Element, *names: str) -> Iterator[Element]:
    """The children of these names, those of the first name first."""
    for name in names:
        yield from (child for child in element if _name(child) == name)


def _text(element: Element, *names: str) -> str:
    """What the first of these children that says anything says, as it stands."""
    for child in _all(element, *names):
        if found := "".join(child.itertext()).strip() or child.get(_RESOURCE, ""):
            return found
    return ""


# RSS


def _from_rss(root: Element, url: str) -> Feed:
    channel = next(_all(root, "channel"), root)
    home = link(_text(channel, "link"), url)
    language, licence = short(_text(channel, "language", "dc:language")), _licence(channel)
    items = [item for item in root.iter() if _name(item) == "item"][:MOST]
    entries = [_rss_entry(item, root.get(_BASE) or home or url, language, licence) for item in items]
    return Feed(words(_text(channel, "title"), TITLE), home, language, licence, _sound(entries))


def _rss_entry(item: Element, base: str, language: str, licence: str) -> Entry:
    guid = next(_all(item, "guid"), None)
    identity = (guid.text or "").strip() if guid is not None else item.get(_ABOUT, "")
    is_address = guid is None or guid.get("isPermaLink", "true").strip().lower() != "false"
    address = link(_text(item, "link"), base) or _atom_link(item, base)
    if not address and is_address and identity.startswith(("http://", "https://")):
        address = link(identity, base)
    return _entry(
        identity,
        title=words(_text(item, "title", "dc:title"), TITLE),
        summary=words(_text(item, "description", "dc:description", "content:encoded"), SUMMARY),
        url=address,
        published=_text(item, "pubDate", "dc:date", "published", "dc:created", "dc:issued"),
        licence=_licence(item) or licence,
        language=short(_text(item, "dc:language", "language")) or language,
    )


def _licence(element: Element) -> str:
    return short(_text(element, "cc:license", "dc:license", "dc:rights", "copyright", "rights"))


# Atom


def _from_atom(root: Element, url: str) -> Feed:
    base = urljoin(url, root.get(_BASE, ""))
    language, licence = short(root.get(_LANGUAGE, "")), _licence(root)
    items = [item for item in root if _name(item) == "entry"][:MOST]
    entries = [_atom_entry(item, base, language, licence) for item in items]
    return Feed(_atom_text(root, TITLE, "title"), _atom_link(root, base), language, licence, _sound(entries))


def _atom_entry(item: Element, base: str, language: str, licence: str) -> Entry:
    return _entry(
        _text(item, "id"),
        title=_atom_text(item, TITLE, "title"),
        summary=_atom_text(item, SUMMARY, "summary", "content"),
        url=_atom_link(item, urljoin(base, item.get(_BASE, ""))),
        published=_text(item, "published", "updated", "issued", "modified"),
        licence=_licence(item) or licence,
        language=short(item.get(_LANGUAGE, "")) or language,
    )


def _atom_text(element: Element, limit: int, *names: str) -> str:
    """Atom says whether a text is HTML; what is not, is meant as it stands."""
    for child in _all(element, *names):
        raw = "".join(child.itertext())
        found = words(raw, limit) if "html" in child.get("type", "text") and len(child) == 0 else cut(raw, limit)
        if found:
            return found
    return ""


def _atom_link(element: Element, base: str) -> str:
    """The link to the page itself, never one to comments or a file."""
    for rel in ("alternate", ""):
        for child in element:
            if _name(child) == "link" and child.get("href") and child.get("rel", "") == rel:
                return link(child.get("href", ""), base)
    return ""


# JSON Feed


def _from_json(text: str, url: str) -> Feed:
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadFeed(NO_FEED) from error
    if not _said(feed, "version").startswith("https://jsonfeed.org/version/1"):
        raise BadFeed(NO_FEED)
    items = feed.get("items")
    language = short(_said(feed, "language"))
    found = [item for item in items if isinstance(item, dict)][:MOST] if isinstance(items, list) else []
    entries = [_json_entry(item, url, language) for item in found]
    return Feed(
        cut(_said(feed, "title"), TITLE), link(_said(feed, "home_page_url"), url), language, "", _sound(entries)
    )


def _json_entry(item: dict[str, Any], base: str, language: str) -> Entry:
    told = cut(_said(item, "summary") or _said(item, "content_text"), SUMMARY)
    return _entry(
        _said(item, "id"),
        title=cut(_said(item, "title"), TITLE),
        summary=told or words(_said(item, "content_html"), SUMMARY),
        url=link(_said(item, "url") or _said(item, "external_url"), base),
        published=_said(item, "date_published") or _said(item, "date_modified"),
        licence="",
        language=short(_said(item, "language")) or language,
    )


def _said(thing: dict[str, Any], name: str) -> str:
    """A text, or a number that stands where a text should; '' for anything else."""
    value = thing.get(name)
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


# What all of them become


def _entry(identity: str, *, title: str, summary: str, url: str, published: str, licence: str, language: str) -> Entry:
    title = title or cut(summary, 80)
    own = squeeze(identity) or url
    guid = own if own and len(own) <= ADDRESS else hashlib.sha256((own or title + published).encode()).hexdigest()
    return Entry(guid, title, summary, url, moment(published, now=clock.now()), licence, language)


def _sound(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Those that say something, each identity once: the first, which is the newest."""
    found: dict[str, Entry] = {}
    for entry in entries:
        if entry.title:
            found.setdefault(entry.guid, entry)
    return tuple(found.values())


_BLOCKS = {"p", "br", "li", "h2", "h3", "tr", "blockquote"}  # their ends become spaces (kernel.text.plain)


def words(markup: str, limit: int) -> str:
    """The words of HTML as a stranger writes it, in one line."""
    return cut(plain(nh3.clean(markup[: limit * 40], tags=_BLOCKS, clean_content_tags=GONE_WITH_WORDS)), limit)


def cut(text: str, limit: int) -> str:
    """One line, ended at a word where it is too long."""
    line = squeeze(text[: limit * 8])
    if len(line) <= limit:
        return line
    head = line[: limit - 2]
    return (head.rpartition(" ")[0] or head) + " …"


def short(text: str) -> str:
    return cut(text, SHORT)


def link(address: str, base: str) -> str:
    """A web address, whole; '' for one that is none, is too long, or carries a password."""
    try:
        found = urljoin(base, address.strip()) if address.strip() else ""
        parts = urlsplit(found)
    except ValueError:
        return ""
    is_web = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    return found if is_web and found.isprintable() and " " not in found and len(found) <= ADDRESS else ""
