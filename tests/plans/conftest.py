"""A country of 2,000 villages, filled once for each file of tests and taken away again."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction

from accounts.factories import person

HERE = Path(__file__).parent
WRITER = UUID("00000000-0000-0000-0000-000000000001")
BIG = (
    "publishing_article", "publishing_revision", "search_document", "registry_kim", "registry_member", "registry_boardseat",
    "registry_decree", "ledger_entry", "ledger_dispatch", "evaluation_figure", "regions_region",
    "dissemination_assignment", "dissemination_coverage", "dissemination_tally",
)  # fmt: skip


@pytest.fixture(scope="module")
def country(django_db_setup, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        with connection.cursor() as cursor:
            # Fresh files: what other tests took back still lies in the old ones, and would count as pages to read.
            cursor.execute(
                f"TRUNCATE {', '.join((*BIG, 'dissemination_bulletin', 'accounts_person', 'media_upload'))} CASCADE"
            )
        person(id=WRITER)
        with connection.cursor() as cursor:
            cursor.execute((HERE / "country.sql").read_text())
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")  # once, not after each test
            for table in BIG:
                cursor.execute(f"ANALYZE {table}")
            cursor.execute(
                "SET LOCAL max_parallel_workers_per_gather = 0; SET LOCAL jit = off; SET LOCAL random_page_cost = 1.1;"
                # Whether two small tables are merged whole depends on what other tests left in their pages.
                "SET LOCAL enable_mergejoin = off"
            )
        yield
        transaction.set_rollback(True)


@contextmanager
def heard() -> Iterator[list[tuple[str, Any]]]:
    """Every question that is put meanwhile."""
    asked: list[tuple[str, Any]] = []

    def listen(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        yield asked
