"""Reading what a fact-checker publishes as JSON, with the field names of the Mafindo API (version 1)."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from kim.kernel import text

LONGEST = {"title": 300, "claim_text": 4000, "fact": 4000}
_LABEL = re.compile(r"^\s*\[([A-Za-z ]+)\]\s*:?\s*")
# The label in the title says more than the status (1 true, 2 fake).
VERDICTS = {
    "salah": "false", "hoaks": "false", "hoax": "false", "penipuan": "false", "fitnah": "false", "benar": "true",
    "klarifikasi": "misleading", "disinformasi": "misleading", "misinformasi": "misleading", "menyesatkan": "misleading",
    "satire": "satire", "satir": "satire", "parodi": "satire", "belum terbukti": "unproven",
}  # fmt: skip
STATUS = {"1": "true", "2": "false"}


def read(said: object) -> list[dict[str, Any]]:
    """The entries of an answer as the fields of a suggestion; what has no id or no title is left out."""
    rows = said.get("data", said.get("results", [])) if isinstance(said, dict) else said
    return list(_entries(rows)) if isinstance(rows, list) else []


def _entries(rows: list[Any]) -> Iterator[dict[str, Any]]:
    for row in rows:
        if isinstance(row, dict) and _said(row, "id") and _said(row, "title"):
            yield _entry(row)


def _entry(row: dict[str, Any]) -> dict[str, Any]:
    title = text.squeeze(_said(row, "title"))
    label = _LABEL.match(title)
    verdict = VERDICTS.get(label[1].strip().lower(), "") if label else ""
    return {
        "guid": _said(row, "id")[:120],
        "title": title[: LONGEST["title"]],
        "claim_text": text.plain(_said(row, "content"))[: LONGEST["claim_text"]],
        "fact": text.plain(_said(row, "fact") or _said(row, "conclusion"))[: LONGEST["fact"]],
        "verdict": verdict or STATUS.get(_said(row, "status"), ""),
        "url": next((url for url in _addresses(row) if url.startswith("https://") and len(url) <= 500), ""),
        "published_on": _day(_said(row, "tanggal")),
    }


def _said(row: dict[str, Any], name: str) -> str:
    value = row.get(name)
    return str(value).replace("\0", "").strip() if isinstance(value, str | int) else ""


def _addresses(row: dict[str, Any]) -> list[str]:
    """Where it can be read: its own page if it has one, else what it refers to."""
    named = [_said(row, name) for name in ("url", "link")]
    return [*named, *re.findall(r"https://[^\s\"'<>,]+", _said(row, "references"))]


def _day(said: str) -> date | None:
    for length, form in ((10, "%Y-%m-%d"), (10, "%d/%m/%Y"), (10, "%d-%m-%Y")):
        try:
            return datetime.strptime(said[:length], form).date()
        except ValueError:
            continue
    return None
