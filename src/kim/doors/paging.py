"""Keyset paging: the next page begins after the last row seen, so page 1,000 costs what page 1 costs."""

import base64
import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import FieldError, ValidationError
from django.db.models import Q, QuerySet

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page:
    """A slice of a list, and the mark of where the next one begins ('' at the end)."""

    items: list[Any]
    next: str

    def __iter__(self):
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


def page(rows: QuerySet, *, after: str = "", size: int = 20, keys: tuple[str, ...] = ("-published_at", "-id")) -> Page:
    """One page of `rows` ordered by `keys` (the last one unique). A damaged mark begins at the start."""
    rows = rows.order_by(*keys)
    mark = _read(after, len(keys))
    if mark is not None:
        with suppress(ValidationError, FieldError, ValueError, TypeError):  # a forged mark
            rows = rows.filter(beyond(keys, mark))
    return cut(list(rows[: size + 1]), size, keys)


def walk(rows: QuerySet, *, keys: tuple[str, ...], size: int = 1000) -> Iterator[Any]:
    """Every row in the order of `keys`, fetched page by page: memory stays flat, and no cursor is held open meanwhile."""
    rows, mark = rows.order_by(*keys), None
    while True:
        found = list((rows.filter(beyond(keys, mark)) if mark else rows)[:size])
        yield from found
        if len(found) < size:
            return
        mark = [_value(found[-1], key.lstrip("-")) for key in keys]


def portions(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    """The rows in lists of so many, the last one shorter."""
    left = iter(rows)
    while some := list(islice(left, size)):
        yield some


def cut(found: list[Any], size: int, keys: tuple[str, ...]) -> Page:
    """A page of rows of which one more was asked for, to know whether there is a next one."""
    return Page(found[:size], _write(found[size - 1], keys) if len(found) > size else "")


def beyond(keys: tuple[str, ...], mark: list[Any]) -> Q:
    """What comes after the mark; the plain bound on the first key is what lets an index begin right there."""
    bound = "lte" if keys[0].startswith("-") else "gte"
    condition, same = Q(), Q()
    for key, value in zip(keys, mark, strict=True):
        name, way = key.lstrip("-"), "lt" if key.startswith("-") else "gt"
        condition |= same & Q(**{f"{name}__{way}": value})
        same &= Q(**{name: value})
    return Q(**{f"{keys[0].lstrip('-')}__{bound}": mark[0]}) & condition


def _write(row: Any, keys: tuple[str, ...]) -> str:
    values = [_value(row, key.lstrip("-")) for key in keys]
    plain = [{"t": v.isoformat()} if isinstance(v, datetime) else v if isinstance(v, int) else str(v) for v in values]
    return base64.urlsafe_b64encode(json.dumps(plain).encode()).decode().rstrip("=")


def _value(row: Any, path: str) -> Any:
    for part in path.split("__"):
        row = row[part] if isinstance(row, dict) else getattr(row, part)
    return row


def news_mark(after: str) -> tuple[datetime, UUID] | None:
    """The moment and the row of a mark in a list of news; nothing for a damaged or a forged one."""
    at, row = _read(after, 2) or (None, None)
    with suppress(ValueError):
        return (at, UUID(row)) if isinstance(at, datetime) and at.tzinfo and isinstance(row, str) else None
    return None


def name_mark(after: str) -> tuple[str, UUID] | None:
    """The name and the row of a mark in a list by name."""
    name, row = _read(after, 2) or (None, None)
    with suppress(ValueError):
        return (name, UUID(row)) if isinstance(name, str) and isinstance(row, str) and "\0" not in name else None
    return None


def _read(mark: str, length: int) -> list[Any] | None:
    try:
        plain = json.loads(base64.urlsafe_b64decode(mark + "=" * (-len(mark) % 4)))
        values = [datetime.fromisoformat(v["t"]) if isinstance(v, dict) else v for v in plain]
    except (ValueError, KeyError, TypeError):
        return None
    return values if len(values) == length else None
