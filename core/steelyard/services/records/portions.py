"""Portions: which parts of a table count for which units in which periods, for many of them at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from steelyard.access.scope import Scope
from steelyard.intake.measures.parts import TableParts
from steelyard.intake.measures.recounting import Portion
from steelyard.packs import InstalledTable
from steelyard.services.context import Context
from steelyard.services.records.held import counted_when_closed, parts_of
from steelyard.store import measured, record_imports, record_waiting
from steelyard.store.periods import PeriodRecord, PeriodState
from steelyard.store.transaction import Reader

Place = tuple[int, PeriodRecord | None]
"""A unit's id, and a period where it is on record."""
_Waiting = Mapping[tuple[int, int], Collection[int]]


async def portions(
    context: Context,
    reader: Reader,
    scope: Scope,
    table: InstalledTable,
    members: Sequence[Place],
    measures: Collection[str],
) -> list[Portion]:
    """The parts of a table that count for members, each of which is in one portion, by its number.

    For closed periods these are the parts that counted when they were closed, as in `table_parts`. Rows are
    of all units, seen or not. Three statements at most.
    """
    tenant, name = Scope(scope.tenant_id), table.table.table
    imports = await record_imports.load(reader, tenant, pack=table.pack, record_table=name)
    waiting = await _waiting(reader, scope, table, members)
    withdrawn = {each.id for each in imports if each.withdrawal is not None}
    until: Mapping[tuple[int, int], datetime] = {}
    if any(not withdrawn.isdisjoint(each) for each in waiting.values()):
        units, periods = zip(*waiting, strict=True)
        until = await measured.last_recorded(reader, scope, table.pack, periods, units, measures)
    groups = defaultdict[tuple[frozenset[int], datetime | None], list[int]](list)
    for number, (unit_id, period) in enumerate(members):
        here = unit_id, 0 if period is None else period.id
        if here in waiting:
            groups[frozenset(waiting[here]), until.get(here)].append(number)
        else:
            groups[frozenset(), None].append(number)
    found = []
    for (waits, moment), numbers in groups.items():
        counted = [each for each in imports if counted_when_closed(each, waits, moment)]
        found.append(Portion(TableParts(table.table, await parts_of(context, tenant, counted)), numbers))
    return found


async def _waiting(reader: Reader, scope: Scope, table: InstalledTable, members: Sequence[Place]) -> _Waiting:
    """By unit and closed period the imports that wait there."""
    closed = {
        (unit_id, period.id)
        for unit_id, period in members
        if period is not None and period.state is PeriodState.CLOSED
    }
    found = defaultdict[tuple[int, int], set[int]](set)
    if closed:
        waits = await record_waiting.load(reader, scope, pack=table.pack, record_table=table.table.table)
        for each in waits:
            if (each.unit_id, each.period_id) in closed:
                found[each.unit_id, each.period_id].add(each.import_id)
    return found
