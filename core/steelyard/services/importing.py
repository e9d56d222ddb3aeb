"""Importing: a table of measurements for a scheme becomes measurements, all of it or nothing.

An empty cell says nothing: what was recorded before stays. Attributes in a table hold from the first day of
their row's period.
"""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass
from functools import partial

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import Problem, Text
from steelyard.intake.table import read_table
from steelyard.services import structure
from steelyard.services.administration.creation import Creation
from steelyard.services.calendars import ensure_periods
from steelyard.services.context import View
from steelyard.services.import_rows import ImportRows, check_rows
from steelyard.services.progress import Progress, Report, silent
from steelyard.services.rated import require_not_rated
from steelyard.services.scheme_entry import SchemeEntry
from steelyard.services.structure import Structure
from steelyard.store import attributes, imports, measurements, units
from steelyard.store.imports import ImportRecord, NewImport
from steelyard.store.measurements import Origin, Recorded, Source
from steelyard.store.transaction import Writer
from steelyard.store.units import NewUnit

AT_ONCE = 20_000
"""How many cells are recorded at a time: so many readings are in memory, and so often progress is told."""
READING = Text("读取表格", "Reading the table")
RECORDING = Text("记录度量", "Recording measurements")


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What became of a table.

    record: the import, None for a dry run. new: False where the same content was imported before; then
    nothing was done. recorded, unchanged: cells that were new or different, and that said what stood already.
    empty: cells that say nothing. columns: the measures that have a column.
    """

    record: ImportRecord | None
    new: bool
    rows: int
    columns: tuple[str, ...]
    recorded: int
    unchanged: int
    empty: int
    units_created: tuple[str, ...]
    warnings: tuple[Problem, ...]


class _NotKept(Exception):
    """Ends the transaction of a dry run, so that nothing of it stays."""


@dataclass(frozen=True, slots=True)
class _Import:
    """One table on its way into the store."""

    entry: SchemeEntry
    rows: ImportRows
    new: NewImport
    actor: Actor
    scope: Scope
    source: Source
    report: Report

    async def store(self, writer: Writer, *, dry_run: bool) -> ImportResult:
        """Record the import and, if it is new, all that it says."""
        record, new = await imports.record(writer, self.scope, self.new, self.actor)
        counted = await self._record(writer, record.id) if new else Recorded(0, 0)
        return ImportResult(
            record=None if dry_run else record,
            new=new,
            rows=self.new.rows,
            columns=self.rows.columns,
            recorded=counted.recorded,
            unchanged=counted.unchanged,
            empty=self.rows.empty,
            units_created=self.rows.new_units if new else (),
            warnings=self.rows.table.warnings,
        )

    async def _record(self, writer: Writer, import_id: int) -> Recorded:
        creation = await Creation.begin(writer, self.scope)
        await creation.watch(writer, self.rows.new_units)
        counted = await self._measurements(writer, import_id, creation)
        await creation.record(writer, self.actor, "measurement.import", self.new.content, self.new.file_name)
        return counted

    async def _measurements(self, writer: Writer, import_id: int, creation: Creation) -> Recorded:
        unit_type = self.entry.scheme.unit_type
        news = [NewUnit(code, Text(code, code), unit_type) for code in self.rows.units]
        found = await units.ensure(writer, self.scope, news)
        periods = await ensure_periods(writer, self.scope, self.entry, self.rows.periods)
        settings = self.rows.settings(found, periods)
        changing = await attributes.differing(writer, self.scope, settings) if settings else []
        codes = {unit.id: code for code, unit in found.items()}
        await creation.watch(writer, {codes[each.unit_id] for each in changing})
        if changing:
            await attributes.assign(writer, self.scope, changing)
        origin = Origin(self.actor, self.source, import_id)
        step = max(1, AT_ONCE // max(1, len(self.rows.columns)))
        recorded = unchanged = 0
        for start in range(0, self.new.rows, step):
            self.report(Progress(RECORDING, start, self.new.rows))
            readings = await asyncio.to_thread(self.rows.readings, start, start + step, found, periods)
            counted = await measurements.record(writer, self.scope, self.entry.pack, readings, origin)
            recorded += counted.recorded
            unchanged += counted.unchanged
        self.report(Progress(RECORDING, self.new.rows, self.new.rows))
        return Recorded(recorded, unchanged)


async def import_table(
    view: View,
    actor: Actor,
    scope: Scope,
    *,
    scheme: str,
    data: bytes,
    file: str,
    period: str | None = None,
    create_units: bool = False,
    dry_run: bool = False,
    source: Source = Source.IMPORT,
    progress: Report = silent,
) -> ImportResult:
    """Import a CSV table of what a scheme reads; `period` is that of a table that names none.

    The same content twice is one import. Unknown units are problems unless they are to be created; periods
    are made as the scheme's calendars know them. A dry run does everything and keeps nothing. Raises NotFound
    for the scheme, InvalidInput with all problems of the table, each with its row, and Forbidden without
    `measurement.import` on its units (on all, and `unit.edit`, where units are to be created), or where the
    actor is rated with one of them.
    """
    entry = view.context.entry(scheme)
    known = await structure.load(view, actor, scope)
    progress(Progress(READING, 0, 1))
    calendars = view.context.packs.calendars
    read = partial(read_table, data, file, entry.scheme, rubrics=entry.rubrics, calendars=calendars)
    table = await asyncio.to_thread(read)
    rows = check_rows(table, file, entry, known, period, create_units=create_units)
    _require(actor, rows, known)
    progress(Progress(READING, 1, 1))
    new = NewImport(file, _content(entry, period, data), table.observations.rows)
    return await _kept(view, _Import(entry, rows, new, actor, scope, source, progress), dry_run=dry_run)


async def _kept(view: View, order: _Import, *, dry_run: bool) -> ImportResult:
    """Store an import; a dry run takes everything back."""
    try:
        async with view.context.database.write(order.scope) as writer:
            result = await order.store(writer, dry_run=dry_run)
            if dry_run:
                raise _NotKept
    except _NotKept:
        return result
    view.renew()
    return result


def _require(actor: Actor, rows: ImportRows, known: Structure) -> None:
    units = [known.unit(code) for code in rows.units if known.has_unit(code)]
    if rows.new_units:
        actor.require(Permission.UNIT_EDIT)
    actor.require(Permission.MEASUREMENT_IMPORT, None if rows.new_units else [unit.id for unit in units])
    require_not_rated(actor, units)


def _content(entry: SchemeEntry, period: str | None, data: bytes) -> str:
    """The hash of a table and of all that decides how it is read."""
    read_as = "\0".join(("import", entry.pack, entry.code, entry.hash, period or ""))
    return hashlib.sha256(read_as.encode() + b"\0" + data).hexdigest()
