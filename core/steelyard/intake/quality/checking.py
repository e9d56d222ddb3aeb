"""Running the checks of a table: how many rows of a unit in a period each examines and flags."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import narwhals.stable.v2 as nw

from steelyard.intake.measures.census import Census
from steelyard.intake.measures.conditions import Columns, all_hold
from steelyard.intake.measures.counting import count, in_periods
from steelyard.intake.measures.engine import Engine, Rows
from steelyard.intake.measures.parts import PART, ROW, UNIT, TableParts, rows_in_force
from steelyard.intake.measures.pieces import Cut, Place
from steelyard.intake.measures.spans import PERIOD
from steelyard.intake.measures.tallies import ROWS, Of, Tally, compile_tallies
from steelyard.intake.quality.outliers import with_outliers
from steelyard.records.check import RecordCheck
from steelyard.records.column import ColumnType
from steelyard.records.condition import Condition
from steelyard.records.table import RecordTable
from steelyard.scheme.calendar import Period

FLAGGED, EXAMINED = "steelyard:flagged", "steelyard:examined"
_NUMBER, _FIRST = "steelyard:number", "steelyard:first"
_PART_SIZE = 1 << 40
"""More than a part has rows: part and row make one number, by which rows are in the order of their import."""


class Finding(NamedTuple):
    """What a check found of a unit in a period."""

    check: str
    unit_id: int
    period: Period
    examined: int
    flagged: int


def check(census: Census, name: str, apart: Apart) -> Iterator[Finding]:
    """What the checks of a table found, of which the tallies were counted, and those flagged apart.

    A unit and period that is asked for and has no rows is told of with nothing examined.
    """
    table = census.sources[name].table
    for each in table.checks:
        has_rows = name in census.counted
        found = _found(census, table, each, apart) if has_rows else [({}, {}) for _ in census.cuts]
        for cut, (examined, flagged) in zip(census.cuts, found, strict=True):
            for place in sorted(examined.keys() | (cut.places or ())):
                period = cut.span.periods[place[1]]
                yield Finding(each.check, place[0], period, examined.get(place, 0), flagged.get(place, 0))


def tallies_of_checks(table: RecordTable) -> list[Tally]:
    """What is to be counted for the checks of a table: what can be told row by row."""
    return [tally for each in table.checks for tally in _tallies(table, each)]


_Rows = Mapping[Place, int]
"""A number of rows, by unit and period."""


Apart = Mapping[str, Sequence[_Rows]]
"""By check how many rows it flags, by calendar."""


def flagged_apart(engine: Engine, source: TableParts, cuts: Sequence[Cut]) -> Apart:
    """How many rows are flagged by those checks of a table for which rows are looked at beside others.

    Nothing of it comes of the tallies: it may be counted while those are.
    """
    checks = [each for each in source.table.checks if len(_tallies(source.table, each)) == 1]
    rows = rows_in_force(engine, source) if checks else None
    if rows is None:
        return {}
    return {each.check: _flagged_apart(engine, rows, source.table, each, cuts) for each in checks}


def _found(census: Census, table: RecordTable, check: RecordCheck, apart: Apart) -> list[tuple[_Rows, _Rows]]:
    """How many rows were examined and flagged, by calendar."""
    examined, *flagged = (census.records(tally) for tally in _tallies(table, check))
    return list(zip(examined, flagged[0] if flagged else apart[check.check], strict=True))


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
    """By calendar how many rows are flagged by what they are beside others."""
    columns = Columns(table)
    found = flagged_rows(rows, check, columns)
    if check.outlier is None:
        every = compile_tallies(table, [Tally(table.table, Of.COUNT)])
        flagged = found.filter(nw.col(FLAGGED))
        return [each.records(0) for each in count(engine, flagged, every, cuts)]
    by_cut = []
    for cut in cuts:
        within = in_periods(engine, found, cut.span, cut.places)
        outliers = with_outliers(within, check.outlier, columns, EXAMINED, FLAGGED).filter(nw.col(FLAGGED))
        groups = outliers.group_by(UNIT, PERIOD).agg(nw.len().alias(ROWS)).select(UNIT, PERIOD, ROWS)
        by_cut.append({(unit_id, at): n for unit_id, at, n in groups.collect(backend="pyarrow").rows()})
    return by_cut


def flagged_rows(rows: Rows, check: RecordCheck, columns: Columns) -> Rows:
    """The rows with `EXAMINED` and `FLAGGED`; outliers are not flagged yet: they are so in a period.

    Of duplicates only those are there that have others like them.
    """
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
    """The rows that have the values of others, all but the first flagged; an empty cell is like no other."""
    number = nw.col(PART) * _PART_SIZE + nw.col(ROW)
    among = likely = rows.filter(nw.col(EXAMINED)).with_columns(number.alias(_NUMBER))
    narrow = [name for name in same if columns.type(name) not in (ColumnType.TEXT, ColumnType.CHOICE)]
    if narrow and len(narrow) < len(same):
        # Numbers and times are quickly grouped, and few of them repeat: only those need be compared as texts.
        repeated = among.group_by(narrow).agg(nw.len().alias(ROWS)).filter(nw.col(ROWS) > 1)
        likely = among.join(repeated, on=narrow, how="semi")
    first = likely.group_by(list(same)).agg(nw.col(_NUMBER).min().alias(_FIRST), nw.len().alias(ROWS))
    first = first.filter(nw.col(ROWS) > 1).drop(ROWS)
    alike = among.join(first, on=list(same), how="inner")
    return alike.with_columns((nw.col(_NUMBER) > nw.col(_FIRST)).alias(FLAGGED)).drop(_NUMBER, _FIRST)
