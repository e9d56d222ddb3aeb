"""The role of the service is granted what it needs, and roles that are too powerful are told of."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from postgres_server import SERVICE, PostgresServer
from steelyard.access.scope import Scope
from steelyard.errors import ConfigError, NotFound, SteelyardError, Text
from steelyard.store import migrate, service_role, tenants, units
from steelyard.store.copying import COPIED_FROM
from steelyard.store.engine import Database, open_database
from steelyard.store.units import NewUnit

ODD = 'odd "name": %s'
ROLES = {"a_superuser": "SUPERUSER", "a_bypasser": "BYPASSRLS", "an_owner": "OWNER"}


@pytest.fixture(scope="module")
def owned(postgres: PostgresServer) -> Iterator[str]:
    """The name of a migrated database that belongs to `an_owner`, with all the roles."""
    name = postgres.create()
    quoted = ODD.replace('"', '""')
    postgres.run(
        "CREATE ROLE a_superuser LOGIN SUPERUSER; CREATE ROLE a_bypasser LOGIN BYPASSRLS;"
        f'CREATE ROLE an_owner LOGIN; CREATE ROLE "{quoted}"; ALTER DATABASE "{name}" OWNER TO an_owner'
    )
    with asyncio.Runner() as runner:
        runner.run(migrate.upgrade(postgres.url(name, "an_owner")))
    yield name
    postgres.run(f'DROP DATABASE "{name}"')
    postgres.run(f'DROP ROLE a_superuser, a_bypasser, an_owner, "{quoted}"')


async def codes(url: str) -> list[tuple[str, object]]:
    async with open_database(url) as database:
        return [(each.code, each.values.get("power")) for each in await service_role.weaknesses(database)]


@pytest.mark.parametrize(("role", "power"), ROLES.items())
async def test_a_powerful_role_is_told_of(
    role: str, power: str, owned: str, postgres: PostgresServer
) -> None:
    assert await codes(postgres.url(owned, role)) == [("DATABASE_ROLE_POWERFUL", power)]


async def test_the_role_of_the_service_is_not(database: Database) -> None:
    assert await service_role.weaknesses(database) == []


async def test_a_wall_that_is_down_is_told_of(owned: str, postgres: PostgresServer) -> None:
    await service_role.grant(postgres.url(owned, "an_owner"), SERVICE)
    down = ["ALTER TABLE act NO FORCE ROW LEVEL SECURITY", "ALTER TABLE unit DISABLE ROW LEVEL SECURITY"]
    up = ["ALTER TABLE act FORCE ROW LEVEL SECURITY", "ALTER TABLE unit ENABLE ROW LEVEL SECURITY"]
    async with open_database(postgres.url(owned, "an_owner")) as database:
        await alter(database, down)
        async with open_database(postgres.url(owned, SERVICE)) as asking:
            (found,) = await service_role.weaknesses(asking)
        await alter(database, up)
    assert (found.code, found.values["tables"]) == ("DATABASE_WALL_DOWN", "act, unit")


async def alter(database: Database, statements: list[str]) -> None:
    async with database.bare(write=True) as connection:
        for statement in statements:
            await connection.execute(text(statement))


async def refusal(url: str, role: str) -> SteelyardError:
    with pytest.raises((ConfigError, NotFound)) as caught:
        await service_role.grant(url, role)
    return caught.value


@pytest.mark.parametrize(("role", "power"), ROLES.items())
async def test_a_powerful_role_is_granted_nothing(
    role: str, power: str, owned: str, postgres: PostgresServer
) -> None:
    refused = await refusal(postgres.url(owned), role)
    assert (refused.code, refused.problems[0].values["power"]) == ("DATABASE_ROLE_UNFIT", power)


async def test_a_role_that_is_not_there(owned: str, postgres: PostgresServer) -> None:
    assert (await refusal(postgres.url(owned), "nobody_else")).code == "DATABASE_ROLE_NOT_FOUND"


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
async def test_sqlite_has_no_roles(database_url: str) -> None:
    assert (await refusal(database_url, "any")).code == "DATABASE_NOT_POSTGRESQL"


async def test_a_database_without_tables_is_refused(postgres: PostgresServer) -> None:
    url = postgres.url(await asyncio.to_thread(postgres.create))
    assert (await refusal(url, SERVICE)).code == "DATABASE_MISSING"


async def test_any_name_is_quoted_and_granting_can_be_repeated(owned: str, postgres: PostgresServer) -> None:
    url = postgres.url(owned, "an_owner")
    for _ in range(2):
        await service_role.grant(url, ODD)
    async with open_database(url) as database, database.bare() as connection:
        query = text("SELECT has_table_privilege(:role, :table, :privilege)")
        wanted = {
            (table, privilege): await connection.scalar(
                query, {"role": ODD, "table": table, "privilege": privilege}
            )
            for table, privilege in (("act", "INSERT"), ("act", "UPDATE"), ("unit", "UPDATE"))
        }
    assert list(wanted.values()) == [True, False, True]
    await asyncio.to_thread(postgres.run, f'DROP OWNED BY "{ODD.replace(chr(34), chr(34) * 2)}"', owned)


async def test_many_rows_come_in_where_nobody_may_have_temporary_tables(postgres: PostgresServer) -> None:
    name = await asyncio.to_thread(postgres.create)
    await migrate.upgrade(postgres.url(name))
    await asyncio.to_thread(postgres.run, f'REVOKE TEMPORARY ON DATABASE "{name}" FROM PUBLIC')
    await service_role.grant(postgres.url(name), SERVICE)
    async with open_database(postgres.url(name, SERVICE)) as database:
        async with database.write_all() as writer:
            scope = Scope((await tenants.ensure(writer, "acme", Text("甲", "Alpha"))).id)
        many = [NewUnit(f"U{number}", Text("店", "Shop"), "shop") for number in range(COPIED_FROM)]
        async with database.write(scope) as writer:
            assert len(await units.ensure(writer, scope, many)) == COPIED_FROM
