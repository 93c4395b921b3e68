"""The search page: places by name, KIM and news by their words."""

from typing import Any

from kim.kernel import codes
from kim.kernel.codes import Level
from kim.regions import queries as regions
from kim.search import queries as search

KINDS = (("kabar", "Kabar"), ("kim", "KIM"), ("wilayah", "Wilayah"), ("hoaks", "Klarifikasi hoaks"))
LEVELS = (
    (Level.PROVINCE, "Provinsi"),
    (Level.REGENCY, "Kabupaten/kota"),
    (Level.DISTRICT, "Kecamatan"),
    (Level.VILLAGE, "Desa/kelurahan"),
)
LONGEST = 120
FEW_PLACES, MANY_PLACES, FEW_KIMS, FEW_ANSWERS, NEWS = 5, 40, 4, 3, 15


def results(text: str, *, region_code: str, kind: str, level: str, page: int) -> dict[str, Any]:
    """What is found, in its three groups; asking for one kind alone shows more of it. `is_too_broad`: it was stopped."""
    text = " ".join(text.split())[:LONGEST]
    region_code = region_code if codes.is_code(region_code) else codes.NATION
    kind = kind if kind in dict(KINDS) else ""
    level = level if level in list(Level) else ""
    lineage = regions.lineage(region_code) if region_code != codes.NATION else []
    things = _things(text, region_code, kind, page)
    is_found = bool(things["news"] or things["kims"] or things["answers"])
    return {
        "text": text,
        "empty_title": f"Tidak ketemu “{text}”",
        "kind": kind,
        "level": level,
        "page": page,
        "region_code": region_code,
        "lineage": lineage,
        "kinds": KINDS,
        "levels": LEVELS,
        **things,
        **_places(text, region_code, kind, level, may_guess=not is_found),
    }


def _places(text: str, region_code: str, kind: str, level: str, *, may_guess: bool) -> dict[str, Any]:
    """Places of that name; near spellings only where nothing else was found."""
    if not text or kind not in ("", "wilayah"):
        return {"places": [], "guesses": []}
    limit = MANY_PLACES if kind else FEW_PLACES
    found = regions.find(text, limit=limit, levels=[level] if level else None, within=region_code, may_guess=may_guess)
    return {"places": [], "guesses": found.regions} if found.is_guess else {"places": found.regions, "guesses": []}


def _things(text: str, region_code: str, kind: str, page: int) -> dict[str, Any]:
    kims = news = answers = search.Hits([], 0)
    is_too_broad = False
    scope: dict[str, Any] = {"region_code": region_code}
    try:
        if text and kind in ("", "kabar"):
            news = search.search(text, kind="article", size=NEWS, page=page, **scope)
        if text and kind in ("", "hoaks"):
            answers = search.search(
                text,
                kind="clarification",
                size=NEWS if kind else FEW_ANSWERS,
                page=page if kind else 1,
                may_be_begun=bool(kind),
            )  # of the whole country: a hoax knows no border
        if text and kind == "kim":
            kims = search.search(text, kind="kim", size=NEWS, page=page, **scope)
        elif text and not kind:  # beside news that have the whole word, nobody looks for KIM by half of it
            kims = search.search(text, kind="kim", size=FEW_KIMS, may_be_begun=not news.items, **scope)
    except search.TooBroad:
        is_too_broad = True
    return {
        "kims": kims.items,
        "has_more_kims": bool(kims.next_page),
        "news": news.items,
        "answers": answers.items,
        "next_page": news.next_page
        or (kims.next_page if kind == "kim" else answers.next_page if kind == "hoaks" else 0),
        "is_cut": news.is_cut or (kind == "kim" and kims.is_cut),
        "is_too_broad": is_too_broad,
    }
