"""Which units and periods an import that comes or goes can have changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import narwhals.stable.v2 as nw

from steelyard.intake.measures.counting import in_periods
from steelyard.intake.measures.engine import Engine, Rows
from steelyard.intake.measures.parts import DAY, PART, UNIT, Part, TableParts, rows_of_same_keys
from steelyard.intake.measures.spans import PERIOD, Cell, span
from steelyard.scheme.calendar import Calendar


def touched(
    engine: Engine, source: TableParts, changed: Part, calendars: Sequence[Calendar]
) -> dict[Cell, int]:
    """The units and periods of a part's rows and of rows with their keys, with the number of its own rows.

    `source` are the other parts in force: those that it supersedes, or that come back where it goes.
    """
    rows = rows_of_same_keys(engine, source, changed)
    days = first_and_last(rows)
    if days is None:
        return {}
    found: dict[Cell, int] = {}
    own = nw.when(nw.col(PART) == nw.lit(-1)).then(nw.lit(1)).otherwise(nw.lit(0)).cast(nw.Int64)
    for calendar in calendars:
        cut = span(calendar, *days)
        frame = in_periods(engine, rows, cut).select(UNIT, PERIOD, own.alias("own"))
        counted = frame.group_by(UNIT, PERIOD).agg(nw.col("own").sum())
        columns = counted.collect(backend="pyarrow").to_dict(as_series=False)
        for unit_id, at, number in zip(columns[UNIT], columns[PERIOD], columns["own"], strict=True):
            found[unit_id, calendar.code, cut.periods[at].code] = int(number)
    return found


def first_and_last(rows: Rows) -> tuple[date, date] | None:
    """The first and the last day of rows; None where there are none."""
    days = rows.select(nw.col(DAY).min().alias("first"), nw.col(DAY).max().alias("last"))
    [(first, last)] = days.collect(backend="pyarrow").rows()
    return None if first is None else (first, last)
