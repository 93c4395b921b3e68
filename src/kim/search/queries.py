"""Finding public things: Indonesian stems or exact words, names first, the rest ranked within a budget."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from kim.kernel import clock, codes
from kim.search.models import name_key

_SMALL_WORDS = """
    ada adalah agar akan aku anda antara apa apakah atas atau bagaimana bagi bahwa banyak bawah begitu belum
    bila bisa dalam dan dapat dari dengan di dia hanya harus ini itu jadi jika juga kami kapan karena kata ke
    kepada ketika kita lagi lain lebih maka mana masih mereka oleh pada para per pun saat saja sampai sangat
    saya se sebagai sedang semua seperti sesuatu setelah siapa sudah suatu tapi telah tentang tentu terhadap
    tersebut tetapi tidak untuk yaitu yakni yang
"""
STOP_WORDS = frozenset(_SMALL_WORDS.split())
# However common the word: so many matches are gathered anywhere, so many of the newest things are looked through,
# and of both the newest so many are ranked.
GATHERED, LOOKED_THROUGH, RANKED = 2000, 800, 500
SHORTEST_PREFIX = 3
LONGEST_QUERY = 120
WORD = re.compile(r"[\w-]+")
OPEN, CLOSE = "\x02", "\x03"
WIDTHS = {
    level.value: width
    for width, level in {
        2: codes.Level.PROVINCE,
        5: codes.Level.REGENCY,
        8: codes.Level.DISTRICT,
        13: codes.Level.VILLAGE,
    }.items()
}

_MATCHES = """
WITH asked AS (SELECT {asked} AS q),
exact AS (
  SELECT d.key, true AS is_name, d.at, d.vector FROM search_document d
  WHERE d.name_key = %(name)s AND {scope} ORDER BY d.at DESC LIMIT 50),
gathered AS MATERIALIZED (
  SELECT d.key, d.at, d.vector FROM search_document d WHERE d.vector @@ ({asked}) AND {scope} LIMIT %(budget)s),
fresh AS MATERIALIZED (
  SELECT d.key, d.at, d.vector FROM search_document d WHERE {scope} ORDER BY d.at DESC LIMIT %(window)s),
stems AS (
  SELECT key, false AS is_name, at, vector FROM (
    SELECT * FROM gathered UNION ALL SELECT fresh.* FROM fresh, asked WHERE fresh.vector @@ asked.q) both_ways
  ORDER BY at DESC LIMIT %(candidates)s),
ranked AS (
  SELECT key, bool_or(is_name) AS is_name,
    max(ts_rank(vector, asked.q, 1) * (1 + 0.5 / (1 + extract(epoch FROM %(now)s - at) / 15552000.0))) AS score
  FROM (SELECT * FROM exact UNION ALL SELECT * FROM stems) found, asked GROUP BY key)
SELECT d.key, d.kind, d.region_id, d.title, d.summary, d.source, d.place, d.url, d.at,
  ts_headline('indonesian', left(d.body, 4000), asked.q, %(marks)s)
FROM (SELECT * FROM ranked ORDER BY is_name DESC, score DESC, key LIMIT %(size)s OFFSET %(skip)s) chosen
JOIN search_document d USING (key), asked
ORDER BY chosen.is_name DESC, chosen.score DESC, chosen.key
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found. `parts` are the words around the match, each with whether it matched."""

    key: str
    kind: str
    region_code: str
    title: str
    summary: str
    source: str
    place: str
    url: str
    at: datetime
    headline: str

    @property
    def parts(self) -> Iterator[tuple[str, bool]]:
        for piece in re.split(f"({OPEN}.*?{CLOSE})", self.headline):
            if piece:
                yield piece.strip(OPEN + CLOSE), piece.startswith(OPEN)


@dataclass(frozen=True, slots=True)
class Hits:
    """One page of what was found, and the number of the next page (0 at the end)."""

    items: list[Hit]
    next_page: int


def wanted(text: str) -> str:
    """The query without stop words and overlength; a query of stop words alone stays as it is."""
    text = text.replace("\x00", " ")[:LONGEST_QUERY]
    kept = [word for word in text.split() if word.lower().strip("\"'.,?!") not in STOP_WORDS]
    return " ".join(kept) or text.strip()


def search(
    text: str,
    *,
    region_code: str = codes.NATION,
    kind: str | None = None,
    level: str | None = None,
    page: int = 1,
    size: int = 15,
) -> Hits:
    """Public things that hold all the words, in stem or in letter, the last one perhaps half typed."""
    words = wanted(text)
    if not WORD.search(words) or not codes.is_code(region_code):
        return Hits([], 0)
    asked, values = _asked(words)
    scope = _scope(region_code, kind, level, values)
    values |= {
        "name": name_key(text),
        "budget": GATHERED,
        "window": LOOKED_THROUGH,
        "candidates": RANKED,
        "now": clock.now(),
        "size": size + 1,
        "skip": (max(page, 1) - 1) * size,
    }
    values["marks"] = f"StartSel={OPEN}, StopSel={CLOSE}, MaxWords=30, MinWords=15, MaxFragments=1"
    with connection.cursor() as cursor:
        cursor.execute(_MATCHES.format(asked=asked, scope=scope), values)
        found = [Hit(*row) for row in cursor.fetchall()]
    return Hits(found[:size], page + 1 if len(found) > size else 0)


def _asked(words: str) -> tuple[str, dict[str, Any]]:
    whole = "websearch_to_tsquery('indonesian', %(words)s) || websearch_to_tsquery('simple', %(words)s)"
    last = WORD.findall(words)[-1]
    if len(last) < SHORTEST_PREFIX or '"' in words or not words.endswith(last):
        return whole, {"words": words}
    head = words[: -len(last)].rstrip(" -")
    prefix = "to_tsquery('simple', %(prefix)s)"
    values: dict[str, Any] = {"words": words, "prefix": "'" + last + "':*", "head": head}
    if not WORD.search(head):
        return f"{whole} || {prefix}", values
    begun = "(websearch_to_tsquery('indonesian', %(head)s) || websearch_to_tsquery('simple', %(head)s))"
    return f"{whole} || ({begun} && {prefix})", values


def _scope(region_code: str, kind: str | None, level: str | None, values: dict[str, object]) -> str:
    conditions = ["true"]
    if region_code != codes.NATION:
        conditions.append("d.region_id LIKE %(region)s")
        values["region"] = region_code + "%"
    if kind:
        conditions.append("d.kind = %(kind)s")
        values["kind"] = kind
    if level in WIDTHS:
        conditions.append("length(d.region_id) = %(width)s")
        values["width"] = WIDTHS[level]
    return " AND ".join(conditions)
