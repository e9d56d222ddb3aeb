"""Parts of records in force, and which of their rows count: of one key the latest import's."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import narwhals.stable.v2 as nw

from steelyard.intake.measures.engine import Engine, Rows
from steelyard.records.column import ColumnType
from steelyard.records.table import RecordTable

PART, ROW, UNIT, DAY = "steelyard:part", "row", "unit_id", "day"
"""The position of a row's part in the order of imports, the row in its file, its unit and its day."""
_LATEST = "steelyard:latest"


@dataclass(frozen=True, slots=True)
class Part:
    """One import's rows. `supersedes`: whether it may have keys of earlier imports; False where it was
    counted that it has none, which spares looking for them.
    """

    import_id: int
    path: Path
    file: str = ""
    supersedes: bool = True


@dataclass(frozen=True, slots=True)
class TableParts:
    """A table of a pack and its parts in force, in the order of their imports."""

    table: RecordTable
    parts: tuple[Part, ...]


def rows_in_force(engine: Engine, source: TableParts) -> Rows | None:
    """The rows that count, with `PART`, `row`, `unit_id`, `day` and the declared columns; None: no parts.

    A column that a part does not have, being older than the column, is empty there.
    """
    frames = [_of_part(engine, source.table, part, at) for at, part in enumerate(source.parts)]
    if not frames:
        return None
    rows = frames[0] if len(frames) == 1 else nw.concat(frames)
    later = [frames[at] for at, part in enumerate(source.parts) if at and part.supersedes]
    if not later:
        return rows
    key = list(source.table.key)
    keys = nw.concat([frame.select(*key, PART) for frame in later])
    latest = keys.group_by(key).agg(nw.col(PART).max().alias(_LATEST))
    joined = rows.join(latest, on=key, how="left")
    stands = nw.col(_LATEST).is_null() | (nw.col(_LATEST) <= nw.col(PART))
    return joined.filter(stands).drop(_LATEST)


def _of_part(engine: Engine, table: RecordTable, part: Part, at: int) -> Rows:
    rows = engine.file(part.path)
    present = set(rows.collect_schema().names())
    names = {ROW: nw.Int64, UNIT: nw.Int64, DAY: nw.Date} | {
        name: _DTYPES[kind] for name, kind in table.types.items()
    }
    columns: list[Any] = [
        nw.col(name) if name in present else nw.lit(None).cast(dtype).alias(name)
        for name, dtype in names.items()
    ]
    return rows.select(*columns, nw.lit(at).cast(nw.Int64).alias(PART))


_DTYPES: dict[ColumnType, Any] = {
    ColumnType.TEXT: nw.String,
    ColumnType.CHOICE: nw.String,
    ColumnType.INTEGER: nw.Int64,
    ColumnType.DECIMAL: nw.Decimal,
    ColumnType.FLAG: nw.Boolean,
    ColumnType.DATE: nw.Date,
    ColumnType.DATETIME: nw.Datetime,
    ColumnType.DURATION: nw.Int64,
}
