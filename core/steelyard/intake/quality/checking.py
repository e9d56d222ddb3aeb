"""Running the checks of a table: how many rows of a unit in a period each examines and flags."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import narwhals.stable.v2 as nw

from steelyard.intake.measures.computing import cuts_of
from steelyard.intake.measures.conditions import Columns, all_hold
from steelyard.intake.measures.counting import Counted, count, first_and_last, in_periods
from steelyard.intake.measures.engine import Engine, Rows
from steelyard.intake.measures.parts import PART, ROW, UNIT, TableParts, rows_in_force
from steelyard.intake.measures.pieces import Cut, Place
from steelyard.intake.measures.spans import PERIOD, Cell
from steelyard.intake.measures.tallies import ROWS, Of, Tally, compile_tallies
from steelyard.intake.quality.outliers import with_outliers
from steelyard.records.check import RecordCheck
from steelyard.records.column import ColumnType
from steelyard.records.condition import Condition
from steelyard.records.table import RecordTable
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
    ends = None if rows is None or cells is not None else first_and_last(rows)
    cuts = cuts_of(calendars, cells, (), [] if ends is None else [ends])
    by_check = _nothing(source, cuts) if rows is None else _counted(engine, rows, source, cuts)
    for each, by_cut in zip(source.table.checks, by_check, strict=True):
        for cut, found in zip(cuts, by_cut, strict=True):
            for unit_id, at in sorted(found.keys() | (cut.places or ())):
                examined, flagged = found.get((unit_id, at), (0, 0))
                yield Finding(each.check, unit_id, cut.span.periods[at], examined, flagged)


_Found = Mapping[Place, tuple[int, int]]
"""How many rows were examined and flagged, by unit and period."""


def _nothing(source: TableParts, cuts: Sequence[Cut]) -> list[list[_Found]]:
    return [[{} for _ in cuts] for _ in source.table.checks]


def _counted(engine: Engine, rows: Rows, source: TableParts, cuts: Sequence[Cut]) -> Iterator[list[_Found]]:
    """By check and cut; what can be told row by row is counted of all checks in one pass."""
    table = source.table
    tallies = {tally.key: tally for each in table.checks for tally in _tallies(table, each)}
    numbers = {key: number for number, key in enumerate(tallies)}
    counted = count(engine, rows, compile_tallies(table, list(tallies.values())), cuts)
    for each in table.checks:
        examined, *flagged = (numbers[tally.key] for tally in _tallies(table, each))
        if flagged:
            apart = [_taken(by_cut, flagged[0]) for by_cut in counted]
        else:
            apart = _flagged_apart(engine, rows, table, each, cuts)
        yield [
            {place: (n, found.get(place, 0)) for place, n in _taken(by_cut, examined).items()}
            for by_cut, found in zip(counted, apart, strict=True)
        ]


def _taken(counted: Counted, number: int) -> dict[Place, int]:
    return {place: counted.rows(number, place) for place in counted.places}


def _tallies(table: RecordTable, check: RecordCheck) -> tuple[Tally, ...]:
    """What a check examines, and what it flags where that can be told row by row."""
    column = None if check.outlier is None else check.outlier.column
    examined = Tally(table.table, Of.COUNT, column, check.among)
    if check.flag is not None:
        return examined, Tally(table.table, Of.COUNT, None, (*check.among, *check.flag))
    if check.missing is not None:
        empty = Condition(column=check.missing, known=False)
        return examined, Tally(table.table, Of.COUNT, None, (*check.among, empty))
    return (examined,)


def _flagged_apart(
    engine: Engine, rows: Rows, table: RecordTable, check: RecordCheck, cuts: Sequence[Cut]
) -> list[dict[Place, int]]:
    """By cut how many rows are flagged by what they are beside others."""
    columns = Columns(table)
    found = flagged_rows(rows, check, columns)
    if check.outlier is None:
        every = compile_tallies(table, [Tally(table.table, Of.COUNT)])
        return [_taken(each, 0) for each in count(engine, found.filter(nw.col(FLAGGED)), every, cuts)]
    by_cut = []
    for cut in cuts:
        within = in_periods(engine, found, cut.span, cut.places)
        outliers = with_outliers(within, check.outlier, columns, EXAMINED, FLAGGED).filter(nw.col(FLAGGED))
        groups = outliers.group_by(UNIT, PERIOD).agg(nw.len().alias(ROWS)).select(UNIT, PERIOD, ROWS)
        by_cut.append({(unit_id, at): n for unit_id, at, n in groups.collect(backend="pyarrow").rows()})
    return by_cut


def flagged_rows(rows: Rows, check: RecordCheck, columns: Columns) -> Rows:
    """The rows with `EXAMINED` and `FLAGGED`; outliers are not flagged yet: they are so in a period."""
    examined = rows.with_columns(all_hold(check.among, columns).alias(EXAMINED))
    if check.flag is not None:
        return examined.with_columns((nw.col(EXAMINED) & all_hold(check.flag, columns)).alias(FLAGGED))
    if check.missing is not None:
        empty = nw.col(check.missing).is_null()
        return examined.with_columns((nw.col(EXAMINED) & empty).alias(FLAGGED))
    if check.duplicate is not None:
        return _duplicates(examined, check.duplicate, columns)
    return examined.with_columns(nw.lit(False).alias(FLAGGED))


def _duplicates(rows: Rows, same: Sequence[str], columns: Columns) -> Rows:
    """Flag the rows that have the values of another before it; an empty cell is like no other."""
    number = nw.col(PART) * _PART_SIZE + nw.col(ROW)
    among = rows.filter(nw.col(EXAMINED)).with_columns(number.alias(_FIRST))
    narrow = [name for name in same if columns.type(name) not in (ColumnType.TEXT, ColumnType.CHOICE)]
    if narrow and len(narrow) < len(same):
        # Numbers and times are quickly grouped, and few of them repeat: only those need be compared as texts.
        repeated = among.group_by(narrow).agg(nw.len().alias(ROWS)).filter(nw.col(ROWS) > 1)
        among = among.join(repeated, on=narrow, how="semi")
    first = among.group_by(list(same)).agg(nw.col(_FIRST).min(), nw.len().alias(ROWS))
    first = first.filter(nw.col(ROWS) > 1).drop(ROWS)
    joined = rows.join(first, on=list(same), how="left")
    later = (number > nw.col(_FIRST)).fill_null(False)
    return joined.with_columns((nw.col(EXAMINED) & later).alias(FLAGGED)).drop(_FIRST)
