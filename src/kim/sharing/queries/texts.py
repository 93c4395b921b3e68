"""Texts to send: for WhatsApp, short and long, and for social media. Each keeps to its length, whatever it is about."""

import re
from urllib.parse import quote

from kim.kernel import text
from kim.kernel.dates_id import spell
from kim.sharing.queries.shareable import Shareable

SHORT, LONG = 300, 1000
NETWORKS = {"Facebook dan Instagram": 1200, "X dan Threads": 280}
LONGEST_SOURCE, LONGEST_TITLE = 110, 250
LEAST = 24  # signs of a sentence worth keeping
STARS = re.compile(r"[*_~`]")  # WhatsApp reads them as bold, italic and the like


def short_text(of: Shareable) -> str:
    """For a WhatsApp group, at most 300 signs: title, the gist as far as it fits, source and short link."""
    if of.own.short:
        return _signed(of.own.short, of)
    return _filled(_bold(of), [of.gist], _signature(of), SHORT)


def long_text(of: Shareable) -> str:
    """For those who want to know, at most 1,000 signs: title, gist, points, advice, validity, source and short link."""
    if of.own.long:
        return _signed(of.own.long, of)
    lines = [of.gist, *(f"• {point}" for point in _points(of)), of.advice, _validity(of)]
    return _filled(_bold(of), lines, f"Selengkapnya: {of.short_url}\n{_source(of)}", LONG)


def whatsapp_url(words: str) -> str:
    """Opens WhatsApp with these words ready to be sent to whomever one picks."""
    return "https://wa.me/?text=" + quote(words)


def caption(of: Shareable, limit: int) -> str:
    """For social media: title, gist, points, short link, and tags of the place."""
    lines = [of.gist, *(f"• {point}" for point in _points(of)), of.advice]
    tail = f"{_signature(of)}\n{' '.join(_tags(of))}"
    if of.own.caption and len(of.own.caption) + len(tail) + 2 <= limit:
        return f"{of.own.caption}\n\n{tail}"
    return _filled(of.headline, lines, tail, limit)


def captions(of: Shareable) -> dict[str, str]:
    """A caption for each kind of network, by the name people know it by."""
    return {name: caption(of, limit) for name, limit in NETWORKS.items()}


def _signed(words: str, of: Shareable) -> str:
    """Somebody's own words as they are, with source and short link unless they hold the link already."""
    return words if of.short_url in words else f"{words.rstrip()}\n\n{_signature(of)}"


def _filled(title: str, lines: list[str], tail: str, limit: int) -> str:
    """Title and tail always; between them as many lines as there is room for, the last one cut at a word."""
    room = limit - len(tail) - 2
    head = _clipped_title(title, room)
    room -= len(head) + 1
    kept = []
    for line in filter(None, (" ".join(line.split()) for line in lines)):
        fitting = text.clip(line, room - 1)
        if len(fitting) < len(line) and len(fitting) < LEAST:
            break
        kept.append(fitting)
        room -= len(fitting) + 1
        if fitting != line:
            break
    return "\n".join([head, *kept, "", tail])


def _clipped_title(title: str, room: int) -> str:
    if title.startswith("*"):
        return f"*{text.clip(title[1:-1], min(room, LONGEST_TITLE) - 2)}*"
    return text.clip(title, min(room, LONGEST_TITLE))


def _bold(of: Shareable) -> str:
    return f"*{STARS.sub('', of.headline).strip()}*"


def _points(of: Shareable) -> list[str]:
    """The points that do not only repeat the gist."""
    return [point for point in of.points if point.strip() and point.strip() != of.gist.strip()]


def _source(of: Shareable) -> str:
    return f"Dari {text.clip(of.source, 60)}, {text.clip(of.place, LONGEST_SOURCE - 60)}"


def _signature(of: Shareable) -> str:
    return f"{_source(of)}\n{of.short_url}"


def _validity(of: Shareable) -> str:
    return f"Berlaku sampai {spell(of.valid_until)}." if of.valid_until else ""


def _tags(of: Shareable) -> list[str]:
    """`#KIM #KabarDesa #Ngebel`: of letters and figures only, so that every network takes them."""
    village = "".join(word.title() for word in re.findall(r"[^\W_]+", of.village) if word.lower() not in LEVELS)
    return ["#KIM", "#KabarDesa", *([f"#{village[:30]}"] if village else [])]


LEVELS = {"desa", "kelurahan", "kecamatan", "kabupaten", "kota", "gampong", "nagari", "kampung", "pekon", "kalurahan"}
