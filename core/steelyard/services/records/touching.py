"""Which units and periods rows concern: their own, and those of the rows that they supersede."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import narwhals.stable.v2 as nw
import numpy as np
import pyarrow as pa

from steelyard.intake.measures.days import cells_of_days
from steelyard.intake.measures.engine import Rows, open_engine
from steelyard.intake.measures.parts import DAY, UNIT, Part, TableParts, rows_in_force
from steelyard.intake.measures.spans import Cell, span
from steelyard.intake.measures.tallies import ROWS
from steelyard.scheme.calendar import BUILT_IN, Calendar, Period
from steelyard.services.context import Context
from steelyard.services.records.measuring import wanted_measures


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


def touched(source: TableParts, calendars: Collection[Calendar], days: pa.Table | None = None) -> Touched:
    """What the rows of the last part touch; the parts before it are in force. Blocks.

    days: how many `rows` the last part has by `unit_id` and `day`, where that is known.
    """
    *earlier, last = source.parts
    own = cells_of_days(_days_of(last) if days is None else days, calendars)
    replaced = _replaced(TableParts(source.table, tuple(earlier)), last)
    if replaced is None:
        return Touched(0, own, own)
    others = cells_of_days(replaced, calendars)
    both = {cell: own.get(cell, 0) + others.get(cell, 0) for cell in (*own, *others)}
    return Touched(int(np.sum(replaced.column(ROWS))), own, both)


def _days_of(part: Part) -> pa.Table:
    with open_engine() as engine:
        return _by_day(engine.file(part.path))


def _replaced(standing: TableParts, part: Part) -> pa.Table | None:
    """How many records in force a part has the keys of, by unit and day; None where none are in force."""
    if not standing.parts:
        return None
    key = list(standing.table.key)
    with open_engine() as engine:
        rows = rows_in_force(engine, standing)
        return None if rows is None else _by_day(rows.join(engine.file(part.path), on=key, how="semi"))


def _by_day(rows: Rows) -> pa.Table:
    counted = rows.group_by(UNIT, DAY).agg(nw.len().alias(ROWS))
    return counted.collect(backend="pyarrow").to_arrow()
