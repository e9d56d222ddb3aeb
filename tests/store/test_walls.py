"""What PostgreSQL itself refuses, by whatever SQL: other tenants' rows, changes of what is append-only."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from postgres_server import SERVICE, PostgresServer
from steelyard.access.scope import Scope
from steelyard.errors import Text
from steelyard.store import migrate, service_role, tenants, units
from steelyard.store.engine import Database, open_database
from steelyard.store.tables import METADATA
from steelyard.store.tables.appended import APPENDED
from steelyard.store.tenancy import Tenancy
from steelyard.store.tenants import TenantState
from steelyard.store.units import NewUnit

TITLE = Text("甲", "Alpha")
OWNER = "steelyard_owner"
TABLES = sorted(METADATA.tables)
ACT = "INSERT INTO act VALUES ({tenant}, 1, now(), 'a', NULL, 'd', 's', 'r', NULL, NULL, 'p', 'h')"


@dataclass(frozen=True)
class Wall:
    """Two tenants with a row each; `asking` and `owning` are the same database as two roles."""

    asking: Database
    owning: Database
    mine: int
    other: int


@pytest.fixture(scope="module")
def walled_name(postgres: PostgresServer) -> str:
    """A database whose owner is no superuser: superusers pass all walls."""
    name = postgres.create()
    postgres.run(f'CREATE ROLE {OWNER} LOGIN; ALTER DATABASE "{name}" OWNER TO {OWNER}')
    return name


@pytest.fixture
async def wall(postgres: PostgresServer, walled_name: str) -> AsyncIterator[Wall]:
    owner_url = postgres.url(walled_name, OWNER)
    await migrate.upgrade(owner_url)
    await service_role.grant(owner_url, SERVICE)
    async with (
        open_database(postgres.url(walled_name, SERVICE)) as asking,
        open_database(owner_url) as owning,
    ):
        yield Wall(asking, owning, await fill(asking, "mine"), await fill(asking, "other"))
    await asyncio.to_thread(postgres.run, f"TRUNCATE {', '.join(TABLES)} CASCADE", walled_name)


async def fill(database: Database, code: str) -> int:
    """A tenant with a row in some tables of each sort."""
    async with database.write_all() as writer:
        scope = Scope((await tenants.ensure(writer, code, TITLE)).id)
    async with database.write(scope) as writer:
        await units.ensure(writer, scope, [NewUnit("u", TITLE, "shop")])
    await run(database, scope.tenant_id, ACT.format(tenant=scope.tenant_id))
    await run(database, scope.tenant_id, f"INSERT INTO policy VALUES ({scope.tenant_id}, 'n', '5')")
    return scope.tenant_id


async def run(database: Database, tenant: int | None, statement: str) -> int:
    """Run SQL for a tenant; the number of rows that were written."""
    async with database.bare(write=True) as connection:
        await name(connection, tenant)
        return (await connection.execute(text(statement))).rowcount


async def name(connection: AsyncConnection, tenant: int | None) -> None:
    """Say whose rows the transaction is about, as `Database.read` does."""
    await Tenancy(tenant).tell(connection)


async def found(connection: AsyncConnection, table: str) -> set[int]:
    key = "id" if table == "tenant" else "tenant_id"
    return set((await connection.execute(text(f"SELECT {key} FROM {table}"))).scalars())


@pytest.mark.parametrize("table", ["tenant", "unit", "act", "policy", "version_stamp"])
async def test_only_the_own_rows_are_there(table: str, wall: Wall) -> None:
    for database in (wall.asking, wall.owning):
        async with database.bare() as connection:
            assert await found(connection, table) == set()
            await name(connection, wall.mine)
            assert await found(connection, table) == {wall.mine}


async def test_a_tenant_is_forgotten_with_the_transaction(wall: Wall) -> None:
    async with wall.asking.bare() as connection:
        await name(connection, wall.mine)
        await connection.commit()
        assert await found(connection, "unit") == set()


async def test_every_table_is_forced(wall: Wall) -> None:
    query = "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity"
    async with wall.owning.bare() as connection:
        assert set((await connection.execute(text(query))).scalars()) == set(TABLES)


@pytest.mark.parametrize(
    "statement", ["UPDATE unit SET code = 'x'", "DELETE FROM unit", "DELETE FROM policy"]
)
async def test_without_any_where_only_the_own_rows_are_written(statement: str, wall: Wall) -> None:
    assert await run(wall.asking, wall.mine, statement) == 1
    async with wall.asking.bare() as connection:
        await name(connection, wall.other)
        assert await connection.scalar(text("SELECT code FROM unit")) == "u"
        assert await found(connection, "policy") == {wall.other}


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO policy VALUES ({other}, 'x', '1')",
        "UPDATE policy SET tenant_id = {other}",
        "INSERT INTO tenant VALUES (99, 'x', '', '', 'active', now())",
        ACT.replace("{tenant}", "{other}"),
    ],
)
async def test_no_row_is_given_to_another_tenant(statement: str, wall: Wall) -> None:
    for database in (wall.asking, wall.owning):
        with pytest.raises(DBAPIError, match="row-level security"):
            await run(database, wall.mine, statement.format(other=wall.other))


@pytest.mark.parametrize("table", sorted(table.name for table in APPENDED))
async def test_what_is_append_only_is_not_updated(table: str, wall: Wall) -> None:
    with pytest.raises(DBAPIError, match="permission denied"):
        await run(wall.asking, wall.mine, f"UPDATE {table} SET tenant_id = tenant_id")


@pytest.mark.parametrize("statement", ["UPDATE act SET reason = 'other'", "DELETE FROM act"])
async def test_an_act_stays_as_it_is_for_the_owner_too(statement: str, wall: Wall) -> None:
    assert await run(wall.owning, wall.mine, statement) == 0


async def test_acts_go_with_a_suspended_tenant(wall: Wall) -> None:
    async with wall.asking.write_all() as writer:
        await tenants.set_state(writer, wall.mine, TenantState.SUSPENDED)
    assert await run(wall.asking, wall.mine, "DELETE FROM act") == 1


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE other (id INTEGER)",
        "DROP TABLE act",
        "TRUNCATE act",
        "ALTER TABLE act DISABLE ROW LEVEL SECURITY",
        "DROP POLICY act_select ON act",
        "SET session_replication_role = replica",
        "UPDATE alembic_version SET version_num = 'x'",
    ],
)
async def test_the_service_changes_no_table(statement: str, wall: Wall) -> None:
    with pytest.raises(DBAPIError, match=r"permission denied|must be owner"):
        await run(wall.asking, None, statement)
