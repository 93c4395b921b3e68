"""A question that is put with every page: compiled to SQL once, prepared once per connection, asked with new values.

Most of what a small query costs is not the looking up: it is Django writing the SQL and PostgreSQL planning it, each
time anew. A `Question` keeps both. What changes from time to time stands as `Given("name")` in the queryset; all other
values become part of the statement, so that PostgreSQL may count on them (for a partial index, say).
"""

from collections.abc import Callable, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

import psycopg
from django.db import connections, router
from django.db.models import Expression, Model, QuerySet
from django.db.models.base import ModelState
from django.db.models.query import ModelIterable
from psycopg import sql

T = TypeVar("T")
Row = Sequence[Any]


class Given(Expression):
    """The place of a value that comes with the question."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (self,)


class PreparingCursor(psycopg.Cursor[Any]):
    """Leaves the plan with PostgreSQL for the next time, unless `KIM_PREPARE` forbids that."""

    def execute(self, query: Any, params: Any = None, **more: Any) -> Any:
        return super().execute(query, params, prepare=True)


class Compiled(NamedTuple):
    """A queryset as SQL, the names of what is given in order, and how a row becomes what the queryset promised."""

    statement: str
    names: list[str]
    read: Callable[[Row], Any]


class Question(Generic[T]):
    """What a queryset would answer, without building it again."""

    def __init__(self, build: Callable[[], QuerySet[Any, T]]) -> None:
        self.build = build
        self.model: type[Model] | None = None
        self.compiled: dict[str, Compiled] = {}

    def all(self, **given: Any) -> list[T]:
        """Every row: objects with exactly the columns of `only`, or tuples after `values_list`."""
        alias, compiled = self._compiled()
        with _cursor(alias) as cursor:
            cursor.execute(compiled.statement, [given[name] for name in compiled.names])
            rows = cursor.fetchall()
        return [compiled.read(row) for row in rows]

    def first(self, **given: Any) -> T | None:
        """The first row, if any; the queryset says how many are fetched."""
        return next(iter(self.all(**given)), None)

    def _compiled(self) -> tuple[str, Compiled]:
        """The statement for the database that this is to be read from now."""
        if self.model is None:
            self.model = self.build().model
        alias = router.db_for_read(self.model)
        if alias not in self.compiled:
            self.compiled[alias] = _compile(self.build().using(alias), alias)
        return alias, self.compiled[alias]


def ask(statement: str, values: Any, *, alias: str) -> list[Row]:
    """The rows of a statement that is written by hand and asked often: prepared, like a `Question`."""
    with _cursor(alias) as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def ask_within(milliseconds: int, statement: str, values: Any, *, alias: str) -> list[Row]:
    """The rows of a statement, prepared too; OperationalError (from QueryCanceled) when it takes longer.

    The bound is of this one statement: it travels with it, and ends with the transaction or right behind it.
    """
    connection: Any = connections[alias]
    cursor = _cursor(alias)
    bare, is_alone = connection.connection, not connection.in_atomic_block
    with connection.wrap_database_errors:
        try:
            with bare.pipeline():
                if is_alone:
                    bare.execute("BEGIN")
                bare.execute(f"SET LOCAL statement_timeout = {milliseconds}")
                cursor.execute(statement, values)
                bare.execute("COMMIT" if is_alone else "SET LOCAL statement_timeout TO DEFAULT")
            return cursor.fetchall()
        except psycopg.Error:
            if is_alone:
                bare.rollback()
            raise


def _cursor(alias: str) -> Any:
    """A cursor that prepares, dressed as Django's own: errors are Django's, and a counted query is counted."""
    connection: Any = connections[alias]
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    bare = PreparingCursor(connection.connection)
    return connection.make_debug_cursor(bare) if connection.queries_logged else connection.make_cursor(bare)


def _compile(queryset: QuerySet[Any, Any], alias: str) -> Compiled:
    compiler = queryset.query.get_compiler(alias)
    text, values = compiler.as_sql()
    names = [value.name for value in values if isinstance(value, Given)]
    parts = ["%s" if isinstance(value, Given) else _literal(value) for value in values]
    statement = text.replace("%%", "%%%%") % tuple(parts)
    wants_objects = queryset._iterable_class is ModelIterable
    read = _as_objects(compiler, alias) if wants_objects else _as_values(compiler)
    return Compiled(statement, names, read)


def _literal(value: Any) -> str:
    """The value as part of the statement; psycopg looks for places in it, so a per cent sign is doubled."""
    return sql.Literal(value).as_string().replace("%", "%%")


def _converter(compiler: Any) -> Callable[[Row], Row]:
    """What Django does to the columns of some fields after reading them (JSON, say)."""
    converters = compiler.get_converters([column[0] for column in compiler.select])
    if not converters:
        return lambda row: row
    return lambda row: next(iter(compiler.apply_converters([row], converters)))


def _as_values(compiler: Any) -> Callable[[Row], Any]:
    convert = _converter(compiler)
    return lambda row: tuple(convert(row))


def _as_objects(compiler: Any, alias: str) -> Callable[[Row], Any]:
    """As the queryset itself would: the object, what hangs on it by `select_related`, what was annotated."""
    build = _builder(compiler.klass_info, compiler.select, alias)
    annotated = list((compiler.annotation_col_map or {}).items())
    convert = _converter(compiler)

    def read(row: Row) -> Any:
        row = convert(row)
        found = build(row)
        found.__dict__.update((name, row[place]) for name, place in annotated)
        return found

    return read


def _builder(info: dict[str, Any], select: Sequence[Any], alias: str) -> Callable[[Row], Any]:
    """Makes the objects of one model from its columns, and those it leads to; None where there is none.

    What is stored is set as it is. `Model.from_db` would ask each field of the table whether it was read.
    """
    model: type[Model] = info["model"]
    begin, end = info["select_fields"][0], info["select_fields"][-1] + 1
    names = [column[0].target.attname for column in select[begin:end]]
    key = begin + names.index(model._meta.pk.attname)
    related = [
        (one["local_setter"], one["remote_setter"], _builder(one, select, alias))
        for one in info.get("related_klass_infos", [])
    ]

    def build(row: Row) -> Any:
        if row[key] is None:
            return None
        made = model.__new__(model)
        made._state = state = ModelState()
        state.db, state.adding = alias, False
        made.__dict__.update(zip(names, row[begin:end], strict=True))
        for set_here, set_there, build_one in related:
            one = build_one(row)
            set_here(made, one)
            if one is not None:
                set_there(one, made)
        return made

    return build
