"""What stands behind a number: records, a table that was imported, sheets of raters, or an entry by hand.

`behind` says which it is; the rest of this module fetches what there is to see of that kind.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import InvalidInput, Place, Problem
from steelyard.intake.measures.behind import Asked, BehindRow, Page, rows_behind
from steelyard.intake.measures.engine import open_engine
from steelyard.intake.measures.tallies import recipe
from steelyard.packs import InstalledTable
from steelyard.records.measure import MeasureDefinition
from steelyard.services import editions, measurements, structure
from steelyard.services.assessments import reading
from steelyard.services.assessments.sheet import Sheet
from steelyard.services.context import View
from steelyard.services.problems import MEASURE_NOT_READ, near
from steelyard.services.records.held import period_of, table_parts
from steelyard.store import imports
from steelyard.store import measurements as store
from steelyard.store.measurements import MeasurementRecord, Source
from steelyard.store.periods import PeriodRecord

MOST = 100
NO_ROWS: Page[BehindRow] = Page((), 0, 0)


@dataclass(frozen=True, slots=True)
class BehindRecords:
    """It is computed from records of a table; `measurement` is None where nothing came out.

    table, definition: None where the pack does not declare the measure any more.
    """

    measurement: MeasurementRecord | None
    unit_id: int
    period: PeriodRecord
    table: InstalledTable | None
    definition: MeasureDefinition | None


@dataclass(frozen=True, slots=True)
class BehindTable:
    """It stood in a table of measurements: which file, which row of it, and under which measure's head.

    file, row: None for those who may not know what else the file holds.
    """

    measurement: MeasurementRecord
    file: str | None
    row: int | None
    column: str


@dataclass(frozen=True, slots=True)
class BehindSheets:
    """It was combined of the lines of sheets; `lines_behind` has them."""

    measurement: MeasurementRecord


@dataclass(frozen=True, slots=True)
class BehindEntry:
    """Somebody entered it by hand; who and when the measurement says."""

    measurement: MeasurementRecord


Behind = BehindRecords | BehindTable | BehindSheets | BehindEntry


async def behind(
    view: View, actor: Actor, scope: Scope, *, scheme: str, unit: str, period: str, measure: str
) -> Behind | None:
    """What is behind the value that stands of a measure of a unit in a period.

    Where none stands: the records of the table that it would be computed from; None for other measures.
    Raises NotFound, InvalidInput (MEASURE_NOT_READ), and Forbidden without `measurement.read` on the unit.
    """
    entry = view.context.entry(scheme)
    whole = await structure.load(view, actor, scope)
    found = whole.unit(unit)
    actor.require(Permission.MEASUREMENT_READ, [found.id])
    at = whole.period(period, [calendar.code for calendar in entry.calendars])
    entry = await editions.version_of(view, scope, entry, at)
    if measure not in entry.measures:
        values = {**near(measure, entry.measures), "scheme": entry.code}
        raise InvalidInput(Problem(MEASURE_NOT_READ, Place(field="measure"), values))
    async with view.context.database.read(scope) as reader:
        standing = await store.records(
            reader, scope, entry.pack, unit_ids=[found.id], period_ids=[at.id], measures=[measure]
        )
    if not standing or standing[0].source is Source.RECORDS:
        told = measurements.told(standing[0], actor, scope) if standing else None
        return _of_records(view, entry.pack, measure, told, found.id, at)
    told = measurements.told(standing[0], actor, scope)
    if told.source is Source.ASSESSMENT:
        return BehindSheets(told)
    return BehindEntry(told) if told.import_id is None else await _of_table(view, scope, told)


def _of_records(
    view: View, pack: str, measure: str, told: MeasurementRecord | None, unit_id: int, at: PeriodRecord
) -> BehindRecords | None:
    definitions = {each.measure: each for each in view.context.packs.measures(pack)}
    definition = definitions.get(measure)
    if definition is None:
        return None if told is None else BehindRecords(told, unit_id, at, None, None)
    table = view.context.packs.record_tables[f"{pack}.{definition.table}"]
    return BehindRecords(told, unit_id, at, table, definition)


async def _of_table(view: View, scope: Scope, told: MeasurementRecord) -> BehindTable:
    if told.row is None or told.import_id is None:
        return BehindTable(told, None, None, told.measure)
    async with view.context.database.read(scope) as reader:
        [batch] = await imports.load(reader, scope, [told.import_id])
    return BehindTable(told, batch.file_name, told.row, told.measure)


async def records_behind(
    view: View, actor: Actor, scope: Scope, found: BehindRecords, asked: Asked
) -> Page[BehindRow]:
    """A page of the records that count for a measure above or below its line, by their days and keys.

    A ratio of two tables shows the records of its own. Raises Forbidden without `record.read` on the unit,
    and KeyInvalid.
    """
    actor.require(Permission.RECORD_READ, [found.unit_id])
    if found.table is None or found.definition is None:
        return NO_ROWS
    made = recipe(found.definition)
    source = await table_parts(
        view.context,
        scope,
        found.table,
        unit_id=found.unit_id,
        period=found.period,
        until=None if found.measurement is None else found.measurement.recorded_at,
    )

    def read() -> Page[BehindRow]:
        with open_engine() as engine:
            return rows_behind(engine, source, made, found.unit_id, period_of(found.period), asked)

    return await asyncio.to_thread(read)


async def lines_behind(view: View, actor: Actor, scope: Scope, found: BehindSheets) -> tuple[Sheet, ...]:
    """The sheets that a measurement was combined of, by number: each has a line on its measure.

    Raises Forbidden without `assessment.read` on the unit.
    """
    id, unit_id = found.measurement.id, found.measurement.unit_id
    actor.require(Permission.ASSESSMENT_READ, [unit_id])
    return await reading.sheets_behind(view, actor, scope, measurement_id=id)
