"""Which records a check of data quality flags of a unit in a period, as they count now."""

from __future__ import annotations

import asyncio

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.intake.measures.behind import Asked, Page, RecordRow
from steelyard.intake.measures.engine import open_engine
from steelyard.intake.quality.flagged import rows_flagged
from steelyard.services import structure
from steelyard.services.context import View
from steelyard.services.problems import not_found
from steelyard.services.records.held import period_of, table_parts
from steelyard.services.records.importing import installed_table
from steelyard.services.records.problems import RECORD_CHECK_NOT_FOUND
from steelyard.services.records.touching import calendars_of


async def records_flagged(
    view: View,
    actor: Actor,
    scope: Scope,
    *,
    table: str,
    check: str,
    unit: str,
    period: str,
    asked: Asked,
) -> Page[RecordRow]:
    """A page of the records of a table, by its full name, that a check flags; by their days and keys.

    Raises NotFound for the table, check, unit and period, Forbidden without `record.read` on the unit, and
    KeyInvalid.
    """
    installed = installed_table(view, table)
    whole = await structure.load(view, actor, scope)
    found = whole.unit(unit)
    actor.require(Permission.RECORD_READ, [found.id])
    checks = {each.check: each for each in installed.table.checks}
    if check not in checks:
        raise not_found(RECORD_CHECK_NOT_FOUND, "check", check, checks, table=table)
    codes = [calendar.code for calendar in calendars_of(view.context, table)]
    record = whole.period(period, codes)
    at = period_of(record)
    source = await table_parts(view.context, scope, installed, unit_id=found.id, period=record)

    def read() -> Page[RecordRow]:
        with open_engine() as engine:
            return rows_flagged(engine, source, checks[check], found.id, at, asked)

    return await asyncio.to_thread(read)
