"""The guard: no statement goes to the database that does not say whose rows it is about.

Whatever a repository runs is looked through before it is sent.  Each table of tenants' rows needs, in each
query and subquery by itself, the criterion `tenant_id = <the tenant of the transaction>` among those that
must all hold; what is inserted has to carry that tenant, and no row is given to another.  What cannot be
looked through (SQL as text, tables known by name alone, functions that may run any SQL) is refused.  So none
can be forgotten, on SQLite either;
PostgreSQL's policies are a second wall behind this one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import (
    BinaryExpression,
    BindParameter,
    BooleanClauseList,
    Column,
    ColumnClause,
    ColumnElement,
    CompoundSelect,
    Delete,
    Executable,
    FromClause,
    Insert,
    Join,
    Select,
    Table,
    TableClause,
    TextClause,
    Update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql import operators
from sqlalchemy.sql.elements import Grouping, OperatorExpression
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.selectable import CTE, AliasedReturnsRows
from sqlalchemy.sql.visitors import ExternallyTraversible

from steelyard.errors import InternalError, Problem
from steelyard.store.problems import STATEMENT_UNSCOPED
from steelyard.store.tables import IDENTITY_PROVIDER, METADATA, TENANT
from steelyard.store.tables.appended import APPENDED, CLEARED
from steelyard.store.tenancy import Tenancy

_OPERATED = frozenset({TENANT, IDENTITY_PROVIDER})
_FUNCTIONS = frozenset({"aggregate_strings", "any", "coalesce", "count", "json_each", "max"})
"""Those that the repositories use: others, such as `query_to_xml`, run the SQL that they are given."""
_CLAUSES = ("pre_columns_clause", "post_select_clause", "post_criteria_clause", "post_body_clause")
_PIECES = ("hints", "params", "prefixes", "statement_hints", "suffixes")
_RAW = frozenset(f"_{name}" for name in (*_CLAUSES, *_PIECES))
"""Where SQLAlchemy keeps pieces of SQL, and values for parameters: no child tells of them."""
_REPLACING = (postgresql.dml.OnConflictDoUpdate, sqlite.dml.OnConflictDoUpdate)
_LEAVING = (postgresql.dml.OnConflictDoNothing, sqlite.dml.OnConflictDoNothing)
_NOTHING: frozenset[FromClause] = frozenset()
_STANDS_IN = re.compile(r"tenant_id|%|_\d+\Z|\Aid\Z")
"""Names of the columns that tell whose a row is, and those that SQLAlchemy gives values without a name."""

Values = Mapping[str, Any]
_PASSED = WeakKeyDictionary[Executable, Tenancy]()
"""Statements that were looked through, by themselves: no other one passes for being like them.

One that is kept and run again and again, as with every request, is looked through once.
"""


def check(statement: Executable, tenancy: Tenancy, rows: Sequence[Values] = ()) -> None:
    """Raise InternalError (STATEMENT_UNSCOPED) unless a query, update or deletion is about one tenant.

    rows: the parameters of an update or a deletion that is run for each.
    """
    if not isinstance(statement, Select | CompoundSelect | Update | Delete):
        raise _refused(type(statement).__name__)
    # Such a name sets the column, or stands in for the value of the criterion.
    if any(_STANDS_IN.search(name) for row in rows for name in row):
        raise _refused("tenant_id")
    if _PASSED.get(statement) != tenancy:
        _Inspection(tenancy).look(statement, _NOTHING)
        _PASSED[statement] = tenancy


def check_insert(statement: Insert, rows: Sequence[Values] | None, tenancy: Tenancy) -> None:
    """Raise InternalError unless the tenant's rows are inserted: `rows`, or else the statement's own."""
    table = _table(statement.table)
    own: Mapping[Any, Any] = statement._values or {}
    if statement.select is not None or statement._multi_values or (own and rows is not None):
        raise _refused(table.name)
    _Inspection(tenancy).insert(statement, table)
    values = {_column(key): getattr(each, "value", None) for key, each in own.items()}
    check_rows(table, [values] if rows is None else rows, tenancy)


def check_replacing(table: Table) -> None:
    """Raise InternalError for a table whose rows are never changed, or whose key does not tell the tenant."""
    if table in APPENDED or "tenant_id" not in table.primary_key.columns:
        raise _refused(table.name)


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
            case FunctionElement() if getattr(element, "name", None) not in _FUNCTIONS:
                raise _refused(str(getattr(element, "name", None)))
            case OperatorExpression() if isinstance(element.operator, operators.custom_op):
                raise _refused(element.operator.opstring)
            # The star of `count(*)` is one as well.
            case ColumnClause() if element.is_literal and element.name != "*":
                raise _refused(element.name)
            case TextClause() | Insert() | TableClause():
                raise _refused(type(element).__name__)
            case CTE():
                _refuse_raw(element)
                self._look_into(element.get_children(), judged)
            case _:
                self._look_into(element.get_children(), judged)

    def insert(self, statement: Insert, table: Table) -> None:
        """Look through what is inserted beside plain values, and what becomes of rows that are there."""
        _refuse_raw(statement)
        judged, clause = frozenset({table}), statement._post_values_clause
        self._look_into(statement.get_children(), judged)
        if clause is None or isinstance(clause, _LEAVING):
            return
        if not isinstance(clause, _REPLACING):
            raise _refused(table.name)
        targets = {_column(each) for each in clause.inferred_target_elements or ()}
        columns = {_column(each) for each in clause.update_values_to_set}
        if table in APPENDED or "tenant_id" not in targets or "tenant_id" in columns:
            raise _refused(table.name)
        criteria = (clause.inferred_target_whereclause, clause.update_whereclause)
        for each in (*clause.update_values_to_set.values(), *criteria):
            if isinstance(each, ExternallyTraversible):
                self.look(each, judged)

    def _look_into(self, children: Iterable[ExternallyTraversible], judged: frozenset[FromClause]) -> None:
        for child in children:
            # The tables of a query are judged with it, not where its columns name them.
            if isinstance(child, Join):
                self._look_into(child.get_children(), judged)
            elif _named(child) is None:
                self.look(child, judged)

    def _select(self, query: Select[Any]) -> None:
        _refuse_raw(query)
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
        _refuse_raw(statement)
        table = _table(statement.table)
        if isinstance(statement, Update) and _key(table) in {
            _column(each) for each in statement._values or ()
        }:
            raise _refused(table.name)
        goes = self._tenancy.operator or table in CLEARED
        if table in APPENDED and not (isinstance(statement, Delete) and goes):
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
        # One with a name of its own could be given another value when it is run.
        return value.unique and value.value is not None and value.value == self._tenancy.tenant_id


def _key(table: Table) -> str | None:
    """The column that tells whose a row is."""
    if table is TENANT:
        return "id"
    return "tenant_id" if "tenant_id" in table.c else None


def _named(source: Any) -> Table | None:
    """The table that a query takes rows from, under its own name or another; None for anything else."""
    table = source.element if isinstance(source, AliasedReturnsRows) else source
    if not isinstance(table, Table):
        return None
    if table.metadata is not METADATA:
        raise _refused(table.name)
    return table


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


def _column(key: Any) -> str:
    """The name of a column that is written to."""
    return key if isinstance(key, str) else str(key.name)


def _refuse_raw(statement: object) -> None:
    if not _RAW.isdisjoint(vars(statement)):
        raise _refused(type(statement).__name__)


def _table(target: Any) -> Table:
    if not isinstance(target, Table):
        raise _refused(type(target).__name__)
    return target


def _refused(what: str) -> InternalError:
    return InternalError(Problem(STATEMENT_UNSCOPED, values={"table": what}))
