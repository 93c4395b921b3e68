"""People's words: keys to find them by, and plain forms of rich text."""

import hashlib
import html
import re
import unicodedata

_TAGS = re.compile(r"<[^>]+>")
_BREAKS = re.compile(r"</(p|h2|h3|li|blockquote|tr)>|<br\s*/?>", re.IGNORECASE)
_SPACES = re.compile(r"\s+")


def _ascii(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()


def search_key(text: str) -> str:
    """`Pangkal Pinang` and `Pangkalpinang` share the key `pangkalpinang`."""
    return re.sub(r"[^a-z0-9]", "", _ascii(text))


def slugify(text: str, limit: int = 80) -> str:
    """A readable address part; `kabar` when nothing of the text can be spelled in ASCII."""
    words = re.sub(r"[^a-z0-9]+", "-", _ascii(text)).strip("-")
    return words[:limit].rstrip("-") or "kabar"


def squeeze(text: str) -> str:
    """One line, single spaces, no control characters: for names and titles people paste."""
    printable = "".join(ch if ch.isprintable() else " " for ch in text)
    return _SPACES.sub(" ", printable).strip()


def plain(markup: str) -> str:
    """The words of stored rich text, block ends as spaces."""
    return _SPACES.sub(" ", html.unescape(_TAGS.sub("", _BREAKS.sub(" ", markup)))).strip()


def excerpt(markup: str, limit: int = 180) -> str:
    """The first words of rich text, cut at a word."""
    words = plain(markup)
    if len(words) <= limit:
        return words
    return words[:limit].rsplit(" ", 1)[0].rstrip(",.;:") + " …"


def clip(words: str, limit: int) -> str:
    """At most `limit` signs: whole words while there are any, and ` …` for what is missing."""
    if len(words) <= limit:
        return words
    head = words[: max(0, limit - 2)]
    if not words[len(head)].isspace() and " " in head:
        head = head.rsplit(" ", 1)[0]
    return head.rstrip(" ,.;:-–\u200d\ufe0f") + " …"


def initials(name: str) -> str:
    """Two letters for the capsule: `KIM Telaga Ngebel` → `TN`."""
    parts = [part for part in squeeze(name).split(" ") if part and part.upper() != "KIM"]
    return "".join(part[0] for part in parts[:2]).upper() or "K"


def digest(*parts: str) -> str:
    """A fingerprint of words: the same words, and only they, have it."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
