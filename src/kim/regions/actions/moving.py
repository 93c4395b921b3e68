"""Everything attached to a region follows it to its new code."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Set

from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from kim.regions.models import Region

Moved = dict[str, Counter[str]]  # old code → what moved, by model label


def attachments() -> Iterator[models.Field]:
    """Every column of the installed apps that points at a region and moves with it.

    That is each foreign key, and each code kept as text that its model names in `moves_with_region`. Left out: regions
    themselves, the event tables of pghistory, and models that say `keeps_region_code = True`.
    """
    for relation in Region._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ManyToOneRel) or relation.related_model is Region:
            continue
        model = relation.related_model
        is_history = hasattr(model, "pgh_tracked_model") or getattr(model, "keeps_region_code", False)
        if model._meta.managed and not model._meta.proxy and not is_history:
            yield relation.field
    for model in apps.get_models():
        yield from (model._meta.get_field(name) for name in getattr(model, "moves_with_region", ()))


def hanging(codes: Set[str]) -> dict[str, str]:
    found: dict[str, list[str]] = defaultdict(list)
    for key in attachments() if codes else ():
        rows = key.model._base_manager.filter(**{f"{key.attname}__in": codes}).order_by()
        for code, number in rows.values_list(key.attname).annotate(number=models.Count("pk")):
            found[code].append(f"{number} {key.model._meta.verbose_name}")
    return {code: ", ".join(what) for code, what in found.items()}


def move(target: dict[str, str]) -> Moved:
    """Everything attached goes to its new code at once, so that codes may also trade places."""
    moved: Moved = defaultdict(Counter)
    for key in attachments() if target else ():
        for code in _move_rows(key, target):
            moved[code][key.model._meta.label_lower] += 1
    return moved


def _move_rows(key: models.Field, target: dict[str, str]) -> list[str]:
    for move in (_move_together, _move_aside_first):
        try:
            with transaction.atomic():
                return move(key, target)
        except IntegrityError:  # the table allows one per region, and the new region is not free (yet)
            continue
    return _move_singly(key, target)


def _move_aside_first(key: models.Field, target: dict[str, str]) -> list[str]:
    """All leave before any arrives. No region has the codes between, but foreign keys are asked at the end."""
    aside = {code: f"~{number}" for number, code in enumerate(target)}
    went = _move_together(key, aside)
    _move_together(key, {aside[code]: to for code, to in target.items()})
    return went


def _move_together(key: models.Field, target: dict[str, str]) -> list[str]:
    table, column = connection.ops.quote_name(key.model._meta.db_table), connection.ops.quote_name(key.column)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} t SET {column} = m.to_code"
            " FROM unnest(%s::varchar[], %s::varchar[]) m (from_code, to_code)"
            f" WHERE t.{column} = m.from_code RETURNING m.from_code",
            [list(target), list(target.values())],
        )
        return [code for (code,) in cursor]


def _move_singly(key: models.Field, target: dict[str, str]) -> list[str]:
    """Row by row, for tables where the new region may already have its own; such a row stays with the old code."""
    rows = key.model._base_manager
    waiting = list(rows.filter(**{f"{key.attname}__in": target}).order_by("pk").values_list("pk", key.attname))
    went: list[str] = []
    tried = -1
    while waiting and tried != len(waiting):
        tried, still = len(waiting), []
        for pk, code in waiting:
            try:
                with transaction.atomic():
                    rows.filter(pk=pk).update(**{key.attname: target[code]})
                went.append(code)
            except IntegrityError:
                still.append((pk, code))
        waiting = still
    return went
