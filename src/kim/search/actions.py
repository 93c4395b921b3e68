"""Keeping the table of findable things: a thing is put in when it becomes public, taken out when it is withdrawn."""

from datetime import datetime
from typing import Any

from kim.kernel import text
from kim.regions.models import Region
from kim.search.models import Document, name_key

LONGEST_BODY = 40_000


def index(
    *,
    key: str,
    kind: str,
    region: Region,
    title: str,
    body: str,
    summary: str,
    source: str,
    url: str,
    at: datetime,
) -> Document:
    """The thing can be found from now on, by these words; a second call replaces the first."""
    found: dict[str, Any] = {
        "kind": kind,
        "region_id": region.code,
        "title": title[:300],
        "name_key": name_key(title)[:300],
        "body": text.plain(body)[:LONGEST_BODY],
        "summary": text.excerpt(summary or body, 280)[:300],
        "source": source[:200],
        "place": region.full_title[:400],
        "url": url,
        "at": at,
    }
    document = Document(key=key, **found)
    Document.objects.bulk_create([document], update_conflicts=True, unique_fields=["key"], update_fields=list(found))
    return document


def remove(key: str) -> None:
    """The thing is no longer found; quiet when it never was."""
    Document.objects.filter(key=key).delete()
