"""Many rows into a table of SQLite: written as SQL once, and bound column by column instead of row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Insert
from sqlalchemy.ext.asyncio import AsyncConnection

from steelyard.store.copying import cells

BOUND_FROM = 500
"""Rows from which this is quicker: the statement is compiled each time."""


async def insert_many(
    connection: AsyncConnection, statement: Insert, rows: Sequence[Mapping[str, Any]]
) -> None:
    """Run an insert, which has no values of its own, for rows with the same columns."""
    compiled: Any = statement.compile(dialect=connection.dialect, column_keys=list(rows[0]))
    columns = statement.table.c
    bound = [cells(columns[name], rows, connection.dialect) for name in compiled.positiontup]
    await connection.exec_driver_sql(str(compiled), list(zip(*bound, strict=True)))
