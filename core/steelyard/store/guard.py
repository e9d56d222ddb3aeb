"""The guard: no statement goes to the database that does not say whose rows it is about.

Whatever a repository runs is looked through before it is sent.  Each table of tenants' rows needs, in each
query and subquery by itself, the criterion `tenant_id = <the tenant of the transaction>` among those that
must all hold; what is inserted has to carry that tenant.  So none can be forgotten, on SQLite either;
PostgreSQL's policies are a second wall behind this one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    BinaryExpression,
    BindParameter,
    BooleanClauseList,
    Column,
    ColumnElement,
    CompoundSelect,
    Delete,
    Dialect,
    Executable,
    FromClause,
    Insert,
    Join,
    Select,
    Table,
    TextClause,
    Update,
)
from sqlalchemy.sql import operators
from sqlalchemy.sql.elements import Grouping
from sqlalchemy.sql.selectable import AliasedReturnsRows
from sqlalchemy.sql.visitors import ExternallyTraversible

from steelyard.errors import InternalError, Problem
from steelyard.store.problems import STATEMENT_UNSCOPED
from steelyard.store.tables import (
    ACT,
    IDENTITY_PROVIDER,
    IMPORT_BATCH,
    MEASUREMENT,
    RUN,
    RUN_ROOT,
    SCHEME_VERSION,
    TENANT,
)
from steelyard.store.tenancy import Tenancy

APPENDED = frozenset({ACT, IMPORT_BATCH, MEASUREMENT, RUN, RUN_ROOT, SCHEME_VERSION})
"""Tables whose rows are never changed, and go only with their tenant."""
_OPERATED = frozenset({TENANT, IDENTITY_PROVIDER})
_NOTHING: frozenset[FromClause] = frozenset()

Values = Mapping[str, Any]


def check(statement: Executable, tenancy: Tenancy) -> None:
    """Raise InternalError (STATEMENT_UNSCOPED) unless a query, update or deletion is about one tenant."""
    if not isinstance(statement, Select | CompoundSelect | Update | Delete):
        raise _refused(type(statement).__name__)
    _Inspection(tenancy).look(statement, _NOTHING)


def check_insert(
    statement: Insert, rows: Sequence[Values] | None, tenancy: Tenancy, dialect: Dialect
) -> None:
    """Raise InternalError unless the tenant's rows are inserted: `rows`, or the statement's own."""
    given = rows if rows is not None else [statement.compile(dialect=dialect).params]
    check_rows(_table(statement.table), given, tenancy)


def check_rows(table: Table, rows: Iterable[Values], tenancy: Tenancy) -> None:
    """Raise InternalError unless rows for a table are the tenant's."""
    if tenancy.operator and table in _OPERATED:
        return
    if table is TENANT or any(row.get("tenant_id") != tenancy.tenant_id for row in rows):
        raise _refused(table.name)


class _Inspection:
    """Looks through one statement; `judged` are the tables that columns may be of."""

    def __init__(self, tenancy: Tenancy) -> None:
        self._tenancy = tenancy
        self._seen: set[int] = set()

    def look(self, element: ExternallyTraversible, judged: frozenset[FromClause]) -> None:
        if isinstance(element, BindParameter):
            return
        if isinstance(element, Column):
            self._require(element.table, judged)
            return
        if id(element) in self._seen:
            return
        self._seen.add(id(element))
        match element:
            case Select():
                self._select(element)
            case Update() | Delete():
                self._change(element)
            case TextClause() | Insert():
                raise _refused(type(element).__name__)
            case _:
                self._look_into(element.get_children(), judged)

    def _look_into(self, children: Iterable[ExternallyTraversible], judged: frozenset[FromClause]) -> None:
        for child in children:
            # The tables of a query are judged with it, not where its columns name them.
            if isinstance(child, Join):
                self._look_into(child.get_children(), judged)
            elif _named(child) is None:
                self.look(child, judged)

    def _select(self, query: Select[Any]) -> None:
        children = list(query.get_children())
        sources = frozenset(_leaves(child for child in children if isinstance(child, FromClause)))
        mine = self._pinned(_and(query.whereclause), [])
        if not all(each in mine or _named(each) is None for each in sources):
            # Asking for the joins takes ten times as long as all the rest.
            mine |= self._pinned([], query.get_final_froms())
        for each in sources:
            self._require(each, mine)
        self._look_into(children, sources)

    def _change(self, statement: Update | Delete) -> None:
        table = _table(statement.table)
        if table in APPENDED and not (isinstance(statement, Delete) and self._tenancy.operator):
            raise _refused(table.name)
        if table is TENANT and not self._tenancy.operator:
            raise _refused(table.name)
        self._require(table, self._pinned(_and(statement.whereclause), [table]))
        self._look_into(statement.get_children(), frozenset({table}))

    def _require(self, source: Any, passed: frozenset[FromClause]) -> None:
        table = _named(source)
        if table is None or _key(table) is None or source in passed:
            return
        if not (self._tenancy.operator and table in _OPERATED):
            raise _refused(table.name)

    def _pinned(
        self, criteria: Iterable[ColumnElement[Any]], froms: Iterable[FromClause]
    ) -> frozenset[FromClause]:
        found = {source for each in criteria for source in self._pins(each)}
        for each in froms:
            found |= self._pinned_by_joins(each)
        return frozenset(found)

    def _pinned_by_joins(self, source: FromClause) -> frozenset[FromClause]:
        if not isinstance(source, Join):
            return _NOTHING
        found = {pin for each in _and(source.onclause) for pin in self._pins(each)}
        if source.isouter:
            # Of an outer join all rows on the left come through, whatever its condition says of them.
            found &= set(_leaves([source.right]))
        if source.full:
            found.clear()
        return self._pinned_by_joins(source.left) | self._pinned_by_joins(source.right) | found

    def _pins(self, criterion: ColumnElement[Any]) -> Iterator[FromClause]:
        if isinstance(criterion, BinaryExpression) and criterion.operator is operators.eq:
            for column, value in (
                (criterion.left, criterion.right),
                (criterion.right, criterion.left),
            ):
                if isinstance(column, Column) and isinstance(value, BindParameter):
                    table = _named(column.table)
                    if table is not None and column.name == _key(table) and self._is_mine(value):
                        yield column.table

    def _is_mine(self, value: BindParameter[Any]) -> bool:
        return value.value is not None and value.value == self._tenancy.tenant_id


def _key(table: Table) -> str | None:
    """The column that tells whose a row is."""
    if table is TENANT:
        return "id"
    return "tenant_id" if "tenant_id" in table.c else None


def _named(source: Any) -> Table | None:
    """The table that a query takes rows from, under its own name or another; None for anything else."""
    if isinstance(source, Table):
        return source
    if isinstance(source, AliasedReturnsRows) and isinstance(source.element, Table):
        return source.element
    return None


def _leaves(sources: Iterable[FromClause]) -> Iterator[FromClause]:
    for each in sources:
        if isinstance(each, Join):
            yield from _leaves([each.left, each.right])
        else:
            yield each


def _and(criterion: object) -> Iterator[ColumnElement[Any]]:
    """The criteria that all must hold."""
    match criterion:
        case BooleanClauseList() if criterion.operator is operators.and_:
            for each in criterion.clauses:
                yield from _and(each)
        case Grouping():
            yield from _and(criterion.element)
        case ColumnElement():
            yield criterion


def _table(target: Any) -> Table:
    if not isinstance(target, Table):
        raise _refused(type(target).__name__)
    return target


def _refused(what: str) -> InternalError:
    return InternalError(Problem(STATEMENT_UNSCOPED, values={"table": what}))
