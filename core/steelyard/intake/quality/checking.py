"""Running the checks of a table: how many rows of a unit in a period each examines and flags."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import narwhals.stable.v2 as nw

from steelyard.intake.measures.computing import cut_of, places_of
from steelyard.intake.measures.conditions import Columns, all_hold
from steelyard.intake.measures.counting import Place, first_and_last, in_periods
from steelyard.intake.measures.engine import Engine, Rows
from steelyard.intake.measures.parts import PART, ROW, UNIT, TableParts, rows_in_force
from steelyard.intake.measures.spans import PERIOD, Cell
from steelyard.intake.quality.outliers import with_outliers
from steelyard.records.check import RecordCheck
from steelyard.scheme.calendar import Calendar, Period

FLAGGED, EXAMINED = "steelyard:flagged", "steelyard:examined"
_FIRST = "steelyard:first"
_PART_SIZE = 1 << 40
"""More than a part has rows: part and row make one number, by which rows are in the order of their import."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found of a unit in a period."""

    check: str
    unit_id: int
    period: Period
    examined: int
    flagged: int


def check(
    engine: Engine,
    source: TableParts,
    calendars: Sequence[Calendar],
    cells: Collection[Cell] | None = None,
) -> Iterator[Finding]:
    """Run all checks of a table for these units and periods, or wherever there are rows.

    A unit and period of `cells` without rows is told of with nothing examined.
    """
    rows = rows_in_force(engine, source)
    if rows is None:
        yield from _nothing(source, calendars, cells or ())
        return
    ends = first_and_last(rows) if cells is None else None
    columns = Columns(source.table)
    for each in source.table.checks:
        found = flagged_rows(rows, each, columns)
        for calendar in calendars:
            cut = cut_of(calendar, cells or (), [] if ends is None else [ends])
            asked = None if cells is None else places_of(cut, cells)
            counted = _counted(in_periods(engine, found, cut, asked), each, columns)
            for unit_id, at in sorted(counted.keys() | (asked or set())):
                examined, flagged = counted.get((unit_id, at), (0, 0))
                yield Finding(each.check, unit_id, cut.periods[at], examined, flagged)


def _nothing(source: TableParts, calendars: Sequence[Calendar], cells: Collection[Cell]) -> Iterator[Finding]:
    """What there is to say once no part is left."""
    known = {calendar.code: calendar for calendar in calendars}
    for each in source.table.checks:
        for unit_id, code, period in sorted(cells):
            if code in known:
                yield Finding(each.check, unit_id, known[code].period(period), 0, 0)


def flagged_rows(rows: Rows, check: RecordCheck, columns: Columns) -> Rows:
    """The rows with `EXAMINED` and `FLAGGED`; outliers are not flagged yet: they are so in a period."""
    examined = rows.with_columns(all_hold(check.among, columns).alias(EXAMINED))
    if check.flag is not None:
        return examined.with_columns((nw.col(EXAMINED) & all_hold(check.flag, columns)).alias(FLAGGED))
    if check.missing is not None:
        empty = nw.col(check.missing).is_null()
        return examined.with_columns((nw.col(EXAMINED) & empty).alias(FLAGGED))
    if check.duplicate is not None:
        return _duplicates(examined, check.duplicate)
    return examined.with_columns(nw.lit(False).alias(FLAGGED))


def _duplicates(rows: Rows, same: Sequence[str]) -> Rows:
    """Flag the rows that have the values of another before it; an empty cell is like no other."""
    number = nw.col(PART) * _PART_SIZE + nw.col(ROW)
    among = rows.filter(nw.col(EXAMINED)).with_columns(number.alias(_FIRST))
    first = among.group_by(list(same)).agg(nw.col(_FIRST).min())
    joined = rows.join(first, on=list(same), how="left")
    later = (number > nw.col(_FIRST)).fill_null(False)
    return joined.with_columns((nw.col(EXAMINED) & later).alias(FLAGGED)).drop(_FIRST)


def _counted(rows: Rows, check: RecordCheck, columns: Columns) -> dict[Place, tuple[int, int]]:
    if check.outlier is not None:
        rows = with_outliers(rows, check.outlier, columns, EXAMINED, FLAGGED)
    numbers = (
        nw.when(nw.col(name)).then(nw.lit(1)).otherwise(nw.lit(0)).cast(nw.Int64).alias(name)
        for name in (EXAMINED, FLAGGED)
    )
    made = rows.select(UNIT, PERIOD, *numbers)
    counted = made.group_by(UNIT, PERIOD).agg(nw.col(EXAMINED).sum(), nw.col(FLAGGED).sum())
    found = counted.collect(backend="pyarrow").to_dict(as_series=False)
    numbers_of = zip(found[UNIT], found[PERIOD], found[EXAMINED], found[FLAGGED], strict=True)
    return {(unit_id, at): (int(examined), int(flagged)) for unit_id, at, examined, flagged in numbers_of}
