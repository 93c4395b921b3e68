"""Finding public things: by their stems, exact names first, ranked among the newest.

A search reads little at any size. The vector of a document also says of what kind it is, where it lies and in
which stretches of time (`migrations/0002`), so each question is one walk along one index: the newest few hours first,
then stretches four times as long, until enough is found. A rare word is quickly through all of them, a word that
stands in every text is stopped by the first.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any

from django.db import OperationalError, router
from django.utils.safestring import SafeString
from psycopg.errors import QueryCanceled

from kim.doors.questions import ask_within
from kim.kernel import clock, codes, snippet
from kim.search.models import Document, name_key

_SMALL_WORDS = """
    ada adalah agar akan aku anda antara apa apakah atas atau bagaimana bagi bahwa banyak bawah begitu belum
    bila bisa dalam dan dapat dari dengan di dia hanya harus ini itu jadi jika juga kami kapan karena kata ke
    kepada ketika kita lagi lain lebih maka mana masih mereka oleh pada para per pun saat saja sampai sangat
    saya se sebagai sedang semua seperti sesuatu setelah siapa sudah suatu tapi telah tentang tentu terhadap
    tersebut tetapi tidak untuk yaitu yakni yang
"""
STOP_WORDS = frozenset(_SMALL_WORDS.split())
NEWEST = 150  # so many of the newest matches are ranked and paged through, however many there are
NAMESAKES = 20  # things of exactly that name, which come before all others
LENGTHS = 6  # of stretches of time: two hours, then each four times the one before
PATIENCE = 500  # milliseconds; a search that takes longer is too broad
READ = 3000  # letters of a body that are looked through for the words to show
SHORTEST_PREFIX = 3
LONGEST_QUERY = 120
WORD = re.compile(r"[\w-]+")
LEXEME = re.compile(r"(?<!!)'((?:[^']|'')+)'")

# The stretches looked through before all of time: the fewer things lie in a place, the longer they begin.
SHORTEST = {codes.Level.NATION: 1, codes.Level.PROVINCE: 3, codes.Level.REGENCY: 5}
FEWER = 4  # and where there are far fewer of a kind
MOST_ARE = "article"  # looked for on the row: a mark that nearly all things bear would only slow the index down

_SEARCH = f"""
WITH asked AS MATERIALIZED (
  SELECT words, CASE WHEN numnode(words) > 0 THEN words && %(marks)s::tsquery END AS q,
    (SELECT at FROM search_document WHERE {{of_kind}} ORDER BY at DESC LIMIT 1) AS newest
  FROM (SELECT {{words}} AS words) typed),
found (key, is_name, at, vector) AS MATERIALIZED (
  (SELECT key, true, at, vector FROM search_document
    WHERE name_key = %(name)s AND (%(marks)s = '' OR vector @@ %(marks)s::tsquery) AND {{of_kind}}
    ORDER BY at DESC LIMIT {NAMESAKES})
  UNION ALL
  SELECT n.key, false, n.at, n.vector
  FROM asked, search_newest(q, %(common_kind)s, %(is_few)s, newest, %(shortest)s, %(newest)s) n),
ranked AS (
  SELECT key, bool_or(is_name) AS is_name,
    max(ts_rank(vector, words, 1) * (1 + 0.5 / (1 + extract(epoch FROM %(now)s - at)::float8 / 15552000))) AS score
  FROM found, asked GROUP BY key ORDER BY is_name DESC, score DESC, key LIMIT %(size)s OFFSET %(skip)s)
SELECT d.key, d.kind, d.region_id, d.title, d.summary, d.source, d.place, d.url, d.at,
  left(d.body, {READ}), words::text
FROM ranked JOIN search_document d USING (key), asked ORDER BY is_name DESC, score DESC, key
"""
_WHOLE = "websearch_to_tsquery('indonesian', %(whole)s)"
_BEGUN = "websearch_to_tsquery('indonesian', %(head)s) && %(begun)s::tsquery"


class TooBroad(Exception):
    """So much had to be read that the search was stopped."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found; `headline` are words of it, where it can be around those that were looked for."""

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
    stems: tuple[str, ...]

    @property
    def parts(self) -> Iterator[tuple[str, bool]]:
        """The headline, each part of it with whether it matched."""
        return snippet.parts(self.headline, self.stems)

    @property
    def marked(self) -> SafeString:
        """The same as markup."""
        words = ((escape(words), is_match) for words, is_match in self.parts)
        return SafeString("".join(f"<mark>{word}</mark>" if is_match else word for word, is_match in words))


@dataclass(frozen=True, slots=True)
class Hits:
    """One page of what was found, and the number of the next page (0 at the end)."""

    items: list[Hit]
    next_page: int
    is_cut: bool = False  # the last page of the newest matches; older ones may follow

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.items)


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
    page: int = 1,
    size: int = 15,
    may_be_begun: bool = True,
) -> Hits:
    """Public things that hold all the words; if there are none, those where the last word may be half typed.

    Raises TooBroad when it cannot be answered within a moment.
    """
    words = wanted(text)
    if not WORD.search(words) or not codes.is_code(region_code):
        return Hits([], 0)
    skip = (max(page, 1) - 1) * size
    values = {"name": name_key(text), "kind": kind, "marks": _marks(region_code, kind), "now": clock.now()}
    values |= {"newest": NEWEST, "size": size + 1, "skip": skip, "whole": words}
    values |= {"common_kind": kind if kind == MOST_ARE else None, "shortest": _shortest(region_code, kind)}
    values["is_few"] = kind not in (None, MOST_ARE)  # these have an index of their own
    of_kind = "kind = %(kind)s" if kind else "true"
    found = _ask(_SEARCH.format(words=_WHOLE, of_kind=of_kind), values)
    if may_be_begun and not found and not skip and (begun := _begun(words)):
        found = _ask(_SEARCH.format(words=_BEGUN, of_kind=of_kind), values | begun)
    return Hits(found[:size], page + 1 if len(found) > size else 0, skip + len(found) >= NEWEST)


def _marks(region_code: str, kind: str | None) -> str:
    marks = [f"'={kind}'"] if kind and kind.isalnum() and kind != MOST_ARE else []
    return " & ".join([*marks, *([f"'@{region_code}'"] if region_code != codes.NATION else [])])


def _shortest(region_code: str, kind: str | None) -> int:
    """The shortest stretch of time that is worth looking through alone."""
    first = SHORTEST.get(codes.level(region_code), LENGTHS + 1)
    return first if kind in (None, MOST_ARE) else max(first, FEWER)


def _begun(words: str) -> dict[str, str]:
    """The words before the last one, and the last one as a beginning; nothing when it is short or quoted."""
    last = WORD.findall(words)[-1]
    if len(last) < SHORTEST_PREFIX or '"' in words or not words.endswith(last):
        return {}
    return {"head": words[: -len(last)].rstrip(" -"), "begun": f"'{last.lower()}':*"}


def _ask(statement: str, values: dict[str, Any]) -> list[Hit]:
    try:
        rows = ask_within(PATIENCE, statement, values, alias=router.db_for_read(Document))
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            raise TooBroad from error
        raise
    return [_hit(*row) for row in rows]


def _hit(*row: Any) -> Hit:
    *columns, body, asked = row
    stems = tuple(LEXEME.findall(asked))
    shown: list[Any] = [*columns, snippet.around(body, stems), stems]
    return Hit(*shown)
