"""Whether a page may be what it is: nothing active from outside, and no link that its own words do not lead to."""

from collections.abc import Collection
from html.parser import HTMLParser
from urllib.parse import urlsplit

ACTIVE = {
    "script": "src",
    "iframe": "src",
    "frame": "src",
    "embed": "src",
    "object": "data",
    "form": "action",
    "base": "href",
}
WELCOME = {"wa.me", "schema.org"}  # hosts of our own buttons
LOADED = {"img": "src", "source": "src", "video": "src", "audio": "src"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.active: list[tuple[str, str]] = []
        self.links: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in ACTIVE:
            self.active.append((tag, given.get(ACTIVE[tag], "")))
        if tag in LOADED:
            self.active.append((tag, given.get(LOADED[tag], "")))
        if tag == "link" and "stylesheet" in given.get("rel", ""):
            self.active.append((tag, given.get("href", "")))
        if (
            tag == "script"
            and "src" not in given
            and given.get("type") not in ("application/ld+json", "application/json")
        ):
            self.active.append((tag, "(skrip di dalam halaman)"))
        if tag == "meta" and given.get("http-equiv", "").lower() == "refresh":
            self.active.append((tag, given.get("content", "").partition("=")[2]))
        if any(name.startswith("on") for name in given):
            self.active.append((tag, "(perintah pada unsur)"))
        if tag == "a":
            self._lead(given.get("href", "").strip())

    def _lead(self, address: str) -> None:
        if address.lower().startswith(("javascript:", "data:", "vbscript:")):
            self.active.append(("a", "(perintah pada tautan)"))
        elif host := _host(address):
            self.links.add(host)


def trouble(html: str, *, own: Collection[str], allowed: Collection[str] | None = None) -> list[str]:
    """What should not be on a page, as sentences. `allowed`: the hosts its words lead to; None: links are not asked about."""
    reader = _Reader()
    reader.feed(html)
    found = [
        f"<{tag}> dari luar: {where[:120]}"
        for tag, where in reader.active
        if where.startswith("(") or not _is_own(_host(where), where, own)
    ]
    if allowed is not None:
        known = {*allowed, *WELCOME}
        strangers = (host for host in reader.links if not _is_own(host, "", own))
        found += [f"tautan tak dikenal: {host}" for host in sorted(strangers) if host.removeprefix("www.") not in known]
    return found


def _is_own(host: str, where: str, own: Collection[str]) -> bool:
    if not host:
        scheme = urlsplit(where).scheme if where else ""
        return scheme in ("", "data")
    return any(host == name or host.endswith(f".{name}") for name in own)


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return "?"
