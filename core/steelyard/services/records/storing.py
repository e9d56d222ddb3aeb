"""Storing what was validated: files in place, measures over all parts in force, and one transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from steelyard.access.actor import Actor
from steelyard.access.scope import Scope
from steelyard.intake.measures.parts import Part, TableParts
from steelyard.intake.measures.spans import Cell
from steelyard.intake.validation.result import Validated
from steelyard.packs import InstalledTable
from steelyard.scheme.calendar import BUILT_IN, Period
from steelyard.services.administration.creation import Creation
from steelyard.services.calendars import new_calendar, new_period
from steelyard.services.context import View
from steelyard.services.progress import Progress, Report
from steelyard.services.records import stages
from steelyard.services.records.held import load_held
from steelyard.services.records.measuring import Held, Measured, RecordedMeasures, measure, record_measured
from steelyard.services.records.touching import Touched, calendars_of, cells_around, touched
from steelyard.services.records.unchanged import Unchanged
from steelyard.store import calendars, imports, periods, record_feeds, record_imports, record_waiting
from steelyard.store.content import TenantContent
from steelyard.store.imports import NewImport
from steelyard.store.periods import PeriodState
from steelyard.store.record_imports import NewRecordImport, RecordExtent, RecordImportRecord
from steelyard.store.record_waiting import NewWaiting
from steelyard.store.transaction import Reader, Writer

MONTH = "month"
"""Feeds that an import completes are of months: of a longer period, other files may still have to come."""
_STAGED = 2**62
"""The number of an import that has none yet: it comes after all others."""


@dataclass(frozen=True, slots=True)
class Files:
    """The sealed files of a validation by content; None where there is none."""

    part: str | None
    rejects: str | None


@dataclass(frozen=True, slots=True)
class Look:
    """What is held, since when, and what rows do to it."""

    unchanged: Unchanged
    held: Held
    touched: Touched

    @property
    def months(self) -> list[tuple[int, Period]]:
        """The units and months in which the rows are."""
        months = BUILT_IN[MONTH]
        own = self.touched.own
        return [(unit_id, months.period(code)) for unit_id, calendar, code in own if calendar == MONTH]

    def undeclared(self, table: str) -> list[tuple[int, Period]]:
        """Those of them that nobody declared complete."""
        known = {(unit_id, each.calendar, each.code) for unit_id, each in self.held.complete[table]}
        return [each for each in self.months if (each[0], each[1].calendar, each[1].code) not in known]


@dataclass(frozen=True, slots=True)
class Kept:
    """What was committed."""

    record: RecordImportRecord
    measured: RecordedMeasures
    waiting: int


@dataclass(frozen=True, slots=True)
class Storing:
    """One validated import on its way into the store, under the locks of its tables."""

    view: View
    actor: Actor
    scope: Scope
    table: InstalledTable
    adapter: str
    file_name: str
    validated: Validated
    files: Files
    content: TenantContent
    report: Report

    async def named(self, base: str) -> tuple[str, RecordImportRecord | None]:
        """The content by which this import is known, and the import of it that stands.

        What was imported and withdrawn may come again: it gets another name each time.
        """
        async with self.view.context.database.read(self.scope) as reader:
            turn = 0
            while True:
                name = base if turn == 0 else f"{base}-{turn}"
                found = await record_imports.find(reader, self.scope, name)
                if found is None or found.withdrawal is None:
                    return name, found
                turn += 1

    async def keep_files(self) -> None:
        """Put the files where the database will name them."""
        if self.validated.part is not None and self.files.part is not None:
            await asyncio.to_thread(self.content.keep, self.validated.part, self.files.part)
        if self.validated.rejects is not None and self.files.rejects is not None:
            await asyncio.to_thread(self.content.keep, self.validated.rejects, self.files.rejects)
        self.report(Progress(stages.RENAMED, 1, 1))

    async def look(self) -> Look:
        """What the rows do to what is held: read under the locks."""
        unchanged = await Unchanged.look(self.view.context, self.scope, self.table.name)
        held = await load_held(self.view.context, self.scope, self.table.name)
        if self.validated.part is None:
            return Look(unchanged, held, Touched(0, {}, {}))
        changed = Part(_STAGED, self.validated.part, self.file_name)
        parts = TableParts(self.table.table, (*held.parts[self.table.name], changed))
        cut = calendars_of(self.view.context, self.table.name)
        return Look(unchanged, held, await asyncio.to_thread(touched, parts, cut, self.validated.days))

    async def measured(self, look: Look, *, complete: bool) -> Measured:
        """The measures of what is touched, over the parts in force and the new one."""
        name, held = self.table.name, look.held
        if self.files.part is not None:
            path = self.content.path(self.files.part)
            changed = Part(_STAGED, path, self.file_name, look.touched.superseded > 0)
            held = replace(held, parts={**held.parts, name: (*held.parts[name], changed)})
        if complete:
            held = replace(held, complete={**held.complete, name: (*held.complete[name], *look.months)})
        measured = await asyncio.to_thread(measure, self.view.context, name, held, look.touched.cells.keys())
        self.report(Progress(stages.MEASURED, 1, 1))
        return measured

    async def commit(self, name: str, look: Look, measured: Measured, *, complete: bool) -> Kept:
        """Everything that tells of the import, in one transaction."""
        scope, actor = self.scope, self.actor
        async with self.view.context.database.write(scope) as writer:
            rows = self.validated.stored + self.validated.rejected
            creation = await Creation.begin(writer, scope)
            await look.unchanged.require(writer, scope)
            batch, _ = await imports.record(writer, scope, NewImport(self.file_name, name, rows), actor)
            await record_imports.record(writer, scope, batch.id, self._new(look), self._extents())
            if complete:
                await declare(writer, scope, actor, self.table, look.months, complete=True)
            waiting = await closed_of(writer, scope, look.touched.cells)
            await record_waiting.record(writer, scope, batch.id, waiting)
            counted = await record_measured(writer, scope, actor, measured, batch.id)
            await creation.record(writer, actor, "measurement.import", name, self.file_name)
            record = await record_imports.get(writer, scope, batch.id)
            self.report(Progress(stages.ROW_WRITTEN, 1, 1))
        return Kept(record, counted, len(waiting))

    async def declare_complete(self, look: Look, months: Collection[tuple[int, Period]]) -> RecordedMeasures:
        """Declare units in months complete, of which nothing else is new, and measure them again."""
        name, held = self.table.name, look.held
        held = replace(held, complete={**held.complete, name: (*held.complete[name], *months)})
        calendars = calendars_of(self.view.context, name)
        cells = {cell for unit_id, month in months for cell in cells_around(unit_id, month, calendars)}
        measured = await asyncio.to_thread(measure, self.view.context, name, held, cells)
        self.report(Progress(stages.MEASURED, 1, 1))
        async with self.view.context.database.write(self.scope) as writer:
            creation = await Creation.begin(writer, self.scope)
            await look.unchanged.require(writer, self.scope)
            await declare(writer, self.scope, self.actor, self.table, months, complete=True)
            counted = await record_measured(writer, self.scope, self.actor, measured)
            await creation.record(writer, self.actor, "measurement.import", name, self.file_name)
            self.report(Progress(stages.ROW_WRITTEN, 1, 1))
        return counted

    def _new(self, look: Look) -> NewRecordImport:
        return NewRecordImport(
            pack=self.table.pack,
            record_table=self.table.table.table,
            adapter=self.adapter,
            declaration=self.table.hash,
            part=self.files.part,
            rejects=self.files.rejects,
            stored=self.validated.stored,
            rejected=self.validated.rejected,
            superseded=look.touched.superseded,
            blank=self.validated.blank,
            notes=self.validated.ignored,
        )

    def _extents(self) -> list[RecordExtent]:
        return [
            RecordExtent(each.unit_id, each.first_day, each.last_day, each.rows)
            for each in self.validated.extents
        ]


async def declare(
    writer: Writer,
    scope: Scope,
    actor: Actor,
    table: InstalledTable,
    pairs: Collection[tuple[int, Period]],
    *,
    complete: bool,
) -> None:
    """Declare the records of units in periods complete or not; the periods are put on record.

    Their calendars are there, or are built in.
    """
    used = {(period.calendar, period.code): period for _, period in pairs}
    built_in = {calendar for calendar, _ in used} & BUILT_IN.keys()
    await calendars.ensure(writer, scope, [new_calendar(BUILT_IN[each]) for each in sorted(built_in)])
    found = await periods.ensure(writer, scope, [new_period(each) for each in used.values()])
    ids = {(each.calendar, each.code): each.id for each in found}
    declared = [(unit_id, ids[period.calendar, period.code]) for unit_id, period in pairs]
    await record_feeds.declare(
        writer, scope, table.pack, table.table.table, declared, complete=complete, by=actor
    )


async def closed_of(reader: Reader, scope: Scope, cells: Mapping[Cell, int]) -> list[NewWaiting]:
    """The units and closed periods that rows touch."""
    known = {
        (each.calendar, each.code): each.id
        for each in await periods.load(reader, Scope(scope.tenant_id))
        if each.state is PeriodState.CLOSED
    }
    return [
        NewWaiting(unit_id, known[calendar, code], rows)
        for (unit_id, calendar, code), rows in cells.items()
        if (calendar, code) in known
    ]
