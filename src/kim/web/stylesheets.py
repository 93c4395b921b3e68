"""Two stylesheets are shipped, each made by joining and shrinking the sources of `static/css` in this order."""

import re
from itertools import groupby
from pathlib import Path

STATIC = Path(__file__).resolve().parent.parent / "static"
SOURCES = STATIC / "css"
BUILT = STATIC / "built"
LAYERS = "@layer tokens,base,layout,components,utilities,print;"

PUBLIC = [
    "tokens",
    "base",
    "layout",
    "skip",
    "masthead",
    "brand",
    "crumbs",
    "button",
    "actions",
    "status",
    "prose",
    "article",
    "stamp",
    "gist",
    "news",
    "card",
    "note",
    "stats",
    "map",
    "bar",
    "coverage",
    "dawn",
    "search",
    "place",
    "chip",
    "fold",
    "empty",
    "site-head",
    "facts",
    "people",
    "tabs",
    "field",
    "alarm",
    "demo",
    "dock",
    "footer",
    "pager",
    "notice",
    "share",
    "screen",
    "utilities",
    "print",
]
DESK = [
    "office",
    "sidenav",
    "choice",
    "check",
    "error-summary",
    "steps",
    "upload",
    "attachment",
    "tasks",
    "big",
    "queued",
    "timeline",
    "chat",
    "votes",
    "preview",
    "table",
    "panel",
    "today",
    "sheet",
    "flow",
    "funnel",
    "series",
    "signal",
    "editor",
    "contact",
    "product",
    "entry",
]
BUNDLES = {"public.css": PUBLIC, "desk.css": DESK}

PROTECTED = re.compile(r"""("[^"]*"|'[^']*')""")
LAYER = re.compile(r"@layer ([a-z]+)\{(.*)\}$", re.DOTALL)


def source(name: str) -> Path:
    """The file of a source: a floor of the cascade, else a component."""
    top = SOURCES / f"{name}.css"
    return top if top.exists() else SOURCES / "components" / f"{name}.css"


def minified(css: str) -> str:
    """The same rules without comments and spare white space; quoted text stays as written."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    parts = PROTECTED.split(css)
    return "".join(part if quoted % 2 else _squeezed(part) for quoted, part in enumerate(parts)).strip()


def _squeezed(css: str) -> str:
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r" ?([{};,>]) ?", r"\1", css)
    css = re.sub(r": ", ":", css)
    css = re.sub(r"(?<![\w.])0\.(\d)", r".\1", css)
    css = re.sub(r"\( | \)", lambda found: found[0].strip(), css)
    return css.replace(";}", "}").replace(" !important", "!important")


def bundle(names: list[str]) -> str:
    """One stylesheet of these sources, neighbours of the same cascade layer joined."""
    found = [LAYER.match(minified(source(name).read_text(encoding="utf-8"))) for name in names]
    pairs = [(layer[1], layer[2]) for layer in found if layer]
    joined = [(layer, "".join(body for _, body in group)) for layer, group in groupby(pairs, key=lambda pair: pair[0])]
    return LAYERS + "".join(f"@layer {layer}{{{body}}}" for layer, body in joined) + "\n"


def build() -> dict[str, str]:
    """Every shipped stylesheet by file name, as it should be on disk."""
    return {name: bundle(names) for name, names in BUNDLES.items()}
