"""Which units and periods rows concern: their own, and those of the rows that they supersede."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

import narwhals.stable.v2 as nw

from steelyard.intake.measures.census import cuts_of
from steelyard.intake.measures.counting import count, first_and_last
from steelyard.intake.measures.engine import Engine, Rows, open_engine
from steelyard.intake.measures.parts import DAY, UNIT, TableParts, rows_in_force
from steelyard.intake.measures.spans import Cell, span
from steelyard.intake.measures.tallies import Of, Tally, compile_tallies
from steelyard.records.table import RecordTable
from steelyard.scheme.calendar import BUILT_IN, Calendar, Period
from steelyard.services.context import Context
from steelyard.services.records.measuring import wanted_measures

_COUNT = "steelyard:count"


@dataclass(frozen=True, slots=True)
class Touched:
    """superseded: records of earlier parts with the key of one of the rows.

    own: units and periods of the rows themselves, by how many there are. cells: those and those of the
    superseded rows, by how many rows of both.
    """

    superseded: int
    own: dict[Cell, int]
    cells: dict[Cell, int]


def calendars_of(context: Context, table: str) -> tuple[Calendar, ...]:
    """The calendars by which a table's measures are computed."""
    found = {each.code: each for wanted in wanted_measures(context, table) for each in wanted.calendars}
    return tuple({**found, "month": BUILT_IN["month"]}.values())


def cells_around(unit_id: int, period: Period, calendars: Iterable[Calendar]) -> Iterator[Cell]:
    """A unit in the periods of the calendars that share a day with one."""
    for calendar in calendars:
        for each in span(calendar, period.start, period.end - timedelta(days=1)).periods:
            yield unit_id, each.calendar, each.code


def touched(source: TableParts, calendars: Sequence[Calendar]) -> Touched:
    """What the rows of the last part touch; the parts before it are in force. Blocks."""
    *earlier, last = source.parts
    with open_engine() as engine:
        rows = engine.file(last.path)
        own = _cells(engine, source.table, rows, calendars)
        standing = rows_in_force(engine, TableParts(source.table, tuple(earlier)))
        if standing is None:
            return Touched(0, own, own)
        keys = rows.select(*source.table.key)
        replaced = standing.join(keys, on=list(source.table.key), how="semi").select(UNIT, DAY)
        number = int(replaced.select(nw.len().alias(_COUNT)).collect().item())
        others = _cells(engine, source.table, replaced, calendars) if number else {}
    both = {cell: own.get(cell, 0) + others.get(cell, 0) for cell in (*own, *others)}
    return Touched(number, own, both)


def _cells(engine: Engine, table: RecordTable, rows: Rows, calendars: Sequence[Calendar]) -> dict[Cell, int]:
    ends = first_and_last(rows)
    if ends is None:
        return {}
    cuts = cuts_of(calendars, None, (), [ends])
    every = compile_tallies(table, [Tally(table.table, Of.COUNT)])
    return {
        (unit_id, cut.span.calendar, cut.span.periods[at].code): number
        for cut, counted in zip(cuts, count(engine, rows, every, cuts), strict=True)
        for (unit_id, at), number in counted.records(0).items()
    }
