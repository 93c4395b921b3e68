"""Cards, posters and the board of the week, drawn by typst from sheets in the look of the site.

No word is cut: a text is set as large as fits, and when even the smallest size does not hold it, it is shortened at a
word. What goes in is bounded, so is the work: a card or a poster takes some tens of milliseconds.
"""

import io
import json
import unicodedata
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, Literal

import segno
import typst
from PIL import Image, ImageOps

from kim.kernel import pictures, text
from kim.kernel.dates_id import spell
from kim.sharing.queries.shareable import Receipt, Shareable

HERE = Path(__file__).resolve().parent.parent
SHAPES = {"wide": (1200, 630), "square": (1080, 1080)}
PHOTO = {"wide": (400, 538), "square": (1080, 400)}  # its size on a card: at the right edge, or across the top
PAPERS = ("a4", "a3")
MOST_ON_BOARD = 8
LONGEST = {"title": 250, "line": 200, "name": 110}
Paper = Literal["a4", "a3"]


def card(of: Shareable, shape: str = "wide", photo: bytes = b"") -> bytes:
    """A picture (PNG) for chats and networks: 1200 × 630 or 1080 × 1080, with the photo if there is one we can read."""
    picture = _opened(photo)
    size = SHAPES[shape]
    place = PHOTO[shape] if picture else (0, 0)
    words = _words(of) | {"width": size[0], "height": size[1], "photo": place}
    drawn = Image.open(io.BytesIO(_drawn("card", words, "png"))).convert("RGB")
    if picture:
        drawn.paste(ImageOps.fit(picture, place), (size[0] - place[0], 0))
    return _small(drawn, is_photo=bool(picture))


def _opened(photo: bytes) -> Image.Image | None:
    with suppress(pictures.BadPicture):
        return pictures.open_upright(photo) if photo else None
    return None


def _small(image: Image.Image, *, is_photo: bool) -> bytes:
    """As PNG with few colours: chats show previews of some 300 KB at the most."""
    few = image.quantize(256 if is_photo else 64, Image.Quantize.MEDIANCUT if is_photo else Image.Quantize.FASTOCTREE)
    few = image.quantize(palette=few) if is_photo else few  # with dots between the colours, as a photo needs them
    out = io.BytesIO()
    few.save(out, "PNG")
    return out.getvalue()


def poster(of: Shareable, paper: Paper = "a4") -> bytes:
    """A sheet (PDF) to read from 3 m away: the capitals of its title are never lower than 12 mm.

    On A4 the title has 48 to 200 points (capitals of 12 to 50 mm), the points below it 23 to 32; the QR is 52 mm wide.
    A3 is the same, 1.41 times as large, with a title down to 48 points too. One too long for that is shortened at a word.
    """
    return _drawn("poster", _words(of) | {"paper": paper})


def board(heading: str, period: str, items: Sequence[Shareable], paper: Paper = "a4", link: str = "") -> bytes:
    """The board of the week: at most eight things on one sheet (PDF), each with its QR; `link` leads to all of them."""
    words = {"heading": _line(heading, 110), "period": _line(period, 80), "paper": paper, "link": _shown(link)}
    return _drawn("board", words | {"items": [_words(of) for of in items[:MOST_ON_BOARD]]})


def receipt(of: Receipt, kind: Literal["pdf", "png"] = "pdf") -> bytes:
    """A slip to keep: A6 on paper, or as a picture of 1,240 × 1,748 pixels. What is to be read aloud is the largest on it."""
    words = {
        "heading": _line(of.heading, 60), "place": _line(of.place, 110), "number": of.number, "secret": of.secret,
        "lines": [_line(line, 160) for line in of.lines], "warning": _line(of.warning, 200), "link": _shown(of.link),
        "qr": segno.make(of.square, error="m").svg_inline(border=0, omitsize=True),
    }  # fmt: skip
    return _drawn("receipt", words, kind, sharpness=300 if kind == "png" else 72)


def sheet(own: bytes, words: Mapping[str, Any]) -> bytes:
    """A sheet (PDF) of another app in the look of the site; `own` is what follows the look, and its words are ready to draw."""
    return _compiled(_look() + own, words)


def _words(of: Shareable) -> dict[str, Any]:
    """Everything a sheet writes, as plain words that our letters can draw."""
    points = [_line(point, LONGEST["line"]) for point in of.points if point.strip()]
    return {
        "title": _line(of.title, LONGEST["title"]) or "Kabar",
        "gist": _line(of.gist, LONGEST["line"]),
        "points": points[:4] or ([_line(of.gist, LONGEST["line"])] if of.gist else []),
        "source": _line(of.source, LONGEST["name"]),
        "place": _line(of.place, LONGEST["name"]),
        "kind": _line(of.kind, 40),
        "stamp": _line(of.stamp, 24),
        "tone": of.tone,
        "until": f"Berlaku sampai {spell(of.valid_until)}" if of.valid_until else "",
        "link": _shown(of.short_url),
        "qr": segno.make(of.scanned_url, error="m").svg_inline(border=0, omitsize=True),
    }


def _line(words: str, limit: int) -> str:
    return text.clip(drawable(words), limit)


def drawable(words: str) -> str:
    """Without emoji and other signs that printed letters do not have; the words themselves stay."""
    kept = "".join(sign if _has_letter(sign) else " " for sign in unicodedata.normalize("NFC", words))
    return text.squeeze(kept)


def _has_letter(sign: str) -> bool:
    category = unicodedata.category(sign)
    if category == "So":
        return ord(sign) < 0x2190  # ©, ®, °, ™ and their like
    return category not in ("Cc", "Cf", "Cn", "Co", "Cs", "Me", "Sk") and not "\ufe00" <= sign <= "\ufe0f"


def _shown(address: str) -> str:
    """An address as people copy it from a wall."""
    return address.split("://", 1)[-1].rstrip("/")


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[HERE / "fonts"])


@cache
def _look(name: str = "look") -> bytes:
    """The look of all sheets, or what is one's own."""
    return (HERE / "sheets" / f"{name}.typ").read_bytes()


def _drawn(name: str, words: Mapping[str, Any], kind: Literal["pdf", "png"] = "pdf", sharpness: int = 72) -> bytes:
    return _compiled(_look() + _look(name), words, kind, sharpness)


def _compiled(
    source: bytes, words: Mapping[str, Any], kind: Literal["pdf", "png"] = "pdf", sharpness: int = 72
) -> bytes:
    """The same bytes for the same words, always (no time in them)."""
    told = {"words": json.dumps(words)}
    return typst.compile(source, sys_inputs=told, font_paths=_fonts(), format=kind, ppi=sharpness, timestamp=0)
