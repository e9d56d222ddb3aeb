"""Which units and periods rows concern: their own, and those of the rows that they supersede."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import narwhals.stable.v2 as nw

from steelyard.intake.measures.engine import Engine, Rows, open_engine
from steelyard.intake.measures.parts import DAY, UNIT, TableParts, rows_in_force
from steelyard.intake.measures.spans import PERIOD, Cell, span
from steelyard.scheme.calendar import BUILT_IN, Calendar
from steelyard.services.context import Context
from steelyard.services.records.measuring import wanted_measures

_COUNT, _FIRST, _LAST = "steelyard:count", "steelyard:first", "steelyard:last"


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


def touched(source: TableParts, calendars: Sequence[Calendar]) -> Touched:
    """What the rows of the last part touch; the parts before it are in force. Blocks."""
    *earlier, last = source.parts
    with open_engine() as engine:
        rows = engine.file(last.path)
        own = _cells(engine, rows, calendars)
        standing = rows_in_force(engine, TableParts(source.table, tuple(earlier)))
        if standing is None:
            return Touched(0, own, own)
        keys = rows.select(*source.table.key)
        replaced = standing.join(keys, on=list(source.table.key), how="semi").select(UNIT, DAY)
        count = int(replaced.select(nw.len().alias(_COUNT)).collect().item())
        others = _cells(engine, replaced, calendars) if count else {}
    both = {cell: own.get(cell, 0) + others.get(cell, 0) for cell in (*own, *others)}
    return Touched(count, own, both)


def _cells(engine: Engine, rows: Rows, calendars: Sequence[Calendar]) -> dict[Cell, int]:
    ends = rows.select(nw.col(DAY).min().alias(_FIRST), nw.col(DAY).max().alias(_LAST)).collect()
    first, last = ends[_FIRST][0], ends[_LAST][0]
    if not isinstance(first, date) or not isinstance(last, date):
        return {}
    found: dict[Cell, int] = {}
    for calendar in calendars:
        cut = span(calendar, first, last)
        days = engine.table(cut.days())
        groups = rows.join(days, on=DAY, how="inner").group_by(UNIT, PERIOD).agg(nw.len().alias(_COUNT))
        for unit_id, at, count in groups.select(UNIT, PERIOD, _COUNT).collect().iter_rows():
            found[int(unit_id), calendar.code, cut.periods[int(at)].code] = int(count)
    return found
