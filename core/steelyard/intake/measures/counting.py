"""Running the group-by: all tallies of a table by unit and period of one calendar, in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import narwhals.stable.v2 as nw
import pyarrow as pa

from steelyard.intake.measures.engine import Engine, Rows
from steelyard.intake.measures.parts import DAY, UNIT
from steelyard.intake.measures.spans import PERIOD, Span
from steelyard.intake.measures.tallies import Compiled, Of

Place = tuple[int, int]
"""A unit's id and the position of a period in its span."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted, by unit and period; a unit and period without rows counts nothing."""

    compiled: Compiled
    at: dict[Place, int]
    columns: dict[str, list[Any]]

    def take(self, number: int, place: Place) -> tuple[Fraction, int]:
        """Of tally `number` the exact value, in the unit of its column, and how many records it is of."""
        row = self.at.get(place)
        if row is None:
            return Fraction(0), 0
        value = self.columns[f"v{number}"][row]
        if self.compiled.tallies[number].of is Of.COUNT:
            return Fraction(int(value)), int(value)
        n = int(self.columns[f"n{number}"][row])
        if self.compiled.tallies[number].of is Of.DISTINCT:
            # Empty cells count as one more value.
            return Fraction(int(value) - (n < self.columns["rows"][row])), n
        return (self._exact(number, value) if n else Fraction(0)), n

    def _exact(self, number: int, value: int | float | Decimal) -> Fraction:
        step = self.compiled.steps[number]
        if self.compiled.tallies[number].of is Of.QUANTILE:
            # What lies between two values of a grid lies on a finer one; the float is off by far less.
            grid = self.compiled.grids[number]
            return Fraction(round(Fraction(value) * grid), grid) * step
        return Fraction(value) if step == 1 else Fraction(value) * step


def count(
    engine: Engine, rows: Rows, compiled: Compiled, span: Span, places: Iterable[Place] | None = None
) -> Counted:
    """Count the tallies of a table's rows, in these units and periods alone or wherever there are rows."""
    frame = in_periods(engine, rows, span, places)
    made = frame.select(UNIT, PERIOD, *compiled.columns)
    counted = made.group_by(UNIT, PERIOD).agg(nw.len().alias("rows"), *compiled.aggregates)
    columns = counted.collect(backend="pyarrow").to_dict(as_series=False)
    keys = zip(columns[UNIT], columns[PERIOD], strict=True)
    return Counted(compiled, {key: row for row, key in enumerate(keys)}, columns)


def in_periods(engine: Engine, rows: Rows, span: Span, places: Iterable[Place] | None = None) -> Rows:
    """The rows with their period's position as `PERIOD`; a row of several periods is there several times."""
    frame = rows.join(engine.table(span.days()), on=DAY, how="inner")
    if places is None:
        return frame
    return frame.join(engine.table(_table(sorted(places))), on=[UNIT, PERIOD], how="semi")


def first_and_last(rows: Rows) -> tuple[date, date] | None:
    """The first and the last day of rows; None where there are none."""
    days = rows.select(nw.col(DAY).min().alias("first"), nw.col(DAY).max().alias("last"))
    [(first, last)] = days.collect(backend="pyarrow").rows()
    return None if first is None else (first, last)


def _table(places: Sequence[Place]) -> pa.Table:
    units = pa.array([unit for unit, _ in places], pa.int64())
    return pa.table({UNIT: units, PERIOD: pa.array([at for _, at in places], pa.int64())})
