"""What stands behind a number: the records it was computed of, as of now, with their files and rows."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import InvalidInput, Place, Problem
from steelyard.intake.measures.behind import BehindRow, rows_behind
from steelyard.intake.measures.engine import open_engine
from steelyard.intake.measures.parts import TableParts
from steelyard.intake.measures.tallies import recipe
from steelyard.records.measure import MeasureDefinition
from steelyard.records.table import RecordTable
from steelyard.scheme.calendar import Period
from steelyard.services import structure
from steelyard.services.context import View
from steelyard.services.problems import MEASURE_NOT_READ, near
from steelyard.services.records.held import load_held, period_of

MOST = 100


@dataclass(frozen=True, slots=True)
class Behind:
    """A page of records behind a measure; `table` is None where the measure is not computed from records.

    after: where the next page begins, an import's id and a row; None at the end.
    """

    measure: MeasureDefinition | None
    table: RecordTable | None
    rows: tuple[BehindRow, ...]
    after: tuple[int, int] | None


async def behind(
    view: View,
    actor: Actor,
    scope: Scope,
    *,
    scheme: str,
    unit: str,
    period: str,
    measure: str,
    first: int = 20,
    after: tuple[int, int] | None = None,
) -> Behind:
    """The records of a unit in a period that a measure counts above or below its line, by import and row.

    A ratio of two tables shows the records of its own. Raises NotFound, InvalidInput (MEASURE_NOT_READ), and
    Forbidden without `measurement.read` and `record.read` on the unit.
    """
    entry = view.context.entry(scheme)
    whole = await structure.load(view, actor, scope)
    found = whole.unit(unit)
    actor.require(Permission.MEASUREMENT_READ, [found.id])
    actor.require(Permission.RECORD_READ, [found.id])
    if measure not in entry.measures:
        values = {**near(measure, entry.measures), "scheme": entry.code}
        raise InvalidInput(Problem(MEASURE_NOT_READ, Place(field="measure"), values))
    at = period_of(whole.period(period, [calendar.code for calendar in entry.calendars]))
    measures = {each.measure: each for each in view.context.packs.measures(entry.pack)}
    definition = measures.get(measure)
    if definition is None:
        return Behind(None, None, (), None)
    return await _page(view, scope, entry.pack, definition, found.id, at, first=first, after=after)


async def _page(
    view: View,
    scope: Scope,
    pack: str,
    definition: MeasureDefinition,
    unit_id: int,
    period: Period,
    *,
    first: int,
    after: tuple[int, int] | None,
) -> Behind:
    name = f"{pack}.{definition.table}"
    table = view.context.packs.record_tables[name].table
    held = await load_held(view.context, scope, name)
    source = TableParts(table, tuple(held.parts.get(name, ())))
    limit = max(1, min(first, MOST))

    def read() -> list[BehindRow]:
        with open_engine() as engine:
            return rows_behind(
                engine, source, recipe(definition), unit_id, period, limit=limit + 1, after=after
            )

    rows = await asyncio.to_thread(read)
    page = tuple(rows[:limit])
    following = (page[-1].import_id, page[-1].row) if len(rows) > limit else None
    return Behind(definition, table, page, following)
