"""Charts drawn by the server as SVG; every number also stands in words beside its drawing."""

from collections.abc import Iterable, Mapping, Sequence

from django import template

from kim.web.templatetags.formats import angka
from kim.web.tilemap import COLUMNS, MARGIN, PITCH, ROWS, TILES, fill_level, thresholds

register = template.Library()

MOST_DOTS = 40
DOT, DOTS_PER_LINE = 14, 20
WIDE, HIGH, FOOT = 600, 160, 6


def _share(part: float, whole: float) -> int:
    return round(100 * min(part, whole) / whole) if whole else 0


@register.inclusion_tag("parts/bar.html")
def bar(part: float, whole: float = 100) -> dict[str, int]:
    """One bar: this share of the whole. Write the number beside it."""
    return {"percent": _share(part, whole)}


@register.inclusion_tag("parts/bar_chart.html")
def bar_chart(rows: Iterable[Sequence], *, total: float = 0, unit: str = "") -> dict[str, object]:
    """A bar per row of `(label, value)` or `(label, value, url)`, as shares of `total`, else of the highest."""
    rows = [(*row, "")[:3] for row in rows]
    whole = total or max((value for _, value, _ in rows), default=0)
    bars = [{"label": label, "value": value, "url": url, "percent": _share(value, whole)} for label, value, url in rows]
    return {"bars": bars, "unit": unit}


@register.inclusion_tag("parts/village_dots.html")
def village_dots(have: int, total: int) -> dict[str, object]:
    """One dot per village, filled where a KIM is; more villages than a reader can count become a bar."""
    have = min(have, total)
    if total > MOST_DOTS:
        return {"percent": _share(have, total), "dots": []}
    spots = [(index % DOTS_PER_LINE, index // DOTS_PER_LINE, index < have) for index in range(total)]
    dots = [{"x": 7 + column * DOT, "y": 7 + row * DOT, "filled": filled} for column, row, filled in spots]
    return {
        "dots": dots,
        "width": min(total, DOTS_PER_LINE) * DOT,
        "height": -(-total // DOTS_PER_LINE) * DOT,
    }


@register.inclusion_tag("parts/coverage.html")
def coverage(rows: Iterable[Sequence], *, unit: str = "desa") -> dict[str, object]:
    """Rows of `(name, have, total)` or `(name, have, total, url)`, each with its dots and the numbers."""
    names = ("name", "have", "total", "url")
    return {"rows": [dict(zip(names, (*row, "")[:4], strict=True)) for row in rows], "unit": unit}


@register.inclusion_tag("parts/tile_map.html")
def tile_map(values: Mapping[str, int], *, url: str = "/wilayah/{}/", unit: str = "KIM") -> dict[str, object]:
    """38 provinces as tiles; how full a tile is says how many. Give a list of the provinces beside it."""
    steps = thresholds(max(values.values(), default=0))
    tiles = [
        {
            "letters": tile.letters,
            "says": f"{tile.name}, {angka(values[code])} {unit}"
            if values.get(code)
            else f"{tile.name}, belum ada {unit}",
            "value": values.get(code, 0),
            "level": fill_level(values.get(code, 0), steps),
            "x": MARGIN + PITCH * tile.column,
            "y": MARGIN + PITCH * tile.row,
            "url": url.format(code),
        }
        for code, tile in TILES.items()
    ]
    low, middle, high = steps
    words = ["Belum ada", f"1–{low - 1}", f"{low}–{middle - 1}", f"{middle}–{high - 1}", f"{high} ke atas"]
    size = {"width": COLUMNS * PITCH + 2 * MARGIN, "height": ROWS * PITCH + 2 * MARGIN}
    return {"tiles": tiles, "legend": list(enumerate(words)), "unit": unit, **size}


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
