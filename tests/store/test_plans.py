"""What PostgreSQL looks at of a first import grows with its rows, whatever its statistics say.

They are of the time before: of other tenants, or of tables that were emptied.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from postgres_server import PostgresServer
from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.access.scope import Scope
from steelyard.errors import Text
from steelyard.store import calendars, current_values, measured, measurements, periods, tenants, units
from steelyard.store.calendars import NewCalendar
from steelyard.store.engine import Database
from steelyard.store.measurements import Origin, Reading, Source
from steelyard.store.periods import NewPeriod
from steelyard.store.tables import METADATA
from steelyard.store.transaction import Reader
from steelyard.store.units import NewUnit

pytestmark = pytest.mark.parametrize("dialect", ["postgresql"])
Load = Callable[[Reader, "Tenant"], Awaitable[Any]]
TITLE = Text("甲", "Alpha")
ORIGIN = Origin(LOCAL_ADMINISTRATOR, Source.RECORDS)
MEASURES = ("a", "b")
COUNT = 300
ROWS = 3 * COUNT * len(MEASURES)
"""Of units, measurements and what points at these, with room for some that are looked at twice."""
LOOKED_AT = "SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) FROM pg_stat_xact_user_tables"


@dataclass(frozen=True)
class Tenant:
    """A tenant with units and a month."""

    scope: Scope
    unit_ids: Sequence[int]
    period_id: int


@pytest.fixture(params=["newcomer", "beginner"])
async def tenant(
    database: Database, postgres: PostgresServer, postgres_database: str, request: pytest.FixtureRequest
) -> Tenant:
    """A tenant with values of whom the statistics do not know.

    They are of another tenant (newcomer), or of tables that were empty and had been full (beginner).
    """
    await recorded(database, await new_tenant(database, "first"))
    if request.param == "beginner":
        deletes = "; ".join(f"DELETE FROM {table}" for table in METADATA.tables)
        await asyncio.to_thread(
            postgres.run, f"SET session_replication_role = replica; {deletes}", postgres_database
        )
    await asyncio.to_thread(postgres.run, f"ANALYZE {', '.join(METADATA.tables)}", postgres_database)
    tenant = await new_tenant(database, "second")
    await recorded(database, tenant)
    return tenant


async def computed(reader: Reader, tenant: Tenant) -> Any:
    return await measured.computed(reader, tenant.scope, "retail", MEASURES, [tenant.period_id])


async def quotients(reader: Reader, tenant: Tenant) -> Any:
    kept = ([tenant.period_id], tenant.unit_ids, MEASURES)
    return await measured.quotients(reader, tenant.scope, "retail", *kept)


async def records(reader: Reader, tenant: Tenant) -> Any:
    ids = tenant.unit_ids
    return await measurements.records(
        reader, tenant.scope, "retail", unit_ids=ids, period_ids=[tenant.period_id]
    )


@pytest.mark.parametrize("tenant", ["newcomer"], indirect=True)
@pytest.mark.parametrize("load", [computed, quotients, records])
async def test_rows_of_a_newcomer_are_not_joined_each_with_all(
    database: Database, tenant: Tenant, load: Load
) -> None:
    async with database.read(tenant.scope) as reader, looking(reader) as looked_at:
        await load(reader, tenant)
    assert 0 < looked_at[0] < 4 * ROWS


async def test_all_values_are_not_joined_each_with_all(database: Database, tenant: Tenant) -> None:
    async with database.read(tenant.scope) as reader, looking(reader) as looked_at:
        await current_values.load(reader, tenant.scope, "retail", unit_type="shop")
    assert 0 < looked_at[0] < 4 * ROWS


async def test_all_values_are_joined_without_loops_in_loops(
    database: Database, tenant: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    plans: list[str] = []
    partitions = Reader.partitions

    async def planned(reader: Reader, statement: Any, size: int) -> AsyncIterator[Sequence[Any]]:
        options = {"render_postcompile": True}
        compiled = statement.compile(dialect=reader._connection.dialect, compile_kwargs=options)
        values = tuple(compiled.params[name] for name in compiled.positiontup)
        plan = await reader._connection.exec_driver_sql(f"EXPLAIN {compiled}", values)
        plans.append("\n".join(plan.scalars()))
        async for rows in partitions(reader, statement, size):
            yield rows

    monkeypatch.setattr(Reader, "partitions", planned)
    async with database.read(tenant.scope) as reader:
        await current_values.load(reader, tenant.scope, "retail", unit_type="shop")
        setting = await reader._connection.exec_driver_sql("SHOW enable_nestloop")
        assert setting.scalar_one() == "on"
    [plan] = plans
    assert "Join" in plan
    assert "Nested Loop" not in plan


async def test_recording_other_values_does_not_look_at_all_for_each(
    database: Database, tenant: Tenant
) -> None:
    async with database.write(tenant.scope) as writer, looking(writer) as looked_at:
        done = await measurements.record(writer, tenant.scope, "retail", readings(tenant, 2), ORIGIN)
    assert done.recorded == COUNT * len(MEASURES)
    # The checks of references look at rows as well.
    assert 0 < looked_at[0] < 10 * ROWS


@asynccontextmanager
async def looking(reader: Reader) -> AsyncIterator[list[int]]:
    """How many rows are looked at meanwhile; the list has the number at the end."""
    looked_at: list[int] = []
    before = await _looked_at(reader)
    yield looked_at
    looked_at.append(await _looked_at(reader) - before)


async def _looked_at(reader: Reader) -> int:
    result = await reader._connection.exec_driver_sql(LOOKED_AT)
    return int(result.scalar_one())


async def new_tenant(database: Database, code: str) -> Tenant:
    async with database.write_all() as writer:
        scope = Scope((await tenants.ensure(writer, code, TITLE)).id)
    async with database.write(scope) as writer:
        made = await units.ensure(writer, scope, [NewUnit(f"u{n}", TITLE, "shop") for n in range(COUNT)])
        await calendars.ensure(writer, scope, [NewCalendar("month", TITLE, {})])
        month = NewPeriod("month", "2025-01", TITLE, date(2025, 1, 1), date(2025, 2, 1))
        [period] = await periods.ensure(writer, scope, [month])
    return Tenant(scope, [unit.id for unit in made.values()], period.id)


async def recorded(database: Database, tenant: Tenant) -> None:
    async with database.write(tenant.scope) as writer:
        await measurements.record(writer, tenant.scope, "retail", readings(tenant, 1), ORIGIN)


def readings(tenant: Tenant, value: int) -> list[Reading]:
    number = Fraction(value)
    return [
        Reading(id, tenant.period_id, measure, number, None, number, Fraction(1), 1)
        for id in tenant.unit_ids
        for measure in MEASURES
    ]
