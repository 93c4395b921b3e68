"""Indexes, foreign keys and order of the big tables, set aside while they are filled and made again afterwards.

Filling a table and indexing it once costs a fraction of keeping its indexes right row by row. What is there is read
from the catalogue, so that a new index needs no word here. Every definition is written down in the transaction that
takes it away: whatever is cut off, `restore` brings all of them back.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from kim.aspirations import models as aspirations
from kim.clarification import models as clarification
from kim.ledger.models import Entry
from kim.publishing.models import Article, Photo, Revision
from kim.registry.models import BoardSeat, Member
from kim.search.models import Document

VOICES = (aspirations.Aspiration, aspirations.Handling, aspirations.Answer, aspirations.Reply, aspirations.Support)
CLAIMS = (
    clarification.Report,
    clarification.Sighting,
    clarification.Handout,
    clarification.Fingerprint,
    clarification.Clipping,
)
MODELS = (Article, Revision, Photo, Entry, Document, Member, BoardSeat, *VOICES, *CLAIMS)
BIG = tuple(model._meta.db_table for model in MODELS)

# A site grows in the order of time, and lies on the disk like that; the nation is written village by village.
BY_TIME = {
    Document: "at", Article: "published_at", Entry: "at", aspirations.Aspiration: "received_at", aspirations.Handling: "since",
}  # fmt: skip
ORDER = """
CREATE INDEX bench_{table} ON {table} ({column});
CLUSTER {table} USING bench_{table};
DROP INDEX bench_{table}
"""

# (what makes it again, what takes it away, weight: the costly first, foreign keys last)
FIND = """
SELECT pg_get_indexdef(i.indexrelid), format('DROP INDEX %%s', i.indexrelid::regclass),
  CASE WHEN a.amname = 'btree' THEN 1 ELSE 0 END
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam
WHERE i.indrelid = ANY(%(tables)s::text[]::regclass[])
  AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
UNION ALL
SELECT format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname, pg_get_constraintdef(oid)),
  format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname), CASE contype WHEN 'u' THEN 2 ELSE 3 END
FROM pg_constraint WHERE conrelid = ANY(%(tables)s::text[]::regclass[]) AND contype IN ('u', 'f')
UNION ALL
SELECT format('ALTER TABLE %%s RESET (autovacuum_enabled)', name::regclass),
  format('ALTER TABLE %%s SET (autovacuum_enabled = false)', name::regclass), 4
FROM unnest(%(tables)s::text[]) AS name
"""


@transaction.atomic
def set_aside() -> int:
    """Take them away and write them down, behind the rows' own order; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(FIND, {"tables": list(BIG)})
        # Foreign keys go first: a unique one below may be what they rest on.
        found = sorted(cursor.fetchall(), key=lambda row: -row[2])
        for restore, take, weight in found:
            _note(cursor, weight, restore)
            cursor.execute(take)
        for model, column in BY_TIME.items():
            _note(cursor, -1, ORDER.format(table=model._meta.db_table, column=column))
    return len(found) + len(BY_TIME)


def _note(cursor: Any, weight: int, restore: str) -> None:
    cursor.execute("INSERT INTO bench.aside (weight, restore) VALUES (%s, %s)", [weight, restore])


def restore(memory: str = "256MB") -> Iterator[str]:
    """Make them again, the costly ones first; several processes may do it at once. Yields each when it stands."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('maintenance_work_mem', %s, false)", [memory])
    while True:
        with _next() as statement:
            if statement is None:
                return
            with connection.cursor() as cursor:
                cursor.execute(statement)
        yield statement


@contextmanager
def _next() -> Iterator[str | None]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT id, restore FROM bench.aside ORDER BY weight, id LIMIT 1 FOR UPDATE SKIP LOCKED")
        row = cursor.fetchone()
        yield row[1] if row else None
        if row:
            cursor.execute("DELETE FROM bench.aside WHERE id = %s", [row[0]])


def left() -> int:
    """How many are still set aside."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM bench.aside")
        return cursor.fetchone()[0]


def tidy() -> None:
    """Fresh statistics and visibility for every table, so that plans and speed are those of a site that has run."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
