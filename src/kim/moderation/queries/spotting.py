"""What a text gives away: words of gambling and fraud however they are spelled, floods of links. Clues, not verdicts."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from urllib.parse import urlsplit

from kim.kernel.text import plain
from kim.moderation.workflow import Reason

ENOUGH = 3  # points of different terms that make a clue
ENOUGH_IN_A_WARNING = 6  # a village warns of gambling more often than it advertises it
MANY_LINKS = 8
FEW_WORDS = 20  # beside three links and more
LONGEST = 60_000  # signs of a text that are looked at
_WARNS = re.compile(r"\b(?:bahaya|waspadai?|hindari|jauhi|jangan|berantas|cegah|dampak|penipuan|modus|hoaks|korban)\b")
_LINK = re.compile(r"""(?:https?://|(?<![\w@./])www\.)[^\s"'<>()]+""", re.IGNORECASE)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
_SPELLED = re.compile(r"(?<![a-z0-9])[a-z0-9]([ .\-_*|])[a-z0-9](?:\1[a-z0-9]){1,}(?![a-z0-9])")
_DOUBLED = re.compile(r"([a-z])\1{2,}")
_LEET = str.maketrans(
    {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i", "|": "l"}
)
_WORD_WITH_SIGNS = re.compile(r"[a-z0-9@$!|]*[a-z][a-z0-9@$!|]*")
# Letters of other alphabets that look like ours.
_LOOKALIKES = str.maketrans("аеорсухіѕјԁԛɡᴀʙᴄᴅᴇɢʜɪᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡ", "aeopcyxisjdqgabcdeghijklmnoprtuvw")


@dataclass(frozen=True, slots=True)
class Clue:
    """Why a text is worth a look, and what was found in it."""

    reason: Reason
    found: str


@dataclass(frozen=True, slots=True)
class _Terms:
    points: dict[str, tuple[int, str]]  # term → points, field
    pattern: re.Pattern[str]


@cache
def _terms() -> _Terms:
    """The vocabulary of `data/terms.tsv`: field, points, term, where it was seen."""
    text = (resources.files("kim.moderation") / "data" / "terms.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    points = {term: (int(weight), field) for field, weight, term, _seen in rows}
    longest_first = sorted(points, key=len, reverse=True)
    return _Terms(points, re.compile(r"(?<![a-z0-9])(?:" + "|".join(map(re.escape, longest_first)) + r")(?![a-z0-9])"))


def readings(words: str) -> tuple[str, str]:
    """The words in plain small letters, and once more with numbers read as the letters they stand for."""
    words = _INVISIBLE.sub("", unicodedata.normalize("NFKC", words[:LONGEST]).lower().translate(_LOOKALIKES))
    words = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    words = _SPELLED.sub(lambda found: re.sub(r"[^a-z0-9]", "", found[0]), words)
    words = " ".join(_DOUBLED.sub(r"\1", words).split())
    return words, _WORD_WITH_SIGNS.sub(lambda found: found[0].translate(_LEET), words)


def clues(markup: str) -> list[Clue]:
    """Everything in a text that makes it worth a look; nothing for an ordinary one."""
    found = [*_vocabulary(plain(markup)), *_links(markup)]
    return found


def _vocabulary(words: str) -> list[Clue]:
    terms = _terms()
    texts = readings(words)
    seen = {term for text in texts for term in terms.pattern.findall(text)}
    points = sum(terms.points[term][0] for term in seen)
    if points < (ENOUGH_IN_A_WARNING if _WARNS.search(texts[0]) else ENOUGH):
        return []
    return [Clue(Reason.GAMBLING, ", ".join(sorted(seen, key=lambda term: (-terms.points[term][0], term))[:6]))]


def _links(markup: str) -> list[Clue]:
    links = _LINK.findall(markup)
    others = len(_LINK.sub(" ", plain(markup)).split())
    if len(links) >= MANY_LINKS or (len(links) >= 3 and others < FEW_WORDS):
        return [Clue(Reason.LINKS, f"{len(links)} tautan: {', '.join(sorted(hosts(markup))[:4])}")]
    return []


def hosts(markup: str) -> set[str]:
    """The hosts a text leads to."""
    named = (urlsplit(link if "://" in link else f"http://{link}") for link in _LINK.findall(markup[:LONGEST]))
    return {host.removeprefix("www.") for host in map(_host, named) if host and "." in host}


def _host(parts: object) -> str:
    try:
        return (getattr(parts, "hostname", "") or "").rstrip(".").lower()
    except ValueError:
        return ""


def strange(found: Iterable[str], *, own: str) -> set[str]:
    """Of these hosts those that are neither ours nor what everybody links to (public offices, schools, big platforms)."""
    ours = (own, f".{own}")
    known = (*ours, ".go.id", ".desa.id", ".sch.id", ".ac.id", ".mil.id", *_PLATFORMS)
    return {host for host in found if not host.endswith(known) and host not in _PLATFORMS}


_PLATFORMS = (
    "wa.me", "whatsapp.com", "youtube.com", "youtu.be", "facebook.com", "instagram.com", "tiktok.com", "x.com",
    "twitter.com", "google.com", "goo.gl", "t.me", "wikipedia.org", "kim.id",
)  # fmt: skip
