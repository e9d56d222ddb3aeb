"""Measuring again: after a withdrawal, a declaration, or the reopening of a period."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import InvalidInput
from steelyard.intake.measures.parts import Part, TableParts
from steelyard.packs import InstalledTable
from steelyard.scheme.calendar import Calendar, Period
from steelyard.services import structure
from steelyard.services.administration.creation import Creation
from steelyard.services.administration.texts import reason_problems
from steelyard.services.context import View
from steelyard.services.progress import Progress, Report, silent
from steelyard.services.rated import require_not_rated
from steelyard.services.records import stages
from steelyard.services.records.held import load_held, period_of, taking_turns
from steelyard.services.records.importing import installed_table
from steelyard.services.records.listing import find_import
from steelyard.services.records.measuring import Held, RecordedMeasures, measure, record_measured
from steelyard.services.records.storing import closed_of, declare
from steelyard.services.records.touching import Touched, calendars_of, cells_around, touched
from steelyard.services.records.unchanged import Unchanged
from steelyard.services.structure import Structure
from steelyard.store import periods, record_imports, record_waiting
from steelyard.store.periods import PeriodState
from steelyard.store.record_imports import RecordImportRecord


@dataclass(frozen=True, slots=True)
class Remeasured:
    """What measuring again did.

    applied: corrections that had waited and count now. waiting: units × closed periods for which some wait.
    """

    table: str
    measured: RecordedMeasures
    applied: int = 0
    waiting: int = 0


async def measure_table(
    view: View, actor: Actor, scope: Scope, *, table: str, progress: Report = silent
) -> Remeasured:
    """Measure all units and periods of a table again; corrections that waited for open periods count now.

    Needs `measurement.import` on the whole tenant.
    """
    installed = installed_table(view, table)
    actor.require(Permission.MEASUREMENT_IMPORT)
    async with taking_turns(view.context, scope, table):
        unchanged = await Unchanged.look(view.context, scope, table)
        held = await load_held(view.context, scope, table)
        measured = await asyncio.to_thread(measure, view.context, table, held)
        progress(Progress(stages.MEASURED, 1, 1))
        async with view.context.database.write(scope) as writer:
            creation = await Creation.begin(writer, scope)
            await unchanged.require(writer, scope)
            waiting = await record_waiting.load(
                writer, scope, pack=installed.pack, record_table=installed.table.table
            )
            counted = await record_measured(writer, scope, actor, measured)
            known = await periods.load(writer, scope)
            opened = {each.id for each in known if each.state is PeriodState.OPEN}
            applied = [each for each in waiting if each.period_id in opened]
            await record_waiting.apply(writer, scope, {each.import_id for each in applied}, opened)
            await creation.record(writer, actor, "measurement.import", table, table)
            progress(Progress(stages.ROW_WRITTEN, 1, 1))
    view.renew()
    progress(Progress(stages.COMMITTED, 1, 1))
    return Remeasured(table, counted, len(applied))


async def withdraw(
    view: View, actor: Actor, scope: Scope, *, import_id: int, reason: str
) -> tuple[RecordImportRecord, Remeasured]:
    """Take an import's rows out of force; what they had superseded counts again.

    Raises InvalidInput without a reason, NotFound, Conflict where it is withdrawn, and Forbidden without
    `measurement.import` on its units and those of the rows that it superseded.
    """
    if problems := [*reason_problems(reason)]:
        raise InvalidInput(problems)
    actor.require_somewhere(Permission.MEASUREMENT_IMPORT)
    found = await find_import(view, actor, scope, import_id)
    installed = installed_table(view, found.table)
    async with taking_turns(view.context, scope, found.table):
        unchanged = await Unchanged.look(view.context, scope, found.table)
        held = await load_held(view.context, scope, found.table)
        moved, left = await _without(view, scope, installed, found, held)
        known = await structure.load(view, actor, scope)
        ids = {unit_id for unit_id, _, _ in moved.cells}
        actor.require(Permission.MEASUREMENT_IMPORT, ids or None)
        require_not_rated(actor, [unit for unit in known.units if unit.id in ids])
        measured = await asyncio.to_thread(measure, view.context, found.table, left, moved.cells.keys())
        async with view.context.database.write(scope) as writer:
            creation = await Creation.begin(writer, scope)
            await unchanged.require(writer, scope)
            await record_imports.withdraw(writer, scope, found, reason, actor)
            waiting = await closed_of(writer, scope, moved.cells)
            await record_waiting.record(writer, scope, import_id, waiting)
            counted = await record_measured(writer, scope, actor, measured, import_id)
            await creation.record(writer, actor, "measurement.import", str(import_id), reason)
            after = await record_imports.get(writer, scope, import_id)
    view.renew()
    return after, Remeasured(found.table, counted, waiting=len(waiting))


async def declare_feed(
    view: View,
    actor: Actor,
    scope: Scope,
    *,
    table: str,
    units: Collection[str],
    period_codes: Collection[str],
    complete: bool = True,
) -> Remeasured:
    """Declare that all records of units in periods are there, or that they are not, and measure those again.

    Raises NotFound for the table, units and periods, and Forbidden as imports do.
    """
    installed = installed_table(view, table)
    known = await structure.load(view, actor, scope)
    chosen = [known.unit(code) for code in units]
    actor.require(Permission.MEASUREMENT_IMPORT, [unit.id for unit in chosen])
    require_not_rated(actor, chosen)
    calendars = {each.code: each for each in calendars_of(view.context, table)}
    wanted = [_period(code, calendars.values(), known) for code in period_codes]
    pairs = [(unit.id, period) for unit in chosen for period in wanted]
    async with taking_turns(view.context, scope, table):
        unchanged = await Unchanged.look(view.context, scope, table)
        held = await load_held(view.context, scope, table)
        others = _besides(held.complete[table], pairs)
        feeds = {**held.complete, table: [*others, *(pairs if complete else ())]}
        cells = {
            cell for unit_id, period in pairs for cell in cells_around(unit_id, period, calendars.values())
        }
        measured = await asyncio.to_thread(measure, view.context, table, Held(held.parts, feeds), cells)
        async with view.context.database.write(scope) as writer:
            creation = await Creation.begin(writer, scope)
            await unchanged.require(writer, scope)
            await declare(writer, scope, actor, installed, pairs, complete=complete)
            counted = await record_measured(writer, scope, actor, measured)
            await creation.record(writer, actor, "measurement.import", table, table)
    view.renew()
    return Remeasured(table, counted)


def _besides(
    declared: Iterable[tuple[int, Period]], pairs: Iterable[tuple[int, Period]]
) -> list[tuple[int, Period]]:
    """What was declared of other units and periods; a period on record does not know its place in a year."""
    told = {(unit_id, period.calendar, period.code) for unit_id, period in pairs}
    return [each for each in declared if (each[0], each[1].calendar, each[1].code) not in told]


def _period(code: str, calendars: Iterable[Calendar], known: Structure) -> Period:
    found = (calendar.find(code) for calendar in calendars)
    return next((each for each in found if each is not None), None) or period_of(known.period(code))


async def _without(
    view: View, scope: Scope, table: InstalledTable, found: RecordImportRecord, held: Held
) -> tuple[Touched, Held]:
    """What an import's rows touch, and what is held without it."""
    others = tuple(each for each in held.parts[table.name] if each.import_id != found.id)
    left = Held({**held.parts, table.name: others}, held.complete)
    if found.part is None:
        return Touched(0, {}, {}), left
    content = await view.context.content.of(scope)
    gone = Part(found.id, content.path(found.part), found.file_name)
    cut = calendars_of(view.context, table.name)
    return await asyncio.to_thread(touched, TableParts(table.table, (*others, gone)), cut), left
