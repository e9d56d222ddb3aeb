"""What is held of tables of records: their parts in force, what is complete, and the locks of all of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime
from functools import partial

from steelyard.access.scope import Scope
from steelyard.intake.measures.parts import Part, TableParts
from steelyard.packs import InstalledTable
from steelyard.scheme.calendar import Period
from steelyard.services.context import Context
from steelyard.services.records.measuring import Held, tables_read
from steelyard.store import periods, record_feeds, record_imports, record_waiting
from steelyard.store.periods import PeriodRecord, PeriodState
from steelyard.store.record_imports import RecordImportRecord
from steelyard.store.transaction import Reader


@asynccontextmanager
async def taking_turns(context: Context, scope: Scope, table: str) -> AsyncIterator[None]:
    """Hold the locks of a table and of all that are measured together with it.

    They are taken in the order of their names, so that nobody waits for each other.
    """
    async with AsyncExitStack() as stack:
        for name in sorted(tables_read(context, table)):
            await stack.enter_async_context(context.database.exclusive(scope, f"records:{name}"))
        yield


async def load_held(context: Context, scope: Scope, table: str) -> Held:
    """What is held of a table and of those that are measured with it; of all units, seen or not."""
    tenant = Scope(scope.tenant_id)
    tables = {name: context.packs.record_tables[name] for name in tables_read(context, table)}
    async with context.database.read(tenant) as reader:
        known = {each.id: each for each in await periods.load(reader, tenant)}
        complete = {
            name: [
                (feed.unit_id, period_of(known[feed.period_id]))
                for feed in await record_feeds.load(reader, tenant, each.pack, each.table.table)
                if feed.complete
            ]
            for name, each in tables.items()
        }
        parts = {name: await _parts(context, reader, tenant, each) for name, each in tables.items()}
    return Held(parts, complete)


async def table_parts(
    context: Context,
    scope: Scope,
    table: InstalledTable,
    *,
    unit_id: int,
    period: PeriodRecord,
    until: datetime | None = None,
) -> TableParts:
    """A table with the parts that count for a unit in a period; their rows are of all units, seen or not.

    For a closed period these are the parts that counted when it was closed: what came or was withdrawn since
    waits as a correction. until: when what stands was measured: what came later and was withdrawn never
    counted. One statement, two for a closed period.
    """
    tenant = Scope(scope.tenant_id)
    async with context.database.read(tenant) as reader:
        waiting: set[int] = set()
        if period.state is PeriodState.CLOSED:
            waits = await record_waiting.load(reader, tenant, pack=table.pack, record_table=table.table.table)
            here = unit_id, period.id
            waiting = {each.import_id for each in waits if (each.unit_id, each.period_id) == here}
        counted = partial(counted_when_closed, waiting=waiting, until=until)
        return TableParts(table.table, await _parts(context, reader, tenant, table, counted))


def period_of(record: PeriodRecord) -> Period:
    """A period on record as calendars know it; its place in a year is of no concern here."""
    year = record.start.year
    return Period(record.calendar, record.code, record.title, record.start, record.end, year, 0)


def _in_force(each: RecordImportRecord) -> bool:
    return each.withdrawal is None


def counted_when_closed(each: RecordImportRecord, waiting: Collection[int], until: datetime | None) -> bool:
    """Whether an import counted for a closed period: what waits comes, or goes, once it is applied.

    waiting: the imports that wait there. until: as for `table_parts`.
    """
    if each.id not in waiting:
        return _in_force(each)
    return not _in_force(each) and (until is None or each.recorded_at <= until)


async def _parts(
    context: Context,
    reader: Reader,
    tenant: Scope,
    table: InstalledTable,
    counts: Callable[[RecordImportRecord], bool] = _in_force,
) -> tuple[Part, ...]:
    found = await record_imports.load(reader, tenant, pack=table.pack, record_table=table.table.table)
    return await parts_of(context, tenant, [each for each in found if counts(each)])


async def parts_of(
    context: Context, tenant: Scope, counted: Sequence[RecordImportRecord]
) -> tuple[Part, ...]:
    """The parts of imports, which are given the newest first, in their order."""
    stored = [each for each in reversed(counted) if each.part is not None]
    if not stored:
        return ()
    content = await context.content.of(tenant)
    return tuple(
        Part(each.id, content.path(str(each.part)), each.file_name, each.superseded > 0) for each in stored
    )
