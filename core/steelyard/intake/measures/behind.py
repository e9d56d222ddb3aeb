"""The records behind a measure of a unit in a period, page by page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import narwhals.stable.v2 as nw

from steelyard.intake.measures.conditions import Columns, all_hold
from steelyard.intake.measures.engine import Engine
from steelyard.intake.measures.parts import DAY, PART, ROW, UNIT, TableParts, rows_in_force
from steelyard.intake.measures.tallies import Recipe, Tally
from steelyard.scheme.calendar import Period

_ABOVE, _BELOW = "steelyard:above", "steelyard:below"


@dataclass(frozen=True, slots=True)
class BehindRow:
    """One record; above, below: whether it counts above and below the line. Both for what has no line.

    values: by declared column, durations in seconds; None: empty.
    """

    import_id: int
    file: str
    row: int
    above: bool
    below: bool
    values: Mapping[str, Any]


def rows_behind(
    engine: Engine,
    source: TableParts,
    made: Recipe,
    unit_id: int,
    period: Period,
    *,
    limit: int,
    after: tuple[int, int] | None = None,
) -> list[BehindRow]:
    """At most `limit` records that count for a measure, by import and row, after (import id, row)."""
    rows = rows_in_force(engine, source)
    if rows is None:
        return []
    columns, bottom = Columns(source.table), made.bottom or made.top
    name = source.table.table
    flags = (_counts(made.top, name, columns).alias(_ABOVE), _counts(bottom, name, columns).alias(_BELOW))
    days = (nw.col(DAY) >= nw.lit(period.start)) & (nw.col(DAY) < nw.lit(period.end))
    found = rows.filter(days & (nw.col(UNIT) == unit_id)).with_columns(*flags)
    found = found.filter(nw.col(_ABOVE) | nw.col(_BELOW))
    if after is not None:
        at = sum(part.import_id <= after[0] for part in source.parts) - 1
        found = found.filter((nw.col(PART) > at) | ((nw.col(PART) == at) & (nw.col(ROW) > after[1])))
    page = found.sort(PART, ROW).head(limit).collect(backend="pyarrow")
    return [_row(source, row) for row in page.rows(named=True)]


def _counts(tally: Tally, table: str, columns: Columns) -> nw.Expr:
    if tally.table != table:
        return nw.lit(False)
    holds = all_hold(tally.where, columns)
    return holds if tally.column is None else holds & ~nw.col(tally.column).is_null()


def _row(source: TableParts, row: Mapping[str, Any]) -> BehindRow:
    part = source.parts[row[PART]]
    values = {name: row[name] for name in source.table.types}
    return BehindRow(part.import_id, part.file, row[ROW], row[_ABOVE], row[_BELOW], values)
