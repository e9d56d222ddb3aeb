"""Rows as text: a JSON object of all columns a line, as exports and backups hold them, and back.

Exact numbers are the decimal text that is kept, times are ISO 8601 in UTC, days ISO 8601, bytes base64, and
what has no value is null.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Date, LargeBinary, Table

from steelyard.store.tables.columns import UtcTime


def lines_of(rows: Sequence[Any]) -> bytes:
    """Write rows of a table, each as a line."""
    lines = (json.dumps(row._asdict(), ensure_ascii=False, default=_written) for row in rows)
    return "".join(f"{line}\n" for line in lines).encode()


def row_of(table: Table, line: bytes) -> dict[str, Any]:
    """Read a line that `lines_of` wrote; ValueError where it is no row of the table."""
    found = json.loads(line)
    if not isinstance(found, dict) or set(found) != set(table.c.keys()):
        raise ValueError(f"not a row of {table.name}")
    return {name: _read(table.c[name], value) for name, value in found.items()}


def _written(value: object) -> str:
    match value:
        case datetime():
            return value.isoformat(timespec="microseconds")
        case date():
            return value.isoformat()
        case bytes():
            return base64.b64encode(value).decode()
        case _:
            raise TypeError(f"{type(value).__name__} has no form in an export")


def _read(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    match column.type:
        case UtcTime():
            return datetime.fromisoformat(value)
        case Date():
            return date.fromisoformat(value)
        case LargeBinary():
            return base64.b64decode(value, validate=True)
        case _:
            return value
