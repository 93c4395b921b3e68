"""Charts drawn by the server as SVG; every number also stands in words beside its drawing."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from kim.web.templatetags.formats import angka
from kim.web.tilemap import COLUMNS, MARGIN, PITCH, ROWS, TILES, fill_level, thresholds

register = template.Library()

DASHES = ("", "9 7", "2 6")  # lines are told apart by their strokes, not by colour
MOST_DOTS = 40
DOT, DOTS_PER_LINE = 14, 20
WIDE, HIGH, FOOT = 600, 160, 6


def _share(part: float, whole: float) -> int:
    return round(100 * min(part, whole) / whole) if whole else 0


@register.simple_tag
def bar(part: float, whole: float = 100) -> SafeString:
    """One bar: this share of the whole. Write the number beside it."""
    return SafeString(
        '<svg class="bar" viewBox="0 0 100 10" width="100" height="10" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect width="{_share(part, whole)}" height="10"/></svg>\n'
    )


@register.inclusion_tag("parts/bar_chart.html")
def bar_chart(rows: Iterable[Sequence], *, total: float = 0, unit: str = "") -> dict[str, object]:
    """A bar per row of `(label, value)` or `(label, value, url)`, as shares of `total`, else of the highest."""
    rows = [(*row, "")[:3] for row in rows]
    whole = total or max((value for _, value, _ in rows), default=0)
    bars = [{"label": label, "value": value, "url": url, "percent": _share(value, whole)} for label, value, url in rows]
    return {"bars": bars, "unit": unit}


@register.simple_tag
@lru_cache(maxsize=2000)
def village_dots(have: int, total: int) -> SafeString:
    """One dot per village, filled where a KIM is; more villages than a reader can count become a bar."""
    have = min(have, total)
    if total > MOST_DOTS:
        return SafeString(bar(have, total) + "\n")
    dots = "".join(_dot(index, is_filled=index < have) for index in range(total))
    width, height = min(total, DOTS_PER_LINE) * DOT, -(-total // DOTS_PER_LINE) * DOT
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    return SafeString(f'<svg class="dots" {size} aria-hidden="true">{dots}</svg>\n' if dots else "\n")


def _dot(index: int, *, is_filled: bool) -> str:
    x, y = 7 + index % DOTS_PER_LINE * DOT, 7 + index // DOTS_PER_LINE * DOT
    return f'<circle cx="{x}" cy="{y}" r="5"/>' if is_filled else f'<circle class="no" cx="{x}" cy="{y}" r="4"/>'


@register.inclusion_tag("parts/coverage.html")
def coverage(rows: Iterable[Sequence], *, unit: str = "desa") -> dict[str, object]:
    """Rows of `(name, have, total)` or `(name, have, total, url)`, each with its dots and the numbers."""
    names = ("name", "have", "total", "url")
    return {"rows": [dict(zip(names, (*row, "")[:4], strict=True)) for row in rows], "unit": unit}


@register.simple_tag
def tile_map(values: Mapping[str, int], *, url: str = "/wilayah/{}/", unit: str = "KIM") -> SafeString:
    """38 provinces as tiles; how full a tile is says how many. Give a list of the provinces beside it."""
    return _tile_map(tuple(values.get(code, 0) for code in TILES), url, unit)


@lru_cache(maxsize=16)
def _tile_map(values: tuple[int, ...], url: str, unit: str) -> SafeString:
    """The map changes only with a count, and is drawn again only then."""
    steps = thresholds(max(values, default=0))
    low, middle, high = steps
    words = ["Belum ada", f"1–{low - 1}", f"{low}–{middle - 1}", f"{middle}–{high - 1}", f"{high} ke atas"]
    tiles = [_tile(code, value, fill_level(value, steps), url, unit) for code, value in zip(TILES, values, strict=True)]
    size = {"width": COLUMNS * PITCH + 2 * MARGIN, "height": ROWS * PITCH + 2 * MARGIN}
    context = {"tiles": mark_safe("".join(tiles)), "legend": list(enumerate(words)), "unit": unit, **size}
    return render_to_string("parts/tile_map.html", context)


def _tile(code: str, value: int, level: int, url: str, unit: str) -> str:
    tile, on = TILES[code], " on" if level == 4 else ""
    number = angka(value)
    says = f"{tile.name}, {number} {unit}" if value else f"{tile.name}, belum ada {unit}"
    place = f"{MARGIN + PITCH * tile.column} {MARGIN + PITCH * tile.row}"
    markup = (
        '<a href="{}" aria-label="{} {}: {}" transform="translate({})"><use href="#tile-{}"/>'
        '<text class="c{}" x="22" y="20">{}</text> <text class="n{}" x="22" y="37">{}</text></a>'
    )
    return format_html(markup, url.format(code), tile.letters, number, says, place, level, on, tile.letters, on, number)


@register.simple_tag
def province_options(code: str) -> SafeString:
    """The 38 provinces to choose from; `code` is chosen if it is one of them."""
    return _province_options(code if code in TILES else "")


@lru_cache(maxsize=64)
def _province_options(chosen: str) -> SafeString:
    rows = ((code, " selected" if code == chosen else "", tile.name) for code, tile in TILES.items())
    return format_html_join("", '<option value="{}"{}>{}</option>', rows)


@register.simple_tag
def province_list(values: Mapping[str, int]) -> SafeString:
    """The list twin of the tile map, most first."""
    return _province_list(tuple(values.get(code, 0) for code in TILES))


@lru_cache(maxsize=16)
def _province_list(values: tuple[int, ...]) -> SafeString:
    rows = sorted(zip(TILES, values, strict=True), key=lambda row: (-row[1], TILES[row[0]].name))
    said = ((code, TILES[code].name, f"{angka(value)} KIM" if value else "belum ada") for code, value in rows)
    return format_html_join("", '<li><a href="/wilayah/{}/">{}</a> <span class="muted">{}</span></li>', said)


@register.inclusion_tag("parts/area_series.html")
def area_series(points: Iterable[Sequence], *, title: str = "", unit: str = "") -> dict[str, object]:
    """A line over time of `(label, value)` points; its highest and its last value are said in words."""
    points = [(label, value) for label, value in points]
    if not points:
        return {"points": []}
    highest = max(value for _, value in points) or 1
    gap = WIDE / max(1, len(points) - 1)
    spots = [
        (round(index * gap), round(HIGH - value / highest * (HIGH - 14))) for index, (_, value) in enumerate(points)
    ]
    line = " ".join(f"{x},{y}" for x, y in spots)
    peak = max(points, key=lambda point: point[1])
    return {
        "points": points,
        "line": line,
        "area": f"0,{HIGH} {line} {spots[-1][0]},{HIGH}",
        "last_spot": {"x": min(spots[-1][0], WIDE - FOOT), "y": spots[-1][1]},
        "first": points[0],
        "peak": peak,
        "last": points[-1],
        "title": title,
        "unit": unit,
        "width": WIDE,
        "height": HIGH + 2,
        "base": HIGH,
    }


@register.inclusion_tag("parts/curves.html")
def curves(lines: Iterable[Sequence], *, whole: float = 0) -> dict[str, object]:
    """Up to three lines of `(name, values)` over the same moments, as shares of `whole`; put the numbers in a table beside."""
    named = [(name, list(values)) for name, values in lines]
    highest = whole or max((max(values, default=0) for _, values in named), default=0) or 1
    drawn = [
        {"name": name, "dash": dash, "points": _points(values, highest), "last": values[-1] if values else 0}
        for (name, values), dash in zip(named, DASHES, strict=False)
    ]
    return {"lines": drawn, "width": WIDE, "height": HIGH + 2, "base": HIGH}


def _points(values: Sequence[float], highest: float) -> str:
    gap = WIDE / max(1, len(values) - 1)
    return " ".join(
        f"{round(at * gap)},{round(HIGH - value / highest * (HIGH - 4))}" for at, value in enumerate(values)
    )
