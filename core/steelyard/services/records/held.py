"""What is held of tables of records: their parts in force, what is complete, and the locks of all of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from steelyard.access.scope import Scope
from steelyard.intake.measures.parts import Part, TableParts
from steelyard.packs import InstalledTable
from steelyard.scheme.calendar import Period
from steelyard.services.context import Context
from steelyard.services.records.measuring import Held, tables_read
from steelyard.store import periods, record_feeds, record_imports
from steelyard.store.periods import PeriodRecord
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


async def table_parts(context: Context, scope: Scope, table: InstalledTable) -> TableParts:
    """A table with its parts in force, of all units, seen or not. One statement."""
    tenant = Scope(scope.tenant_id)
    async with context.database.read(tenant) as reader:
        return TableParts(table.table, await _parts(context, reader, tenant, table))


def period_of(record: PeriodRecord) -> Period:
    """A period on record as calendars know it; its place in a year is of no concern here."""
    year = record.start.year
    return Period(record.calendar, record.code, record.title, record.start, record.end, year, 0)


async def _parts(context: Context, reader: Reader, tenant: Scope, table: InstalledTable) -> tuple[Part, ...]:
    found = await record_imports.load(reader, tenant, pack=table.pack, record_table=table.table.table)
    counted = [each for each in reversed(found) if each.part is not None and each.withdrawal is None]
    if not counted:
        return ()
    content = await context.content.of(tenant)
    return tuple(
        Part(each.id, content.path(str(each.part)), each.file_name, each.superseded > 0) for each in counted
    )
