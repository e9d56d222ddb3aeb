"""Corrections that wait, as an actor may see them: rows that came for closed periods."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.services import structure
from steelyard.services.context import View
from steelyard.services.records.importing import installed_table
from steelyard.store import record_imports, record_waiting
from steelyard.store.periods import PeriodRecord
from steelyard.store.units import UnitRecord


@dataclass(frozen=True, slots=True)
class Correction:
    """So many rows of a table, of all its imports, that wait for a unit in a closed period."""

    table: str
    unit: UnitRecord
    period: PeriodRecord
    rows: int


async def list_corrections(
    view: View, actor: Actor, scope: Scope, *, table: str | None = None
) -> list[Correction]:
    """What waits of the units whose records the actor may read; of one table by its full name.

    Raises NotFound (RECORD_TABLE_NOT_FOUND).
    """
    pack, _, name = (table or "").rpartition(".")
    if table is not None:
        installed_table(view, table)
    whole = await structure.load(view, actor, scope)
    units = {unit.id: unit for unit in whole.units if actor.may(Permission.RECORD_READ, [unit.id])}
    periods = {each.id: each for each in whole.periods}
    async with view.context.database.read(scope) as reader:
        found = await record_waiting.load(
            reader,
            scope,
            pack=pack or None,
            record_table=name or None,
        )
        ids = {each.import_id for each in found}
        tables = {each.id: each.table for each in await record_imports.load(reader, scope, import_ids=ids)}
    rows = Counter[tuple[str, int, int]]()
    for each in found:
        if each.unit_id in units and each.period_id in periods:
            rows[tables[each.import_id], each.period_id, each.unit_id] += each.rows
    return [
        Correction(name, units[unit_id], periods[period_id], count)
        for (name, period_id, unit_id), count in sorted(rows.items())
    ]
