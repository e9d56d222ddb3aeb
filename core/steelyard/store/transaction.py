"""An open transaction: what the repositories speak SQL through."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Executable,
    Insert,
    String,
    Table,
    bindparam,
    func,
    insert,
    literal,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from steelyard.store.bulk import BOUND_FROM, insert_many
from steelyard.store.copying import COPIED_FROM, copy
from steelyard.store.faults import translated
from steelyard.store.guard import check, check_insert, check_replacing, check_rows
from steelyard.store.tenancy import Tenancy

Values = Mapping[str, Any]
"""One row: column name → value."""


class Reader:
    """A read transaction: all its statements see the same snapshot."""

    def __init__(self, connection: AsyncConnection, database: str) -> None:
        self._connection = connection
        self.tenancy = Tenancy(None)
        self._database = database

    async def become(self, tenancy: Tenancy) -> None:
        """Be about this tenant from now on."""
        if self.is_postgresql and tenancy != self.tenancy:
            with translated(self._database):
                await tenancy.tell(self._connection)
        self.tenancy = tenancy

    @asynccontextmanager
    async def operating(self) -> AsyncIterator[None]:
        """Meanwhile be about the tables `tenant` and `identity_provider` too, whosever the rows are."""
        before = self.tenancy
        await self.become(replace(before, operator=True))
        yield
        await self.become(before)

    @asynccontextmanager
    async def visiting(self, tenant_id: int) -> AsyncIterator[None]:
        """Meanwhile be about another tenant."""
        before = self.tenancy
        await self.become(replace(before, tenant_id=tenant_id))
        yield
        await self.become(before)

    @asynccontextmanager
    async def joining_all(self) -> AsyncIterator[None]:
        """Meanwhile look at each table of a join once: for statements that need most rows of a tenant.

        What PostgreSQL knows of its tables may be of when they were nearly empty. It then takes all rows of
        one for each of another, which of a first import are thousands of millions.
        """
        await self._set_nested_loops("off")
        yield
        await self._set_nested_loops("on")

    @property
    def is_postgresql(self) -> bool:
        """Tell PostgreSQL from SQLite."""
        return self._connection.dialect.name == "postgresql"

    async def rows(self, statement: Executable, values: Values | None = None) -> Sequence[Any]:
        """Run a query and return all its rows as named tuples; values: of its parameters that have none."""
        check(statement, self.tenancy, [values] if values else ())
        return await self._fetch(statement, values)

    async def first(self, statement: Executable) -> Any | None:
        """Run a query and return its first row, None where there is none."""
        rows = await self.rows(statement)
        return rows[0] if rows else None

    async def partitions(self, statement: Executable, size: int) -> AsyncIterator[Sequence[Any]]:
        """Run a query and hand out its rows in lists of `size`: never all of them in memory."""
        check(statement, self.tenancy)
        with translated(self._database):
            async with self._connection.stream(statement) as result:
                async for rows in result.partitions(size):
                    yield rows

    def within(
        self, column: ColumnElement[Any], values: Collection[int] | Collection[str]
    ) -> ColumnElement[bool]:
        """Say `column IN values` with a single parameter, however many values there are."""
        listed = sorted(values)
        if self.is_postgresql:
            return column == func.any(bindparam(None, listed, type_=_array(column), unique=True))
        each = func.json_each(json.dumps(listed)).table_valued("value")
        return column.in_(select(each.c.value))

    async def _set_nested_loops(self, state: str) -> None:
        if self.is_postgresql:
            setting = "SELECT set_config('enable_nestloop', $1, true)"
            with translated(self._database):
                await self._connection.exec_driver_sql(setting, (state,))

    async def _fetch(self, statement: Executable, values: Values | None = None) -> Sequence[Any]:
        with translated(self._database):
            return (await self._connection.execute(statement, values)).all()


class Writer(Reader):
    """A write transaction; `now` (UTC) is the time of what it records."""

    def __init__(self, connection: AsyncConnection, database: str) -> None:
        super().__init__(connection, database)
        self.now = self.clock()
        self.has_waited = False

    @staticmethod
    def clock() -> datetime:
        """Say what time it is (UTC)."""
        return datetime.now(UTC)

    def look_at_clock(self) -> None:
        """Record from here on as of now: who waited for others to commit comes after them."""
        self.now = self.clock()
        self.has_waited = True

    async def run(self, statement: Executable, rows: Sequence[Values] | None = None) -> None:
        """Run a statement that returns nothing, once or for each row."""
        if isinstance(statement, Insert):
            check_insert(statement, rows, self.tenancy)
        else:
            check(statement, self.tenancy, rows or ())
        await self._send(statement, rows)

    async def append(self, table: Table, rows: Sequence[Values]) -> None:
        """Insert many rows with the same columns."""
        check_rows(table, rows, self.tenancy)
        if not rows:
            return
        if not self.is_postgresql:
            await self._send_many(insert(table), rows)
        elif len(rows) < COPIED_FROM:
            await self._send(_insert_from_arrays(table, rows))
        else:
            with translated(self._database):
                await copy(self._connection, table, rows)

    async def upsert(self, table: Table, rows: Sequence[Values]) -> None:
        """Insert many rows with the same columns, replacing those of the same primary key."""
        check_replacing(table)
        check_rows(table, rows, self.tenancy)
        if not rows:
            return
        key = [column.name for column in table.primary_key]
        rest = [name for name in rows[0] if name not in key]
        if self.is_postgresql:
            many = _insert_from_arrays(table, rows)
            replace = {name: many.excluded[name] for name in rest}
            await self._send(many.on_conflict_do_update(index_elements=key, set_=replace))
        else:
            one = sqlite.insert(table)
            replace = {name: one.excluded[name] for name in rest}
            await self._send_many(one.on_conflict_do_update(index_elements=key, set_=replace), rows)

    async def numbers(self, table: Table, count: int) -> Sequence[int]:
        """Set aside `count` values of the table's `id`, ascending."""
        if self.is_postgresql:
            sequence = func.pg_get_serial_sequence(table.name, "id")
            each = func.generate_series(1, count).table_valued("n")
            query = select(func.array_agg(func.nextval(sequence))).select_from(each)
            return list((await self._fetch(query))[0][0])
        # Nobody else writes meanwhile: the transaction began IMMEDIATE.
        last = await self._fetch(select(func.coalesce(func.max(table.c.id), 0)))
        return range(last[0][0] + 1, last[0][0] + 1 + count)

    async def pass_numbers(self, table: Table, last: int) -> None:
        """Never set aside a value of `id` up to `last`: rows came with numbers of their own."""
        if not self.is_postgresql:
            return
        # Setting a sequence takes more rights than the service has.
        missing = last - (await self.numbers(table, 1))[0]
        if missing > 0:
            each = func.generate_series(literal(1, BigInteger), literal(missing, BigInteger)).table_valued(
                "n"
            )
            sequence = func.pg_get_serial_sequence(table.name, "id")
            await self._fetch(select(func.max(func.nextval(sequence))).select_from(each))

    async def _send(self, statement: Executable, rows: Sequence[Values] | None = None) -> None:
        with translated(self._database):
            await self._connection.execute(statement, rows)

    async def _send_many(self, statement: Insert, rows: Sequence[Values]) -> None:
        if len(rows) < BOUND_FROM:
            await self._send(statement, rows)
            return
        with translated(self._database):
            await insert_many(self._connection, statement, rows)


def _insert_from_arrays(table: Table, rows: Sequence[Values]) -> postgresql.Insert:
    # One array a column: the number of parameters does not grow with the rows.
    names = list(rows[0])
    arrays = [bindparam(name, [row[name] for row in rows], type_=_array(table.c[name])) for name in names]
    given = func.unnest(*arrays).table_valued(*names).render_derived("given")
    return postgresql.insert(table).from_select(names, select(*given.c))


def _array(column: ColumnElement[Any]) -> ARRAY[Any]:
    # Without the collation: that of the column it is compared with decides.
    # One dimension: a value of JSON may be a list itself.
    return ARRAY(String() if isinstance(column.type, String) else column.type, dimensions=1)
